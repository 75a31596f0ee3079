/** Work on many accounts: a result for each piece, a few at a time, and no more calls to a server that is dead. */
import { asCpanelError, type CpanelError } from '../cpanel/errors'
import { endedConnections } from '../session/ended'
import { noteAnswer, noteFailure } from '../session/health'

/**
 * Where one piece of the work stands. `skipped` was never sent: the work was stopped, the session ended, or its server
 * gave no answer to the pieces before it.
 */
export type Result<Done> =
  | { kind: 'waiting' }
  | { kind: 'working' }
  | { kind: 'skipped' }
  | { kind: 'done'; value: Done }
  | { kind: 'failed'; error: CpanelError }

type Failed = Extract<Result<never>, { kind: 'failed' }>

/** What failed before, by key: a retry that is stopped before the turn of a piece says nothing new of it. */
export function failedBefore(
  pieces: readonly { key: number }[],
  results: ReadonlyMap<number, Result<unknown>>,
): Map<number, Failed> {
  const failed = new Map<number, Failed>()
  for (const { key } of pieces) {
    const result = results.get(key)
    if (result?.kind === 'failed') failed.set(key, result)
  }
  return failed
}

/** One piece: `key` is its own, `connection` is what it goes through. */
type Piece = { key: number; connection: string }

/** Calls under way at a time for each connection. More gain nothing: cPanel forks a process for each. */
const PARALLEL = 4
/** So many failures in a row that say "dead" end the work on a connection: more would only wait for time-outs. */
const DEAD_AFTER = 4

const deadKinds = new Set([
  'paused',
  'store_unavailable',
  'unreachable',
  'timeout',
  'upstream_failed',
  'offline',
  'untrusted_certificate',
  'redirected',
])

/**
 * Does all pieces. One failure hides nobody else's outcome, and one dead connection stops only its own.
 * @param signal stops the work: what is under way ends, nothing new begins
 * @param onResult called after every change of a piece
 */
export async function workAcross<P extends Piece, Done>(
  pieces: readonly P[],
  work: (piece: P) => Promise<Done>,
  onResult: (piece: P, result: Result<Done>) => void,
  signal: AbortSignal,
): Promise<void> {
  const queues = new Map<string, P[]>()
  for (const piece of pieces) {
    onResult(piece, { kind: 'waiting' })
    const queue = queues.get(piece.connection)
    if (queue) queue.push(piece)
    else queues.set(piece.connection, [piece])
  }
  await Promise.all([...queues].map(([connection, queue]) => workThrough(connection, queue, work, onResult, signal)))
}

async function workThrough<P extends Piece, Done>(
  connection: string,
  queue: P[],
  work: (piece: P) => Promise<Done>,
  onResult: (piece: P, result: Result<Done>) => void,
  signal: AbortSignal,
): Promise<void> {
  let deadInARow = 0
  let hasEnded = false
  const mayGoOn = () => !signal.aborted && !hasEnded && deadInARow < DEAD_AFTER

  async function worker(): Promise<void> {
    for (let piece = queue.shift(); piece !== undefined; piece = queue.shift()) {
      if (!mayGoOn()) {
        onResult(piece, { kind: 'skipped' })
        continue
      }
      onResult(piece, { kind: 'working' })
      try {
        onResult(piece, { kind: 'done', value: await work(piece) })
        noteAnswer(connection)
        deadInARow = 0
      } catch (thrown) {
        const error = asCpanelError(thrown)
        noteFailure(connection, error)
        if (error.kind === 'unauthenticated') endedConnections.add(connection)
        hasEnded ||= error.kind === 'unauthenticated'
        deadInARow = deadKinds.has(error.kind) ? deadInARow + 1 : 0
        onResult(piece, { kind: 'failed', error })
      }
    }
  }
  await Promise.all(Array.from({ length: Math.min(PARALLEL, queue.length) }, worker))
}
