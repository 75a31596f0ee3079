/**
 * All tokens of all accounts as plain columns: a hundred thousand rows stay small, and a Worker can hold the same by
 * applying the same patches. A row keeps its number as long as its token lives, so a selection can be numbers.
 */

/**
 * One cPanel account on a server, as far as anybody told; or (`isWhmUser`) a WHM user with the tokens of WHM itself. A cPanel
 * connection tells no domain, package or owner, and a WHM user has none.
 */
export type AccountFacts = {
  /** The server's id in the configuration, and its name for people. */
  server: string
  serverName: string
  user: string
  domain: string
  owner: string
  plan: string
  isSuspended: boolean
  isWhmUser?: true
}

/** What an account is known by: the same one whichever connection reaches it. root may be both, account and WHM user. */
export type AccountId = Pick<AccountFacts, 'server' | 'user' | 'isWhmUser'>

/** `access` by number: what `gone` marks is no token any more. */
export const ACCESS = { full: 0, 'read-only': 1, limited: 2, whm: 3, gone: 255 } as const

/**
 * `created` and `expires` are seconds since epoch: NaN where the server did not say, Infinity for never. `names` and the
 * typed arrays are indexed by row; `accounts` by what `account` holds. Beyond `length` the arrays are spare room.
 */
export type Columns = {
  accounts: AccountFacts[]
  names: string[]
  account: Int32Array
  created: Float64Array
  expires: Float64Array
  access: Uint8Array
  length: number
}

/** Rows that are new or changed, and accounts likewise. Small enough to be cloned without anybody noticing. */
export type Patch = {
  accounts: readonly (readonly [index: number, facts: AccountFacts])[]
  rows: readonly number[]
  names: readonly string[]
  account: readonly number[]
  created: readonly number[]
  expires: readonly number[]
  access: readonly number[]
}

export function newColumns(): Columns {
  return {
    accounts: [],
    names: [],
    account: new Int32Array(0),
    created: new Float64Array(0),
    expires: new Float64Array(0),
    access: new Uint8Array(0),
    length: 0,
  }
}

/** Writes a patch into the columns, in place. */
export function applyPatch(columns: Columns, patch: Patch): void {
  for (const [index, facts] of patch.accounts) columns.accounts[index] = facts
  const last = patch.rows.reduce((most, row) => Math.max(most, row), columns.length - 1)
  makeRoom(columns, last + 1)
  for (const [at, row] of patch.rows.entries()) {
    columns.names[row] = patch.names[at] ?? ''
    columns.account[row] = patch.account[at] ?? 0
    columns.created[row] = patch.created[at] ?? Number.NaN
    columns.expires[row] = patch.expires[at] ?? Number.POSITIVE_INFINITY
    columns.access[row] = patch.access[at] ?? ACCESS.full
  }
}

function makeRoom(columns: Columns, length: number): void {
  if (length > columns.access.length) {
    const room = Math.max(256, length, Math.ceil(columns.access.length * 1.5))
    columns.account = grown(columns.account, new Int32Array(room))
    columns.created = grown(columns.created, new Float64Array(room))
    columns.expires = grown(columns.expires, new Float64Array(room))
    columns.access = grown(columns.access, new Uint8Array(room))
  }
  columns.length = Math.max(columns.length, length)
}

function grown<Column extends Int32Array | Float64Array | Uint8Array>(from: Column, to: Column): Column {
  to.set(from)
  return to
}
