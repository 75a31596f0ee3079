/** What becomes of a write that no proper answer came to: the list is read until it tells, or nobody can. */
import { asCpanelError, leavesInDoubt, mayPass, unresolved, type CpanelError } from '../cpanel/errors'
import { backoff, pause } from './backoff'
import type { TokenList } from './tokens'

/** What a list says of a write. `unclear`: the token may be among the rows that can't be read. */
export type Verdict = 'done' | 'not-done' | 'unclear'

/** Who is away for a moment, as a server that restarts, is asked again within about two seconds. */
export const LOOKS = 3
const FIRST_WAIT_MS = 800
const MOST_WAIT_MS = 1_600

/** A server whose connection broke may be at it still, and mostly is done within a moment. */
const SECOND_LOOK_MS = 1_000

/**
 * Settles a write that failed by reading the list.
 * @param read the list as the server has it when it is called
 * @param looks how often at most a list is asked for that can't be read just then: work on many goes on instead
 * @returns the list that shows that it is done after all
 * @throws {CpanelError} the failure itself where nothing was done; marked `isUnresolved` where nobody can tell yet
 */
export async function settle(
  failure: CpanelError,
  read: () => Promise<TokenList>,
  judge: (list: TokenList) => Verdict,
  looks = LOOKS,
): Promise<TokenList> {
  if (!leavesInDoubt(failure)) throw failure
  const list = await readPatiently(failure, read, looks)
  if (judge(list) === 'done') return list
  if (judge(list) === 'unclear' || failure.kind === 'timeout') throw unresolved(failure)
  if (!isBroken(failure)) throw failure
  await pause(SECOND_LOOK_MS)
  const later = await readPatiently(failure, read, looks)
  if (judge(later) === 'done') return later
  throw judge(later) === 'unclear' ? unresolved(failure) : failure
}

/** No answer at all came, so that the server may not have begun, or not be done yet. */
function isBroken({ kind }: CpanelError): boolean {
  return kind === 'unreachable' || kind === 'offline' || kind === 'cancelled'
}

async function readPatiently(failure: CpanelError, read: () => Promise<TokenList>, looks: number): Promise<TokenList> {
  for (let look = 1; ; look += 1) {
    try {
      return await read()
    } catch (thrown) {
      const error = asCpanelError(thrown)
      if (look === looks || !mayPass(error) || error.retryAfterSeconds !== undefined) throw unresolved(failure)
      await pause(backoff(look - 1, FIRST_WAIT_MS, MOST_WAIT_MS))
    }
  }
}
