/**
 * The tokens of all accounts of all connections, known in this page. Kept as columns beside react-query's cache: one query
 * for each of ten thousand accounts would cost more than the tokens. What react-query learns of one account comes here too.
 */
import type { CpanelError } from '../cpanel/errors'
import type { ApiToken } from '../cpanel/token'
import type { Account } from '../cpanel/tokens'
import type { AccountFacts, AccountId, Patch } from '../inventory/columns'
import { accountIndex, forgetTokens, newInventory, putAccounts, putTokens } from '../inventory/inventory'
import { observable } from '../session/observable'
import { accountOf, whmUserOf } from './tokens'

/** What is known of asking an account. `at` is milliseconds. `waiting`: to be asked, or asked again. */
type Asked = { at: number | null; error: CpanelError | null; isWaiting: boolean; clockSkewMs: number }

/** A moment of the whole, for whoever draws it. */
type AllTokensNow = {
  /** Counts changes. */
  version: number
  /** Accounts that can be reached, and how many of them wait to be asked. Users of WHM are counted by themselves. */
  accounts: number
  waiting: number
  whmUsers: number
  failed: readonly { account: number; error: CpanelError }[]
  /** When the oldest list came, in milliseconds; null while there is none. */
  oldestAt: number | null
}

const inventory = newInventory()
const asked: Asked[] = []
/** By account: the connections that reach it, the best one first. None: nobody is signed in to it any more. */
const routes: string[][] = []
const now = observable<AllTokensNow>({ version: 0, accounts: 0, waiting: 0, whmUsers: 0, failed: [], oldestAt: null })
const patchListeners = new Set<(patch: Patch) => void>()
let timer: ReturnType<typeof setTimeout> | null = null

/** Milliseconds between two looks at what streams in: quick enough to be seen growing, rare enough to stay usable. */
const BEAT_MS = 150

function changed(): void {
  timer ??= setTimeout(tell, BEAT_MS)
}

function tell(): void {
  timer = null
  const failed: { account: number; error: CpanelError }[] = []
  let [accounts, waiting, whmUsers, oldestAt] = [0, 0, 0, Number.POSITIVE_INFINITY]
  for (const [account, { at, error, isWaiting }] of asked.entries()) {
    if (routes[account]?.length === 0) continue
    const isWhmUser = inventory.columns.accounts[account]?.isWhmUser === true
    if (isWhmUser) whmUsers += 1
    else accounts += 1
    if (isWaiting) waiting += isWhmUser ? 0 : 1
    else if (error !== null) failed.push({ account, error })
    if (at !== null && at < oldestAt) oldestAt = at
  }
  const version = now.current().version + 1
  now.set({ version, accounts, waiting, whmUsers, failed, oldestAt: Number.isFinite(oldestAt) ? oldestAt : null })
}

function spread(patch: Patch): void {
  for (const listener of patchListeners) listener(patch)
  changed()
}

export const allTokens = {
  inventory,
  current: now.current,
  subscribe: now.subscribe,
  /** Hears every patch from now on. */
  onPatch(listener: (patch: Patch) => void): () => void {
    patchListeners.add(listener)
    return () => patchListeners.delete(listener)
  },

  /** Says which accounts a connection reaches now; what it reached before and no more is not its any longer. */
  putRoutes(connection: string, accounts: readonly AccountFacts[], isBest: (connection: string) => boolean): void {
    spread(putAccounts(inventory, accounts))
    const reached = new Set(accounts.map((facts) => accountIndex(inventory, facts)))
    for (let account = 0; account < inventory.columns.accounts.length; account += 1) {
      const others = (routes[account] ?? []).filter((one) => one !== connection)
      asked[account] ??= { at: null, error: null, isWaiting: true, clockSkewMs: 0 }
      if (reached.has(account)) routes[account] = isBest(connection) ? [connection, ...others] : [...others, connection]
      else setRoutes(account, others)
    }
    changed()
  },

  /** Forgets a connection; tokens that nobody can see any more go with it. */
  dropConnection(connection: string): void {
    for (const [account, known] of routes.entries()) {
      if (known.includes(connection))
        setRoutes(
          account,
          known.filter((one) => one !== connection),
        )
    }
    changed()
  },

  reachesAny: (connection: string): boolean => routes.some((through) => through.includes(connection)),
  routesOf: (account: number): readonly string[] => routes[account] ?? [],
  askedOf: (account: number): Asked | undefined => asked[account],
  /** The number of an account on a server, or undefined. */
  find: (account: AccountId) => accountIndex(inventory, account),

  /** The account as single calls reach it; null where nobody is signed in to it any more. */
  reach(account: number): Account | null {
    const [connection] = routes[account] ?? []
    const facts = inventory.columns.accounts[account]
    if (connection === undefined || facts === undefined) return null
    if (facts.isWhmUser) return whmUserOf(connection)
    return accountOf(connection, connection.split('.')[1] === 'whm' ? facts.user : undefined)
  },

  /**
   * What arrives after the last connection of an account was signed out of is nobody's any more: not kept.
   * @param at milliseconds; when the list was asked for
   */
  put(account: number, list: { tokens: readonly ApiToken[]; clockSkewMs: number }, at: number): void {
    if (!isReached(account)) return
    asked[account] = { at, error: null, isWaiting: false, clockSkewMs: list.clockSkewMs }
    spread(putTokens(inventory, account, list.tokens))
  },

  putFailure(account: number, error: CpanelError): void {
    if (!isReached(account)) return
    asked[account] = { ...known(account), error, isWaiting: false }
    changed()
  },

  /** Marks accounts to be asked. */
  want(accounts: Iterable<number>): void {
    for (const account of accounts) asked[account] = { ...known(account), isWaiting: true }
    changed()
  },

  /** The accounts that wait, in order. */
  waiting(): number[] {
    return [...asked.keys()].filter((account) => asked[account]?.isWaiting && isReached(account))
  },
}

function isReached(account: number): boolean {
  return (routes[account]?.length ?? 0) > 0
}

function known(account: number): Asked {
  return asked[account] ?? { at: null, error: null, isWaiting: false, clockSkewMs: 0 }
}

function setRoutes(account: number, left: string[]): void {
  if (left.length === 0 && isReached(account)) {
    spread(forgetTokens(inventory, account))
    asked[account] = { at: null, error: null, isWaiting: true, clockSkewMs: 0 }
  }
  routes[account] = left
}
