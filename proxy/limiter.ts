import { createPace, type Health } from './pace'

export type Limiter = {
  /** Runs a task when its turn has come, first come first served. Rejects with the signal's reason if that comes first. */
  run: <Value>(task: () => Promise<Value>, signal: AbortSignal) => Promise<Value>
}

type Options = {
  most: number
  /** What a failure says: one refused account says nothing about the server. */
  judge: (error: unknown) => Health
  /** Milliseconds. */
  clock?: () => number
}

/** Bounds what is under way at one server, whoever asks for it; how much that is follows from how the server does. */
export function createLimiter({ most, judge, clock = () => performance.now() }: Options): Limiter {
  const pace = createPace(most)
  const waiting: { begin: () => void }[] = []
  let running = 0

  function next(): void {
    while (running < pace.limit() && waiting.length > 0) {
      running += 1
      waiting.shift()?.begin()
    }
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
        waiting.splice(waiting.indexOf(place), 1)
        reject(signal.reason)
      }
      if (signal.aborted) return reject(signal.reason)
      signal.addEventListener('abort', leave, { once: true })
      waiting.push(place)
      next()
    })
  }

  return {
    async run(task, signal) {
      await turn(signal)
      const start = clock()
      try {
        const value = await task()
        pace.note(clock() - start, 'well')
        return value
      } catch (error) {
        // What was cancelled tells nothing about the server.
        if (!signal.aborted) pace.note(clock() - start, judge(error))
        throw error
      } finally {
        running -= 1
        next()
      }
    },
  }
}
