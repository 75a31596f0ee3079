import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findPart } from '../../scripts/serverParts.mjs'

/** A real Redis or Valkey of a test's own, on a socket in a folder of its own: no port, nobody else's data. */
export type TestRedis = {
  /** For REDIS_URL. */
  url: string
  /** Ends it as a crash would; `start` begins anew with nothing in it. */
  kill: () => Promise<void>
  start: () => Promise<void>
  close: () => Promise<void>
}

const program = findPart('redis')

/** Whether this machine has one. If not, tests that need it are skipped, and this says so once. */
export const hasRedis = program !== undefined
if (!hasRedis)
  process.stderr.write('SKIPPED: there is no redis-server here. What needs a shared store is NOT tested.\n')

/** Starts one and waits until it takes connections. */
export async function startRedis(): Promise<TestRedis> {
  if (program === undefined) throw new Error('There is no redis-server on this machine.')
  const folder = mkdtempSync(join(tmpdir(), 'keyring-redis-'))
  const socket = join(folder, 'redis.sock')
  let running: ChildProcess | undefined

  async function start(): Promise<void> {
    const options = ['--port', '0', '--unixsocket', socket, '--save', '', '--appendonly', 'no', '--dir', folder]
    const child = spawn(program ?? '', options, { stdio: ['ignore', 'pipe', 'inherit'] })
    running = child
    let output = ''
    await new Promise<void>((resolve, reject) => {
      child.once('error', reject)
      child.once('exit', (code) => reject(new Error(`redis-server ended with ${code}: ${output}`)))
      child.stdout.on('data', (chunk: Buffer) => {
        output += chunk.toString()
        if (/ready to accept connections/i.test(output)) resolve()
      })
    })
  }

  async function kill(): Promise<void> {
    if (running === undefined || running.signalCode !== null) return
    const ended = once(running, 'exit')
    running.kill('SIGKILL')
    await ended
  }

  await start()
  return {
    url: `unix://${socket}`,
    start,
    kill,
    close: async () => {
      await kill()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
