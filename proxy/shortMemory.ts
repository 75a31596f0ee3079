/** Remembers for a moment; then it is gone from memory, too, whether anybody asks or not. */
export type ShortMemory<Value> = {
  get: (key: string) => Value | undefined
  put: (key: string, value: Value) => void
}

/**
 * @param keepMs milliseconds for which something is kept at least after its last use; it is gone after twice that
 * @param most so many at a time at least; beyond twice that the ones unused for longest are let go
 */
export function createShortMemory<Value>({ keepMs, most }: { keepMs: number; most: number }): ShortMemory<Value> {
  // What is used moves to the young ones; those that are still among the old ones at the next turn go.
  let young = new Map<string, Value>()
  let old = new Map<string, Value>()
  let timer: NodeJS.Timeout | undefined

  function turn(): void {
    old = young
    young = new Map()
    clearTimeout(timer)
    timer = old.size === 0 ? undefined : setTimeout(turn, keepMs).unref()
  }

  function put(key: string, value: Value): void {
    if (young.size >= most) turn()
    young.set(key, value)
    timer ??= setTimeout(turn, keepMs).unref()
  }

  return {
    get(key) {
      const known = young.get(key)
      if (known !== undefined) return known
      const kept = old.get(key)
      if (kept !== undefined) put(key, kept)
      return kept
    },
    put,
  }
}
