/** Tokens::* for one cPanel account (CPANEL_API.md 1): the whole published module has these four functions. */
import { send, type Api } from './call'
import { CpanelError } from './errors'
import { createdSecret, tokenRows, uapiData, uapiDataThroughWhm, wasRevoked, type TokenRows } from './wire'
import { epochSeconds, type Expiry } from './token'

/** The account of a cPanel connection itself, or one account (`user`) of a WHM connection, reached with `uapi_cpanel`. */
type Account = { api: Api; connection: string; user?: string }

type Parameters = Record<string, string | number>

/** All tokens of the account, in no particular order, expired ones included; with the server's clock where it told. */
export async function listTokens(
  account: Account,
  signal?: AbortSignal,
): Promise<TokenRows & { serverTime: Date | null }> {
  const { data, serverTime } = await callTokens(account, 'list', {}, signal)
  return { ...tokenRows(data), serverTime }
}

type NewToken = { name: string; expiry: Expiry; access: 'full' | 'read-only' }

/**
 * Creates a token and returns its secret, which the server never shows again. Never call it twice for one wish.
 * `readonly` exists from cPanel 138 on; older servers ignore it, so read the list back (CPANEL_API.md 1.1).
 */
export async function createToken(account: Account, token: NewToken): Promise<{ secret: string }> {
  const { data } = await callTokens(account, 'create_full_access', {
    name: token.name,
    ...(token.expiry.kind === 'at' ? { expires_at: epochSeconds(token.expiry.at) } : {}),
    ...(token.access === 'read-only' ? { readonly: 1 } : {}),
  })
  return { secret: createdSecret(data) }
}

/** Renames a token; its secret and expiry stay. */
export async function renameToken(account: Account, name: string, newName: string): Promise<void> {
  await callTokens(account, 'rename', { name, new_name: newName })
}

/**
 * Revokes a token. Success is no proof that it existed, nor that it is gone: only the list is (CPANEL_API.md 1.4).
 * @throws {CpanelError} `rejected` without reasons where the server answers that it did not remove it
 */
export async function revokeToken(account: Account, name: string): Promise<void> {
  const { data } = await callTokens(account, 'revoke', { name })
  if (!wasRevoked(data)) throw new CpanelError('rejected')
}

async function callTokens(account: Account, name: string, parameters: Parameters, signal?: AbortSignal) {
  const isThroughWhm = account.user !== undefined
  const { body, serverTime } = await send(account.api, {
    method: 'POST',
    path: isThroughWhm
      ? ['connections', account.connection, 'json-api', 'uapi_cpanel']
      : ['connections', account.connection, 'execute', 'Tokens', name],
    body: isThroughWhm
      ? { 'cpanel.user': account.user, 'cpanel.module': 'Tokens', 'cpanel.function': name, ...parameters }
      : parameters,
    signal,
  })
  return { data: isThroughWhm ? uapiDataThroughWhm(body) : uapiData(body), serverTime }
}
