import type { ConnectionKind, ProxyErrorKind } from './contract'

/** What is audited. `update` is WHM's own: it may change a token's name, privileges, addresses and expiry at once. */
export type AuditEvent = 'sign-in' | 'sign-out' | 'create' | 'rename' | 'update' | 'revoke'

/**
 * What somebody did: to which token of which account. Signing in and out is about the account alone. `user` is who is
 * signed in, or tries to be; `account` is another one where a WHM user works on an account of theirs.
 */
export type Deed = {
  event: AuditEvent
  server: string
  kind: ConnectionKind
  user: string
  account: string
  token?: string
  newName?: string
}

/**
 * What came of it. `rejected`: cPanel's own answer says no. `not_answered`: its answer doesn't mention this part of the
 * call. `cancelled`: the browser went away. All else is why the proxy itself, or the way to the server, failed.
 */
export type Outcome =
  | { result: 'done' }
  | { result: 'refused' | 'unknown'; why: ProxyErrorKind | 'rejected' | 'not_answered' | 'cancelled' }

/** Who asked: the request's id (its answer and the log have it as well) and the address it came from. */
export type Origin = { id: string; ip: string }

/**
 * The line of a deed: begun, or ended with its outcome. One JSON object in ASCII with a line break at its end. Values
 * come from strangers, so none may end a line, steer a terminal or fill the disk.
 */
export function auditLine({ id, ip }: Origin, deed: Deed, outcome?: Outcome): string {
  const phase = outcome === undefined ? 'begun' : 'ended'
  const { event, ...about } = deed
  return toLine({ event, phase, ...outcome, id, from: ip, ...about })
}

/** The line that stands where others are missing: so many could not be kept since then. */
export function gapLine({ since, lines }: { since: Date; lines: number }): string {
  return toLine({ event: 'gap', since: since.toISOString(), lines })
}

/** Longer ones are cut: cPanel allows 50 for a token's name. */
const MOST_CHARACTERS = 200

/** `msg` tells these lines from those of the log, where both go the same way. */
function toLine(fields: Record<string, unknown>): string {
  const line = { time: new Date().toISOString(), msg: 'audit', ...fields }
  const text = JSON.stringify(line, (_name, value: unknown) => (typeof value === 'string' ? cut(value) : value))
  return `${text.replaceAll(/[\u007f-\uffff]/g, escape)}\n`
}

function cut(text: string): string {
  return text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS)}…` : text
}

function escape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}
