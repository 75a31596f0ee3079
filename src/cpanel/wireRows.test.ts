import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { CpanelError } from './errors'
import { tokenRows } from './wire'

/** The one token of a list with this row. */
function token(row: object) {
  const { tokens } = tokenRows([{ name: 'one', ...row }])
  return tokens[0]
}

function expiryOf(expires_at: number) {
  return token({ expires_at })?.expiry
}

const NEVER = { kind: 'never' }

describe('a row of the list', () => {
  test.each([null, 0, '0', ''])('expires_at %j means never', (expires_at) => {
    expect(token({ expires_at })?.expiry).toEqual(NEVER)
  })

  // As numbers, all of these would be moments.
  test.each(['-5', '+5', ' 5', '0x10', '1e3', '1.0', '5 '])(
    'expires_at “%s” is none: it is no whole number',
    (expires_at) => {
      expect(tokenRows([{ name: 'one', expires_at }])).toMatchObject({ tokens: [], unreadable: 1 })
    },
  )

  test('without expires_at never expires', () => {
    expect(token({})?.expiry).toEqual(NEVER)
  })

  test('takes numbers as strings', () => {
    expect(token({ expires_at: '1609372800', create_time: '1549471343' })).toMatchObject({
      created: new Date(1549471343000),
      expiry: { kind: 'at', at: new Date(1609372800000) },
    })
  })

  test('knows dates after 2038 and up to the end of 9999, wherever that is', () => {
    expect(expiryOf(2147483648)).toEqual({ kind: 'at', at: new Date('2038-01-19T03:14:08Z') })
    // 9999-12-31 23:59:59 where the day ends last. A list that said less would look like a server that ignores wishes.
    expect(expiryOf(253402343999)).toEqual({ kind: 'at', at: new Date(253402343999000) })
    expect(expiryOf(9e15)).toEqual(expiryOf(253402343999))
  })

  test('a moment before all moments is over, and no date at all stays none', () => {
    expect(token({ expires_at: -1 })?.expiry).toEqual({ kind: 'at', at: new Date(0) })
    expect(token({ expires_at: -1e300 })?.expiry).toEqual({ kind: 'at', at: new Date(0) })
    for (const create_time of [null, '', 'yesterday', -1, -1e300, 1e300, 1.5, {}, []])
      expect(token({ create_time })?.created).toBeNull()
    expect(token({})?.created).toBeNull()
  })

  test.each([
    [{}, { kind: 'full' }],
    [{ features: [], has_full_access: 1 }, { kind: 'full' }],
    [{ features: null }, { kind: 'full' }],
    [{ readonly: 1 }, { kind: 'read-only' }],
    [{ readonly: '1' }, { kind: 'read-only' }],
    [{ readonly: 0 }, { kind: 'full' }],
    [{ readonly: '' }, { kind: 'full' }],
    [{ readonly: null }, { kind: 'full' }],
    [
      { features: ['email'], has_full_access: 0, readonly: 1 },
      { kind: 'limited', features: ['email'] },
    ],
  ])('%j may do %j', (row, access) => {
    expect(token(row)?.access).toEqual(access)
  })

  test.each(['all', 'zoneedit', { zoneedit: 1 }, [1], ['zoneedit', null], 0, true])(
    'with features %j may be limited in a way nobody knows: it is never shown as one with full access',
    (features) => {
      expect(tokenRows([{ name: 'one', features }, { name: 'two' }])).toMatchObject({
        tokens: [{ name: 'two' }],
        unreadable: 1,
      })
    },
  )

  test('may be called a number, since Perl’s JSON knows no better', () => {
    expect(token({ name: 2026 })?.name).toBe('2026')
  })
})

describe('the list', () => {
  test('counts the rows that are no token, and keeps the others', () => {
    const rows = [
      { name: 'good' },
      null,
      'text',
      [],
      {},
      { name: '' },
      { name: null },
      { name: ['x'] },
      { name: 'bad', expires_at: 'soon' },
      // No URL could say this name: encodeURIComponent refuses half of a surrogate pair.
      { name: 'half \uD800 pair' },
      { name: 'nul\u0000' },
    ]
    expect(tokenRows(rows)).toMatchObject({ tokens: [{ name: 'good' }], unreadable: 10 })
  })

  test('counts a second row of the same name that says something else', () => {
    const rows = [{ name: 'a', expires_at: null }, { name: 'a', expires_at: 1 }, { name: 'a' }, { name: 'a' }]
    expect(tokenRows(rows)).toMatchObject({ tokens: [{ name: 'a', expiry: NEVER }], unreadable: 1 })
  })

  test('says a token once that came twice', () => {
    expect(tokenRows([{ name: 'a' }, { name: 'b' }, { name: 'a' }]).tokens.map(({ name }) => name)).toEqual(['a', 'b'])
    expect(tokenRows([{ name: 'a' }, { name: 'A' }]).tokens).toHaveLength(2)
  })

  test('knows that its server knows read-only tokens when a row has the field', () => {
    expect(tokenRows([{ name: 'a' }, { name: 'b', readonly: 0 }]).knowsReadOnly).toBe(true)
    expect(tokenRows([{ name: 'a', features: [] }]).knowsReadOnly).toBe(false)
    expect(tokenRows([]).knowsReadOnly).toBe(false)
  })

  test.each([[[]], [{}]])('%j is empty', (data) => {
    expect(tokenRows(data)).toEqual({ tokens: [], unreadable: 0, knowsReadOnly: false })
  })

  test.each([null, 1, '', 'none', { name: 'a' }, { tokens: [] }])('%j is no list', (data) => {
    expect(() => tokenRows(data)).toThrow(new CpanelError('garbled'))
  })

  test('whatever its rows are, each token has a name a URL can say, and dates that are dates', () => {
    const number = fc.oneof(fc.integer(), fc.double(), fc.constantFrom(0, 1609372800, 1e300, -1e300))
    const loose = fc.oneof(number, number.map(String), fc.string(), fc.constant(null), fc.jsonValue())
    const row = fc.record(
      {
        name: fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.constant('\uDC00'), loose),
        create_time: loose,
        expires_at: loose,
        features: fc.oneof(fc.array(fc.string()), loose),
        readonly: loose,
      },
      { requiredKeys: [] },
    )
    fc.assert(
      fc.property(fc.array(fc.oneof(row, fc.jsonValue()), { maxLength: 8 }), (rows) => {
        const { tokens, unreadable } = tokenRows(JSON.parse(JSON.stringify(rows)))
        expect(tokens.filter(({ name }) => name === '')).toEqual([])
        expect(() => tokens.map(({ name }) => encodeURIComponent(name))).not.toThrow()
        const dates = tokens.flatMap(({ created, expiry }) => [created, expiry.kind === 'at' ? expiry.at : null])
        expect(dates.filter((date) => date !== null && Number.isNaN(date.getTime()))).toEqual([])
        expect(tokens.length + unreadable).toBeLessThanOrEqual(rows.length)
        expect(new Set(tokens.map(({ name }) => name)).size).toBe(tokens.length)
      }),
      { numRuns: 1000 },
    )
  })
})
