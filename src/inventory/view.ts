import { newColumns, type Columns } from './columns'
import { NO_FILTER, matchingRows, type Filter, type Span } from './filter'
import { groupedRows, newOrders, rowsInOrder, type Order, type Orders } from './order'
import { newSearchTexts, type SearchTexts } from './searchTexts'
import { countTimeline, type Timeline } from './timeline'

/** How many seconds the clock of an account's server is ahead of this machine's. */
export type Skew = readonly [account: number, seconds: number]

/**
 * What somebody wants to see. `now` is seconds since epoch, by this machine's clock; `months` are the bars of the timeline.
 * `skews` are the accounts whose server has another clock, which decides when a token of theirs has expired; `succeeded` the rows
 * with a living successor, where the filter asks for them: only the page has the names that tell.
 */
export type ViewRequest = {
  filter: Filter
  order: Order
  isGrouped: boolean
  now: number
  months: readonly Span[]
  skews: readonly Skew[]
  succeeded: readonly number[]
}

/**
 * What there is to see. `entries` are row numbers, or headings (see groupedRows) among them; `total` counts the rows, and
 * `accounts` the accounts they belong to. The timeline leaves the conditions on expiry aside: it is what one filters with.
 */
export type View = { entries: Int32Array; total: number; accounts: number; timeline: Timeline }

/** What views of columns that change are worked out from; it keeps what several of them need. */
export type Viewer = { columns: Columns; texts: SearchTexts; orders: Orders }

export function newViewer(): Viewer {
  return { columns: newColumns(), texts: newSearchTexts(), orders: newOrders() }
}

/** Works out a view. Its entries are the caller's own. */
export function viewOf(viewer: Viewer, request: ViewRequest): View {
  const { texts, orders } = viewer
  const { filter, now, succeeded } = request
  const every = rowsInOrder(viewer.columns, texts, orders, request.order)
  const columns = byThisClock(viewer.columns, request.skews)
  const unexpiring: Filter = { ...filter, state: null, expires: NO_FILTER.expires }
  const all = matchingRows(columns, texts, unexpiring, now, every, succeeded)
  const rows = matchingRows(columns, texts, onlyExpiry(filter), now, all)
  return {
    entries: request.isGrouped ? groupedRows(columns, rows) : rows.slice(),
    total: rows.length,
    accounts: countAccounts(columns, rows),
    timeline: countTimeline(columns, all, request.months),
  }
}

/** The columns with each expiry at the moment when it comes true here: a server that is ahead ends its tokens earlier. */
function byThisClock(columns: Columns, skews: readonly Skew[]): Columns {
  if (skews.length === 0) return columns
  const ahead = new Float64Array(columns.accounts.length)
  for (const [account, seconds] of skews) ahead[account] = seconds
  return { ...columns, expires: columns.expires.map((at, row) => at - (ahead[columns.account[row] ?? -1] ?? 0)) }
}

/** The conditions on expiry alone: the second step, after everything else was asked. */
function onlyExpiry({ state, expires }: Filter): Filter {
  return { ...NO_FILTER, state, expires }
}

function countAccounts(columns: Columns, rows: Int32Array): number {
  const seen = new Uint8Array(columns.accounts.length)
  let count = 0
  for (const row of rows) {
    const account = columns.account[row] ?? 0
    if (seen[account] === 0) {
      seen[account] = 1
      count += 1
    }
  }
  return count
}
