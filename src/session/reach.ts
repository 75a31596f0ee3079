/**
 * Whether Keyring itself answers, as far as calls have told. The browser's own word for being online is only a hint: a Keyring
 * on this machine needs no network.
 */
import type { CpanelError } from '../cpanel/errors'
import { observable, type Observable } from './observable'

const away = observable(false)

/** True from a call that did not reach Keyring until one that did. */
export const isKeyringAway: Observable<boolean> = away

/** A call ended: with a failure, or (null) with an answer. */
export function noteReach(failure: CpanelError | null): void {
  // These two say nothing of who is to blame.
  if (failure?.kind === 'cancelled' || failure?.kind === 'timeout') return
  const isAway = failure?.kind === 'offline'
  if (isAway !== away.current()) away.set(isAway)
}
