import { ACCESS, type AccountFacts, type Columns } from './columns'
import { naturalKey, type SearchTexts } from './searchTexts'

export const SORT_KEYS = ['account', 'name', 'domain', 'server', 'created', 'expires', 'access'] as const
export type SortKey = (typeof SORT_KEYS)[number]
export type Order = { by: SortKey; isDescending: boolean }

/** Every row by server, account and name: what other orders fall back to among equals. Made anew when rows change. */
export function baseOrder(columns: Columns, texts: SearchTexts): Int32Array {
  const rows = new Int32Array(columns.length)
  let count = 0
  for (let row = 0; row < columns.length; row += 1) if (columns.access[row] !== ACCESS.gone) rows[count++] = row
  const ranks = accountRanks(columns, wholeName)
  const rankOf = (row: number) => ranks[columns.account[row] ?? 0] ?? 0
  return rows
    .subarray(0, count)
    .sort((one, other) => rankOf(one) - rankOf(other) || byText(texts.keys[one] ?? '', texts.keys[other] ?? ''))
}

/** Rows in an order; equals stay as they were. The rows given are in base order and are not changed. */
export function orderedRows(columns: Columns, texts: SearchTexts, rows: Int32Array, order: Order): Int32Array {
  const keys = keysOf(columns, texts, order.by)
  const direction = order.isDescending ? -1 : 1
  const sorted = Int32Array.from(rows)
  if (keys === null) return order.isDescending ? sorted.reverse() : sorted
  return sorted.sort((one, other) => {
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

const wholeName = ({ serverName, server, user }: AccountFacts) => [serverName, server, user]

/** A number per row that orders like the column; null for base order itself. */
function keysOf(columns: Columns, texts: SearchTexts, by: SortKey): Float64Array | Int32Array | Uint8Array | null {
  switch (by) {
    case 'account':
      return null
    case 'name':
      return nameRanks(columns, texts)
    case 'domain':
      return perRow(
        columns,
        accountRanks(columns, ({ domain }) => [domain]),
      )
    case 'server':
      return perRow(
        columns,
        accountRanks(columns, ({ serverName, server }) => [serverName, server]),
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

/** Where each account stands by some of its facts; equals have the same rank. */
function accountRanks(columns: Columns, textsOf: (facts: AccountFacts) => string[]): Int32Array {
  const keys = columns.accounts.map((facts) => textsOf(facts).map(naturalKey).join('\0'))
  return ranksOf(keys)
}

const rankedNames = new WeakMap<SearchTexts, { version: number; ranks: Int32Array }>()

/** Comparing numbers is many times quicker than comparing names, so names are ranked once until they change. */
function nameRanks(columns: Columns, texts: SearchTexts): Int32Array {
  const known = rankedNames.get(texts)
  if (known?.version === texts.version) return known.ranks
  const ranks = ranksOf(texts.keys.slice(0, columns.length))
  rankedNames.set(texts, { version: texts.version, ranks })
  return ranks
}

function ranksOf(keys: readonly string[]): Int32Array {
  const distinct = [...new Set(keys)].sort(byText)
  const rankOf = new Map(distinct.map((key, rank) => [key, rank]))
  return Int32Array.from(keys, (key) => rankOf.get(key) ?? 0)
}

function byText(one: string, other: string): number {
  return one < other ? -1 : Number(one > other)
}
