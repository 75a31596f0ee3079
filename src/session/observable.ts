/** A value that the page draws and that changes outside React. Made for useSyncExternalStore. */
export type Observable<Value> = {
  current: () => Value
  subscribe: (listener: () => void) => () => void
}

/** A new one; whoever makes it alone can set it. */
export function observable<Value>(first: Value): Observable<Value> & { set: (next: Value) => void } {
  let value = first
  const listeners = new Set<() => void>()
  return {
    current: () => value,
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    set: (next) => {
      value = next
      for (const listener of listeners) listener()
    },
  }
}
