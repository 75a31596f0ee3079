import type { Account } from './account'
import type { Fate } from './fate'
import type { PlannedMishap } from './mishap'
import type { Kind, Settings } from './options'
import type { Quirks } from './quirks'

/** One call that reached the server. Holds no secret, password or value of any parameter. */
export interface CallRecord {
  /** Milliseconds since epoch, by the demo's clock. */
  readonly time: number
  readonly kind: Kind
  readonly method: string
  /** `Tokens::list`, `api_token_list`, `login`, `logout`; the path of anything else and of calls refused for who calls. */
  readonly name: string
  /** Who called; empty when not known. */
  readonly user: string
  /** The account acted on: differs from `user` for `uapi_cpanel`. */
  readonly account: string
  readonly via: 'session' | 'basic' | 'token' | 'none'
  /** The WHM function that carried this call: `uapi_cpanel`, `cpanel` or `batch`; empty for a direct one. */
  readonly inside: string
  /** Names of the parameters that came in the URL: a secret should never be among them. */
  readonly query: readonly string[]
}

/** A signed-in browser (section 4.2). Times in milliseconds since epoch. */
export interface Session {
  readonly id: string
  readonly username: string
  readonly kind: Kind
  /** `/cpsess` and ten digits: the first part of every path. */
  readonly securityToken: string
  /** Of the client it is bound to; null until somebody opens its link (`create_user_session`). */
  address: string | null
  lastSeen: number
}

/** Failed passwords of one user (section 4.4). Times in milliseconds since epoch. */
interface Failures {
  /** Hashes: the same wrong password counts once. */
  readonly passwords: Set<string>
  blockedUntil: number
}

/** The whole state of the simulated server. */
export interface World {
  settings: Settings
  readonly accounts: Map<string, Account>
  /** Names that were removed: a sentinel among them must not come back. */
  readonly removed: Set<string>
  readonly sessions: Map<string, Session>
  readonly failures: Map<string, Failures>
  /** Every password and secret there ever was, for tests that look for them elsewhere: the server asks only for hashes. */
  readonly secrets: Set<string>
  readonly calls: CallRecord[]
  /** What will happen to calls to come, each once. */
  readonly planned: PlannedMishap[]
  /** null: it lives. */
  fate: Fate | null
}

/** The server's time in milliseconds, as one account sees it. */
export function nowMs(world: World, account?: Account): number {
  return Math.round(world.settings.clock() + (account?.traits.clockOffsetMs ?? 0))
}

/** The server's time in whole seconds, as one account sees it. */
export function nowSeconds(world: World, account?: Account): number {
  return Math.floor(nowMs(world, account) / 1000)
}

/** The quirks that hold for one account. */
export function quirksFor(world: World, account?: Account): Quirks {
  return { ...world.settings.quirks, ...account?.traits.quirks }
}

/** Ends the sessions of a user. Returns how many there were. */
export function endSessions(world: World, username: string): number {
  let ended = 0
  for (const session of world.sessions.values()) {
    if (session.username === username && world.sessions.delete(session.id)) ended += 1
  }
  return ended
}

/** Terminates an account with all it has. */
export function removeAccount(world: World, username: string): void {
  world.accounts.delete(username)
  world.removed.add(username)
  endSessions(world, username)
}
