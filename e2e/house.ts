import { spawn, type ChildProcess } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Demo } from '../demo/demo'
import { startDemo } from '../demo/server'
import type { DemoOptions } from '../demo/options'

/** A Keyring in production dress in front of a demo server of its own, both on free ports of loopback. */
export type House = {
  url: string
  demo: Demo
  /** All that the server has written so far, stdout and stderr. */
  log: () => string
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
  return { ...server, demo, close: async () => void (await Promise.all([server.close(), demo.close()])) }
}

/** Starts the built server alone and waits for its one line. */
export async function startKeyring(settings: Record<string, string>): Promise<Omit<House, 'demo'>> {
  const child = spawn(process.execPath, [program], {
    env: {
      PATH: process.env['PATH'],
      HOST: '127.0.0.1',
      PORT: '0',
      LOG_LEVEL: 'debug',
      SIGN_IN_LIMIT: '100000',
      SIGN_IN_RATE: '100000',
      REQUEST_RATE: '1000000',
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
  return { url, log: () => log, close: () => end(child) }
}

function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return Promise.resolve()
  return new Promise((resolve) => {
    child.once('exit', () => resolve())
    child.kill('SIGTERM')
  })
}
