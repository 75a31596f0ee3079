import type { Account } from './account'
import { findAccount } from './accounts'
import { Refusal } from './refusals'
import type { WhmCall } from './whm-function'

/** The account a WHM user wants to act on: any for root, its own and itself for a reseller (section 3.1). */
export function reachAccount(call: WhmCall, username: string): Account {
  const account = findAccount(call.exchange.world, username)
  if (account !== undefined && mayReach(call, account)) return account
  throw new Refusal(`You do not have access to an account named “${username}”.`)
}

/** Whether a WHM user sees an account. By the user's own privileges: a token does not change who owns what. */
export function mayReach({ caller }: WhmCall, account: Account): boolean {
  const isRoot = caller.account.reseller?.privileges.has('all') ?? false
  return isRoot || account.owner === caller.account.username || account === caller.account
}
