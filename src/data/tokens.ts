import { queryOptions } from '@tanstack/react-query'
import { CpanelError, asCpanelError, leavesInDoubt, unresolved } from '../cpanel/errors'
import type { ApiToken } from '../cpanel/token'
import { listTokens, revokeToken, type Account } from '../cpanel/tokens'
import { renameToken } from '../cpanel/uapi'
import type { TokenRows } from '../cpanel/wire'
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

/** All tokens of one account. The single home of its key. */
export function tokensQuery(account: Account) {
  return queryOptions({
    queryKey: ['connection', account.connection, account.isWhmUser ? 'whm-tokens' : 'tokens', account.user ?? null],
    queryFn: ({ signal }) => fetchList(account, signal),
    meta: { connection: account.connection },
  })
}

/** The list as the server has it now, without showing it: what every doubt is settled with. */
export async function fetchList(account: Account, signal?: AbortSignal): Promise<TokenList> {
  const { serverTime, ...rows } = await listTokens(account, signal)
  return { ...rows, clockSkewMs: serverTime === null ? 0 : serverTime.getTime() - Date.now() }
}

type IsDone = (tokens: readonly ApiToken[]) => boolean

/**
 * Settles a write that failed without a proper answer by reading the list: it is done after all, or the failure stands.
 * @throws {CpanelError} the failure itself when it is not done; marked `isUnresolved` when nobody can tell yet
 */
async function settle(account: Account, failure: CpanelError, isDone: IsDone): Promise<TokenList> {
  if (!leavesInDoubt(failure)) throw failure
  const list = await fetchList(account).catch(() => {
    throw unresolved(failure)
  })
  if (isDone(list.tokens)) return list
  // The server may still be working on a call that timed out.
  throw failure.kind === 'timeout' ? unresolved(failure) : failure
}

/**
 * Does a write and reads the list back, so that "done" is the server's truth and not our hope.
 * @returns the list after it; null where the server said done and the list can't be read just now
 * @throws {CpanelError} `unchanged` where the server said done and its list says otherwise
 */
async function writeAndVerify(account: Account, write: () => Promise<void>, isDone: IsDone): Promise<TokenList | null> {
  try {
    await write()
  } catch (thrown) {
    return settle(account, asCpanelError(thrown), isDone)
  }
  const list = await fetchList(account).catch(() => null)
  if (list !== null && !isDone(list.tokens)) throw new CpanelError('unchanged')
  return list
}

/** Renames a token. */
export function renameMutation(account: Account) {
  return {
    mutationFn: ({ name, newName }: { name: string; newName: string }) =>
      writeAndVerify(
        account,
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
        () => revokeToken(account, name),
        (tokens) => !has(tokens, name),
      ),
    onSettled: (list: TokenList | null | undefined) => showList(account, list),
    meta: { connection: account.connection },
  }
}

/** One revocation without the proof, for those who revoke several and read the list once afterwards. */
export async function revokeOrSettle(account: Account, name: string): Promise<void> {
  try {
    await revokeToken(account, name)
  } catch (thrown) {
    await settle(account, asCpanelError(thrown), (tokens) => !has(tokens, name))
  }
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
