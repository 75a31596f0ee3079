/**
 * How each connection was when it was last asked, as far as calls have told: a plain observable, since the news comes from
 * outside React. That one has ended is told by ended.ts and by the list of connections.
 */
import type { CpanelError, CpanelErrorKind } from '../cpanel/errors'
import { observable, type Observable } from './observable'

const unreachableKinds: ReadonlySet<CpanelErrorKind> = new Set([
  'unreachable',
  'paused',
  'timeout',
  'upstream_failed',
  'untrusted_certificate',
  'redirected',
])

const unreachable = observable<ReadonlySet<string>>(new Set())

/** The connections whose server gave no proper answer last time. */
export const unreachableConnections: Observable<ReadonlySet<string>> = unreachable

/** The server of a connection answered, whatever it said. */
export function noteAnswer(connection: string): void {
  const known = unreachable.current()
  if (known.has(connection)) unreachable.set(new Set([...known].filter((one) => one !== connection)))
}

/** A call failed: that says something of the server, or nothing ('offline' is about Keyring itself). */
export function noteFailure(connection: string, error: CpanelError): void {
  if (!unreachableKinds.has(error.kind)) {
    if (error.kind === 'rejected' || error.kind === 'forbidden') noteAnswer(connection)
    return
  }
  const known = unreachable.current()
  if (!known.has(connection)) unreachable.set(new Set([...known, connection]))
}
