import { queryOptions } from '@tanstack/react-query'
import { listAccounts } from '../cpanel/whm'
import { api } from './queryClient'

/** The accounts of a WHM connection. */
export function accountsQuery(connection: string) {
  return queryOptions({
    queryKey: ['connection', connection, 'accounts'],
    queryFn: ({ signal }) => listAccounts(api, connection, signal),
    staleTime: 60_000,
    meta: { connection },
  })
}
