import { X509Certificate } from 'node:crypto'
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http'
import { createServer } from 'node:https'
import type { ServerConfig } from '../servers'
import { createUpstreams } from '../upstream'
import { createCertificate, type Certificate } from './certificate'

/** A request as the test server got it. */
type Recorded = {
  method: string
  path: string
  headers: IncomingHttpHeaders
  body: string
  form: URLSearchParams
}

type Handler = (request: Recorded, response: ServerResponse, raw: IncomingMessage) => void

/** A TLS server that notes what reaches it. It answers like cPanel unless a test tells it otherwise by `answer`. */
export type TestUpstream = {
  origin: string
  certificate: Certificate
  fingerprint256: string
  requests: Recorded[]
  /** TLS handshakes that were completed. */
  connections: () => number
  /** Connections that are open now. */
  open: () => number
  /** Answers requests whose path ends like this with `handler` from now on. */
  answer: (pathEnd: string, handler: Handler) => void
  /** New connections are shown this one from now on. */
  changeCertificate: (certificate: Certificate) => void
  /** Closes the connections over which nothing is under way, as servers do after a while. */
  closeIdle: () => void
  close: () => Promise<void>
}

/** What the test server accepts. */
export const accepted = {
  password: 'the right passphrase',
  token: 'GOODTOKEN0GOODTOKEN0GOODTOKEN012',
  securityToken: '/cpsess0123456789',
  cookie: 'cpsession=bob%3aSECRETCOOKIE%2c1',
}

/** Starts a test server on a free port of 127.0.0.1, or on the one given. */
export async function createTestUpstream(certificate?: Certificate, wantedPort = 0): Promise<TestUpstream> {
  const used = certificate ?? (await createCertificate())
  const requests: Recorded[] = []
  const handlers = new Map<string, Handler>()
  let [connections, open] = [0, 0]
  const server = createServer(used, (raw, response) => {
    const chunks: Buffer[] = []
    raw.on('data', (chunk: Buffer) => chunks.push(chunk))
    raw.on('end', () => {
      const body = Buffer.concat(chunks).toString()
      const { method = '', url: path = '', headers } = raw
      const request = { method, path, headers, body, form: new URLSearchParams(body) }
      requests.push(request)
      const own = [...handlers].find(([pathEnd]) => path.endsWith(pathEnd))
      ;(own?.[1] ?? answerLikeCpanel)(request, response, raw)
    })
  })
  server.on('secureConnection', (socket) => {
    connections += 1
    open += 1
    socket.once('close', () => (open -= 1))
  })
  await new Promise<void>((resolve) => server.listen(wantedPort, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return {
    origin: `https://127.0.0.1:${port}`,
    certificate: used,
    fingerprint256: new X509Certificate(used.cert).fingerprint256,
    requests,
    connections: () => connections,
    open: () => open,
    answer: (pathEnd, handler) => handlers.set(pathEnd, handler),
    changeCertificate: (next) => server.setSecureContext(next),
    closeIdle: () => server.closeIdleConnections(),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** How the proxy would be told of a test server: both its front doors, and its certificate pinned. */
export function configOf({ origin, fingerprint256 }: TestUpstream): ServerConfig {
  return { id: 'main', name: 'Main', cpanel: origin, whm: origin, fingerprint256 }
}

type UpstreamsOptions = Partial<Parameters<typeof createUpstreams>[0]>

/** The proxy's way to one test server alone, with what it observed. */
export function createTestUpstreams(upstream: TestUpstream, options: UpstreamsOptions = {}) {
  const config = configOf(upstream)
  const seen: Parameters<NonNullable<UpstreamsOptions['observe']>>[0][] = []
  const upstreams = createUpstreams({
    holdMs: 0,
    findServer: (id) => (id === 'main' ? config : undefined),
    timeouts: { connectMs: 5000, answerMs: 5000, bodyMs: 5000 },
    upstreamConnections: 8,
    observe: (event) => seen.push(event),
    ...options,
  })
  return { upstreams, seen }
}

/** Sends JSON the way cPanel sometimes does, as text/plain. */
export function sendJson(response: ServerResponse, body: unknown, status = 200): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset="utf-8"' }).end(JSON.stringify(body))
}

/** The recorded refusal of docs/CPANEL_API.md 4.3. */
export function sendAccessDenied(response: ServerResponse): void {
  const data = { reason: 'Access denied', result: '0' }
  sendJson(response, { cpanelresult: { apiversion: '2', error: 'Access denied', data, type: 'text' } }, 403)
}

/** The login page that stands in for an answer once a session has ended. */
export function sendLoginPage(response: ServerResponse, status: number): void {
  response
    .writeHead(status, { 'content-type': 'text/html' })
    .end(
      '<!DOCTYPE html><html><form id="login_form" action="/login/" method="post"><input type="password"></form></html>',
    )
}

/** The flat envelope of UAPI. */
export function uapi(data: unknown) {
  return { data, errors: null, messages: null, metadata: {}, status: 1, warnings: null }
}

const answerLikeCpanel: Handler = (request, response) => {
  if (request.path.startsWith('/login/')) return answerLogin(request, response)
  if (!isSignedIn(request)) return sendAccessDenied(response)
  if (request.path.includes('/execute/')) return sendJson(response, uapi([]))
  const command = request.path.split('/').at(-1)
  sendJson(response, { data: { version: '11.138.0.1' }, metadata: { command, reason: 'OK', result: 1, version: 1 } })
}

function answerLogin({ form }: Recorded, response: ServerResponse): void {
  if (form.get('pass') !== accepted.password) return sendJson(response, { status: 0, message: 'invalid_login' }, 401)
  response.setHeader('set-cookie', `${accepted.cookie}; HttpOnly; path=/; secure`)
  const redirect = `${accepted.securityToken}/frontend/jupiter/index.html`
  sendJson(response, { status: 1, redirect, security_token: accepted.securityToken })
}

function isSignedIn({ headers, path }: Recorded): boolean {
  const { authorization = '', cookie } = headers
  if (cookie === accepted.cookie) return path.startsWith(`${accepted.securityToken}/`)
  return /^(cpanel|whm) [^:]+:/.test(authorization) && authorization.endsWith(`:${accepted.token}`)
}
