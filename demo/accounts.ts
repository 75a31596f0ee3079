import type { Account, Reseller, Traits } from './account'
import { accountSentinelFor } from './account-sentinels'
import { everyAcl, initialAcls } from './acls'
import { makeUpTokens } from './made-up'
import type { NewAccount, NewToken, NewWhmToken } from './new-account'
import { between, hashSecret, seededRandom, seededSecret, type Random } from './random'
import type { CpanelToken, WhmToken } from './token'
import { nowSeconds, type World } from './world'

/** The password of every account unless another one is given. */
export const demoPassword = 'demo-password-1'

/** The code of every account with two-factor sign-in. */
export const demoCode = '123456'

const day = 86_400

/** An account and the secrets of its tokens, which the server itself keeps only as hashes. */
export interface MadeAccount {
  readonly account: Account
  readonly secrets: ReadonlyMap<string, string>
  readonly whmSecrets: ReadonlyMap<string, string>
}

/** The account of that name. Sentinels exist as soon as somebody asks for them. */
export function findAccount(world: World, username: string): Account | undefined {
  const known = world.accounts.get(username)
  if (known !== undefined || world.removed.has(username)) return known
  const sentinel = accountSentinelFor(username)
  if (sentinel === undefined) return undefined
  // Such an account may sign in to both services, unless its sentinel says otherwise.
  return makeAccount(world, { reseller: true, ...sentinel.account?.(world.settings), username, listed: false }).account
}

/** Makes an account, or replaces the one of that name. */
export function makeAccount(world: World, options: NewAccount): MadeAccount {
  const username = options.username ?? unusedName(world)
  const sentinel = accountSentinelFor(username)
  const played: NewAccount = { tokenCount: sentinel && !options.tokens ? 3 : 0, ...sentinel?.account?.(world.settings) }
  const chosen: NewAccount = { ...played, ...options, quirks: { ...played.quirks, ...options.quirks } }
  const random = seededRandom(`${world.settings.seed}:${username}`)
  const now = nowSeconds(world)
  const made: Account = {
    username,
    password: chosen.password ?? demoPassword,
    tfaCode: chosen.tfa === true ? demoCode : chosen.tfa || null,
    domain: chosen.domain ?? `${username.replaceAll('_', '-')}.example`,
    owner: chosen.owner ?? 'root',
    plan: chosen.package ?? 'default',
    email: chosen.email ?? `${username}@example.com`,
    uid: 1000 + world.accounts.size,
    createTime: now - between(random, 30, 2000) * day,
    suspension: chosen.suspended
      ? { reason: chosen.suspended === true ? 'Unknown' : chosen.suspended, time: now - 2 * day }
      : null,
    features: new Map(Object.entries(chosen.features ?? {})),
    tokens: new Map(),
    reseller: resellerFrom(chosen.reseller),
    isHosted: chosen.hosted ?? true,
    childNodes: chosen.childNodes ?? [],
    isListed: chosen.listed ?? true,
    traits: traitsOf(chosen),
    sentinel: sentinel?.name ?? null,
    hasListed: false,
  }
  const given = chosen.tokens ?? []
  const taken = given.map(({ name }) => name)
  const tokens = [...given, ...makeUpTokens(random, chosen.tokenCount ?? 0, now, taken)]
  const secrets = new Map(tokens.map((token) => [token.name, addToken(made, token, random, now)]))
  const whmSecrets = new Map(
    (chosen.whmTokens ?? []).map((token) => [token.name, addWhmToken(made, token, random, now)]),
  )
  for (const secret of [made.password, ...secrets.values(), ...whmSecrets.values()]) world.secrets.add(secret)
  world.accounts.set(username, made)
  world.removed.delete(username)
  return { account: made, secrets, whmSecrets }
}

/** Puts a token into an account, past every rule. `now` in seconds. Returns its secret. */
export function addToken(account: Account, token: NewToken, random: Random, now: number): string {
  const secret = token.secret ?? seededSecret(random)
  const stored: CpanelToken = {
    name: token.name,
    secretHash: hashSecret(secret),
    createTime: token.createTime ?? now - between(random, 1, 400) * day,
    expiresAt: token.expiresAt ?? null,
    isReadonly: token.readonly ?? false,
    features: token.features ?? [],
  }
  account.tokens.set(stored.name, stored)
  return secret
}

/** Puts a WHM token into a reseller's account, past every rule. `now` in seconds. Returns its secret. */
export function addWhmToken(account: Account, token: NewWhmToken, random: Random, now: number): string {
  const { reseller } = account
  if (reseller === null) throw new Error(`${account.username} is no user of WHM: make it with { reseller: true }`)
  const secret = token.secret ?? seededSecret(random)
  const stored: WhmToken = {
    name: token.name,
    secretHash: hashSecret(secret),
    createTime: token.createTime ?? now - between(random, 1, 400) * day,
    expiresAt: token.expiresAt ?? null,
    acls: token.acls ?? [...reseller.privileges],
    whitelist: token.whitelist ?? null,
  }
  reseller.tokens.set(stored.name, stored)
  return secret
}

function resellerFrom(reseller: NewAccount['reseller']): Reseller | null {
  if (reseller === undefined || reseller === false) return null
  const acls = reseller === true ? [...initialAcls, 'list-accts'] : reseller
  return { privileges: new Set(acls.includes('all') ? everyAcl : acls), tokens: new Map() }
}

function traitsOf({ quirks, latencyMs, clockOffsetMs }: Traits): Traits {
  return {
    ...(quirks === undefined ? {} : { quirks }),
    ...(latencyMs === undefined ? {} : { latencyMs }),
    ...(clockOffsetMs === undefined ? {} : { clockOffsetMs }),
  }
}

function unusedName(world: World): string {
  let number = world.accounts.size
  while (world.accounts.has(`guest${number}`) || world.removed.has(`guest${number}`)) number += 1
  return `guest${number}`
}
