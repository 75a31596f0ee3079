import { connectionParts } from '../session/connections'
import { endedConnections } from '../session/ended'
import {
  addServer,
  forgetServer,
  lookAtServer,
  type AddServerAnswer,
  type AddServerRequest,
  type LookRequest,
} from '../session/servers'
import { connectionsQuery, serversQuery } from './connections'
import { api, queryClient } from './queryClient'

/** A look at an address. `gcTime: 0`: a pasted address may hold a session's token, and leaves with the form. */
export const lookMutation = {
  mutationFn: (request: LookRequest) => lookAtServer(api, request),
  gcTime: 0,
}

/** Has a server remembered; the list is there with it when this is done. */
export const addServerMutation = {
  mutationKey: ['add-server'],
  mutationFn: (request: AddServerRequest) => addServer(api, request),
  onSuccess: async ({ outcome }: AddServerAnswer) => {
    if (outcome === 'added' || outcome === 'listed') await queryClient.invalidateQueries(serversQuery)
    // Another certificate, perhaps another address: what was known of its logins is asked again.
    if (outcome === 'added') await queryClient.invalidateQueries(connectionsQuery)
  },
}

/** Has an added server forgotten. What belonged to its logins leaves the cache with them. */
export const forgetServerMutation = {
  mutationFn: (id: string) => forgetServer(api, id),
  onSuccess: async (_result: unknown, id: string) => {
    for (const connection of queryClient.getQueryData(connectionsQuery.queryKey) ?? []) {
      if (connectionParts(connection.id)?.server !== id) continue
      queryClient.removeQueries({ queryKey: ['connection', connection.id] })
      endedConnections.remove(connection.id)
    }
    await Promise.all([queryClient.invalidateQueries(serversQuery), queryClient.invalidateQueries(connectionsQuery)])
  },
}
