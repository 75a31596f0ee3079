import { useQuery } from '@tanstack/react-query'
import type { Account } from '../cpanel/uapi'
import { connectionQuery } from '../data/connections'
import { connectionParts } from '../session/connections'

/** Where and as whom a token of an account is used: always at the server's cPanel door, as the account itself. */
export type Usage = { url: string; user: string }

/** Until the address is known, and where no cPanel address is configured, a stand-in that nobody takes for real. */
const UNKNOWN_URL = 'https://YOUR-SERVER:2083'

export function useUsage(account: Account): Usage {
  const details = useQuery(connectionQuery(account.connection))
  return {
    url: details.data?.urls.cpanel ?? UNKNOWN_URL,
    user: account.user ?? connectionParts(account.connection)?.username ?? '',
  }
}
