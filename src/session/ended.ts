import { observable } from './observable'

/**
 * Which connections turned out to have ended while somebody was working. The frame shows a sign-in over the page for
 * them, so the page stays as it is; a plain observable, since the news comes from outside React.
 */
const ended = observable<ReadonlySet<string>>(new Set())

export const endedConnections = {
  current: ended.current,
  subscribe: ended.subscribe,
  add(connection: string): void {
    if (!ended.current().has(connection)) ended.set(new Set([...ended.current(), connection]))
  },
  remove(connection: string): void {
    if (ended.current().has(connection)) ended.set(new Set([...ended.current()].filter((one) => one !== connection)))
  },
}
