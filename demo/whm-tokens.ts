import { listed } from './account-story'
import { whmOk, type WhmResult } from './envelopes'
import { valueOf, valuesOf } from './params'
import { hashSecret, newSecret } from './random'
import { Refusal, refuseIf } from './refusals'
import { textOf, type Row } from './table'
import { findBySecret, isTaken, nameFault, type WhmToken } from './token'
import { underSentinel } from './token-sentinels'
import type { WhmCall, WhmFunctions } from './whm-function'
import { limitsFrom, resellerOf } from './whm-token-params'
import { nowSeconds, quirksFor } from './world'

const acl = 'manage-api-tokens'
const settable = ['acl', 'expires_at', 'whitelist_ip'] as const

/** The token functions of WHM (section 2): they act on the caller's own WHM tokens. */
export const whmTokenFunctions: WhmFunctions = [
  ['api_token_create', { since: 64, acl, params: ['token_name', ...settable], run: create }],
  ['api_token_list', { since: 64, acl, params: [], run: list }],
  ['api_token_update', { since: 68, acl, params: ['token_name', 'new_name', ...settable], run: update }],
  ['api_token_revoke', { since: 64, acl, params: ['token_name'], run: revoke }],
  ['api_token_get_details', { since: 98, acl, params: ['token'], run: details }],
]

function create(call: WhmCall): Promise<WhmResult> {
  const name = valueOf(call.params, 'token_name') ?? ''
  return underSentinel(call.exchange, call.caller.account, 'create', name, (changes) => {
    const { tokens } = resellerOf(call)
    refuseName(call, 'token_name', name, tokens)
    refuseReserved(call, name)
    const secret = newSecret()
    const token: WhmToken = {
      name,
      secretHash: hashSecret(secret),
      createTime: nowSeconds(call.exchange.world, call.caller.account),
      ...limitsFrom(call, changes, null),
    }
    tokens.set(name, token)
    call.exchange.world.secrets.add(secret)
    return whmOk(call.command, changes.answersNull ? null : { ...described(call, token), token: secret })
  })
}

function list(call: WhmCall): WhmResult {
  const { privileges, tokens } = resellerOf(call)
  const none = { object: {}, array: [], null: null }[quirksFor(call.exchange.world, call.caller.account).noTokens]
  const all = [...tokens.values()].map((token) => ({
    ...described(call, token),
    // Here a map over the privileges of the user, elsewhere a list of those granted (section 2.3).
    acls: Object.fromEntries([...privileges, ...token.acls].map((one) => [one, token.acls.includes(one) ? 1 : 0])),
  }))
  const rows = listed(call.exchange, call.caller.account, all)
  if (rows === null) return whmOk(call.command, null)
  return whmOk(call.command, {
    tokens: rows.length === 0 ? none : Object.fromEntries(rows.map((row) => [textOf(row['name']), row])),
  })
}

/** Replaces everything: what is not sent falls back to all privileges and no expiry (section 2.4). */
function update(call: WhmCall): Promise<WhmResult> {
  const name = valueOf(call.params, 'token_name') ?? ''
  const newName = valueOf(call.params, 'new_name') ?? name
  return underSentinel(call.exchange, call.caller.account, 'rename', newName, (changes) => {
    const { tokens } = resellerOf(call)
    const token = mustHave(tokens, name)
    refuseName(call, 'new_name', newName, new Map([...tokens].filter(([other]) => other !== name)))
    // A token that has such a name already, from WordPress or from before, keeps it.
    if (newName !== name) refuseReserved(call, newName)
    const kept =
      quirksFor(call.exchange.world, call.caller.account).updateWithoutWhitelist === 'keeps' ? token.whitelist : null
    const changed: WhmToken = { ...token, name: newName, ...limitsFrom(call, changes, kept) }
    tokens.delete(name)
    tokens.set(newName, changed)
    return whmOk(call.command, described(call, changed))
  })
}

/** One name or several; those that exist are revoked even when another one fails. */
async function revoke(call: WhmCall): Promise<WhmResult> {
  const { tokens } = resellerOf(call)
  const names = valuesOf(call.params, 'token_name')
  if (names.length === 0) throw new Refusal('The parameter “token_name” is required.')
  const failed: string[] = []
  for (const name of names) {
    await underSentinel(call.exchange, call.caller.account, 'revoke', name, ({ keeps }) => {
      if (keeps === undefined ? !tokens.delete(name) : keeps === 'admits') failed.push(name)
    })
  }
  const isLoud = quirksFor(call.exchange.world, call.caller.account).revokeUnknown === 'fails'
  const shown = failed.filter((name) => isLoud || tokens.has(name))
  if (shown.length > 0) throw new Refusal(`The API token “${shown.join('”, “')}” could not be revoked.`)
  return whmOk(call.command)
}

/** By the secret itself; an unknown one gets a success without data (section 2.6). */
function details(call: WhmCall): WhmResult {
  const secret = valueOf(call.params, 'token') ?? ''
  if (secret === '') throw new Refusal('The parameter “token” is required.')
  const token = findBySecret(resellerOf(call).tokens, secret)
  if (token !== undefined) return whmOk(call.command, described(call, token))
  const result = quirksFor(call.exchange.world, call.caller.account).unknownSecretResult
  return whmOk(call.command, undefined, result === 1 ? {} : { result, reason: 'The API token was not recognized.' })
}

function described(call: WhmCall, token: WhmToken): Row {
  const { version } = call.exchange.world.settings
  return {
    acls: token.acls,
    create_time: token.createTime,
    expires_at: token.expiresAt,
    name: token.name,
    // Absent from the sample of version 82 (section 2.3).
    ...(version < 86 ? {} : { whitelist_ips: token.whitelist }),
  }
}

function refuseName(call: WhmCall, parameter: string, name: string, others: ReadonlyMap<string, WhmToken>): void {
  refuseIf(nameFault(parameter, name))
  const rule = quirksFor(call.exchange.world, call.caller.account).uniqueNames
  if (isTaken(others, name, rule)) throw new Refusal(`An API token named “${name}” already exists.`)
}

const reservedNames = ['WebPros_Dashboard', 'WP-Dashboard']

/** Section 2, last row of the table. */
function refuseReserved(call: WhmCall, name: string): void {
  const { world } = call.exchange
  const { account } = call.caller
  if (account.username !== 'root' || world.settings.version < 138 || !reservedNames.includes(name)) return
  if (quirksFor(world, account).reservedNames === 'refused') throw new Refusal(`The name “${name}” is reserved.`)
}

function mustHave(tokens: ReadonlyMap<string, WhmToken>, name: string): WhmToken {
  const token = tokens.get(name)
  if (token === undefined) throw new Refusal(`There is no API token named “${name}”.`)
  return token
}
