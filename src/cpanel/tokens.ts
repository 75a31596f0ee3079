/**
 * The API tokens of whomever: what a page asks for, whether they are cPanel's or WHM's. The two kinds have one list, one
 * way to be created and one to be revoked; how each is spelled on the wire is in uapi.ts and whmTokens.ts.
 */
import type { Api } from './call'
import type { ApiToken, Expiry, WhmAccess } from './token'
import * as uapi from './uapi'
import type { TokenRows } from './wire'
import * as whm from './whmTokens'

/**
 * Whose tokens: the account of a cPanel connection itself, one account (`user`) reached through a WHM connection, or
 * (`isWhmUser`) the WHM user of a WHM connection, whose tokens are WHM's own.
 */
export type Account = { api: Api; connection: string } & (
  | { user?: string; isWhmUser?: never }
  | { user?: never; isWhmUser: true }
)

/** A wish. Only WHM tokens have privileges and addresses. `readonly` exists from cPanel 138 on. */
export type NewToken = { name: string; expiry: Expiry; access: 'full' | 'read-only' | WhmAccess }

/** All tokens, in no particular order, expired ones included; with the server's clock where it told. */
export function listTokens(account: Account, signal?: AbortSignal): Promise<TokenRows & { serverTime: Date | null }> {
  return account.isWhmUser ? whm.listTokens(account, signal) : uapi.listTokens(account, signal)
}

/** Creates a token and returns its secret, which the server never shows again. Never call it twice for one wish. */
export function createToken(account: Account, token: NewToken): Promise<{ secret: string }> {
  const { name, expiry, access } = token
  return typeof access === 'string'
    ? uapi.createToken(account, { name, expiry, access })
    : whm.createToken(account, { name, expiry, access })
}

/** Revokes a token. Success is no proof that it existed, nor that it is gone: only the list is (CPANEL_API.md 1.4). */
export function revokeToken(account: Account, name: string): Promise<void> {
  return account.isWhmUser ? whm.revokeToken(account, name) : uapi.revokeToken(account, name)
}

/** Whether a token is one of WHM, with all that such a token has. */
export function isWhmToken(token: ApiToken): token is ApiToken & { access: WhmAccess } {
  return token.access.kind === 'whm'
}
