import { Writable } from 'node:stream'
import { appendLines } from './auditFile'
import { gapLine } from './auditLine'
import type { AuditTarget } from './config'
import { ConfigError } from './configError'
import type { LogStream } from './logStream'
import { codeOf } from './tls'

/** Where audit lines go, each with a line break at its end. */
export type Audit = {
  /** Resolves once the lines are kept, in a file: on its disk. Rejects when that is not sure. */
  write: (lines: readonly string[]) => Promise<void>
  /** Whether lines are kept just now. Where not, asking makes it try again. */
  isHealthy: () => boolean
}

/** Keeps a text; rejects when it can't. */
type Keep = (text: string) => Promise<void>

/** A disk that takes so many milliseconds for some lines is not there. */
const STUCK_MS = 10_000

/**
 * Opens the audit log. `logStream` takes its lines where it has no place of its own, whatever the log's level.
 *
 * @throws ConfigError when the file can't be written
 */
export async function openAudit(target: AuditTarget, logStream: LogStream): Promise<Audit> {
  if (target === null) return createAudit(toStream(logStream))
  if (target.kind === 'stdout') return createAudit(toStream(process.stdout))
  const { path } = target
  try {
    await appendLines(path, '')
  } catch (error) {
    throw new ConfigError('AUDIT_LOG', path, `use a file that can be written and read (${codeOf(error)})`)
  }
  return createAudit((text) => appendLines(path, text))
}

/**
 * Lines that come while others are on their way to the disk wait and go there together. After a failure the next ones
 * begin with a line that says how many are missing.
 */
export function createAudit(keep: Keep): Audit {
  let waiting: string[] = []
  let next: Promise<void> | undefined
  let before = Promise.resolve()
  let gap: { since: Date; lines: number } | undefined
  let busySince: number | undefined

  async function flush(): Promise<void> {
    const lines = waiting
    waiting = []
    next = undefined
    busySince = Date.now()
    try {
      await keep([...(gap === undefined ? [] : [gapLine(gap)]), ...lines].join(''))
      gap = undefined
    } catch (error) {
      gap = { since: gap?.since ?? new Date(), lines: (gap?.lines ?? 0) + lines.length }
      throw error
    } finally {
      busySince = undefined
    }
  }

  function write(lines: readonly string[]): Promise<void> {
    waiting.push(...lines)
    next ??= before.then(flush)
    before = next.catch(() => undefined)
    return next
  }

  return {
    write,
    isHealthy() {
      // Without lines: what there is to say is the gap. Whoever asks next learns whether that went well.
      if (gap !== undefined && next === undefined && busySince === undefined) write([]).catch(() => undefined)
      return gap === undefined && (busySince === undefined || Date.now() - busySince < STUCK_MS)
    },
  }
}

function toStream(stream: LogStream): Keep {
  if (!(stream instanceof Writable)) {
    return async (text) => text.split(/(?<=\n)/).forEach((line) => stream.write(line))
  }
  // The callback below learns of every failure; without a listener it would end the process as well.
  if (stream.listenerCount('error') === 0) stream.on('error', () => undefined)
  return (text) =>
    new Promise((resolve, reject) => {
      stream.write(text, (error) => (error instanceof Error ? reject(error) : resolve()))
    })
}
