import { useQuery } from '@tanstack/react-query'
import type { Account } from '../cpanel/tokens'
import { connectionQuery, serversQuery } from '../data/connections'
import { tokensQuery } from '../data/tokens'
import { connectionParts } from '../session/connections'
import { useUsage } from './useUsage'

/** Where a token is tried, in the words of the screen; `hasDoor`: that door of the server is known. */
export type TestPlace = {
  name: string
  user: string
  server: string
  kind: 'cpanel' | 'whm'
  hasDoor: boolean
  /** As far as the list that is at hand tells: the token may be used from some addresses alone. */
  isLimitedToAddresses: boolean
}

/** Where the token of this name is tried. Nothing is asked of the server for it. */
export function useTestPlace(account: Account, name: string): TestPlace {
  const { kind, user } = useUsage(account)
  const details = useQuery(connectionQuery(account.connection))
  const servers = useQuery(serversQuery)
  const list = useQuery({ ...tokensQuery(account), enabled: false })
  const id = connectionParts(account.connection)?.server ?? ''
  const access = list.data?.tokens.find((token) => token.name === name)?.access
  return {
    name,
    user,
    server: servers.data?.find((one) => one.id === id)?.name ?? id,
    kind,
    hasDoor: details.data === undefined || details.data.urls[kind] !== undefined,
    isLimitedToAddresses: access?.kind === 'whm' && access.addresses.length > 0,
  }
}
