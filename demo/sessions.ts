import { randomBytes, randomInt } from 'node:crypto'
import type { Account } from './account'
import type { Exchange } from './exchange'
import type { Kind } from './options'
import { nowMs, quirksFor, type Session, type World } from './world'
import { refuseSession } from './refusals'
import { Interruption } from './reply'

/** Names of the session cookies (section 4.2; the second is inferred). */
const cookieNames = { cpanel: 'cpsession', whm: 'whostmgrsession' } as const

/** Signs a user in to one service: a cookie for cPanel is none for WHM. */
export function openSession(world: World, account: Account, kind: Kind, address: string | null): Session {
  const session: Session = {
    id: `${account.username}:${randomBytes(12).toString('base64url')},${randomBytes(16).toString('hex')}`,
    username: account.username,
    kind,
    securityToken: `/cpsess${randomInt(10 ** 9, 10 ** 10)}`,
    address,
    lastSeen: nowMs(world),
  }
  world.sessions.set(session.id, session)
  for (const secret of [session.id, cookieValue(session), session.securityToken.slice(1)]) world.secrets.add(secret)
  return session
}

/** The `Set-Cookie` of a session, in the form of cPanel's own mock server (section 4.2). */
export function sessionCookie(session: Session): string {
  return `${cookieNames[session.kind]}=${cookieValue(session)}; HttpOnly; path=/; secure`
}

function cookieValue({ id }: Session): string {
  return id.replace(':', '%3a').replace(',', '%2c')
}

/** The `Set-Cookie` that makes a browser forget its session. */
export function forgetCookie(kind: Kind): string {
  return `${cookieNames[kind]}=closed; HttpOnly; path=/; secure; expires=Thu, 01-Jan-1970 00:00:01 GMT`
}

/** The id in the session cookie of a request; null without one. */
export function sessionId(exchange: Exchange): string | null {
  const name = cookieNames[exchange.kind]
  for (const part of (exchange.headers.cookie ?? '').split(';')) {
    const [key, value] = part.trim().split('=', 2)
    if (key === name && value !== undefined) return decode(value)
  }
  return null
}

/** The live session of a request with the right cpsess; refuses all others (section 4.2). */
export function requireSession(exchange: Exchange, id: string): Session {
  const { world } = exchange
  const session = world.sessions.get(id)
  const quirks = quirksFor(world, world.accounts.get(id.split(':')[0] ?? ''))
  const refused = new Interruption(refuseSession(quirks))
  // Bound to service and client address: `cookieipvalidation` is strict by default.
  if (session === undefined || session.kind !== exchange.kind || session.address !== exchange.address) throw refused
  if (nowMs(world) - session.lastSeen > world.settings.sessionIdleSeconds * 1000) {
    world.sessions.delete(id)
    throw refused
  }
  if (session.securityToken !== exchange.securityToken) throw refused
  session.lastSeen = nowMs(world)
  return session
}

function decode(value: string): string | null {
  try {
    return decodeURIComponent(value)
  } catch {
    return null
  }
}
