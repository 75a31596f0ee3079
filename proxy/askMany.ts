import { ConnectionEnded } from './calls'
import type { ProxyErrorKind } from './contract'
import { ProxyError } from './errors'
import type { Health } from './pace'

/** What came of asking for one account. */
export type Answer<Value> = { account: string } & ({ value: Value } | { error: unknown })

/** What says of a server that it is dead or overloaded, and nothing of one account. */
const serverFailures: ReadonlySet<ProxyErrorKind> = new Set([
  'unreachable',
  'timeout',
  'upstream_failed',
  'untrusted_certificate',
  'too_many_requests',
  'paused',
])

/** What says that the server would get, or take, none of the rest either. */
const endings: ReadonlySet<ProxyErrorKind> = new Set(['too_many_requests', 'paused'])

/** What a failed call says of its server. */
export function healthAfter(error: unknown): Health {
  return error instanceof ProxyError && serverFailures.has(error.kind) ? 'failing' : 'well'
}

/**
 * Asks for accounts in their order, `most` at a time, and yields what came of it as it comes. Nothing new begins while
 * nobody takes the answers: who doesn't read is not asked for either.
 *
 * @throws why it is not worth asking for the rest: ConnectionEnded, `too_many_requests`, `paused`, or the last of `most` + 4
 * failures of the server with no answer between. All that are under way may fail with a server that restarts; a few more, and it
 * is not back at once.
 */
export async function* askMany<Value>(
  accounts: readonly string[],
  ask: (account: string) => Promise<Value>,
  most: number,
): AsyncGenerator<Answer<Value>, void> {
  const underWay = new Map<string, Promise<Answer<Value>>>()
  let [next, failuresInARow] = [0, 0]
  while (next < accounts.length || underWay.size > 0) {
    for (const account of accounts.slice(next, next + most - underWay.size)) {
      underWay.set(account, outcome(account, ask(account)))
      next += 1
    }
    const answer = await Promise.race(underWay.values())
    underWay.delete(answer.account)
    const error = 'error' in answer ? answer.error : undefined
    if (error instanceof ConnectionEnded || (error instanceof ProxyError && endings.has(error.kind))) throw error
    failuresInARow = healthAfter(error) === 'failing' ? failuresInARow + 1 : 0
    yield answer
    if (failuresInARow >= most + 4) throw error
  }
}

async function outcome<Value>(account: string, asked: Promise<Value>): Promise<Answer<Value>> {
  try {
    return { account, value: await asked }
  } catch (error) {
    return { account, error }
  }
}
