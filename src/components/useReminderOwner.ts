import { useQuery } from '@tanstack/react-query'
import type { Account } from '../cpanel/tokens'
import { serversQuery } from '../data/connections'
import { connectionParts } from '../session/connections'
import type { ReminderOwner } from './reminderFile'

/** Whose tokens an account's are, as reminders name it. */
export function useReminderOwner(account: Account): ReminderOwner {
  const servers = useQuery(serversQuery).data
  const { server = '', username = '' } = connectionParts(account.connection) ?? {}
  return {
    server,
    serverName: servers?.find(({ id }) => id === server)?.name ?? server,
    user: account.user ?? username,
    isWhmUser: account.isWhmUser ?? false,
    place: account,
  }
}
