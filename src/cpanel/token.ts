/** The domain: what an API token is and the rules it obeys. Pure functions, no wire, no words for people. */

export type Expiry = { kind: 'never' } | { kind: 'at'; at: Date }

/** What a token may do. `limited` is in cPanel's data model though no public function creates it (CPANEL_API.md 1). */
export type Access =
  | { kind: 'full' }
  | { kind: 'read-only' }
  | { kind: 'limited'; features: readonly string[] }
  | WhmAccess

/**
 * What a token of WHM may do, and from where: names of privileges (ACLs) and addresses or ranges, none of these for any
 * address. Sorted, without doubles.
 */
export type WhmAccess = { kind: 'whm'; privileges: readonly string[]; addresses: readonly string[] }

export type ApiToken = {
  name: string
  /** null where the server did not say, or not in a form that is a moment. */
  created: Date | null
  expiry: Expiry
  access: Access
}

export type TokenState =
  | { kind: 'expired'; at: Date }
  | { kind: 'expiring'; within: 'day' | 'week' | 'month'; at: Date }
  | { kind: 'active' }

const DAY_MS = 86_400_000

/**
 * Where a token stands at a moment. From its expiry on it is expired; cPanel marks the last 24 hours, we add 7 and 30 days.
 * @param now the server's clock where it is known, since the server decides
 */
export function tokenState(expiry: Expiry, now: Date): TokenState {
  if (expiry.kind === 'never') return { kind: 'active' }
  const left = expiry.at.getTime() - now.getTime()
  if (left <= 0) return { kind: 'expired', at: expiry.at }
  if (left < DAY_MS) return { kind: 'expiring', within: 'day', at: expiry.at }
  if (left < 7 * DAY_MS) return { kind: 'expiring', within: 'week', at: expiry.at }
  if (left < 30 * DAY_MS) return { kind: 'expiring', within: 'month', at: expiry.at }
  return { kind: 'active' }
}

export const TOKEN_NAME_MAX = 50
const TOKEN_NAME = /^[A-Za-z0-9_-]+$/

export type TokenNameProblem = 'empty' | 'too-long' | 'characters' | 'taken'

/**
 * What is wrong with a name for a new token, or null. Case counts (CPANEL_API.md 1.6); the server has the last word.
 * @see CPANEL_API.md 1.1: at most 50 characters, letters, digits, dashes and underscores, unique in the account
 */
export function tokenNameProblem(name: string, taken: Iterable<string>): TokenNameProblem | null {
  if (name === '') return 'empty'
  if (!TOKEN_NAME.test(name)) return 'characters'
  if (name.length > TOKEN_NAME_MAX) return 'too-long'
  for (const other of taken) if (other === name) return 'taken'
  return null
}

/** Whether two expiries are the same second, the finest the wire can say. */
export function sameExpiry(one: Expiry, other: Expiry): boolean {
  if (one.kind === 'never' || other.kind === 'never') return one.kind === other.kind
  return epochSeconds(one.at) === epochSeconds(other.at)
}

/** Seconds since 1970, as every cPanel function counts. */
export function epochSeconds(at: Date): number {
  return Math.floor(at.getTime() / 1000)
}
