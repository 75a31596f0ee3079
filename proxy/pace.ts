/** What an ended call says of its server: `failing` looks overloaded or dead, whatever was asked. */
export type Health = 'well' | 'failing'

/** How many calls a server is given at a time, from 1 to the most. */
export type Pace = { limit: () => number; note: (ms: number, health: Health) => void }

/**
 * Answers are slow when they take so many times as long as usual and so much longer. Both: a server with fewer workers than
 * we have calls lets them queue, which makes each one several times slower and nothing worse, and 80 ms in place of 10 is
 * no reason to slow down.
 */
const SLOW_TIMES = 5
const SLOW_BY_MS = 1000

/** The usual time is the median of so many answers: a few odd ones don't move it, and one that is slow for good becomes it. */
const MEMORY = 64

/** Fewer say nothing about what is usual. */
const LEAST_ANSWERS = 8

/**
 * Begins with all there may be, so that a healthy server is used fully at once. Halved when a server fails or slows down,
 * once for what is under way at a time; every good answer gives a little back. One failure, or one slow account, is
 * the account's: the server's are two failures in a row, or more than half of a round of answers.
 */
export function createPace(most: number): Pace {
  let limit = most
  let failuresInARow = 0
  /** Calls still to end that were under way at the last halving: they tell nothing new. */
  let stale = 0
  let times: number[] = []
  let round: number[] = []

  function halve(): void {
    stale = Math.floor(limit) - 1
    limit = Math.max(1, limit / 2)
    round = []
  }

  function isSlow(ms: number): boolean {
    const usual = median(times)
    return times.length >= LEAST_ANSWERS && ms > usual * SLOW_TIMES && ms > usual + SLOW_BY_MS
  }

  function judge(ms: number): void {
    round.push(ms)
    if (!isSlow(ms)) limit = Math.min(most, limit + 1 / limit)
    if (round.length < Math.floor(limit)) return
    if (isSlow(median(round))) halve()
    else round = []
  }

  return {
    limit: () => Math.floor(limit),
    note(ms, health) {
      const isStale = stale > 0
      if (isStale) stale -= 1
      if (health === 'failing') {
        failuresInARow += 1
        if (!isStale && failuresInARow > 1) halve()
        return
      }
      failuresInARow = 0
      if (!isStale) judge(ms)
      times = [...times, ms].slice(-MEMORY)
    },
  }
}

/** The lower one of an even number: of two, one slow answer is not the server's. */
function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) / 2)] ?? 0
}
