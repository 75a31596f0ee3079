import { holds } from './acls'
import type { Account } from './account'
import { findAccount } from './accounts'
import type { Exchange } from './exchange'
import { passwordFits } from './passwords'
import { refuseCredentials } from './refusals'
import { Interruption } from './reply'
import { requireSession, sessionId } from './sessions'
import { findBySecret, isExpired, type CpanelToken } from './token'
import { allows } from './whitelist'
import { nowSeconds, quirksFor, type Session } from './world'

/** Who calls, how, and with which rights. */
export interface Caller {
  readonly account: Account
  readonly via: 'session' | 'basic' | 'token'
  readonly session: Session | null
  /** The cPanel token used, which may be read-only or limited. */
  readonly token: CpanelToken | null
  /** In WHM: the user's privileges, or those of the token as far as the user still has them. */
  readonly privileges: ReadonlySet<string>
}

/** Finds out who calls: header first, then cookie (section 4). Throws an Interruption with the refusal. */
export function authenticate(exchange: Exchange): Caller {
  const { authorization } = exchange.headers
  if (authorization !== undefined) return byHeader(exchange, authorization)
  const id = sessionId(exchange)
  if (id === null) throw refusal(exchange)
  const session = requireSession(exchange, id)
  const account = usable(exchange, findAccount(exchange.world, session.username))
  return { account, via: 'session', session, token: null, privileges: account.reseller?.privileges ?? new Set() }
}

/** Whether the service lets this account in at all. */
export function mayEnter(exchange: Exchange, account: Account): boolean {
  if (account.suspension !== null && quirksFor(exchange.world, account).suspendedLogin === 'refused') return false
  return exchange.kind === 'whm' ? account.reseller !== null : account.isHosted
}

/** Whether a two-factor code is right, or not asked for. */
export function codeFits(account: Account, code: string | undefined): boolean {
  return account.tfaCode === null || account.tfaCode === code
}

function byHeader(exchange: Exchange, authorization: string): Caller {
  const [, scheme = '', rest = ''] = /^(\S+)\s+(.*)$/.exec(authorization) ?? []
  // The scheme is case-insensitive; a token of the other service is refused (section 4.1), as is Bearer.
  if (scheme.toLowerCase() === 'basic') return byPassword(exchange, Buffer.from(rest, 'base64').toString('utf8'))
  if (scheme.toLowerCase() === exchange.kind) return byToken(exchange, rest)
  throw refusal(exchange)
}

function byPassword(exchange: Exchange, pair: string): Caller {
  const [username, password] = split(pair)
  const account = findAccount(exchange.world, username)
  if (!passwordFits(exchange.world, username, account, password)) throw refusal(exchange)
  const known = usable(exchange, account)
  if (quirksFor(exchange.world, known).tfaForBasic && !codeFits(known, otp(exchange))) throw refusal(exchange)
  return {
    account: known,
    via: 'basic',
    session: null,
    token: null,
    privileges: known.reseller?.privileges ?? new Set(),
  }
}

function byToken(exchange: Exchange, pair: string): Caller {
  const [username, secret] = split(pair)
  const account = usable(exchange, findAccount(exchange.world, username))
  if (quirksFor(exchange.world, account).tfaForTokens && !codeFits(account, otp(exchange))) throw refusal(exchange)
  const seconds = nowSeconds(exchange.world, account)
  const shared = { account, via: 'token', session: null } as const
  if (exchange.kind === 'cpanel') {
    const token = findBySecret(account.tokens, secret)
    if (token === undefined || isExpired(token, seconds)) throw refusal(exchange)
    return { ...shared, token, privileges: new Set() }
  }
  const token = findBySecret(account.reseller?.tokens ?? new Map<string, never>(), secret)
  if (token === undefined || isExpired(token, seconds) || !allows(token.whitelist, exchange.address))
    throw refusal(exchange)
  const mine = account.reseller?.privileges ?? new Set()
  return { ...shared, token: null, privileges: new Set(token.acls.filter((acl) => holds(mine, acl))) }
}

function usable(exchange: Exchange, account: Account | undefined): Account {
  if (account === undefined || !mayEnter(exchange, account)) throw refusal(exchange)
  return account
}

function otp(exchange: Exchange): string | undefined {
  return exchange.headers['x-cpanel-otp']?.toString()
}

function split(pair: string): [string, string] {
  const colon = pair.indexOf(':')
  return colon < 0 ? [pair, ''] : [pair.slice(0, colon), pair.slice(colon + 1)]
}

function refusal(exchange: Exchange): Interruption {
  return new Interruption(refuseCredentials(quirksFor(exchange.world)))
}
