import { ACCESS, type AccountFacts, type Columns } from './columns'
import { naturalKey, type SearchTexts } from './searchTexts'

export const SORT_KEYS = ['account', 'name', 'domain', 'server', 'created', 'expires', 'access'] as const
export type SortKey = (typeof SORT_KEYS)[number]
export type Order = { by: SortKey; isDescending: boolean }

/**
 * Orders of all rows that were asked for, until rows change: searching in one then needs no sorting. `names` is where each
 * distinct name stands, until there are more.
 */
export type Orders = { version: number; rows: Map<string, Int32Array>; names: Int32Array }

export function newOrders(): Orders {
  return { version: -1, rows: new Map(), names: new Int32Array(0) }
}

/**
 * Every row in an order; equals stand by server, account and name. Gone ones are not among them. The result is kept: it must
 * not be changed.
 */
export function rowsInOrder(columns: Columns, texts: SearchTexts, orders: Orders, order: Order): Int32Array {
  if (orders.version !== texts.version) {
    orders.version = texts.version
    orders.rows.clear()
    // Names are only ever added.
    if (orders.names.length < texts.keys.length) orders.names = ranksOf(texts.keys)
  }
  const name = `${order.by} ${order.isDescending}`
  const known = orders.rows.get(name)
  if (known !== undefined) return known
  const rows = isBase(order) ? baseOrder(columns, texts, orders) : sorted(columns, texts, orders, order)
  orders.rows.set(name, rows)
  return rows
}

const BASE: Order = { by: 'account', isDescending: false }

function isBase({ by, isDescending }: Order): boolean {
  return by === BASE.by && isDescending === BASE.isDescending
}

function baseOrder(columns: Columns, texts: SearchTexts, { names }: Orders): Int32Array {
  const ranks = accountRanks(columns, wholeName)
  const rows = new Int32Array(columns.length)
  const keys = new Float64Array(columns.length)
  let count = 0
  for (let row = 0; row < columns.length; row += 1) {
    if (columns.access[row] === ACCESS.gone) continue
    rows[count++] = row
    keys[row] = (ranks[columns.account[row] ?? 0] ?? 0) * names.length + (names[texts.nameOf[row] ?? 0] ?? 0)
  }
  return sortBy(rows.subarray(0, count), keys, 1)
}

function sorted(columns: Columns, texts: SearchTexts, orders: Orders, { by, isDescending }: Order): Int32Array {
  const base = rowsInOrder(columns, texts, orders, BASE)
  const keys = keysOf(columns, texts, orders, by)
  return keys === null ? base.toReversed() : sortBy(base.slice(), keys, isDescending ? -1 : 1)
}

function sortBy(rows: Int32Array, keys: ArrayLike<number>, direction: 1 | -1): Int32Array {
  return rows.sort((one, other) => {
    const [first = 0, second = 0] = [keys[one], keys[other]]
    return first === second ? 0 : first < second ? -direction : direction
  })
}

/**
 * Rows under a heading for each account, both as numbers: a heading is `-1 - account`. Accounts come in base order, the rows
 * of each in the order given.
 */
export function groupedRows(columns: Columns, rows: Int32Array): Int32Array {
  const ranks = accountRanks(columns, wholeName)
  const groups: number[][] = []
  for (const row of rows) (groups[ranks[columns.account[row] ?? 0] ?? 0] ??= []).push(row)
  return Int32Array.from(groups.flatMap((group) => [-1 - (columns.account[group[0] ?? 0] ?? 0), ...group]))
}

/** The account a heading of groupedRows stands for, or null where the number is a row. */
export function headingAccount(entry: number): number | null {
  return entry < 0 ? -1 - entry : null
}

/** Tells any two accounts apart: "shop1" and "shop01" count the same, and are two; so are a WHM user and its account. */
const wholeName = ({ serverName, server, user, isWhmUser }: AccountFacts) => [
  ...[serverName, server].map(naturalKey),
  server,
  naturalKey(user),
  user,
  isWhmUser ? 'whm' : '',
]

/** A number per row that orders like the column; null for base order itself. */
function keysOf(
  columns: Columns,
  texts: SearchTexts,
  { names }: Orders,
  by: SortKey,
): Float64Array | Int32Array | Uint8Array | null {
  switch (by) {
    case 'account':
      return null
    case 'name':
      return Int32Array.from(texts.nameOf, (name) => names[name] ?? 0)
    case 'domain':
      return perRow(
        columns,
        accountRanks(columns, ({ domain }) => [naturalKey(domain)]),
      )
    case 'server':
      return perRow(
        columns,
        accountRanks(columns, ({ serverName, server }) => [serverName, server].map(naturalKey)),
      )
    case 'created':
      // Not known comes first, as the oldest.
      return columns.created.map((time) => (Number.isNaN(time) ? Number.NEGATIVE_INFINITY : time))
    case 'expires':
      return columns.expires
    case 'access':
      return columns.access
  }
}

function perRow(columns: Columns, ranks: Int32Array): Int32Array {
  return columns.account.map((account) => ranks[account] ?? 0)
}

/** Where each account stands by some keys; equals have the same rank. */
function accountRanks(columns: Columns, keysOf: (facts: AccountFacts) => string[]): Int32Array {
  return ranksOf(columns.accounts.map((facts) => keysOf(facts).join('\0')))
}

function ranksOf(keys: readonly string[]): Int32Array {
  const distinct = [...new Set(keys)].sort(byText)
  const rankOf = new Map(distinct.map((key, rank) => [key, rank]))
  return Int32Array.from(keys, (key) => rankOf.get(key) ?? 0)
}

function byText(one: string, other: string): number {
  return one < other ? -1 : Number(one > other)
}
