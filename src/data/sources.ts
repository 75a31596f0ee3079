/** Where all tokens come from: the connections of this session, what each reaches, and what is wrong with one. */
import { asCpanelError, CpanelError, type CpanelErrorKind } from '../cpanel/errors'
import type { Account } from '../cpanel/tokens'
import type { HostedAccount, Privileges } from '../cpanel/whm'
import type { AccountFacts } from '../inventory/columns'
import type { Connection, ServerSummary } from '../session/connections'
import { observable, type Observable } from '../session/observable'
import { isKeyringAway } from '../session/reach'
import { accountsQuery, privilegesQuery } from './accounts'
import { allTokens } from './allTokens'
import { connectionsQuery, serversQuery } from './connections'
import { loading } from './loadAllTokens'
import { queryClient } from './queryClient'
import { tokensQuery, whoseTokens } from './tokens'

/**
 * Why a connection gives less than it could.
 * - `list-accts`, `cpanel-api`  the WHM user lacks this privilege
 * - `failed`  its accounts could not be listed
 */
export type Trouble = { kind: 'list-accts' | 'cpanel-api' } | { kind: 'failed'; error: CpanelError }
export type Source = { connection: Connection; serverName: string; isAsking: boolean; trouble: Trouble | null }

type Here = Pick<AccountFacts, 'server' | 'serverName'>

const sources = observable<readonly Source[]>([])
export const tokenSources: Observable<readonly Source[]> = sources

function put(source: Source): void {
  const { id } = source.connection
  const all = sources.current()
  const isKnown = all.some((one) => one.connection.id === id)
  sources.set(isKnown ? all.map((one) => (one.connection.id === id ? source : one)) : [...all, source])
}

/** How long lists are kept without asking again when somebody comes back to the page, in milliseconds. */
const KEPT_MS = 300_000

/** Begins to gather all tokens of this session, or goes on with it: what is a few minutes old at most is not asked again. */
export async function openAllTokens(): Promise<void> {
  const connections = await queryClient.ensureQueryData(connectionsQuery)
  await Promise.all(connections.map(openConnection))
  refreshOlderThan(KEPT_MS)
}

/** Asks again what is older than so many milliseconds. What never had a list is not asked: that takes somebody who wants it. */
export function refreshOlderThan(ageMs: number): void {
  const known = [...allTokens.inventory.columns.accounts.keys()]
  const old = known.filter((account) => {
    const at = allTokens.askedOf(account)?.at
    return typeof at === 'number' && Date.now() - at >= ageMs
  })
  loading.retry(old)
}

/** Asks everything again, however fresh it is and whatever became of it last time; accounts that are new are found. */
export function refreshAll(): void {
  const logins = sources.current().map(({ connection }) => connection)
  for (const { id } of logins) void queryClient.invalidateQueries({ queryKey: ['connection', id], refetchType: 'none' })
  loading.retry(allTokens.inventory.columns.accounts.keys())
  for (const login of logins) void openConnection(login)
}

/** Finds out what a connection reaches and starts to fetch it. Never throws: what is wrong is said by the source. */
export async function openConnection(connection: Connection): Promise<void> {
  watch()
  const { id, kind, username } = connection
  const servers = await queryClient.ensureQueryData(serversQuery).catch((): ServerSummary[] => [])
  if (!isSignedIn(id)) return
  const serverName = servers.find((server) => server.id === connection.server)?.name ?? connection.server
  const here = { server: connection.server, serverName }
  const source = { connection, serverName, isAsking: false, trouble: null }
  if (connection.hasEnded) return put(source)
  if (kind === 'cpanel') {
    const known = allTokens.find({ ...here, user: username })
    const facts = known === undefined ? undefined : allTokens.inventory.columns.accounts[known]
    // A WHM connection may have told more of the same account.
    allTokens.putRoutes(id, [facts ?? { ...here, ...NOTHING_TOLD, user: username }], () => true)
    put(source)
    loading.unblock(id)
    return loading.start()
  }
  put({
    ...source,
    isAsking: true,
    trouble: sources.current().find((one) => one.connection.id === id)?.trouble ?? null,
  })
  const { reached, trouble } = await askWhm(connection, here)
  if (!isSignedIn(id)) return
  // Where its accounts can't be listed, what it reached before it may well reach still.
  if (trouble?.kind !== 'failed' || !allTokens.reachesAny(id)) allTokens.putRoutes(id, reached, () => false)
  put({ ...source, trouble })
  loading.unblock(id)
  loading.start()
}

