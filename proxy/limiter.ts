/** What an ended task says of its server: `failing` when it looks overloaded or dead. */
type Verdict = 'well' | 'failing'

export type Limiter = {
  /** Runs a task when its turn has come, first come first served. Rejects with the signal's reason if that comes first. */
  run: <Value>(task: () => Promise<Value>, signal: AbortSignal) => Promise<Value>
  /** How many may run just now: from 1 to the most. */
  limit: () => number
}

type Options = {
  most: number
  /** What a failure says: one refused account says nothing about the server. */
  judge: (error: unknown) => Verdict
  /** Milliseconds. */
  clock?: () => number
}

/** A server is slow when most of its answers take so many times as long as its quick ones, and this many ms longer. */
const SLOW_TIMES = 5
const SLOW_BY_MS = 1000

/**
 * Bounds what is under way at one server. It begins with all it may, so that a healthy server is used fully at once; when
 * answers fail or slow down it is halved, at most once for as many answers as run side by side, and every good answer gives
 * a little back. One slow account among quick ones changes nothing.
 */
export function createLimiter({ most, judge, clock = () => performance.now() }: Options): Limiter {
  const waiting: { begin: () => void }[] = []
  let limit = most
  let running = 0
  let usual = Number.POSITIVE_INFINITY
  /** Answers since the last halving, and how many of them were slow. */
  let [answers, slow] = [0, 0]

  function next(): void {
    while (running < Math.floor(limit) && waiting.length > 0) {
      running += 1
      waiting.shift()?.begin()
    }
  }

  function halve(): void {
    limit = Math.max(1, limit / 2)
    ;[answers, slow] = [0, 0]
  }

  function note(ms: number, verdict: Verdict): void {
    answers += 1
    if (verdict === 'failing') {
      if (answers >= limit) halve()
      return
    }
    // The quickest answer is the measure; it fades, since a server may become slower for good.
    usual = Math.min(ms, usual * 1.01)
    if (ms > usual * SLOW_TIMES && ms > usual + SLOW_BY_MS) slow += 1
    else limit = Math.min(most, limit + 1 / limit)
    if (answers < limit) return
    if (slow * 2 > answers) halve()
    else [answers, slow] = [0, 0]
  }

  function turn(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const place = {
        begin: () => {
          signal.removeEventListener('abort', leave)
          resolve()
        },
      }
      const leave = () => {
        const index = waiting.indexOf(place)
        if (index === -1) return
        waiting.splice(index, 1)
        reject(signal.reason)
      }
      if (signal.aborted) return reject(signal.reason)
      signal.addEventListener('abort', leave, { once: true })
      waiting.push(place)
      next()
    })
  }

  return {
    limit: () => Math.floor(limit),
    async run(task, signal) {
      await turn(signal)
      const start = clock()
      try {
        const value = await task()
        note(clock() - start, 'well')
        return value
      } catch (error) {
        if (!signal.aborted) note(clock() - start, judge(error))
        throw error
      } finally {
        running -= 1
        next()
      }
    },
  }
}
