/**
 * Which connections turned out to have ended while somebody was working. The frame shows a sign-in over the page for
 * them, so the page stays as it is; a plain observable, since the news comes from outside React.
 */
let ended: ReadonlySet<string> = new Set()
const listeners = new Set<() => void>()

function change(next: ReadonlySet<string>): void {
  ended = next
  for (const listener of listeners) listener()
}

export const endedConnections = {
  current: () => ended,
  subscribe: (listener: () => void): (() => void) => {
    listeners.add(listener)
    return () => listeners.delete(listener)
  },
  add(connection: string): void {
    if (!ended.has(connection)) change(new Set([...ended, connection]))
  },
  remove(connection: string): void {
    if (ended.has(connection)) change(new Set([...ended].filter((one) => one !== connection)))
  },
}
