import { queryOptions } from '@tanstack/react-query'
import { listTokens } from '../cpanel/tokens'
import { readVersion } from '../cpanel/whm'
import { endedConnections } from '../session/ended'
import { tellTabs } from '../session/tabs'
import {
  canAddServers,
  listConnections,
  listDemoLogins,
  listServers,
  readConnection,
  signIn,
  signOut,
  signOutOfAll,
  type Connection,
  type SignInRequest,
} from '../session/connections'
import { api, queryClient } from './queryClient'

export const connectionsQuery = queryOptions({
  queryKey: ['connections'],
  queryFn: ({ signal }) => listConnections(api, signal),
  staleTime: 60_000,
})

/** A connection with the addresses of its server, for the calls that are shown beside a new token. */
export function connectionQuery(id: string) {
  return queryOptions({
    queryKey: ['connection', id, 'details'],
    queryFn: ({ signal }) => readConnection(api, id, signal),
    staleTime: Infinity,
    meta: { connection: id },
  })
}

/** Whether a connection is alive, by a call that asks little. What it tells is seen in session/health.ts. */
export function aliveQuery({ id, kind }: Connection) {
  return queryOptions({
    queryKey: ['connection', id, 'alive'],
    queryFn: async ({ signal }) => {
      await (kind === 'whm' ? readVersion(api, id, signal) : listTokens({ api, connection: id }, signal))
      return true
    },
    staleTime: 5_000,
    retry: false,
    meta: { connection: id },
  })
}

export const serversQuery = queryOptions({
  queryKey: ['servers'],
  queryFn: ({ signal }) => listServers(api, signal),
  staleTime: Infinity,
})

/** Whether people may add servers here. */
export const addingQuery = queryOptions({
  queryKey: ['adding-servers'],
  queryFn: ({ signal }) => canAddServers(api, signal),
  staleTime: Infinity,
})

export const demoLoginsQuery = queryOptions({
  queryKey: ['demo-logins'],
  queryFn: ({ signal }) => listDemoLogins(api, signal),
  staleTime: Infinity,
})

/** Signs in. What failed for want of a sign-in is asked again. `gcTime: 0`: the password leaves with the form. */
export const signInMutation = {
  mutationFn: (request: SignInRequest) => signIn(api, request),
  gcTime: 0,
  onSuccess: async (connection: Connection) => {
    endedConnections.remove(connection.id)
    tellTabs({ kind: 'logged-in', connection: connection.id })
    queryClient.setQueryData(connectionsQuery.queryKey, (before) => [
      ...(before ?? []).filter(({ id }) => id !== connection.id),
      connection,
    ])
    await queryClient.invalidateQueries({ queryKey: ['connection', connection.id] })
  },
}

/**
 * Drops what the cache holds under a key. What a page still shows goes together with the page: taken away under it, its
 * next drawing would ask the server again, with nobody logged in any more.
 */
function forget(queryKey: readonly string[]): void {
  const cache = queryClient.getQueryCache()
  queryClient.removeQueries({ queryKey, type: 'inactive' })
  const shown = new Set(cache.findAll({ queryKey }))
  if (shown.size === 0) return
  const stop = cache.subscribe(({ type, query }) => {
    if (type !== 'observerRemoved' || query.getObserversCount() > 0 || !shown.delete(query)) return
    cache.remove(query)
    if (shown.size === 0) stop()
  })
}

/** What is on its way is called back before anything is signed out: its answer would be that nobody is signed in. */
async function callBack(queryKey: readonly string[]): Promise<void> {
  await queryClient.cancelQueries({ queryKey })
}

/** Signs out. Nothing of the connection stays in the cache, so that Back shows nothing of it either. */
export const signOutMutation = {
  mutationFn: (id: string) => signOut(api, id),
  onMutate: (id: string) => callBack(['connection', id]),
  onSuccess: (_result: unknown, id: string) => {
    queryClient.setQueryData(connectionsQuery.queryKey, (before) => before?.filter((one) => one.id !== id))
    forget(['connection', id])
    endedConnections.remove(id)
    tellTabs({ kind: 'logged-out' })
  },
  onError: (_failure: Error, id: string) => queryClient.invalidateQueries({ queryKey: ['connection', id] }),
}

/** Signs out of everything. The cache goes as a whole. */
export const signOutOfAllMutation = {
  mutationFn: () => signOutOfAll(api),
  onMutate: () => callBack(['connection']),
  onSuccess: () => {
    for (const { id } of queryClient.getQueryData(connectionsQuery.queryKey) ?? []) endedConnections.remove(id)
    forget(['connection'])
    queryClient.setQueryData(connectionsQuery.queryKey, [])
    tellTabs({ kind: 'logged-out' })
  },
  onError: () => queryClient.invalidateQueries({ queryKey: ['connection'] }),
}
