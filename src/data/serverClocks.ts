/** What all tokens tell of the clocks of their servers. */
import type { Skew } from '../inventory/view'
import { allTokens } from './allTokens'
import { NOTABLE_SKEW_MS } from './clockSkew'

/** How far the clock of an account's server is ahead, in milliseconds; 0 where it differs by nothing worth a word. */
export function skewOfAccount(account: number): number {
  const skew = allTokens.askedOf(account)?.clockSkewMs ?? 0
  return Math.abs(skew) > NOTABLE_SKEW_MS ? skew : 0
}

/** The accounts whose server has another clock than this machine. */
export function skewsOfAccounts(): Skew[] {
  const skews: Skew[] = []
  for (const account of allTokens.inventory.columns.accounts.keys()) {
    const skew = skewOfAccount(account)
    if (skew !== 0 && allTokens.reach(account) !== null) skews.push([account, skew / 1000])
  }
  return skews
}

/** A server whose clock differs from this machine's; `skewMs` is how far it is ahead. */
export type OtherClock = { server: string; name: string; skewMs: number }

/** The servers whose clocks differ, each once, by the largest difference that one of its answers showed. */
export function otherClocks(): OtherClock[] {
  const found = new Map<string, OtherClock>()
  for (const [account, seconds] of skewsOfAccounts()) {
    const facts = allTokens.inventory.columns.accounts[account]
    const skewMs = seconds * 1000
    if (facts === undefined || Math.abs(found.get(facts.server)?.skewMs ?? 0) >= Math.abs(skewMs)) continue
    found.set(facts.server, { server: facts.server, name: facts.serverName, skewMs })
  }
  return [...found.values()]
}
