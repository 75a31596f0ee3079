import type { FastifyReply, FastifyRequest } from 'fastify'

const options = { httpOnly: true, sameSite: 'strict', path: '/' } as const

/** The session cookie the browser sent, if any. */
export function readCookie(request: FastifyRequest): string | undefined {
  return request.cookies[nameFor(request)]
}

/** Gives the browser its session cookie. It has no expiry: the browser forgets it when it closes. */
export function writeCookie(request: FastifyRequest, reply: FastifyReply, value: string): void {
  reply.setCookie(nameFor(request), value, options)
}

/** Makes the browser forget its session cookie. */
export function clearCookie(request: FastifyRequest, reply: FastifyReply): void {
  reply.clearCookie(nameFor(request), options)
}

/**
 * Cookies don't know ports: the port is in the name so that two of these on one machine don't sign each other out.
 * Over TLS this becomes a `__Host-` name with Secure.
 */
function nameFor(request: FastifyRequest): string {
  const port = /:(\d+)$/.exec(request.headers.host ?? '')?.[1]
  return port === undefined ? 'keyring' : `keyring-${port}`
}
