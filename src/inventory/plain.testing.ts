import * as fc from 'fast-check'
import { EXPIRY_STATES, NO_FILTER, REVIEWS, type Filter, type Span } from './filter'
import { SORT_KEYS, type Order } from './order'
import { DAY, anySecond, type PlainRow } from './rows.testing'

/** Filtering and sorting without columns, caches or ranks: what the quick ones must agree with. */
export function isShown(
  { row, facts, token }: PlainRow,
  filter: Filter,
  now: number,
  succeeded: readonly number[] = [],
): boolean {
  const created = token.created === null ? null : token.created.getTime() / 1000
  const expires = token.expiry.kind === 'never' ? null : token.expiry.at.getTime() / 1000
  const states = {
    expired: expires !== null && expires <= now,
    within7: expires !== null && expires > now && expires < now + 7 * DAY,
    within14: expires !== null && expires > now && expires < now + 14 * DAY,
    within30: expires !== null && expires > now && expires < now + 30 * DAY,
    within90: expires !== null && expires > now && expires < now + 90 * DAY,
    later: expires !== null && expires >= now + 90 * DAY,
    never: expires === null,
  }
  const reviews = { ...states, old: created !== null && created < now - 365 * DAY, succeeded: succeeded.includes(row) }
  return (
    isFound(
      token.name.toLowerCase(),
      `${facts.user} ${facts.domain}`.toLowerCase(),
      filter.query.trim().toLowerCase(),
    ) &&
    (filter.state === null || states[filter.state]) &&
    isIn(filter.created, created) &&
    isIn(filter.expires, expires) &&
    (filter.server === null || filter.server === facts.server) &&
    (filter.account === null || filter.account === facts.user) &&
    (filter.plan === null || filter.plan === facts.plan) &&
    (filter.isSuspended === null || filter.isSuspended === facts.isSuspended) &&
    (filter.review.length === 0 || filter.review.some((review) => reviews[review]))
  )
}

function isIn({ from, to }: Span, time: number | null): boolean {
  if (from === null && to === null) return true
  return time !== null && (from === null || time >= from) && (to === null || time < to)
}

function isFound(name: string, account: string, query: string): boolean {
  if (/[*?]/.test(query)) return isLike(Array.from(name), Array.from(query))
  return name.includes(query) || account.includes(query)
}

export function isLike(name: readonly string[], pattern: readonly string[]): boolean {
  const [first, ...rest] = pattern
  if (first === undefined) return name.length === 0
  if (first === '*') return name.some((_, at) => isLike(name.slice(at), rest)) || isLike([], rest)
  return name.length > 0 && (first === '?' || first === name[0]) && isLike(name.slice(1), rest)
}

/** As people count: runs of digits by their value, and before everything else. */
export function compareAsPeopleCount(one: string, other: string): number {
  const [ones, others] = [one, other].map((text) => text.toLowerCase().match(/\d+|\D/g) ?? [])
  for (const [at, mine] of (ones ?? []).entries()) {
    const theirs = others?.[at]
    if (theirs === undefined) return 1
    const areNumbers = [mine, theirs].map((part) => /\d/.test(part))
    if (areNumbers[0] !== areNumbers[1]) return areNumbers[0] ? -1 : 1
    const compared = areNumbers[0] ? compare(BigInt(mine), BigInt(theirs)) : compare(mine, theirs)
    if (compared !== 0) return compared
  }
  return (ones?.length ?? 0) - (others?.length ?? 0)
}

function compare<Value extends string | number | bigint>(one: Value, other: Value): number {
  return one < other ? -1 : Number(one > other)
}

type Comparison = (one: PlainRow, other: PlainRow) => number
const byText =
  (textOf: (row: PlainRow) => string): Comparison =>
  (one, other) =>
    compareAsPeopleCount(textOf(one), textOf(other))
const byNumber =
  (numberOf: (row: PlainRow) => number): Comparison =>
  (one, other) =>
    compare(numberOf(one), numberOf(other))
const inTurn =
  (...all: Comparison[]): Comparison =>
  (one, other) =>
    all.reduce((decided, next) => decided || next(one, other), 0)

const byServer = inTurn(
  byText(({ facts }) => facts.serverName),
  byText(({ facts }) => facts.server),
)
const byAccount = inTurn(
  byServer,
  ({ facts }, other) => compare(facts.server, other.facts.server),
  byText(({ facts }) => facts.user),
  ({ facts }, other) => compare(facts.user, other.facts.user),
  byNumber(({ facts }) => Number(facts.isWhmUser ?? false)),
)
const byName = byText(({ token }) => token.name)
const base = inTurn(
  byAccount,
  byName,
  byNumber(({ row }) => row),
)
const ACCESSES = ['full', 'read-only', 'limited', 'whm']
const comparisons = {
  name: byName,
  domain: byText(({ facts }) => facts.domain),
  server: byServer,
  created: byNumber(({ token }) => token.created?.getTime() ?? Number.NEGATIVE_INFINITY),
  expires: byNumber(({ token: { expiry } }) => (expiry.kind === 'at' ? expiry.at.getTime() : Number.POSITIVE_INFINITY)),
  access: byNumber(({ token }) => ACCESSES.indexOf(token.access.kind)),
}

export function inOrder(rows: readonly PlainRow[], { by, isDescending }: Order): PlainRow[] {
  const sorted = rows.toSorted(base)
  if (by === 'account') return isDescending ? sorted.reverse() : sorted
  return sorted.sort((one, other) => comparisons[by](one, other) * (isDescending ? -1 : 1))
}

export const anyOrder: fc.Arbitrary<Order> = fc.record({
  by: fc.constantFrom(...SORT_KEYS),
  isDescending: fc.boolean(),
})

const rare = <Value>(value: fc.Arbitrary<Value>, nothing: Value) =>
  fc.oneof({ weight: 4, arbitrary: fc.constant(nothing) }, { weight: 1, arbitrary: value })
const anySpan: fc.Arbitrary<Span> = fc.record({ from: fc.option(anySecond), to: fc.option(anySecond) })

/** Rows of the few there are. */
export const anyRows: fc.Arbitrary<number[]> = fc.array(fc.nat({ max: 12 }))

export const anyFilter: fc.Arbitrary<Filter> = fc.record({
  query: rare(fc.constantFrom(' a ', 'CI-*', '?', 'web', 'b.ex', '*[a]*', 'ci-?', '**', 'a*', 'nowhere'), ''),
  state: rare<Filter['state']>(fc.constantFrom(...EXPIRY_STATES), null),
  created: rare(anySpan, NO_FILTER.created),
  expires: rare(anySpan, NO_FILTER.expires),
  server: rare<string | null>(fc.constantFrom('s1', 's2'), null),
  account: rare<string | null>(fc.constantFrom('web1', 'zed'), null),
  plan: rare<string | null>(fc.constantFrom('basic', 'none'), null),
  isSuspended: rare<boolean | null>(fc.boolean(), null),
  review: rare<Filter['review']>(fc.subarray([...REVIEWS]), []),
})
