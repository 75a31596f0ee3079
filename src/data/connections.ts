import { queryOptions } from '@tanstack/react-query'
import { listTokens } from '../cpanel/tokens'
import { readVersion } from '../cpanel/whm'
import { endedConnections } from '../session/ended'
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
    queryClient.setQueryData(connectionsQuery.queryKey, (before) => [
      ...(before ?? []).filter(({ id }) => id !== connection.id),
      connection,
    ])
    await queryClient.invalidateQueries({ queryKey: ['connection', connection.id] })
  },
}

/** Signs out. Nothing of the connection stays in the cache, so that Back shows nothing of it either. */
export const signOutMutation = {
  mutationFn: (id: string) => signOut(api, id),
  onSuccess: (_result: unknown, id: string) => {
    queryClient.setQueryData(connectionsQuery.queryKey, (before) => before?.filter((one) => one.id !== id))
    queryClient.removeQueries({ queryKey: ['connection', id] })
    endedConnections.remove(id)
  },
}

/** Signs out of everything. The cache goes as a whole. */
export const signOutOfAllMutation = {
  mutationFn: () => signOutOfAll(api),
  onSuccess: () => {
    for (const { id } of queryClient.getQueryData(connectionsQuery.queryKey) ?? []) endedConnections.remove(id)
    queryClient.removeQueries({ queryKey: ['connection'] })
    queryClient.setQueryData(connectionsQuery.queryKey, [])
  },
}
