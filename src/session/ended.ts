import { observable } from './observable'
import { tellTabs } from './tabs'

/**
 * Which connections turned out to have ended while somebody was working. The frame shows a sign-in over the page for
 * them, so the page stays as it is; a plain observable, since the news comes from outside React.
 */
const ended = observable<ReadonlySet<string>>(new Set())

export const endedConnections = {
  current: ended.current,
  subscribe: ended.subscribe,
  /** Tells the other tabs as well. */
  add(connection: string): void {
    if (hear(connection)) tellTabs({ kind: 'ended', connection })
  },
  /** Another tab has told it. True where it was news. */
  hear,
  remove(connection: string): void {
    if (ended.current().has(connection)) ended.set(new Set([...ended.current()].filter((one) => one !== connection)))
  },
}

function hear(connection: string): boolean {
  if (ended.current().has(connection)) return false
  ended.set(new Set([...ended.current(), connection]))
  return true
}
