import type { Account } from './account'
import { accountSentinels } from './account-sentinels'
import { pause, type Exchange } from './exchange'
import { Interruption } from './reply'
import type { Row } from './table'

/** Questions a client asks to find out where it is: sentinels leave them alone, so that signing in works. */
const probes = new Set(['version', 'gethostname', 'myprivs', 'Features::has_feature', 'Features::list_features'])

/** Lets an account behave as its traits and its sentinel say, before a call is worked on. */
export async function meetAccount(exchange: Exchange, account: Account, name: string): Promise<void> {
  if (probes.has(name)) return
  await pause(exchange, account.traits.latencyMs ?? 0)
  const sentinel = sentinelOf(account)
  if (sentinel?.instead !== undefined) throw new Interruption(sentinel.instead)
  if (sentinel?.spoil !== undefined && !exchange.spoilers.includes(sentinel.spoil))
    exchange.spoilers.push(sentinel.spoil)
}

/** Tells the sentinel of an account that its tokens, or the accounts it owns, were listed, and lets it change them. */
export function listed(exchange: Exchange, account: Account, rows: readonly Row[]): readonly Row[] | null {
  const sentinel = sentinelOf(account)
  if (!account.hasListed) sentinel?.afterFirstList?.(exchange.world, account)
  account.hasListed = true
  return sentinel?.list === undefined ? rows : sentinel.list(rows)
}

/** Whether a command of a batch finds its privilege gone: "a privilege missing in the middle of a batch" (section 12). */
export function isDeniedInBatch(account: Account, index: number): boolean {
  return index >= (sentinelOf(account)?.batchDeniedFrom ?? Number.POSITIVE_INFINITY)
}

function sentinelOf(account: Account) {
  return account.sentinel === null ? undefined : accountSentinels.find(({ name }) => name === account.sentinel)
}
