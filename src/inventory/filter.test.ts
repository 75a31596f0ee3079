import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { AccountFacts } from './columns'
import { EXPIRY_STATES, NO_FILTER, accountMatcher, matchingRows, type Filter } from './filter'
import { anyFilter, anyRows, isLike, isShown } from './plain.testing'
import { DAY, NOW, anyHistory, facts, followed, token, type Followed } from './rows.testing'

/** The rows that a filter finds among those that are there, in no order. */
function found({ viewer, rows }: Followed, filter: Partial<Filter>, now = NOW): number[] {
  const every = Int32Array.from(rows(), ({ row }) => row)
  return [...matchingRows(viewer.columns, viewer.texts, { ...NO_FILTER, ...filter }, now, every)]
}

/** The names of tokens of one account that a filter finds. */
function names(tokens: Parameters<Followed['tell']>[1], filter: Partial<Filter>, account = facts('ada')): string[] {
  const all = followed()
  all.tell(account, tokens)
  return found(all, filter).map((row) => tokens[row]?.name ?? 'none of them')
}

/** The names that a query finds. */
function searched(query: string, ...all: string[]): string[] {
  return names(
    all.map((name) => token(name)),
    { query },
  )
}

test('a filter finds what looking at each token finds, in the order given', () => {
  fc.assert(
    fc.property(anyHistory, anyFilter, anyRows, fc.boolean(), (history, filter, succeeded, isBackwards) => {
      const all = followed()
      for (const [facts, tokens] of history) all.tell(facts, tokens)
      const rows = isBackwards ? all.rows().reverse() : all.rows()
      const expected = rows.filter((row) => isShown(row, filter, NOW, succeeded)).map(({ row }) => row)
      const every = Int32Array.from(rows, ({ row }) => row)
      const { columns, texts } = all.viewer
      expect([...matchingRows(columns, texts, filter, NOW, every, succeeded)]).toEqual(expected)
    }),
    { numRuns: 200 },
  )
})

test('asking nothing shows everything, and hands on the list as it is', () => {
  const all = followed()
  all.tell(facts('ada'), [token('ci'), token('backup', NOW)])
  const every = Int32Array.of(1, 0)
  expect(matchingRows(all.viewer.columns, all.viewer.texts, NO_FILTER, NOW, every)).toEqual(Int32Array.of(1, 0))
  expect(found(all, { query: '  ' })).toHaveLength(2)
})

describe('when a token expires', () => {
  test.each([
    ['this very moment', 0, ['expired']],
    ['a moment ago', -0.001, ['expired']],
    ['in a moment', 0.001, ['within7', 'within14', 'within30', 'within90']],
    ['just before 7 days', 7 * DAY - 1, ['within7', 'within14', 'within30', 'within90']],
    ['in 7 days to the second', 7 * DAY, ['within14', 'within30', 'within90']],
    ['just before 14 days', 14 * DAY - 1, ['within14', 'within30', 'within90']],
    ['in 14 days to the second', 14 * DAY, ['within30', 'within90']],
    ['just before 30 days', 30 * DAY - 1, ['within30', 'within90']],
    ['in 30 days to the second', 30 * DAY, ['within90']],
    ['just before 90 days', 90 * DAY - 1, ['within90']],
    ['in 90 days to the second', 90 * DAY, ['later']],
    ['in the year 9999', Date.UTC(9999, 11, 31) / 1000 - NOW, ['later']],
  ])('%s, it is found by what holds and by nothing else', (_when, left, expected) => {
    const states = EXPIRY_STATES.filter((state) => names([token('ci', NOW + left)], { state }).length > 0)
    expect(states).toEqual(expected)
  })

  test('never, it is found by that alone, and in no span of time', () => {
    const states = EXPIRY_STATES.filter((state) => names([token('ci')], { state }).length > 0)
    expect(states).toEqual(['never'])
    expect(names([token('ci')], { expires: { from: 0, to: null } })).toEqual([])
    expect(names([token('ci')], { expires: { from: null, to: 9e12 } })).toEqual([])
  })

  test('a span has its first moment and not its last', () => {
    const tokens = [NOW - 1, NOW, NOW + 9, NOW + 10].map((at) => token(`t${at - NOW}`, at))
    expect(names(tokens, { expires: { from: NOW, to: NOW + 10 } })).toEqual(['t0', 't9'])
    expect(names(tokens, { expires: { from: null, to: NOW } })).toEqual(['t-1'])
    expect(names(tokens, { expires: { from: NOW + 10, to: null } })).toEqual(['t10'])
  })
})

describe('when a token was created', () => {
  const tokens = [
    token('unknown'),
    token('old', null, { created: new Date((NOW - 365 * DAY - 1) * 1000) }),
    token('a year', null, { created: new Date((NOW - 365 * DAY) * 1000) }),
  ]

  test('is in no span where the server did not say', () => {
    expect(names(tokens, { created: { from: 0, to: null } })).toEqual(['old', 'a year'])
    expect(names(tokens, { created: { from: null, to: NOW } })).toEqual(['old', 'a year'])
  })

  test('more than a year ago, it is to be reviewed; unknown, it is not called old', () => {
    expect(names(tokens, { review: ['old'] })).toEqual(['old'])
  })
})

