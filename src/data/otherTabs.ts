/** Does in this tab what another one tells: the two show the same. */
import type { Account } from '../cpanel/tokens'
import { endedConnections } from '../session/ended'
import { hearTabs, type News } from '../session/tabs'
import { connectionsQuery } from './connections'
import { queryClient } from './queryClient'
import { accountOf, readBack, staleList, tokensQuery, whmUserOf } from './tokens'

/** Work on many tokens tells of each of them: the list is read once it has gone quiet. */
const QUIET_MS = 300

/** Follows the other tabs until the function it returns is called. */
export function followOtherTabs(): () => void {
  const timers = new Map<string, ReturnType<typeof setTimeout>>()

  function readSoon(account: Account): void {
    const { queryKey } = tokensQuery(account)
    const id = JSON.stringify(queryKey)
    clearTimeout(timers.get(id))
    const read = () => {
      // Lists that no page shows just now as well: the page of all tokens lives on them.
      if (queryClient.getQueryState(queryKey) !== undefined) void readBack(account).catch(() => staleList(account))
    }
    timers.set(id, setTimeout(read, QUIET_MS))
  }

  function heed(news: News): void {
    switch (news.kind) {
      case 'wrote':
        return readSoon(news.isWhmUser ? whmUserOf(news.connection) : accountOf(news.connection, news.user))
      case 'logged-in':
        endedConnections.remove(news.connection)
        void queryClient.invalidateQueries({ queryKey: connectionsQuery.queryKey })
        void queryClient.invalidateQueries({ queryKey: ['connection', news.connection] })
        return undefined
      case 'logged-out':
        void queryClient.invalidateQueries({ queryKey: connectionsQuery.queryKey })
        return undefined
      case 'ended':
        endedConnections.hear(news.connection)
        return undefined
    }
  }

  const stop = hearTabs(heed)
  return () => {
    stop()
    for (const timer of timers.values()) clearTimeout(timer)
  }
}
