/** The tokens of a WHM user: `api_token_*` of WHM API 1 (CPANEL_API.md 2). They act on the signed-in user's own tokens only. */
import * as v from 'valibot'
import { send, type Api } from './call'
import { CpanelError, asCpanelError } from './errors'
import { epochSeconds, type ApiToken, type Expiry, type WhmAccess } from './token'
import { createdField, createdSecret, expiryField, nameField, parseRows, read, verdict, whmData } from './wire'
import type { TokenRows } from './wire'

/** The WHM user of a connection. */
type WhmUser = { api: Api; connection: string }

/** A token of WHM as this product knows it. */
export type WhmToken = ApiToken & { access: WhmAccess }
type NewWhmToken = Pick<WhmToken, 'name' | 'expiry' | 'access'>

/** Not `v.record`, which leaves out the keys `constructor`, `prototype` and `__proto__`: all of them may name a token. */
const map = v.pipe(
  v.custom<Record<string, unknown>>((value) => typeof value === 'object' && value !== null && !Array.isArray(value)),
  v.transform((value): [string, unknown][] => Object.entries(value)),
)

/** The list says what is granted as a map over all privileges of the user, every other answer as an array (2.3, 2.4). */
const aclsField = v.union([
  v.array(v.string()),
  v.pipe(
    map,
    // What says neither yes nor no may be granted, and a save would take it away: such a row is unreadable.
    v.array(v.tuple([v.string(), verdict])),
    v.transform((entries) => entries.filter(([, isGranted]) => isGranted).map(([name]) => name)),
  ),
])

/** null and absent (servers of version 82) mean that any address will do. */
const addressesField = v.optional(v.nullable(v.array(v.string())), null)

const tokenRow = v.pipe(
  v.object({
    name: nameField,
    create_time: createdField,
    expires_at: expiryField,
    // Without it nothing could be saved: what is left out becomes all privileges. So such a row is unreadable.
    acls: aclsField,
    whitelist_ips: addressesField,
  }),
  v.transform((row): WhmToken => ({
    name: row.name,
    created: row.create_time ?? null,
    expiry: row.expires_at,
    access: whmAccess(row.acls, row.whitelist_ips ?? []),
  })),
)

/** Sorted and without doubles, as everything that compares two of them relies on. */
export function whmAccess(privileges: readonly string[], addresses: readonly string[]): WhmAccess {
  return { kind: 'whm', privileges: tidy(privileges), addresses: tidy(addresses) }
}

function tidy(names: readonly string[]): string[] {
  return [...new Set(names)].toSorted()
}

/** `data.tokens` is a map by name, which each row repeats; Perl makes `[]` or null of an empty one. */
const listed = v.object({
  tokens: v.union([
    v.array(v.unknown()),
    v.pipe(
      v.null(),
      v.transform((): unknown[] => []),
    ),
    v.pipe(
      map,
      v.transform((entries) => entries.map(keyed)),
    ),
  ]),
})

/** A row with its key for a name. Where it has another name of its own nobody knows which one a call would meet: no row. */
function keyed([key, row]: [string, unknown]): unknown {
  const parsed = v.safeParse(v.looseObject({ name: v.optional(nameField, key) }), row)
  return parsed.success && parsed.output.name === key ? parsed.output : null
}

/** All tokens of the WHM user, expired ones included; with the server's clock where it told. Needs `manage-api-tokens`. */
export async function listTokens(
  user: WhmUser,
  signal?: AbortSignal,
): Promise<TokenRows & { serverTime: Date | null }> {
  const { data, serverTime } = await call(user, 'api_token_list', {}, signal)
  return { ...parseRows(tokenRow, read(listed, data).tokens), knowsReadOnly: false, serverTime }
}

/**
 * Creates a token and returns its secret, which the server never shows again. Never call it twice for one wish.
 * @throws {CpanelError} `refused` without a privilege: the server would take that for all of them (2.2)
 */
export async function createToken(user: WhmUser, token: NewWhmToken): Promise<{ secret: string }> {
  const { data } = await call(user, 'api_token_create', {
    token_name: token.name,
    acl: atLeastOne(token.access.privileges),
    ...(token.expiry.kind === 'at' ? { expires_at: epochSeconds(token.expiry.at) } : {}),
    ...(token.access.addresses.length > 0 ? { whitelist_ip: token.access.addresses } : {}),
  })
  return { secret: createdSecret(data) }
}

/**
 * Replaces name, privileges, addresses and expiry of a token; its secret stays. All of them are sent always: what is left
 * out the server sets to all privileges, to no expiry, and maybe to any address (2.4).
 * @returns the token as the server says that it is now
 * @throws {CpanelError} `refused` without a privilege
 */
export async function updateToken(user: WhmUser, name: string, wanted: NewWhmToken): Promise<WhmToken> {
  const { data } = await call(user, 'api_token_update', {
    token_name: name,
    ...(wanted.name === name ? {} : { new_name: wanted.name }),
    acl: atLeastOne(wanted.access.privileges),
    expires_at: expirySeconds(wanted.expiry),
    whitelist_ip: wanted.access.addresses.length > 0 ? wanted.access.addresses : 'any',
  })
  return read(tokenRow, data)
}

/** Revokes a token. The answer has no data, and is no proof. */
export async function revokeToken(user: WhmUser, name: string): Promise<void> {
  await call(user, 'api_token_revoke', { token_name: name })
}

/**
 * Which token a secret belongs to, among those of this user; null where the server does not know it. From version 98 on.
 * The secret travels in the body and is kept nowhere.
 */
export async function findBySecret(user: WhmUser, secret: string): Promise<WhmToken | null> {
  const { data } = await call(user, 'api_token_get_details', { token: secret }).catch((thrown: unknown) => {
    throw withoutSecret(asCpanelError(thrown), secret)
  })
  return details(data)
}

/** A server may repeat what it was asked, and its words are shown. */
function withoutSecret(error: CpanelError, secret: string): CpanelError {
  if (!error.reasons.some((reason) => reason.includes(secret))) return error
  return new CpanelError(error.kind, { reasons: error.reasons.map((reason) => reason.replaceAll(secret, '…')) })
}

/** The token this connection itself is signed in with; null where it is a password, or the server doesn't tell. */
export async function readOwnToken(user: WhmUser, signal?: AbortSignal): Promise<WhmToken | null> {
  const path = ['connections', user.connection, 'own-token']
  const { body } = await send(user.api, { method: 'GET', path, signal })
  return body === null ? null : details(whmData(body))
}

/** `data` of `api_token_get_details`: none, or an empty map, where no token has that secret (2.6). */
function details(data: unknown): WhmToken | null {
  return data === null || v.is(v.strictObject({}), data) ? null : read(tokenRow, data)
}

function atLeastOne(privileges: readonly string[]): readonly string[] {
  if (privileges.length === 0) throw new CpanelError('refused')
  return privileges
}

function expirySeconds(expiry: Expiry): number {
  return expiry.kind === 'at' ? epochSeconds(expiry.at) : 0
}

type Parameters = Record<string, string | number | readonly string[]>

async function call(user: WhmUser, name: string, parameters: Parameters, signal?: AbortSignal) {
  const { body, serverTime } = await send(user.api, {
    method: 'POST',
    path: ['connections', user.connection, 'json-api', name],
    body: parameters,
    signal,
  })
  return { data: whmData(body), serverTime }
}
