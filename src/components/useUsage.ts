import { useQuery } from '@tanstack/react-query'
import type { Account } from '../cpanel/tokens'
import { connectionQuery } from '../data/connections'
import { connectionParts } from '../session/connections'

/**
 * Where and as whom a token is used: one of an account always at the server's cPanel door, as the account itself; one of a
 * WHM user at that of WHM.
 */
export type Usage = { kind: 'cpanel' | 'whm'; url: string; user: string }

/** Until the address is known, and where no cPanel address is configured, a stand-in that nobody takes for real. */
const UNKNOWN_URLS = { cpanel: 'https://YOUR-SERVER:2083', whm: 'https://YOUR-SERVER:2087' }

export function useUsage(account: Account): Usage {
  const details = useQuery(connectionQuery(account.connection))
  const kind = account.isWhmUser ? 'whm' : 'cpanel'
  return {
    kind,
    url: details.data?.urls[kind] ?? UNKNOWN_URLS[kind],
    user: account.user ?? connectionParts(account.connection)?.username ?? '',
  }
}
