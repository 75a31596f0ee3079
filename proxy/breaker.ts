import { ProxyError } from './errors'

/** `half-open`: the pause is over, and one request finds out whether the server is back. */
export type BreakerState = 'closed' | 'open' | 'half-open'

/** What the end of a request says of its server. */
export type Sign = 'alive' | 'dead' | 'unknown'

export type Breaker = {
  state: () => BreakerState
  /**
   * To be called before a request is sent. Answers what takes the sign of its end, whatever that was.
   *
   * @throws ProxyError `paused` when nothing may be sent now
   */
  begin: () => (sign: Sign) => void
  /** The server gave a sign of life that is no request's end, such as taking a connection. */
  noteAlive: () => void
}

const OPENS_AFTER = 5
const FIRST_PAUSE_MS = 1_000
const LONGEST_PAUSE_MS = 8_000

/**
 * Keeps requests from a server that is dead: each would make a person wait for a connection that nobody takes. Opens after
 * five signs of death in a row, for a second, and for twice as long each time one request finds it dead still, up to 8.
 *
 * @param clock milliseconds
 */
export function createBreaker(clock: () => number = () => performance.now()): Breaker {
  let deathsInARow = 0
  let pause: { ms: number; until: number } | null = null
  let probe: symbol | null = null

  function open(ms: number): void {
    pause = { ms, until: clock() + ms }
    probe = null
  }

  function noteAlive(): void {
    deathsInARow = 0
    pause = null
    probe = null
  }

  function noteDead(): void {
    // While it is open, deaths are those of requests sent before: they tell nothing new.
    if (pause !== null) return
    deathsInARow += 1
    if (deathsInARow >= OPENS_AFTER) open(FIRST_PAUSE_MS)
  }

  return {
    state() {
      if (pause === null) return 'closed'
      return clock() < pause.until ? 'open' : 'half-open'
    },

    begin() {
      const own = Symbol('request')
      if (pause !== null) {
        const rest = pause.until - clock()
        if (rest > 0 || probe !== null) {
          throw new ProxyError('paused', 'The server could not be reached several times. Wait.', {
            retryAfter: Math.max(1, Math.ceil(rest / 1000)),
          })
        }
        probe = own
      }
      return (sign) => {
        const wasProbe = probe === own
        if (wasProbe) probe = null
        if (sign === 'alive') return noteAlive()
        if (sign === 'unknown') return
        if (wasProbe && pause !== null) return open(Math.min(LONGEST_PAUSE_MS, pause.ms * 2))
        noteDead()
      }
    },

    noteAlive,
  }
}
