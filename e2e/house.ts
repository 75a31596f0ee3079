import { spawn, type ChildProcess } from 'node:child_process'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Demo } from '../demo/demo'
import { startDemo } from '../demo/server'
import type { DemoOptions } from '../demo/options'

/** A Keyring in production dress in front of a demo server of its own, both on free ports of loopback. */
export type House = {
  url: string
  demo: Demo
  /** All that the server has written so far, stdout and stderr, its audit lines included. */
  log: () => string
  /** Ends both. Fails when the log holds anything secret of the demo server. */
  close: () => Promise<void>
}

const program = fileURLToPath(new URL('../dist/server/main.js', import.meta.url))

/**
 * Starts both. The limits on signing in are raised: all tests come from one address.
 * @param settings more settings of Keyring, as environment variables
 */
export async function openHouse(options: DemoOptions = {}, settings: Record<string, string> = {}): Promise<House> {
  const demo = await startDemo({ accounts: 4, tokensPerAccount: 2, slowMs: 1_500, veryLongMs: 20_000, ...options })
  const server = await startKeyring({
    CPANEL_URL: demo.cpanelUrl,
    WHM_URL: demo.whmUrl,
    CPANEL_FINGERPRINT256: demo.fingerprint256,
    ...settings,
  })
  const close = async () => {
    await Promise.all([server.close(), demo.close()])
    expectNoSecrets(server.log(), demo)
  }
  return { ...server, demo, close }
}

/** Starts the built server alone and waits for its one line. `kill` ends it at once, with all that runs. */
export async function startKeyring(
  settings: Record<string, string>,
): Promise<Omit<House, 'demo'> & { kill: () => Promise<void> }> {
  const child = spawn(process.execPath, [program], {
    env: {
      PATH: process.env['PATH'],
      HOST: '127.0.0.1',
      PORT: '0',
      LOG_LEVEL: 'trace',
      SIGN_IN_LIMIT: '100000',
      SIGN_IN_ADDRESS_LIMIT: '100000',
      SIGN_IN_USER_LIMIT: '100000',
      SIGN_IN_SERVER_LIMIT: '100000',
      SIGN_IN_RATE: '100000',
      REQUEST_RATE: '1000000',
      USER_REQUEST_RATE: '1000000',
      // Nobody's own list of servers is read or changed by a test.
      ADDED_SERVERS_FILE: join(tmpdir(), 'keyring-without-added-servers', 'servers.json'),
      ...settings,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let log = ''
  child.stderr.on('data', (chunk: Buffer) => (log += chunk.toString()))
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      log += chunk.toString()
      const [, ready] = /^Ready: (\S+)$/m.exec(log) ?? []
      if (ready !== undefined) resolve(ready)
    })
    child.once('exit', (code) => reject(new Error(`The server ended with ${code}: ${log}`)))
  })
  return { url, log: () => log, close: () => end(child, 'SIGTERM'), kill: () => end(child, 'SIGKILL') }
}

function end(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve()
  return new Promise((resolve) => {
    child.once('exit', () => resolve())
    child.kill(signal)
  })
}

/** What is shorter might stand there by chance. */
const SHORTEST_SECRET = 8

/** Fails when a log holds a password, a session or the secret of a token that one of these servers ever knew. */
export function expectNoSecrets(log: string, ...demos: readonly Demo[]): void {
  // By their beginnings: there may be ten thousand of them, and megabytes of log.
  const byStart = new Map<string, string[]>()
  for (const secret of demos.flatMap((demo) => demo.secrets())) {
    const start = secret.slice(0, SHORTEST_SECRET)
    if (secret.length >= SHORTEST_SECRET) byStart.set(start, [...(byStart.get(start) ?? []), secret])
  }
  for (let at = 0; at < log.length; at += 1) {
    const candidates = byStart.get(log.slice(at, at + SHORTEST_SECRET)) ?? []
    const found = candidates.find((secret) => log.startsWith(secret, at))
    if (found !== undefined) {
      throw new Error(`The log holds the secret ${found}: ${log.slice(Math.max(0, at - 200), at + 200)}`)
    }
  }
}
