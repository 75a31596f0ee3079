import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { NO_FILTER } from './filter'
import { headingAccount } from './order'
import { anyFilter, anyOrder, anyRows, inOrder, isShown } from './plain.testing'
import { DAY, NOW, anyHistory, facts, followed, token } from './rows.testing'
import { timelineMonths } from './timeline'
import { viewOf, type ViewRequest } from './view'

const months = timelineMonths(NOW)
const FIRST: ViewRequest = {
  filter: NO_FILTER,
  order: { by: 'account', isDescending: false },
  isGrouped: false,
  now: NOW,
  months,
  skews: [],
  succeeded: [],
}
const anyRequest: fc.Arbitrary<ViewRequest> = fc.record({
  filter: anyFilter,
  order: anyOrder,
  isGrouped: fc.boolean(),
  now: fc.constantFrom(NOW, NOW + 7 * DAY),
  months: fc.constant(months),
  skews: fc.constant([]),
  succeeded: anyRows,
})
/** Something told, then something asked, again and again. */
const anySession = anyHistory.chain((history) =>
  fc.tuple(...history.map((told) => fc.tuple(fc.constant(told), anyRequest))),
)

describe('a view', () => {
  test('is what filtering and sorting a plain list gives, whatever was told and asked before', () => {
    fc.assert(
      fc.property(anySession, (session) => {
        const all = followed()
        for (const [[facts, tokens], request] of session) {
          all.tell(facts, tokens)
          const { entries, total, accounts, timeline } = viewOf(all.viewer, request)
          const shown = all.rows().filter((row) => isShown(row, request.filter, request.now, request.succeeded))
          const rows = [...entries].filter((entry) => headingAccount(entry) === null)
          const expected = request.isGrouped ? underHeadings(shown, request) : inOrder(shown, request.order)
          expect(rows).toEqual(expected.map(({ row }) => row))
          expect(total).toBe(shown.length)
          expect(accounts).toBe(new Set(shown.map(({ account }) => account)).size)
          expect(entries).toHaveLength(total + (request.isGrouped ? accounts : 0))
          const others = { ...request.filter, state: null, expires: NO_FILTER.expires }
          const counted = timeline.months.reduce((sum, count) => sum + count, timeline.expired + timeline.later)
          const timed = all.rows().filter((row) => isShown(row, others, request.now, request.succeeded))
          expect(counted + timeline.never).toBe(timed.length)
          // The entries are the caller's own, to give away or to spoil.
          entries.fill(-1)
        }
      }),
      { numRuns: 60 },
    )
  })

  test('has the timeline of what its other conditions show, whatever is asked of expiry', () => {
    const all = followed()
    const tokens = [token('past', NOW), token('soon', NOW + 60), token('far', NOW + 999 * DAY), token('never')]
    all.tell(facts('ada'), [...tokens, token('other-past', NOW - 1)])
    const state = 'expired'
    const expires = { from: NOW, to: NOW + 5 }
    const { total, timeline } = viewOf(all.viewer, {
      ...FIRST,
      filter: { ...NO_FILTER, query: '????*', state, expires },
    })
    expect(total).toBe(1)
    expect(timeline).toEqual({ expired: 2, months: [1, ...months.slice(1).map(() => 0)], later: 0, never: 1 })
  })

  test('of the same question is the same again, whatever became of the first answer', () => {
    const all = followed()
    all.tell(facts('ada'), [token('b'), token('a')])
    const first = viewOf(all.viewer, FIRST)
    expect([...first.entries]).toEqual([1, 0])
    first.entries.fill(7)
    structuredClone(first.entries.buffer, { transfer: [first.entries.buffer] })
    expect([...viewOf(all.viewer, FIRST).entries]).toEqual([1, 0])
  })

  test('hands over its own entries alone, not the list they were cut from', () => {
    const all = followed()
    all.tell(facts('ada'), [token('a'), token('b'), token('c')])
    const { entries } = viewOf(all.viewer, { ...FIRST, filter: { ...NO_FILTER, query: 'b' } })
    expect([...entries]).toEqual([1])
    expect(entries.buffer.byteLength).toBe(entries.byteLength)
  })

  test('tells what has expired by the clock of each server, and sorts by what the servers say', () => {
    const all = followed()
    all.tell(facts('ada'), [token('ada-soon', NOW + 300), token('ada-never')])
    all.tell(facts('bob'), [token('bob-soon', NOW + 301), token('bob-past', NOW - 300)])
    const skews = [
      [0, 600],
      [1, -600],
    ] as const
    const expired = { ...FIRST, filter: { ...NO_FILTER, state: 'expired' as const } }
    const names = (request: ViewRequest) =>
      Array.from(viewOf(all.viewer, request).entries, (row) => all.inventory.columns.names[row])
    expect(names(expired)).toEqual(['bob-past'])
    expect(names({ ...expired, skews })).toEqual(['ada-soon'])
    expect(viewOf(all.viewer, { ...FIRST, skews }).timeline).toMatchObject({ expired: 1, never: 1 })
    expect(names({ ...FIRST, order: { by: 'expires', isDescending: false }, skews })).toEqual([
      'bob-past',
      'ada-soon',
      'bob-soon',
      'ada-never',
    ])
  })

  test('of nothing is empty', () => {
    const nothing = { entries: new Int32Array(0), total: 0, accounts: 0 }
    const timeline = { expired: 0, months: months.map(() => 0), later: 0, never: 0 }
    expect(viewOf(followed().viewer, FIRST)).toEqual({ ...nothing, timeline })
    expect(viewOf(followed().viewer, { ...FIRST, isGrouped: true })).toEqual({ ...nothing, timeline })
  })
})

/** Rows account by account, accounts from A to Z whatever the order within. */
function underHeadings(shown: Parameters<typeof inOrder>[0], { order }: ViewRequest) {
  const accounts = inOrder(shown, FIRST.order).map(({ account }) => account)
  const rows = inOrder(shown, order)
  return [...new Set(accounts)].flatMap((account) => rows.filter((row) => row.account === account))
}
