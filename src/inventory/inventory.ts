import type { Access, ApiToken } from '../cpanel/token'
import { ACCESS, applyPatch, newColumns, type AccountFacts, type AccountId, type Columns, type Patch } from './columns'

type Limits = Extract<Access, { kind: 'limited' | 'whm' }>

/** The columns with what it takes to keep them: which account has which number, and which rows are whose. */
export type Inventory = {
  columns: Columns
  indexOf: Map<string, number>
  rowsOf: Map<number, readonly number[]>
  /** What a limited token is limited to, and what one of WHM may do, by row: rare, so not a column. */
  limits: Map<number, Limits>
}

export function newInventory(): Inventory {
  return { columns: newColumns(), indexOf: new Map(), rowsOf: new Map(), limits: new Map() }
}

/** No user name has a slash in it. */
function keyOf({ server, user, isWhmUser }: AccountId): string {
  return `${server}/${isWhmUser ? 'whm/' : ''}${user}`
}

/** The number of an account, or undefined. */
export function accountIndex(inventory: Inventory, account: AccountId): number | undefined {
  return inventory.indexOf.get(keyOf(account))
}

/** Adds accounts or tells more about known ones. Their tokens stay as they are. */
export function putAccounts(inventory: Inventory, accounts: readonly AccountFacts[]): Patch {
  const changed: [number, AccountFacts][] = []
  for (const facts of accounts) {
    const known = accountIndex(inventory, facts)
    const index = known ?? inventory.indexOf.size
    if (known === undefined) inventory.indexOf.set(keyOf(facts), index)
    else if (isSame(inventory.columns.accounts[index], facts)) continue
    changed.push([index, facts])
  }
  return patched(inventory, { ...emptyPatch, accounts: changed })
}

function isSame(one: AccountFacts | undefined, other: AccountFacts): boolean {
  return one !== undefined && JSON.stringify(one) === JSON.stringify(other)
}

/** Says what tokens an account has: rows of the same name stay the same rows, others come and go. */
export function putTokens(inventory: Inventory, account: number, tokens: readonly ApiToken[]): Patch {
  const { names } = inventory.columns
  const before = new Map((inventory.rowsOf.get(account) ?? []).map((row) => [names[row], row]))
  const after: number[] = []
  const patch = { rows: newList(), names: newNames(), account: newList(), ...newNumbers() }
  let next = inventory.columns.length
  function add(row: number, name: string, created: number, expires: number, access: number) {
    patch.rows.push(row)
    patch.names.push(name)
    patch.account.push(account)
    patch.created.push(created)
    patch.expires.push(expires)
    patch.access.push(access)
  }
  for (const token of tokens) {
    const row = before.get(token.name) ?? (next += 1) - 1
    after.push(row)
    before.delete(token.name)
    add(row, token.name, secondsOf(token.created), expirySeconds(token), ACCESS[token.access.kind])
    keepLimits(inventory, row, token.access)
  }
  for (const row of before.values()) {
    add(row, '', Number.NaN, Number.NaN, ACCESS.gone)
    inventory.limits.delete(row)
  }
  inventory.rowsOf.set(account, after)
  return patched(inventory, { ...patch, accounts: [] })
}

/** The row of a token, or undefined where the account has none of that name. */
export function rowOf(inventory: Inventory, account: number, name: string): number | undefined {
  return inventory.rowsOf.get(account)?.find((row) => inventory.columns.names[row] === name)
}

/** How many tokens an account has; undefined while nobody has asked. */
export function tokenCount(inventory: Inventory, account: number): number | undefined {
  return inventory.rowsOf.get(account)?.length
}

/** Forgets what tokens an account has, as when its connection was signed out of. */
export function forgetTokens(inventory: Inventory, account: number): Patch {
  const patch = putTokens(inventory, account, [])
  inventory.rowsOf.delete(account)
  return patch
}

function keepLimits(inventory: Inventory, row: number, access: Access): void {
  if (access.kind === 'limited' || access.kind === 'whm') inventory.limits.set(row, access)
  else inventory.limits.delete(row)
}

function secondsOf(at: Date | null): number {
  return at === null ? Number.NaN : at.getTime() / 1000
}

function expirySeconds({ expiry }: ApiToken): number {
  return expiry.kind === 'never' ? Number.POSITIVE_INFINITY : expiry.at.getTime() / 1000
}

const emptyPatch: Patch = { accounts: [], rows: [], names: [], account: [], created: [], expires: [], access: [] }
const newList = (): number[] => []
const newNames = (): string[] => []
const newNumbers = () => ({ created: newList(), expires: newList(), access: newList() })

function patched(inventory: Inventory, patch: Patch): Patch {
  applyPatch(inventory.columns, patch)
  return patch
}

/** The token of a row, as the screens of one account know it. */
export function tokenAt({ columns, limits }: Inventory, row: number): ApiToken {
  const created = columns.created[row] ?? Number.NaN
  const expires = columns.expires[row] ?? Number.NaN
  return {
    name: columns.names[row] ?? '',
    created: Number.isNaN(created) ? null : new Date(created * 1000),
    expiry: Number.isFinite(expires) ? { kind: 'at', at: new Date(expires * 1000) } : { kind: 'never' },
    access: accessAt(columns.access[row], limits.get(row)),
  }
}

/** The tokens of an account, as far as is known. */
export function tokensOf(inventory: Inventory, account: number): ApiToken[] {
  return (inventory.rowsOf.get(account) ?? []).map((row) => tokenAt(inventory, row))
}

function accessAt(access: number | undefined, limits: Limits | undefined): Access {
  if (limits !== undefined) return limits
  return access === ACCESS['read-only'] ? { kind: 'read-only' } : { kind: 'full' }
}
