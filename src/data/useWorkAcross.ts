import { useEffect, useRef, useState } from 'react'
import type { Result } from './acrossAccounts'

export type Work<Done> = { kind: 'idle' } | { kind: 'running' | 'done'; results: ReadonlyMap<number, Result<Done>> }

/** Milliseconds between two looks at the results: ten thousand tokens must not draw the page ten thousand times. */
const BEAT_MS = 100

/** What `start` gets from here: where to put results, those there are, and what stops the work. */
export type WorkTools<Done> = {
  results: ReadonlyMap<number, Result<Done>>
  put: (key: number, result: Result<Done>) => void
  signal: AbortSignal
}

/**
 * The state of work on many accounts: results by piece, kept over a retry, with `stop`. A second start while one runs does
 * nothing. Leaving the page stops it.
 */
export function useWorkAcross<Done>() {
  const [work, setWork] = useState<Work<Done>>({ kind: 'idle' })
  const results = useRef(new Map<number, Result<Done>>())
  const controller = useRef<AbortController | null>(null)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(
    () => () => {
      controller.current?.abort()
      clearTimeout(timer.current)
    },
    [],
  )

  function show(kind: 'running' | 'done'): void {
    clearTimeout(timer.current)
    timer.current = undefined
    setWork({ kind, results: new Map(results.current) })
  }

  async function start(
    perform: (tools: WorkTools<Done>) => Promise<void>,
  ): Promise<ReadonlyMap<number, Result<Done>> | null> {
    if (controller.current !== null) return null
    const mine = new AbortController()
    controller.current = mine
    show('running')
    await perform({
      results: results.current,
      put: (key, result) => {
        results.current.set(key, result)
        timer.current ??= setTimeout(() => show('running'), BEAT_MS)
      },
      signal: mine.signal,
    })
    controller.current = null
    show('done')
    return results.current
  }

  /** Drops all results: what they hold (secrets) leaves with them. */
  function reset(): void {
    results.current = new Map()
    setWork({ kind: 'idle' })
  }

  return { work, start, stop: () => controller.current?.abort(), reset }
}
