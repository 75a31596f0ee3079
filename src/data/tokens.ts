import { queryOptions, type QueryKey } from '@tanstack/react-query'
import { CpanelError, asCpanelError } from '../cpanel/errors'
import type { ApiToken } from '../cpanel/token'
import { listTokens, revokeToken, type Account } from '../cpanel/tokens'
import { renameToken } from '../cpanel/uapi'
import type { TokenRows } from '../cpanel/wire'
import { noted, type Write } from '../session/journal'
import { clockSkewOf } from './clockSkew'
import { settle } from './doubt'
import { api, queryClient } from './queryClient'

/** `clockSkewMs` is how far the server's clock is ahead of this browser's; 0 where it is not known. */
export type TokenList = TokenRows & { clockSkewMs: number }

/** The account of a cPanel connection, or one account (`user`) of a WHM connection. */
export function accountOf(connection: string, user?: string): Account {
  return user === undefined ? { api, connection } : { api, connection, user }
}

/** The WHM user of a WHM connection, whose tokens are WHM's own. */
export function whmUserOf(connection: string): Account {
  return { api, connection, isWhmUser: true }
}

/** No account in particular: what work on many is noted under. */
export const everybody: Account = { api, connection: '' }

/** All tokens of one account. The single home of its key, with `whoseTokens`. */
export function tokensQuery(account: Account) {
  return queryOptions({
    queryKey: ['connection', account.connection, account.isWhmUser ? 'whm-tokens' : 'tokens', account.user ?? null],
    queryFn: ({ signal }) => fetchList(account, signal),
    meta: { connection: account.connection },
  })
}

/** Whose tokens a key of the cache is about; null where it is no list of tokens. */
export function whoseTokens([root, connection, what, user]: QueryKey): Account | null {
  if (root !== 'connection' || typeof connection !== 'string') return null
  if (what === 'whm-tokens') return whmUserOf(connection)
  return what === 'tokens' ? accountOf(connection, typeof user === 'string' ? user : undefined) : null
}

/** The list as the server has it now, without showing it: what every doubt is settled with. */
export async function fetchList(account: Account, signal?: AbortSignal): Promise<TokenList> {
  const sentAt = Date.now()
  const { serverTime, ...rows } = await listTokens(account, signal)
  return { ...rows, clockSkewMs: clockSkewOf(serverTime, sentAt, Date.now()) }
}

type IsDone = (tokens: readonly ApiToken[]) => boolean

/**
 * Settles a failed write by the list. Rows that can't be read any more hide what became of the token.
 * @returns the list that shows that it is done after all
 * @throws {CpanelError} as `settle` does (doubt.ts)
 */
export function settleByList(
  account: Account,
  failure: CpanelError,
  isDone: (list: TokenList) => boolean,
  { read = fetchList, looks }: { read?: (account: Account) => Promise<TokenList>; looks?: number | undefined } = {},
): Promise<TokenList> {
  const known = queryClient.getQueryData(tokensQuery(account).queryKey)?.unreadable ?? 0
  return settle(
    failure,
    () => read(account),
    (list) => {
      if (list.unreadable > known) return 'unclear'
      return isDone(list) ? 'done' : 'not-done'
    },
    looks,
  )
}

/**
 * Does a write and reads the list back, so that "done" is the server's truth and not our hope.
 * @returns the list after it; null where the server said done and the list can't be read just now
 * @throws {CpanelError} `unchanged` where the server said done and its list says otherwise
 */
function writeAndVerify(
  account: Account,
  what: Write,
  write: () => Promise<void>,
  isDone: IsDone,
): Promise<TokenList | null> {
  return noted(account, what, async () => {
    try {
      await write()
    } catch (thrown) {
      return settleByList(account, asCpanelError(thrown), ({ tokens }) => isDone(tokens))
    }
    const list = await fetchList(account).catch(() => null)
    if (list !== null && !isDone(list.tokens)) throw new CpanelError('unchanged')
    return list
  })
}

/** Renames a token. */
export function renameMutation(account: Account) {
  return {
    mutationFn: ({ name, newName }: { name: string; newName: string }) =>
      writeAndVerify(
        account,
        { kind: 'rename', name, newName },
        () => renameToken(account, name, newName),
        (tokens) => has(tokens, newName) && !has(tokens, name),
      ),
    onSettled: (list: TokenList | null | undefined) => showList(account, list),
    meta: { connection: account.connection },
  }
}

/** Revokes one token. cPanel answers "removed" for names that never existed too, so the list is the proof. */
export function revokeMutation(account: Account) {
  return {
    mutationFn: (name: string) =>
      writeAndVerify(
        account,
        { kind: 'revoke', name },
        () => revokeToken(account, name),
        (tokens) => !has(tokens, name),
      ),
    onSettled: (list: TokenList | null | undefined) => showList(account, list),
    meta: { connection: account.connection },
  }
}

/**
 * One revocation without the proof, for those who revoke several and read the list once afterwards.
 * @param looks see `settle` (doubt.ts)
 */
export function revokeOrSettle(account: Account, name: string, looks = 1): Promise<void> {
  return noted(account, { kind: 'revoke', name }, async () => {
    try {
      await revokeToken(account, name)
    } catch (thrown) {
      await settleByList(account, asCpanelError(thrown), ({ tokens }) => !has(tokens, name), { looks })
    }
  })
}

/**
 * Shows a list that was just read, or marks the shown one stale. After a page moved on: what it was about may be gone from
 * the list, and the page would say so for a moment.
 */
export function showList(account: Account, list: TokenList | null | undefined): void {
  if (list) queryClient.setQueryData(tokensQuery(account).queryKey, list)
  else staleList(account)
}

/** The list as the server has it from now on, shown as well. Never the answer to a question that was asked earlier. */
export async function readBack(account: Account): Promise<TokenList> {
  const { queryKey } = tokensQuery(account)
  await queryClient.cancelQueries({ queryKey })
  const list = await fetchList(account)
  queryClient.setQueryData(queryKey, list)
  return list
}

/** Marks the list stale. Not waited for: what was done is done, whether or not the list can be read now. */
export function staleList(account: Account): void {
  void queryClient.invalidateQueries({ queryKey: tokensQuery(account).queryKey })
}

export function has(tokens: readonly ApiToken[], name: string): boolean {
  return tokens.some((token) => token.name === name)
}

/** How much older than our call a token may look and still be of it: clocks of servers are only roughly right. */
const CLOCK_SLACK_MS = 300_000

/** Whether a token may be of a call that began at `startedAt` (milliseconds, by this browser's clock). */
export function isMadeSince({ created }: ApiToken, { clockSkewMs }: TokenList, startedAt: number): boolean {
  return created === null || created.getTime() - clockSkewMs >= startedAt - CLOCK_SLACK_MS
}
