import type { FastifyReply, FastifyRequest } from 'fastify'
import { isEncrypted } from './frontDoor'

/** The session cookie the browser sent, if any. */
export function readCookie(request: FastifyRequest): string | undefined {
  return request.cookies[nameFor(request)]
}

/** Gives the browser its session cookie. It has no expiry: the browser forgets it when it closes. */
export function writeCookie(request: FastifyRequest, reply: FastifyReply, value: string): void {
  reply.setCookie(nameFor(request), value, optionsFor(request))
}

/** Makes the browser forget its session cookie. */
export function clearCookie(request: FastifyRequest, reply: FastifyReply): void {
  reply.clearCookie(nameFor(request), optionsFor(request))
}

/**
 * Cookies don't know ports: the port is in the name so that two of these on one machine don't sign each other out. Over
 * TLS the `__Host-` name makes browsers refuse one that another host or a page in the clear has set (RFC 6265bis 4.1.3.2).
 */
function nameFor(request: FastifyRequest): string {
  const port = /:(\d+)$/.exec(request.headers.host ?? '')?.[1]
  const name = port === undefined ? 'keyring' : `keyring-${port}`
  return isEncrypted(request) ? `__Host-${name}` : name
}

function optionsFor(request: FastifyRequest) {
  return { httpOnly: true, sameSite: 'strict', path: '/', secure: isEncrypted(request) } as const
}
