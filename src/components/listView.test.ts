import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ApiToken, Expiry } from '../cpanel/token'
import { PAGE_SIZES, listViewFrom, listViewTo, showTokens, type ListView, type SortKey } from './listView'

const NOTHING = new URLSearchParams()
const START: ListView = { q: '', sort: 'name', isDescending: false, page: 1, size: 20 }

const sort = fc.constantFrom<SortKey>('name', 'created', 'expires')
const view: fc.Arbitrary<ListView> = fc.record({
  q: fc.string({ unit: 'binary' }),
  sort,
  isDescending: fc.boolean(),
  page: fc.integer({ min: 1, max: 10_000 }),
  size: fc.constantFrom(...PAGE_SIZES),
})

function token(name: string, more: Partial<ApiToken> = {}): ApiToken {
  return { name, created: null, expiry: { kind: 'never' }, access: { kind: 'full' }, ...more }
}

function tokens(count: number): ApiToken[] {
  return Array.from({ length: count }, (_, index) => token(`t-${index + 1}`))
}

/** The names that a view shows, in order. */
function shown(all: readonly ApiToken[], view: Partial<ListView>): string[] {
  return showTokens(all, { ...START, ...view }).tokens.map(({ name }) => name)
}

describe('the view in the URL', () => {
  test('comes back as it was, whatever is remembered', () => {
    fc.assert(
      fc.property(view, view, (view, remembered) => {
        const search = new URLSearchParams(String(listViewTo(view)))
        expect(listViewFrom(search, listViewTo(remembered))).toEqual(view)
      }),
    )
  })

  test('without any is names upwards, twenty a page', () => {
    expect(listViewFrom(NOTHING, NOTHING)).toEqual(START)
  })

  test('leaves order and size to what is remembered, search and page never', () => {
    const remembered = new URLSearchParams('q=old&sort=expires&dir=desc&size=100&page=3')
    expect(listViewFrom(NOTHING, remembered)).toEqual({ ...START, sort: 'expires', isDescending: true, size: 100 })
    expect(listViewFrom(new URLSearchParams('sort=name&dir=asc&size=20'), remembered)).toEqual(START)
  })

  test.each(['sort=colour&dir=up&size=21&page=0', 'page=-1', 'page=1.5', 'page=x', 'page=1e99', 'size=', 'size=all'])(
    'that says %s is taken without what is wrong in it',
    (search) => {
      expect(listViewFrom(new URLSearchParams(search), NOTHING)).toEqual(START)
    },
  )

  test('says order and size always, search and page where they matter', () => {
    expect(String(listViewTo(START))).toBe('sort=name&dir=asc&size=20')
    expect(String(listViewTo({ ...START, q: 'a b', page: 2 }))).toBe('q=a+b&sort=name&dir=asc&size=20&page=2')
  })
})

describe('pages', () => {
  test('57 tokens are three of 20', () => {
    const [first, , third] = [1, 2, 3].map((page) => showTokens(tokens(57), { ...START, page }))
    expect(first).toMatchObject({ first: 1, last: 20, total: 57, page: 1, pages: 3 })
    expect(third).toMatchObject({ first: 41, last: 57, total: 57, page: 3, pages: 3 })
    expect(third?.tokens).toHaveLength(17)
  })

  test('one beyond the end is the last', () => {
    expect(showTokens(tokens(57), { ...START, page: 9 })).toMatchObject({ page: 3, first: 41, last: 57 })
    expect(showTokens(tokens(20), { ...START, page: 2 })).toMatchObject({ page: 1, pages: 1, first: 1, last: 20 })
  })

  test('of nothing are one empty page', () => {
    const nothing = { tokens: [], first: 0, last: 0, total: 0, page: 1, pages: 1 }
    expect(showTokens([], { ...START, page: 4 })).toEqual(nothing)
    expect(showTokens(tokens(3), { ...START, q: 'none of them' })).toEqual(nothing)
  })

  test('together are every token that matches, each once', () => {
    fc.assert(
      fc.property(fc.nat(250), view, (count, view) => {
        const all = tokens(count)
        const { pages, total } = showTokens(all, { ...view, q: '' })
        const pageNames = Array.from({ length: pages }, (_, page) =>
          shown(all, { ...view, q: '', page: page + 1 }),
        ).flat()
        expect(total).toBe(count)
        expect(pageNames.toSorted()).toEqual(all.map(({ name }) => name).toSorted())
      }),
      { numRuns: 50 },
    )
  })
})

function day(date: string): Date {
  return new Date(`${date}T00:00:00Z`)
}

function at(date: string): Expiry {
  return { kind: 'at', at: day(date) }
}

describe('the order', () => {
  const list = [
    token('b10', { created: day('2026-01-03'), expiry: at('2027-01-01') }),
    token('b9', { created: day('2026-01-01') }),
    token('A', { created: null, expiry: at('2026-01-01') }),
    token('a', { created: day('2026-01-03'), expiry: at('2027-01-01') }),
  ]

  test('by name counts numbers as numbers, and sets the same in other letters side by side', () => {
    expect(shown(list, {})).toEqual(['a', 'A', 'b9', 'b10'])
    expect(shown(list, { isDescending: true })).toEqual(['b10', 'b9', 'A', 'a'])
  })

  test('by creation has the unknown first, and the same moment by name', () => {
    expect(shown(list, { sort: 'created' })).toEqual(['A', 'b9', 'a', 'b10'])
    expect(shown(list, { sort: 'created', isDescending: true })).toEqual(['a', 'b10', 'b9', 'A'])
  })

  test('by expiry has “never” after every date', () => {
    expect(shown(list, { sort: 'expires' })).toEqual(['A', 'a', 'b10', 'b9'])
    expect(shown(list, { sort: 'expires', isDescending: true })).toEqual(['b9', 'a', 'b10', 'A'])
  })

  test('is the same however the server ordered its answer', () => {
    const moment = fc.constantFrom(0, 1, 2).map((second) => new Date(second * 1000))
    const some = fc.record({
      name: fc.oneof(fc.constantFrom('a', 'A', 'a1', 'a01', 'a-1', 'á', 'b'), fc.string({ unit: 'binary' })),
      created: fc.option(moment),
      expiry: fc.oneof(
        fc.constant({ kind: 'never' as const }),
        moment.map((at) => ({ kind: 'at' as const, at })),
      ),
      access: fc.constant({ kind: 'full' as const }),
    })
    const shuffled = fc
      .uniqueArray(some, { selector: ({ name }) => name, maxLength: 12 })
      .chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })))
    fc.assert(
      fc.property(shuffled, sort, fc.boolean(), ([all, others], sort, isDescending) => {
        expect(shown(others, { sort, isDescending })).toEqual(shown(all, { sort, isDescending }))
      }),
      { numRuns: 300 },
    )
  })

  test('leaves the list it was given alone', () => {
    const before = [...list]
    shown(list, { isDescending: true })
    expect(list).toEqual(before)
  })
})

test('a search finds parts of names in either case, blanks around it aside', () => {
  const list = [token('Deploy-bot'), token('backup'), token('BOTTLE')]
  expect(shown(list, { q: ' bot ' })).toEqual(['BOTTLE', 'Deploy-bot'])
  expect(shown(list, { q: '.*' })).toEqual([])
  expect(shown(list, { q: '  ' })).toHaveLength(3)
})
