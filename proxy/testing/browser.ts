import type { FastifyInstance } from 'fastify'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createApp, type AppOptions } from '../app'
import { loadConfig } from '../config'
import type { Env } from '../settings'
import { accepted, type TestUpstream } from './upstream'

/** Nobody's own list of servers is read by a test: there is no such file. */
const ADDED_SERVERS_FILE = join(tmpdir(), 'keyring-without-added-servers', 'servers.json')

/** The proxy before a test server, with its log. The server is `main`, with both front doors. */
export async function createTestApp(
  upstream: TestUpstream,
  env: Env = {},
  options: Omit<AppOptions, 'config' | 'logStream'> = {},
) {
  const trust = env['CPANEL_CA'] === undefined ? { CPANEL_FINGERPRINT256: upstream.fingerprint256 } : {}
  const addresses = { CPANEL_URL: upstream.origin, WHM_URL: upstream.origin }
  const config = loadConfig({ ...addresses, ...trust, LOG_LEVEL: 'trace', PORT: '0', ADDED_SERVERS_FILE, ...env })
  const log: string[] = []
  const app = await createApp({ config, ...options, logStream: { write: (line) => log.push(line) } })
  return { app, log }
}

type Reply = { status: number; headers: Record<string, unknown>; body: string; json: unknown; kind: unknown }
type Options = { headers?: Record<string, string>; signal?: AbortSignal }

/** A browser as far as the proxy can tell: it keeps cookies and sends what a page's fetch sends. */
export type Browser = {
  cookies: Map<string, string>
  get: (path: string, options?: Options) => Promise<Reply>
  post: (path: string, body: unknown, options?: Options) => Promise<Reply>
  delete: (path: string, options?: Options) => Promise<Reply>
}

/** A browser with the given cookies (none by default). */
export function createBrowser(app: FastifyInstance, cookies = new Map<string, string>()): Browser {
  async function send(method: 'GET' | 'POST' | 'DELETE', url: string, payload: unknown, options: Options = {}) {
    const answer = await app.inject({
      method,
      url,
      ...(payload !== undefined && { payload: JSON.stringify(payload) }),
      headers: {
        host: 'localhost',
        'sec-fetch-site': 'same-origin',
        ...(payload !== undefined && { 'content-type': 'application/json' }),
        ...(cookies.size > 0 && { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') }),
        ...options.headers,
      },
    })
    for (const { name, value } of answer.cookies) {
      if (value === '') cookies.delete(name)
      else cookies.set(name, value)
    }
    const json = parse(answer.body)
    return { status: answer.statusCode, headers: answer.headers, body: answer.body, json, kind: kindOf(json) }
  }
  return {
    cookies,
    get: (path, options) => send('GET', path, undefined, options),
    post: (path, body, options) => send('POST', path, body, options),
    delete: (path, options) => send('DELETE', path, undefined, options),
  }
}

/** The body of a sign-in that the test server accepts. */
export function signInBody(kind: 'cpanel' | 'whm' = 'cpanel', username = 'bob') {
  return { server: 'main', kind, username, password: accepted.password }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function kindOf(json: unknown): unknown {
  if (typeof json !== 'object' || json === null || !('error' in json)) return undefined
  const { error } = json
  return typeof error === 'object' && error !== null && 'kind' in error ? error.kind : undefined
}
