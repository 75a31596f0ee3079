/** Where all tokens come from: the connections of this session, what each reaches, and what is wrong with one. */
import { asCpanelError, CpanelError } from '../cpanel/errors'
import type { HostedAccount, Privileges } from '../cpanel/whm'
import type { AccountFacts } from '../inventory/columns'
import type { Connection, ServerSummary } from '../session/connections'
import { observable, type Observable } from '../session/observable'
import { accountsQuery, privilegesQuery } from './accounts'
import { allTokens } from './allTokens'
import { connectionsQuery, serversQuery } from './connections'
import { loading } from './loadAllTokens'
import { queryClient } from './queryClient'
import type { TokenList } from './tokens'

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

/** Asks again what is older than so many milliseconds; 0 asks everything. */
export function refreshOlderThan(ageMs: number): void {
  const { columns } = allTokens.inventory
  const old = [...columns.accounts.keys()].filter((account) => {
    const at = allTokens.askedOf(account)?.at
    return typeof at === 'number' && Date.now() - at >= ageMs
  })
  if (old.length > 0) loading.retry(old)
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
  const trouble = await openWhm(connection, here)
  if (isSignedIn(id)) put({ ...source, trouble })
}

/** Who signed out while something was asked does not want the answer any more. */
function isSignedIn(id: string): boolean {
  return queryClient.getQueryData(connectionsQuery.queryKey)?.some((one) => one.id === id) !== false
}

async function openWhm({ id, username }: Connection, here: Here): Promise<Trouble | null> {
  const asked = queryClient.fetchQuery(accountsQuery(id)).catch(asCpanelError)
  // A restricted token may be refused this question itself: then what is refused later tells.
  const privileges = await queryClient.fetchQuery(privilegesQuery(id)).catch((): Privileges | null => null)
  // The tokens of WHM itself need another privilege than the accounts do.
  const whmUser: AccountFacts = { ...here, ...NOTHING_TOLD, user: username, isWhmUser: true }
  const own = privileges?.mayManageTokens === false ? [] : [whmUser]
  if (privileges?.mayListAccounts === false) {
    reach(id, own)
    return { kind: 'list-accts' }
  }
  const accounts = await asked
  if (accounts instanceof CpanelError) {
    // What it reached before it may well reach still.
    if (!allTokens.reachesAny(id)) reach(id, own)
    return { kind: 'failed', error: accounts }
  }
  const mayReach = privileges?.mayReachAccounts !== false
  reach(id, [...own, ...(mayReach ? accounts.map((account) => factsOf(here, account)) : [])])
  return mayReach ? null : { kind: 'cpanel-api' }
}

function factsOf(here: Here, { user, domain, owner, plan, isSuspended }: HostedAccount): AccountFacts {
  return { ...here, user, domain, owner, plan, isSuspended }
}

const NOTHING_TOLD = { domain: '', owner: '', plan: '', isSuspended: false }

function reach(id: string, accounts: readonly AccountFacts[]): void {
  if (!isSignedIn(id)) return
  allTokens.putRoutes(id, accounts, () => false)
  loading.unblock(id)
  loading.start()
}

let isWatching = false

/** Keeps up with what the rest of the app learns: who is signed in, and any list of one account. */
function watch(): void {
  if (isWatching) return
  isWatching = true
  queryClient.getQueryCache().subscribe((event) => {
    if (event.type !== 'updated' || event.action.type !== 'success') return
    const [root, connection, what, user] = event.query.queryKey
    if (root === 'connections') keepUp(queryClient.getQueryData(connectionsQuery.queryKey) ?? [])
    if (root !== 'connection' || typeof connection !== 'string') return
    if (what === 'whm-tokens') takeList(connection, { isWhmUser: true }, event.query.state)
    if (what === 'tokens') takeList(connection, typeof user === 'string' ? { user } : {}, event.query.state)
  })
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
    if (!isSame || wantsSignIn(known)) void openConnection(connection)
    else if (!connection.hasEnded) loading.unblock(connection.id)
  }
}

/** Its accounts could not be listed for want of a sign-in, which may have been done now. */
function wantsSignIn({ trouble }: Source): boolean {
  return trouble?.kind === 'failed' && trouble.error.kind === 'unauthenticated'
}

function takeList(
  connection: string,
  whose: { user?: string; isWhmUser?: true },
  state: { data?: unknown; dataUpdatedAt: number },
): void {
  const source = sources.current().find((one) => one.connection.id === connection)?.connection
  if (source === undefined || !isTokenList(state.data)) return
  const account = allTokens.find({ server: source.server, user: source.username, ...whose })
  if (account !== undefined) allTokens.put(account, state.data, state.dataUpdatedAt)
}

function isTokenList(data: unknown): data is TokenList {
  return typeof data === 'object' && data !== null && 'tokens' in data && 'clockSkewMs' in data
}
