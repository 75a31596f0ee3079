import type { Quirks } from './quirks'
import type { CpanelToken, WhmToken } from './token'

/** One user of the server: a hosting account, a reseller (which is both), or root. */
export interface Account {
  readonly username: string
  readonly password: string
  /** The code two-factor sign-in asks for, or null. Always the same one, so that it can be documented. */
  readonly tfaCode: string | null
  readonly domain: string
  readonly owner: string
  readonly plan: string
  readonly email: string
  readonly uid: number
  /** Seconds since epoch. */
  readonly createTime: number
  suspension: { readonly reason: string; readonly time: number } | null
  /** Features that differ from the server's own list (`defaultFeatures`). */
  readonly features: Map<string, boolean>
  readonly tokens: Map<string, CpanelToken>
  /** What WHM lets this user do; null when it may not sign in there. */
  readonly reseller: Reseller | null
  /** root has no hosting account. */
  readonly isHosted: boolean
  /** Other servers that do a part of the work for it, as `listaccts` names them (section 3.6). */
  readonly childNodes: readonly { readonly alias: string; readonly workload: string }[]
  /** Accounts that exist implicitly, as sentinels, are not shown by listaccts. */
  readonly isListed: boolean
  readonly traits: Traits
  /** The sentinel this account plays, if any (sentinels.ts). */
  readonly sentinel: string | null
  /** Whether the tokens or accounts have been listed since the start: some sentinels change after that. */
  hasListed: boolean
}

/** A user's side in WHM. */
export interface Reseller {
  readonly privileges: Set<string>
  readonly tokens: Map<string, WhmToken>
}

/** How the server behaves toward one account, where that differs from its settings. */
export interface Traits {
  readonly quirks?: Partial<Quirks>
  /** Milliseconds that each call takes longer. */
  readonly latencyMs?: number
  /** Milliseconds its clock is ahead (or behind: negative). */
  readonly clockOffsetMs?: number
}

/** Features of a new account, as `Features::list_features` shows them (section 1.5: `apitokens`). */
export const defaultFeatures: ReadonlyMap<string, boolean> = new Map([
  ['apitokens', true],
  ['autossl', true],
  ['backup', true],
  ['cron', true],
  ['filemanager', true],
  ['mysql', true],
  ['popaccts', true],
  ['sshkeys', false],
  ['twofactorauth', true],
  ['zoneedit', true],
])

/** Whether an account has a feature. */
export function hasFeature(account: Account, feature: string): boolean {
  return account.features.get(feature) ?? defaultFeatures.get(feature) ?? false
}
