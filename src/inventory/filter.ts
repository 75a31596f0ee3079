import type { Columns } from './columns'
import type { SearchTexts } from './searchTexts'

/** When a token expires, as people ask for it. "Within" counts what expires later than now; `later` is after 90 days. */
export const EXPIRY_STATES = ['expired', 'within7', 'within14', 'within30', 'within90', 'later', 'never'] as const
type ExpiryState = (typeof EXPIRY_STATES)[number]

/**
 * What should not stay as it is: expired and never cleaned up, without expiry, made more than a year ago, or alive although a
 * successor is (data/rotations.ts).
 */
export const REVIEWS = ['expired', 'never', 'old', 'succeeded'] as const
type Review = (typeof REVIEWS)[number]

/** Seconds since epoch, `from` included and `to` not; null where it is open. */
export type Span = { from: number | null; to: number | null }

/** Which tokens to show: all conditions together, but any one of `review`. Empty and null ask nothing. */
export type Filter = {
  /** A part of the token's name, its account's user name or domain; with * or ? a pattern for the whole name. */
  query: string
  state: ExpiryState | null
  created: Span
  expires: Span
  server: string | null
  account: string | null
  plan: string | null
  isSuspended: boolean | null
  review: readonly Review[]
}

const OPEN: Span = { from: null, to: null }

export const NO_FILTER: Filter = {
  query: '',
  state: null,
  created: OPEN,
  expires: OPEN,
  server: null,
  account: null,
  plan: null,
  isSuspended: null,
  review: [],
}

const DAY = 86_400
const YEAR = 365 * DAY

type Test = (row: number) => boolean

/**
 * Rows that a filter lets through, in the order given. Gone ones are not among `rows`: see baseOrder.
 * @param now seconds since epoch
 * @param succeeded the rows whose token has a living successor; needed where the filter asks for them
 */
export function matchingRows(
  columns: Columns,
  texts: SearchTexts,
  filter: Filter,
  now: number,
  rows: Int32Array,
  succeeded: readonly number[] = [],
): Int32Array {
  return testsOf(columns, texts, filter, now, succeeded).reduce(keep, rows)
}

function keep(rows: Int32Array, test: Test): Int32Array {
  const kept = new Int32Array(rows.length)
  let count = 0
  for (let at = 0; at < rows.length; at += 1) {
    const row = rows[at] ?? 0
    if (test(row)) kept[count++] = row
  }
  return kept.subarray(0, count)
}

/** Whether a filter can hold for tokens of an account at all: such accounts are asked first. */
export function accountMatcher(columns: Columns, filter: Filter): (account: number) => boolean {
  const { server, account, plan, isSuspended } = filter
  return (index) => {
    const facts = columns.accounts[index]
    if (facts === undefined) return false
    return (
      (server === null || facts.server === server) &&
      (account === null || facts.user === account) &&
      (plan === null || facts.plan === plan) &&
      (isSuspended === null || facts.isSuspended === isSuspended)
    )
  }
}

function testsOf(
  columns: Columns,
  texts: SearchTexts,
  filter: Filter,
  now: number,
  succeeded: readonly number[],
): Test[] {
  const { created, expires } = columns
  const tests: Test[] = []
  if (filter.server !== null || filter.account !== null || filter.plan !== null || filter.isSuspended !== null) {
    tests.push(byAccount(columns, accountMatcher(columns, filter)))
  }
  if (filter.state !== null) tests.push(stateTest(expires, filter.state, now))
  if (isAsked(filter.created)) tests.push(inSpan(created, filter.created))
  if (isAsked(filter.expires)) tests.push(inSpan(expires, filter.expires))
  if (filter.review.length > 0) {
    const any = filter.review.map((kind) => reviewTest(columns, kind, now, succeeded))
    tests.push((row) => any.some((test) => test(row)))
  }
  const query = filter.query.trim().toLowerCase()
  if (query !== '') tests.push(queryTest(columns, texts, query))
  return tests
}

function isAsked({ from, to }: Span): boolean {
  return from !== null || to !== null
}

/** What is not known or never happens is in no span. */
function inSpan(times: Float64Array, { from, to }: Span): Test {
  const [first, end] = [from ?? Number.NEGATIVE_INFINITY, to ?? Number.POSITIVE_INFINITY]
  return (row) => {
    const time = times[row] ?? Number.NaN
    return time >= first && time < end
  }
}

function stateTest(expires: Float64Array, state: ExpiryState, now: number): Test {
  const within = (days: number) => inSpan(expires, { from: now + 1e-6, to: now + days * DAY })
  switch (state) {
    case 'expired':
      return (row) => (expires[row] ?? Number.NaN) <= now
    case 'within7':
      return within(7)
    case 'within14':
      return within(14)
    case 'within30':
      return within(30)
    case 'within90':
      return within(90)
    case 'later':
      return inSpan(expires, { from: now + 90 * DAY, to: null })
    case 'never':
      return (row) => expires[row] === Number.POSITIVE_INFINITY
  }
}

function reviewTest({ created, expires }: Columns, review: Review, now: number, succeeded: readonly number[]): Test {
  if (review === 'succeeded') {
    const rows = new Set(succeeded)
    return (row) => rows.has(row)
  }
  if (review === 'old') return inSpan(created, { from: null, to: now - YEAR })
  return stateTest(expires, review, now)
}

/** Answers per account are worked out once, not once a row. */
function byAccount({ accounts, account }: Columns, isMatch: (account: number) => boolean): Test {
  const answers = flags(accounts.length, isMatch)
  return (row) => answers[account[row] ?? -1] === 1
}

function queryTest({ account }: Columns, { nameOf, names, accounts }: SearchTexts, query: string): Test {
  if (/[*?]/.test(query)) {
    const pattern = patternOf(query)
    const matching = flags(names.length, (name) => pattern.test(names[name] ?? ''))
    return (row) => matching[nameOf[row] ?? -1] === 1
  }
  const matching = flags(names.length, (name) => names[name]?.includes(query) === true)
  const isIn = flags(accounts.length, (index) => accounts[index]?.includes(query) === true)
  return (row) => matching[nameOf[row] ?? -1] === 1 || isIn[account[row] ?? -1] === 1
}

function flags(length: number, isSet: (index: number) => boolean): Uint8Array {
  const set = new Uint8Array(length)
  for (let index = 0; index < length; index += 1) if (isSet(index)) set[index] = 1
  return set
}

/**
 * `*` stands for anything, `?` for one character; the rest is taken as it is. Each star but the last takes as little as it can
 * and, being looked at ahead, never more: trying all ways to share a name among many stars would take forever.
 */
function patternOf(query: string): RegExp {
  const [start = '', ...parts] = query.split(/\*+/).map(literal)
  const end = parts.pop()
  const middle = parts.map((part, index) => String.raw`(?=(?<star${index}>.*?${part}))\k<star${index}>`)
  return new RegExp(`^${start}${middle.join('')}${end === undefined ? '' : `.*${end}`}$`, 'su')
}

function literal(text: string): string {
  return text.replaceAll(/[.+^${}()|[\]\\]/g, String.raw`\$&`).replaceAll('?', '.')
}
