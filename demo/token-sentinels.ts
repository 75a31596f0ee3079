import type { Account } from './account'
import { hashSecret, newSecret } from './random'
import { pause, type Exchange } from './exchange'
import { plainPage } from './pages'
import { accessDenied, Refusal, refuseSession } from './refusals'
import { Interruption } from './reply'
import { endSessions, nowSeconds, quirksFor } from './world'

/** What is being done to a token. `rename` is also WHM's update. */
export type TokenOperation = 'create' | 'rename' | 'revoke'

/** How a sentinel changes what the function itself does. */
export interface TokenChanges {
  readonly ignoresExpiry?: boolean
  readonly ignoresReadonly?: boolean
  /** WHM alone: any address may use the token. */
  readonly ignoresWhitelist?: boolean
  /** WHM alone: the token gets every privilege of its user. */
  readonly ignoresAcls?: boolean
  /** The token stays; the answer admits it or lies. */
  readonly keeps?: 'admits' | 'lies'
  readonly answersNull?: boolean
}

interface Scene {
  readonly exchange: Exchange
  readonly account: Account
  readonly operation: TokenOperation
  readonly name: string
}

/** A token name that provokes a failure. README.md has them all in one table. */
interface TokenSentinel {
  readonly name: string
  readonly on: readonly TokenOperation[]
  readonly before?: (scene: Scene) => void | Promise<void>
  readonly changes?: TokenChanges
  readonly after?: (scene: Scene) => void
}

const always: readonly TokenOperation[] = ['create', 'rename', 'revoke']

/** Every token sentinel (section 12). */
export const tokenSentinels: readonly TokenSentinel[] = [
  { name: 'lost-answer', on: always, after: drop },
  { name: 'lost-once', on: ['create'], after: dropOnce },
  { name: 'lost-request', on: always, before: drop },
  { name: 'refused', on: always, before: refuse },
  { name: 'fails-500', on: always, before: () => interrupt(plainPage(500, 'Internal Server Error')) },
  { name: 'forbidden', on: always, before: () => interrupt(accessDenied) },
  { name: 'ends-session', on: always, before: endSession },
  { name: 'slow-create', on: ['create'], before: ({ exchange }) => pause(exchange, exchange.world.settings.slowMs) },
  { name: 'slow-revoke', on: ['revoke'], before: ({ exchange }) => pause(exchange, exchange.world.settings.slowMs) },
  { name: 'duplicate', on: ['create', 'rename'], before: takeName },
  { name: 'ignored-expiry', on: ['create', 'rename'], changes: { ignoresExpiry: true } },
  { name: 'ignored-whitelist', on: ['create', 'rename'], changes: { ignoresWhitelist: true } },
  { name: 'ignored-acls', on: ['create', 'rename'], changes: { ignoresAcls: true } },
  { name: 'ignored-readonly', on: ['create'], changes: { ignoresReadonly: true } },
  { name: 'null-answer', on: ['create'], changes: { answersNull: true } },
  { name: 'cannot-revoke', on: ['revoke'], changes: { keeps: 'admits' } },
  { name: 'revoke-lies', on: ['revoke'], changes: { keeps: 'lies' } },
]

/** Runs an operation on a token the way its name asks for: a sentinel's name, alone or with `-` and anything. */
export async function underSentinel<Result>(
  exchange: Exchange,
  account: Account,
  operation: TokenOperation,
  name: string,
  act: (changes: TokenChanges) => Result,
): Promise<Result> {
  const sentinel = tokenSentinels.find(
    (one) => one.on.includes(operation) && (name === one.name || name.startsWith(`${one.name}-`)),
  )
  const scene = { exchange, account, operation, name }
  await sentinel?.before?.(scene)
  const result = act(sentinel?.changes ?? {})
  sentinel?.after?.(scene)
  return result
}

function drop(): never {
  throw new Interruption({ kind: 'drop' })
}

const droppedBefore = new WeakMap<Account, Set<string>>()

/** The second time goes well, as it mostly does in life. */
function dropOnce({ account, name }: Scene): void {
  const names = droppedBefore.get(account) ?? new Set()
  if (names.has(name)) return
  droppedBefore.set(account, names.add(name))
  drop()
}

function interrupt(reply: Interruption['reply']): never {
  throw new Interruption(reply)
}

function refuse({ operation, name }: Scene): never {
  throw new Refusal(`The system could not ${operation} the API token “${name}”.`)
}

/** The session ends while the call is under way; nothing is done. */
function endSession({ exchange, account }: Scene): never {
  endSessions(exchange.world, exchange.clockOf?.username ?? account.username)
  throw new Interruption(refuseSession(quirksFor(exchange.world, account)))
}

/** Somebody else takes the name just before. */
function takeName({ exchange, account, name }: Scene): void {
  const createTime = nowSeconds(exchange.world, account)
  const token = { name, secretHash: hashSecret(newSecret()), createTime, expiresAt: null }
  const { reseller, tokens } = account
  if (!tokens.has(name)) tokens.set(name, { ...token, isReadonly: false, features: [] })
  if (reseller?.tokens.has(name) === false) reseller.tokens.set(name, { ...token, acls: [], whitelist: null })
}
