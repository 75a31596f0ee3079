import { listed } from './account-story'
import { uapiOk, type UapiResult } from './envelopes'
import { valueOf, wholeNumber } from './params'
import { hashSecret, newSecret } from './random'
import { Refusal, refuseIf } from './refusals'
import { uapiTable } from './table-uapi'
import { isTaken, nameFault, type CpanelToken } from './token'
import { underSentinel } from './token-sentinels'
import type { UapiCall, UapiFunction } from './uapi-function'
import { nowSeconds, quirksFor } from './world'

/** The whole module `Tokens` (section 1): cPanel has these four functions and no more. */
export const tokenFunctions: readonly (readonly [string, UapiFunction])[] = [
  [
    'Tokens::create_full_access',
    { feature: 'apitokens', writes: true, params: ['name', 'expires_at', 'readonly'], run: create },
  ],
  ['Tokens::list', { feature: 'apitokens', writes: false, params: [], run: list }],
  ['Tokens::rename', { feature: 'apitokens', writes: true, params: ['name', 'new_name'], run: rename }],
  ['Tokens::revoke', { feature: 'apitokens', writes: true, params: ['name'], run: revoke }],
]

function create(call: UapiCall): Promise<UapiResult> {
  const { exchange, account, params } = call
  const name = valueOf(params, 'name') ?? ''
  return underSentinel(exchange, account, 'create', name, (changes) => {
    const { world } = exchange
    const quirks = quirksFor(world, account)
    const { version } = world.settings
    refuseIf(nameFault('name', name))
    const expiresAt = expiryFrom(valueOf(params, 'expires_at'))
    const isReadonly = flagFrom('readonly', valueOf(params, 'readonly'))
    if (account.suspension !== null) throw new Refusal('You cannot create an API token for a suspended account.') // 1.5
    if (isTaken(account.tokens, name, quirks.uniqueNames))
      throw new Refusal(`An API token named “${name}” already exists.`)
    const secret = newSecret()
    const token: CpanelToken = {
      name,
      secretHash: hashSecret(secret),
      createTime: nowSeconds(world, account),
      // Older versions ignore what they don't know: expiry came with 82, read-only with 138 (section 5).
      expiresAt: version < 82 || changes.ignoresExpiry ? null : expiresAt,
      isReadonly: version >= 138 && !changes.ignoresReadonly && isReadonly,
      features: [],
    }
    account.tokens.set(name, token)
    world.secrets.add(secret)
    if (changes.answersNull) return uapiOk(null)
    const echo = quirks.createEchoes ? { name, expires_at: token.expiresAt } : {}
    return uapiOk({ create_time: token.createTime, token: secret, ...echo })
  })
}

function list(call: UapiCall): UapiResult {
  const { version } = call.exchange.world.settings
  const rows = [...call.account.tokens.values()].map((token) => ({
    create_time: token.createTime,
    ...(version < 82 ? {} : { expires_at: token.expiresAt }),
    features: token.features,
    has_full_access: token.features.length === 0 ? 1 : 0,
    name: token.name,
    // Present and 1 only for read-only tokens (section 1.2).
    ...(version >= 138 && token.isReadonly ? { readonly: 1 } : {}),
  }))
  return uapiTable(listed(call.exchange, call.account, rows), call.params)
}

function rename(call: UapiCall): Promise<UapiResult> {
  const { exchange, account, params } = call
  const [name, newName] = [valueOf(params, 'name') ?? '', valueOf(params, 'new_name') ?? '']
  return underSentinel(exchange, account, 'rename', newName, () => {
    refuseIf(nameFault('name', name))
    refuseIf(nameFault('new_name', newName))
    const token = account.tokens.get(name)
    if (token === undefined) throw new Refusal(`There is no API token named “${name}”.`)
    const others = new Map([...account.tokens].filter(([other]) => other !== name))
    if (isTaken(others, newName, quirksFor(exchange.world, account).uniqueNames)) {
      throw new Refusal(`An API token named “${newName}” already exists.`)
    }
    account.tokens.delete(name)
    account.tokens.set(newName, { ...token, name: newName })
    return uapiOk(null)
  })
}

function revoke(call: UapiCall): Promise<UapiResult> {
  const name = valueOf(call.params, 'name') ?? ''
  return underSentinel(call.exchange, call.account, 'revoke', name, (changes) => {
    if (name === '') throw new Refusal('The parameter “name” is required.')
    if (changes.keeps !== undefined) return uapiOk(changes.keeps === 'lies' ? 1 : 0)
    call.account.tokens.delete(name)
    return uapiOk(1) // Also when there was no such token: revoking is idempotent (section 1.4).
  })
}

function expiryFrom(text: string | undefined): number | null {
  if (text === undefined || text === '') return null
  const seconds = wholeNumber(text)
  if (seconds === null || seconds === 0)
    throw new Refusal('The parameter “expires_at” must be a Unix timestamp in seconds.')
  return seconds
}

/** A boolean parameter: only 1 and 0, never true and false (section 3.8). */
function flagFrom(parameter: string, text: string | undefined): boolean {
  if (text === undefined || text === '' || text === '0') return false
  if (text !== '1') throw new Refusal(`The parameter “${parameter}” must be 0 or 1.`)
  return true
}
