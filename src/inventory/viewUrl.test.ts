import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { EXPIRY_STATES, NO_FILTER, REVIEWS, type Filter, type Span } from './filter'
import { anyOrder } from './plain.testing'
import { FIRST_CHOICE, choiceFrom, choiceTo, type Choice } from './viewUrl'

/** What a person may have typed or a server be called; a URL can hold no half of a character. */
const text = fc.string({ unit: 'binary', minLength: 1 })
const minute = fc
  .integer({ min: Date.UTC(1970, 0) / 60_000, max: Date.UTC(9999, 11, 31, 23, 59) / 60_000 })
  .map((minutes) => minutes * 60)
const span: fc.Arbitrary<Span> = fc.record({ from: fc.option(minute), to: fc.option(minute) })
const anyChoice: fc.Arbitrary<Choice> = fc.record({
  filter: fc.record<Filter>({
    query: fc.string({ unit: 'binary' }),
    state: fc.option(fc.constantFrom(...EXPIRY_STATES)),
    created: span,
    expires: span,
    server: fc.option(text),
    account: fc.option(text),
    plan: fc.option(text),
    isSuspended: fc.option(fc.boolean()),
    review: fc.subarray([...REVIEWS]),
  }),
  order: anyOrder,
  isGrouped: fc.boolean(),
})

function from(search: string): Choice {
  return choiceFrom(new URLSearchParams(search))
}

function filtering(filter: Partial<Filter>): Choice {
  return { ...FIRST_CHOICE, filter: { ...NO_FILTER, ...filter } }
}

describe('a link to a choice', () => {
  test('shows whoever opens it the same choice', () => {
    fc.assert(
      fc.property(anyChoice, (choice) => {
        expect(from(String(choiceTo(choice)))).toEqual(choice)
      }),
      { numRuns: 300 },
    )
  })

  test('says nothing where nothing was chosen', () => {
    expect(String(choiceTo(FIRST_CHOICE))).toBe('')
    expect(from('')).toEqual(FIRST_CHOICE)
  })

  test('can be read', () => {
    const filter = { ...NO_FILTER, query: 'ci *', created: { from: Date.UTC(2026, 0, 31, 23, 59) / 1000, to: null } }
    const choice: Choice = { filter, order: { by: 'expires', isDescending: true }, isGrouped: true }
    expect([...choiceTo(choice)]).toEqual([
      ['q', 'ci *'],
      ['created_from', '2026-01-31T23:59Z'],
      ['sort', 'expires'],
      ['dir', 'desc'],
      ['group', 'account'],
    ])
  })

  test('keeps “no” apart from “not asked”', () => {
    expect(from('suspended=no').filter.isSuspended).toBe(false)
    expect(from('suspended=yes').filter.isSuspended).toBe(true)
    expect(from('suspended=maybe').filter.isSuspended).toBeNull()
    expect(String(choiceTo(filtering({ isSuspended: false })))).toBe('suspended=no')
  })

  test('has moments to the minute, in UTC, the last one of a year too', () => {
    const moment = Date.UTC(2027, 11, 31, 23, 59, 59) / 1000
    const said = choiceTo(filtering({ expires: { from: moment, to: null } }))
    expect(String(said)).toBe('expires_from=2027-12-31T23%3A59Z')
    expect(choiceFrom(said).filter.expires).toEqual({ from: moment - 59, to: null })
  })
})

describe('a link that somebody wrote or broke', () => {
  test.each([
    'state=dead&sort=colour&dir=up&group=yes&suspended=1&review=all,,&server=&account=&package=',
    'created_from=2026-01-01&created_to=2026-01-01T00:00&expires_from=2026-13-01T00:00Z&expires_to=99999',
    'expires_from=2026-01-01T00:00:00Z&expires_to=2026-01-01T25:00Z&created_to=+12026-01-01T00:00Z',
    'created_from=2026-02-30T00:00Z&created_to=2027-02-29T00:00Z&expires_to=9999-12-31T24:00Z',
    'created_from=1+May+2026&created_to=-000001-01-01T00:00Z&expires_from=2026-05-01T00:00%2B02:00',
    'unknown=1&Q=ci&STATE=never',
  ])('is taken without what is wrong in it: %s', (search) => {
    expect(from(search)).toEqual(FIRST_CHOICE)
  })

  test('is taken with what is right in it', () => {
    const search =
      'state=never&review=nonsense,old,expired,old&sort=colour&created_from=today&created_to=2026-02-28T10:00Z'
    const created = { from: null, to: Date.UTC(2026, 1, 28, 10) / 1000 }
    expect(from(search)).toEqual(filtering({ state: 'never', review: ['expired', 'old'], created }))
  })

  test('never stops the page, and a link to what it shows shows the same', () => {
    const keys = ['q', 'state', 'created_from', 'expires_to', 'server', 'suspended', 'review', 'sort', 'dir', 'group']
    const digits = fc.string({ unit: fc.constantFrom(...Array.from('0129-:TZ+.')), maxLength: 18 })
    const pair = fc.tuple(fc.constantFrom(...keys), fc.oneof(fc.string({ unit: 'binary' }), digits))
    const search = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(pair).map((pairs) => String(new URLSearchParams(pairs))),
    )
    fc.assert(
      fc.property(search, (search) => {
        const choice = from(search)
        expect(from(String(choiceTo(choice)))).toEqual(choice)
      }),
      { numRuns: 500 },
    )
  })
})
