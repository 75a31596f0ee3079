import { randomBytes } from 'node:crypto'
import {
  closeSync,
  constants,
  fstatSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
  type Stats,
} from 'node:fs'
import { dirname } from 'node:path'
import { ConfigError } from './configError'
import { parseServers, type ServerConfig } from './servers'
import { codeOf } from './tls'

/**
 * What the file holds. `broken`: no list of servers. `unusable`: not to be read, since somebody else could have put servers
 * (and the certificates to trust) there, or not to be read at all. `why` is for the log.
 */
export type FileContent =
  | { kind: 'servers'; servers: ServerConfig[] }
  | { kind: 'broken'; why: string }
  | { kind: 'unusable'; why: string }

/**
 * Reads it. Synchronous, as is writing: between reading and writing nothing else of this process may come, and it is a small
 * file that is touched when a person acts.
 */
export function readAddedServers(path: string): FileContent {
  let handle: number
  try {
    // O_NONBLOCK: a pipe of that name must not hold up the start.
    handle = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK)
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return { kind: 'servers', servers: [] }
    return { kind: 'unusable', why: `it can't be read (${codeOf(error)})` }
  }
  try {
    // Of the opened file, not of the path: that could be another by now.
    const why = distrust(fstatSync(handle))
    if (why !== undefined) return { kind: 'unusable', why }
    return { kind: 'servers', servers: parseServers('ADDED_SERVERS_FILE', path, readFileSync(handle, 'utf8')) }
  } catch (error) {
    if (error instanceof ConfigError) return { kind: 'broken', why: error.message }
    return { kind: 'unusable', why: `it can't be read (${codeOf(error)})` }
  } finally {
    closeSync(handle)
  }
}

function distrust(stats: Stats): string | undefined {
  if (!stats.isFile()) return 'it is no file'
  // Windows has neither users nor modes of this kind.
  if (process.getuid === undefined) return undefined
  if (stats.uid !== process.getuid()) return 'it belongs to another user of this machine'
  if ((stats.mode & 0o022) !== 0) return 'others may write to it (chmod 600 mends that)'
  return undefined
}

/**
 * Puts these servers into the file, all at once: whoever reads it finds the old or the new list, and after a crash as well.
 * A link to the file stays one.
 *
 * @throws Error of the file system; then the file is as it was
 */
export function writeAddedServers(path: string, servers: readonly ServerConfig[]): void {
  const target = realPath(path)
  mkdirSync(dirname(target), { recursive: true, mode: 0o700 })
  const temporary = `${target}.${randomBytes(6).toString('hex')}`
  const handle = openSync(temporary, 'wx', 0o600)
  try {
    writeFileSync(handle, `${JSON.stringify(servers, null, 2)}\n`)
    fsyncSync(handle)
    renameSync(temporary, target)
  } catch (error) {
    rmSync(temporary, { force: true })
    throw error
  } finally {
    closeSync(handle)
  }
}

/** Moves a broken file out of the way, as it is. Answers its new path. @throws Error of the file system */
export function keepAside(path: string): string {
  const target = realPath(path)
  const aside = `${target}.broken-${new Date().toISOString().replaceAll(/\D/g, '')}`
  renameSync(target, aside)
  return aside
}

function realPath(path: string): string {
  try {
    return realpathSync(path)
  } catch {
    return path
  }
}
