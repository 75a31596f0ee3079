/** What is counted under a name, and from how many on there is a wait. */
type Counted = { key: string; limit: number }

/** All that one attempt counts towards. What is `wide` holds up only an address that has failures of its own. */
export type Attempt = {
  own: Counted
  address: Counted
  wide: readonly Counted[]
}

/** Failed attempts, by what they count towards. Each of its functions is one step for all who share the store. */
export type AttemptStore = {
  /** Counts an attempt as failed until more is known; or counts nothing and answers how many ms to wait (0: none). */
  take: (attempt: Attempt) => Promise<number>
  /** It was nobody's fault. */
  giveBack: (attempt: Attempt) => Promise<void>
  /** It was the right one: what this user failed from this address is forgotten, and that they were there is kept. */
  succeed: (attempt: Attempt) => Promise<void>
}

/** Milliseconds. */
export const attemptRules = {
  firstWait: 30_000,
  longestWait: 15 * 60_000,
  /** After the last failure. Four times the longest wait, so that waiting never clears the record. */
  forgottenAfter: 60 * 60_000,
  /**
   * Addresses without failures are let past a wide limit, at most so many a minute: there may be a million of them. More
   * than an attacker has at hand, or those would keep the right user out; where that user was before, nothing is counted.
   */
  pastLimitPerMinute: 300,
  /** How long it is known where a user has signed in. */
  knownFor: 30 * 24 * 60 * 60_000,
}

/** A name's failures, those under way included, and when the last one began (ms since epoch). */
type Failures = { count: number; at: number }

/** Bounded: beyond so many names the ones longest without a failure are forgotten. */
const MOST_KEYS = 200_000

/** Keeps attempts in this process's memory. */
export function createMemoryAttempts(): AttemptStore {
  const failures = new Map<string, Failures>()
  const passes = new Map<string, { count: number; until: number }>()
  /** Until when it is known that a user was at an address. */
  const known = new Map<string, number>()

  function read(key: string, now: number): Failures {
    const kept = failures.get(key)
    return kept === undefined || now - kept.at >= attemptRules.forgottenAfter ? { count: 0, at: 0 } : kept
  }

  function wait({ key, limit }: Counted, now: number): number {
    const { count, at } = read(key, now)
    if (count < limit) return 0
    const { firstWait, longestWait } = attemptRules
    return Math.max(0, at + Math.min(firstWait * 2 ** (count - limit), longestWait) - now)
  }

  /** How long an address without failures waits before it may pass a limit: its turn is the next minute's. */
  function waitToPass({ key }: Counted, now: number): number {
    const before = passes.get(key)
    const pass = before === undefined || before.until <= now ? { count: 0, until: now + 60_000 } : before
    if (pass.count >= attemptRules.pastLimitPerMinute) return pass.until - now
    passes.set(key, { ...pass, count: pass.count + 1 })
    return 0
  }

  function add(key: string, now: number): void {
    const { count } = read(key, now)
    failures.delete(key)
    failures.set(key, { count: count + 1, at: now })
    keepFew(failures)
    for (const [one, { until }] of passes) if (until <= now) passes.delete(one)
  }

  function subtract(key: string): void {
    const kept = failures.get(key)
    if (kept === undefined) return
    if (kept.count <= 1) failures.delete(key)
    else failures.set(key, { ...kept, count: kept.count - 1 })
  }

  return {
    async take({ own, address, wide }) {
      const now = Date.now()
      const narrow = Math.max(wait(own, now), wait(address, now))
      if (narrow > 0) return narrow
      const isClean = read(address.key, now).count === 0
      for (const counted of wide) {
        const ms = wait(counted, now)
        if (ms === 0) continue
        if (isClean && (known.get(own.key) ?? 0) > now) continue
        const held = isClean ? waitToPass(counted, now) : ms
        if (held > 0) return held
      }
      for (const { key } of [own, address, ...wide]) add(key, now)
      return 0
    },
    async giveBack({ own, address, wide }) {
      for (const { key } of [own, address, ...wide]) subtract(key)
    },
    async succeed({ own, address, wide }) {
      failures.delete(own.key)
      known.delete(own.key)
      known.set(own.key, Date.now() + attemptRules.knownFor)
      keepFew(known)
      for (const { key } of [address, ...wide]) subtract(key)
    },
  }
}

/** Lets go of what was put in longest ago. */
function keepFew(map: Map<string, unknown>): void {
  for (const oldest of map.keys()) {
    if (map.size <= MOST_KEYS) return
    map.delete(oldest)
  }
}
