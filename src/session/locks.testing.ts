import { afterEach, beforeEach } from 'vitest'

type Holder = (lock: { name: string } | null) => unknown

/** The browser's locks, as far as the journal needs them. Needs jsdom, which has none. */
export class FakeLocks {
  readonly #held = new Map<string, Promise<unknown>>()

  held(): string[] {
    return [...this.#held.keys()]
  }

  request = async (name: string, ...rest: [Holder] | [{ ifAvailable: true }, Holder]): Promise<unknown> => {
    const [first, second] = rest
    const holder = typeof first === 'function' ? first : second
    if (holder === undefined) throw new TypeError('A lock needs a holder.')
    // Never in the same turn, as in a browser.
    await Promise.resolve()
    const isAsking = typeof first !== 'function'
    if (isAsking && this.#held.has(name)) return holder(null)
    await this.#held.get(name)
    const work = Promise.resolve(holder({ name }))
    this.#held.set(name, work)
    try {
      return await work
    } finally {
      this.#held.delete(name)
    }
  }
}

/** New locks and an empty storage for each test of a file. */
export function locksForEach(): { current: FakeLocks } {
  const locks = { current: new FakeLocks() }
  beforeEach(() => {
    locks.current = new FakeLocks()
    Object.defineProperty(navigator, 'locks', { value: locks.current, configurable: true })
    localStorage.clear()
  })
  afterEach(() => {
    Reflect.deleteProperty(navigator, 'locks')
  })
  return locks
}