test('a review shows what has any of its faults, among what else was asked for', () => {
  const old = { created: new Date((NOW - 400 * DAY) * 1000) }
  const tokens = [token('gone-by', NOW), token('forever'), token('old', NOW + DAY, old), token('fine', NOW + DAY)]
  expect(names(tokens, { review: ['expired', 'never', 'old'] })).toEqual(['gone-by', 'forever', 'old'])
  expect(names(tokens, { review: ['old', 'never'] })).toEqual(['forever', 'old'])
  expect(names(tokens, { review: ['expired', 'never', 'old'], query: 'o', state: 'within7' })).toEqual(['old'])
})

describe('a search', () => {
  test('finds parts of the name, the account and its domain, in either case, blanks around it aside', () => {
    const ada = facts('AdaCo', { domain: 'Shop.Example' })
    for (const query of ['DEPLOY', ' dep ', 'adac', 'P.EX', '\tshop ']) {
      expect(names([token('Deploy')], { query }, ada)).toEqual(['Deploy'])
    }
    expect(names([token('Deploy')], { query: 'bob' }, ada)).toEqual([])
  })

  test('takes no end of one fact and beginning of the next for a part', () => {
    expect(names([token('ci')], { query: 'adashop' }, facts('ada', { domain: 'shop.example' }))).toEqual([])
  })

  test('with * or ? is for the whole name and for names only', () => {
    expect(searched('ci*', 'ci', 'ci-1', 'my-ci')).toEqual(['ci', 'ci-1'])
    expect(searched('C?', 'c', 'ci', 'cid')).toEqual(['ci'])
    expect(searched('*I-?', 'ci-1', 'ci-10', 'i-', 'i-x')).toEqual(['ci-1', 'i-x'])
    expect(searched('ad*', 'ci')).toEqual([])
    expect(searched('?', '😀', 'ab', 'é')).toEqual(['😀', 'é'])
  })

  test('takes what means something in patterns of other kinds as it is', () => {
    const odd = ['a.b', 'axb', '[a]', 'a', 'a+', 'aa', '(x|y)', 'x', '^a$', String.raw`a\d`, 'a1', '{2}', 'a\nb']
    expect(searched('a.*', ...odd)).toEqual(['a.b'])
    expect(searched('[a]*', ...odd)).toEqual(['[a]'])
    expect(searched('a+*', ...odd)).toEqual(['a+'])
    expect(searched('(x|y)*', ...odd)).toEqual(['(x|y)'])
    expect(searched('^a$*', ...odd)).toEqual(['^a$'])
    expect(searched(String.raw`?\d`, ...odd)).toEqual([String.raw`a\d`])
    expect(searched('{?}', ...odd)).toEqual(['{2}'])
    expect(searched('a?b', ...odd)).toEqual(['a.b', 'axb', 'a\nb'])
  })

  test('with patterns finds what trying every way finds', () => {
    const name = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?', '😀'), maxLength: 8 })
    fc.assert(
      fc.property(name, name, (name, query) => {
        const isFound = /[*?]/.test(query) ? isLike(Array.from(name), Array.from(query)) : name.includes(query)
        expect(names([token(name)], { query }, facts('zed', { domain: '' }))).toEqual(isFound ? [name] : [])
      }),
      { numRuns: 500 },
    )
  })

  test.each([
    ['between letters', '*a*a*a*a*a*a*a*b'],
    ['between single characters', '*?*?*?*?*?*?*?b'],
    ['in a row', `${'*'.repeat(5000)}b`],
  ])('with many stars %s answers at once', (_where, query) => {
    // Trying every way to match would take longer than the universe lasts.
    expect(searched(query, 'a'.repeat(50), `${'a'.repeat(49)}b`)).toEqual([`${'a'.repeat(49)}b`])
  })
})

test('accounts are asked first where the filter can hold for them', () => {
  const all = followed()
  const [ada, bob] = [facts('ada', { plan: 'big', isSuspended: true }), facts('bob', { server: 's2' })]
  for (const account of [ada, bob]) all.tell(account, [])
  const asked = (filter: Partial<Filter>): AccountFacts['user'][] => {
    const isMatch = accountMatcher(all.viewer.columns, { ...NO_FILTER, ...filter })
    return [ada, bob].filter((_, index) => isMatch(index)).map(({ user }) => user)
  }
  expect(asked({ query: 'nothing like it', state: 'never' })).toEqual(['ada', 'bob'])
  expect(asked({ server: 's2' })).toEqual(['bob'])
  expect(asked({ account: 'ada' })).toEqual(['ada'])
  expect(asked({ plan: 'big', isSuspended: true })).toEqual(['ada'])
  expect(asked({ plan: 'big', isSuspended: false })).toEqual([])
  expect(accountMatcher(all.viewer.columns, NO_FILTER)(2)).toBe(false)
})
