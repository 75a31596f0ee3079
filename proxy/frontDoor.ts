import type { FastifyRequest } from 'fastify'
import { ProxyError } from './errors'

/**
 * Refuses a request whose Host header is not one of ours: a page elsewhere whose name was made to point here (DNS
 * rebinding) gets nothing. The port is not compared, so that a forwarded port works.
 *
 * @param allowed host names in lower case, IPv6 in brackets
 * @throws ProxyError `wrong_host`
 */
export function checkHost(request: FastifyRequest, allowed: ReadonlySet<string>): void {
  const name = /^(\[[0-9a-f:.]+\]|[a-z0-9.-]+)(?::\d{1,5})?$/i.exec(request.headers.host ?? '')?.[1]
  if (name !== undefined && allowed.has(name.toLowerCase())) return
  throw new ProxyError('wrong_host', 'This host name is not served here. ALLOWED_HOSTS adds one.')
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
  const [empty, api, ...segments] = path.split('/')
  if (empty === '' && api === 'api' && segments.every(isPlain)) return
  throw new ProxyError('not_allowed', 'There is nothing at this path.')
}

function isPlain(segment: string): boolean {
  try {
    return /^[^\s/\\%?#;]+$/.test(decodeURIComponent(segment)) && !/^(\.|%2e)+$/i.test(segment)
  } catch {
    return false
  }
}
