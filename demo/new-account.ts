import type { Traits } from './account'

/** A token that exists from the start. Times in seconds since epoch; names may break the rules, to test a client. */
export interface NewToken {
  readonly name: string
  /** Default: some days or months ago, from the seed. */
  readonly createTime?: number
  /** Default null: never. */
  readonly expiresAt?: number | null
  readonly readonly?: boolean
  /** Not empty: a limited token (section 1.2). */
  readonly features?: readonly string[]
  /** Default: one that follows from the seed. */
  readonly secret?: string
}

/** A WHM token that exists from the start. */
export interface NewWhmToken {
  readonly name: string
  readonly createTime?: number
  readonly expiresAt?: number | null
  /** Default: every privilege of the user. */
  readonly acls?: readonly string[]
  /** Default null: any address. */
  readonly whitelist?: readonly string[] | null
  readonly secret?: string
}

/** An account for a test or for the seed. Everything is optional. */
export interface NewAccount extends Traits {
  /** Default: a name of its own. A sentinel's name, alone or with `_` and anything, makes that sentinel. */
  readonly username?: string
  /** Default `demo-password-1`. */
  readonly password?: string
  readonly domain?: string
  /** The reseller it belongs to; default root. */
  readonly owner?: string
  readonly package?: string
  readonly email?: string
  /** true or the reason shown by listaccts. */
  readonly suspended?: boolean | string
  /** Features that differ from the usual ones: `{ apitokens: false }`. */
  readonly features?: Readonly<Record<string, boolean>>
  /** true asks for the code 123456. */
  readonly tfa?: boolean | string
  readonly tokens?: readonly NewToken[]
  /** So many generated tokens after `tokens`. */
  readonly tokenCount?: number
  /** May sign in to WHM: true for a new reseller's privileges plus list-accts, or the privileges themselves. */
  readonly reseller?: boolean | readonly string[]
  readonly whmTokens?: readonly NewWhmToken[]
  /** false for a user of WHM only, as root is. */
  readonly hosted?: boolean
  /** What other servers do for it (section 3.6, `child_nodes`); default none. */
  readonly childNodes?: readonly { readonly alias: string; readonly workload: string }[]
  /** false hides it from listaccts. */
  readonly listed?: boolean
}