/** Who signed out while something was asked does not want the answer any more. */
function isSignedIn(id: string): boolean {
  return queryClient.getQueryData(connectionsQuery.queryKey)?.some((one) => one.id === id) !== false
}

/** Whose tokens a WHM login reaches, and why not more. */
async function askWhm(
  { id, username }: Connection,
  here: Here,
): Promise<{ reached: readonly AccountFacts[]; trouble: Trouble | null }> {
  const asked = queryClient.fetchQuery(accountsQuery(id)).catch(asCpanelError)
  // A restricted token may be refused this question itself: then what is refused later tells.
  const privileges = await queryClient.fetchQuery(privilegesQuery(id)).catch((): Privileges | null => null)
  // The tokens of WHM itself need another privilege than the accounts do.
  const whmUser: AccountFacts = { ...here, ...NOTHING_TOLD, user: username, isWhmUser: true }
  const own = privileges?.mayManageTokens === false ? [] : [whmUser]
  if (privileges?.mayListAccounts === false) return { reached: own, trouble: { kind: 'list-accts' } }
  const accounts = await asked
  if (accounts instanceof CpanelError) return { reached: own, trouble: { kind: 'failed', error: accounts } }
  if (privileges?.mayReachAccounts === false) return { reached: own, trouble: { kind: 'cpanel-api' } }
  return { reached: [...own, ...accounts.map((account) => factsOf(here, account))], trouble: null }
}

function factsOf(here: Here, { user, domain, owner, plan, isSuspended }: HostedAccount): AccountFacts {
  return { ...here, user, domain, owner, plan, isSuspended }
}

const NOTHING_TOLD = { domain: '', owner: '', plan: '', isSuspended: false }

let isWatching = false

/** Keeps up with what the rest of the app learns: who is signed in, and any list of one account. */
function watch(): void {
  if (isWatching) return
  isWatching = true
  queryClient.getQueryCache().subscribe((event) => {
    if (event.type !== 'updated' || event.action.type !== 'success') return
    const { queryKey } = event.query
    if (queryKey[0] === connectionsQuery.queryKey[0]) keepUp(queryClient.getQueryData(connectionsQuery.queryKey) ?? [])
    const account = whoseTokens(queryKey)
    if (account !== null) takeList(account)
  })
  isKeyringAway.subscribe(() => {
    if (!isKeyringAway.current())
      for (const { connection } of sources.current().filter(failedAs('offline'))) void openConnection(connection)
  })
}

/** Whether the accounts of a source could not be listed, for that reason. */
function failedAs(kind: CpanelErrorKind): (source: Source) => boolean {
  return ({ trouble }) => trouble?.kind === 'failed' && trouble.error.kind === kind
}

function keepUp(connections: readonly Connection[]): void {
  const gone = sources.current().filter((source) => !connections.some(({ id }) => id === source.connection.id))
  for (const { connection } of gone) {
    allTokens.dropConnection(connection.id)
    loading.forget(connection.id)
  }
  sources.set(sources.current().filter((source) => !gone.includes(source)))
  for (const connection of connections) {
    const known = sources.current().find((source) => source.connection.id === connection.id)
    const isSame = known?.connection.hasEnded === connection.hasEnded
    // Its accounts could not be listed for want of a sign-in, which may have been done now.
    if (!isSame || failedAs('unauthenticated')(known)) void openConnection(connection)
    else if (!connection.hasEnded) loading.unblock(connection.id)
  }
}

function takeList(account: Account): void {
  const state = queryClient.getQueryState(tokensQuery(account).queryKey)
  const source = sources.current().find(({ connection }) => connection.id === account.connection)?.connection
  if (source === undefined || state?.data === undefined) return
  const whose = account.isWhmUser
    ? { user: source.username, isWhmUser: true as const }
    : { user: account.user ?? source.username }
  const number = allTokens.find({ server: source.server, ...whose })
  if (number !== undefined) allTokens.put(number, state.data, state.dataUpdatedAt)
}
