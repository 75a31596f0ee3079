import { queryOptions } from '@tanstack/react-query'
import { listAccounts, readPrivileges } from '../cpanel/whm'
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

/** What the WHM user of a connection may do. Asked once: privileges change rarely, and a refusal tells anyway. */
export function privilegesQuery(connection: string) {
  return queryOptions({
    queryKey: ['connection', connection, 'privileges'],
    queryFn: ({ signal }) => readPrivileges(api, connection, signal),
    staleTime: 300_000,
    meta: { connection },
  })
}
