/** The tokens of many accounts of one WHM connection in one streamed answer of the proxy, which fans out itself. */
import * as v from 'valibot'
import { dateOf, proxyFailure, sendForLines, type Api } from './call'
import { asCpanelError, type CpanelError } from './errors'
import { read, tokenRows, uapiDataThroughWhm, type TokenRows } from './wire'

/** What came of asking one account. One refusal says nothing about the others. */
export type ListedAccount = { user: string } & (
  | { kind: 'listed'; rows: TokenRows; serverTime: Date | null }
  | { kind: 'failed'; error: CpanelError }
)

const line = v.union([
  v.object({ account: v.string(), envelope: v.unknown(), date: v.fallback(v.nullable(v.string()), null) }),
  v.object({ account: v.string(), error: v.unknown() }),
  v.object({ error: v.unknown() }),
])

/**
 * Lists the tokens of accounts through `uapi_cpanel`, each as it arrives and asked for in the order given. Needs the
 * privilege `cpanel-api`. Leaving the loop early stops the work at the server.
 * @throws {CpanelError} where the rest was not asked any more: the session ended, the server is dead or wants a break
 */
export async function* listTokensOfMany(
  api: Api,
  connection: string,
  users: readonly string[],
  signal?: AbortSignal,
): AsyncGenerator<ListedAccount> {
  const request = {
    method: 'POST',
    path: ['connections', connection, 'tokens'],
    body: { accounts: users },
    signal,
  } as const
  for await (const value of sendForLines(api, request)) {
    const said = read(line, value)
    if (!('account' in said)) throw proxyFailure(said.error)
    yield 'envelope' in said ? listed(said) : { user: said.account, kind: 'failed', error: proxyFailure(said.error) }
  }
}

function listed(said: { account: string; envelope: unknown; date: string | null }): ListedAccount {
  const user = said.account
  try {
    return { user, kind: 'listed', rows: tokenRows(uapiDataThroughWhm(said.envelope)), serverTime: dateOf(said.date) }
  } catch (thrown) {
    return { user, kind: 'failed', error: asCpanelError(thrown) }
  }
}
