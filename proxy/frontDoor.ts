import type { FastifyRequest } from 'fastify'
import { ProxyError } from './errors'

/** Node keeps so many headers of a request (listener.ts) and drops the rest without a word. No browser sends half of it. */
export const MOST_HEADERS = 100

/**
 * Refuses a request whose Host header is not one of ours: a page elsewhere whose name was made to point here (DNS
 * rebinding) gets nothing. The port is not compared, so that a forwarded port works.
 *
 * @param allowed host names in lower case, IPv6 in brackets
 * @throws ProxyError `wrong_host`, or `invalid_request` where not all headers can be seen
 */
export function checkHost(request: FastifyRequest, allowed: ReadonlySet<string>): void {
  checkHeaders(request)
  const name = /^(\[[0-9a-f:.]+\]|[a-z0-9.-]+)(?::\d{1,5})?$/i.exec(request.headers.host ?? '')?.[1]
  if (name !== undefined && allowed.has(name.toLowerCase())) return
  throw new ProxyError('wrong_host', 'This host name is not served here. ALLOWED_HOSTS adds one.')
}

/**
 * Refuses a request of which something can't be seen here: headers beyond those that Node keeps, where a dropped Origin
 * would be as good as none, and a second Host, which Node hides and a server in front may have gone by (RFC 9112 3.2).
 * And one that ends where others may not see its end: Node takes chunks in HTTP/1.0 (RFC 9112 6.1), and reads versions
 * that it doesn't speak.
 */
function checkHeaders({ raw: { rawHeaders, httpVersion, headers } }: FastifyRequest): void {
  const isChunked = headers['transfer-encoding'] !== undefined
  if (httpVersion !== '1.1' && (httpVersion !== '1.0' || isChunked)) {
    throw new ProxyError('invalid_request', 'The request is of another version of HTTP.')
  }
  if (rawHeaders.length > MOST_HEADERS * 2) throw new ProxyError('invalid_request', 'The request has too many headers.')
  if (countHosts(rawHeaders) > 1) throw new ProxyError('invalid_request', 'The request has more than one Host header.')
}

/** @param rawHeaders names and values in turn */
function countHosts(rawHeaders: readonly string[]): number {
  let hosts = 0
  for (let at = 0; at < rawHeaders.length; at += 2) {
    if (rawHeaders[at]?.length === 4 && rawHeaders[at]?.toLowerCase() === 'host') hosts += 1
  }
  return hosts
}

/**
 * Whether the browser's way to us is encrypted: by our own TLS, or by the server in front, if it is one that TRUST_PROXY
 * names. One that doesn't say speaks TLS: the other guess would send cookies in the clear.
 */
export function isEncrypted(request: FastifyRequest): boolean {
  if (request.protocol === 'https') return true
  // Fastify has `ips` only where it trusts anybody in front.
  return request.ips !== undefined && request.headers['x-forwarded-proto'] === undefined
}

/**
 * Refuses what another site's page sends. Browsers say so in Origin and Sec-Fetch-Site and pages can't change either;
 * other clients send neither.
 *
 * @throws ProxyError `wrong_origin`
 */
export function checkOrigin(request: FastifyRequest): void {
  const { origin, host } = request.headers
  const site = request.headers['sec-fetch-site']
  // https:// is ours in any case: a TLS server in front passes the Host header on, known to us or not.
  const isOwn =
    origin === undefined || origin === `https://${host}` || (origin === `http://${host}` && !isEncrypted(request))
  if (isOwn && (site === undefined || site === 'same-origin' || site === 'none')) return
  throw new ProxyError('wrong_origin', 'Requests from other sites are refused.')
}

/**
 * Refuses every way of writing a path but the plain one. The router decodes once; what would still change by decoding
 * again, or that another program might read as a different path, is not served.
 *
 * @throws ProxyError `not_allowed`
 */
export function checkPath(request: FastifyRequest): void {
  const path = (request.raw.url ?? '').split('?', 1)[0] ?? ''
  if (plainest.test(path)) return
  const [empty, api, ...segments] = path.split('/')
  // A connection's id holds a user name, which may need escapes; nothing else in our paths does.
  const arePlain = segments.every((segment, index) => isPlain(segment) && (index === 1 || !segment.includes('%')))
  if (empty === '' && api === 'api' && arePlain) return
  throw new ProxyError('not_allowed', 'There is nothing at this path.')
}

/** What nearly all paths are, without looking at each part: letters, digits, and dots that are not all there is. */
const plainest = /^\/api(?:\/(?!\.+(?:\/|$))[\w.-]+)+$/

/** Printable ASCII, as ids and user names are, without what separates. */
function isPlain(segment: string): boolean {
  try {
    const text = decodeURIComponent(segment)
    return /^[!-~]+$/.test(text) && !/[/\\%?#;]/.test(text) && !/^\.+$/.test(text)
  } catch {
    return false
  }
}
