import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { Account } from '../cpanel/tokens'
import { privilegesQuery } from '../data/accounts'
import { serversQuery } from '../data/connections'
import { connectionParts } from '../session/connections'
import { MissingPrivilege } from './MissingPrivilege'

/** Says which privilege a WHM user lacks to have tokens of their own, in place of what needs it. */
export function MissingTokenPrivilege({ account, children }: { account: Account; children: ReactNode }) {
  const privileges = useQuery(privilegesQuery(account.connection))
  const servers = useQuery(serversQuery)
  const { server: id = '', username: user = '' } = connectionParts(account.connection) ?? {}
  if (privileges.data?.mayManageTokens !== false) return children
  const server = servers.data?.find((one) => one.id === id)?.name ?? id
  return <MissingPrivilege privilege="manage-api-tokens" user={user} server={server} />
}
