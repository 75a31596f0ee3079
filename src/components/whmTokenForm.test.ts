import { describe, expect, test } from 'vitest'
import { MOST_ADDRESSES } from '../cpanel/addresses'
import { addToDay, dayIn, endOfDay } from '../cpanel/expiryDate'
import type { Expiry } from '../cpanel/token'
import { whmAccess, type WhmToken } from '../cpanel/whmTokens'
import { localZone } from './When'
import { addressErrors, emptyInput, inputFrom, whmNameError, wishOf, type WhmTokenInput } from './whmTokenForm'

/** In the middle of a day, wherever this runs. */
const OVER: Expiry = { kind: 'at', at: new Date('2020-06-15T10:20:30Z') }
const today = dayIn(localZone(), new Date())
const tomorrow = addToDay(today, { days: 1 })

/** What is right in every field. */
function input(more: Partial<WhmTokenInput> = {}): WhmTokenInput {
  return { ...emptyInput(), name: 'one', privileges: new Set(['list-accts']), ...more }
}

function tokenOf(more: Partial<WhmToken> = {}): WhmToken {
  return {
    name: 'one',
    created: new Date('2020-01-01T00:00:00Z'),
    expiry: OVER,
    access: whmAccess(['passwd', 'list-accts'], ['192.0.2.1', '2001:0db8:0000:0000:0000:0000:0000:0007']),
    ...more,
  }
}

const on = (day: string): Partial<WhmTokenInput> => ({ expiry: { kind: 'at', day } })

describe('a wish', () => {
  test('is all that the fields say, in order and without doubles', () => {
    const privileges = new Set(['passwd', 'list-accts'])
    const addresses = '2001:db8::7, 192.0.2.1\n192.0.2.1 ; 2001:DB8::/32'
    expect(wishOf(input({ privileges, addresses, ...on(tomorrow) }), ['two'])).toEqual({
      name: 'one',
      expiry: { kind: 'at', at: endOfDay(tomorrow, localZone()) },
      access: {
        kind: 'whm',
        privileges: ['list-accts', 'passwd'],
        addresses: [
          '192.0.2.1',
          '2001:0db8:0000:0000:0000:0000:0000:0000/32',
          '2001:0db8:0000:0000:0000:0000:0000:0007',
        ],
      },
    })
  })

  test('is for ever and from anywhere where nothing else is said', () => {
    expect(wishOf(input(), [])).toEqual({
      name: 'one',
      expiry: { kind: 'never' },
      access: whmAccess(['list-accts'], []),
    })
    expect(wishOf(input({ addresses: ' \n\n , ' }), [])?.access.addresses).toEqual([])
  })

  test('of a form that nobody filled in is none: it has neither name nor privilege', () => {
    expect(wishOf(emptyInput(), [])).toBeNull()
    expect(emptyInput()).toMatchObject({ name: '', addresses: '', privileges: new Set(), expiry: { kind: 'never' } })
  })

  test.each<[string, Partial<WhmTokenInput>]>([
    ['no name', { name: '' }],
    ['a name with other characters', { name: 'a b' }],
    ['a name with a blank at its end', { name: 'one ' }],
    ['a name of 51 characters', { name: 'a'.repeat(51) }],
    ['the name of another', { name: 'taken' }],
    ['a name that is reserved', { name: 'WP-Dashboard' }],
    ['no privilege', { privileges: new Set() }],
    ['no day', on('')],
    ['a day that is none', on('2030-02-30')],
    ['a day that is over', on(addToDay(today, { days: -1 }))],
    ['what is no address', { addresses: '192.0.2.1\nlocalhost' }],
    ['half an address', { addresses: '192.0.2' }],
    ['one address too many', { addresses: many(MOST_ADDRESSES + 1) }],
  ])('is none with %s', (_fault, fault) => {
    expect(wishOf(input(fault), ['taken'])).toBeNull()
  })

  test('may be on the edge of all that: today, 50 characters, 100 addresses and as many doubles', () => {
    const name = 'a'.repeat(50)
    const addresses = `${many(MOST_ADDRESSES)}\n${many(MOST_ADDRESSES)}`
    const wish = wishOf(input({ name, addresses, ...on(` ${today} `) }), ['A'.repeat(50)])
    expect(wish).toMatchObject({ name, expiry: { kind: 'at', at: endOfDay(today, localZone()) } })
    expect(wish?.access.addresses).toHaveLength(100)
  })
})

function many(count: number): string {
  return Array.from({ length: count }, (_one, index) => `192.0.2.${index}`).join('\n')
}

describe('a token that is edited', () => {
  test.each<[string, Partial<WhmToken>]>([
    ['that is over', {}],
    ['that comes', { expiry: { kind: 'at', at: new Date('2099-06-15T10:20:30Z') } }],
    ['that never comes', { expiry: { kind: 'never' } }],
  ])('and left alone is wished for as it is, with an end %s', (_end, more) => {
    const token = tokenOf(more)
    expect(wishOf(inputFrom(token), ['two'], token)).toEqual({
      name: token.name,
      expiry: token.expiry,
      access: token.access,
    })
  })

  test('keeps an end that is over to the second, but for another token the day is over', () => {
    const token = tokenOf()
    const day = dayIn(localZone(), new Date('2020-06-15T10:20:30Z'))
    expect(wishOf({ ...inputFrom(token), ...on(` ${day} `) }, [], token)?.expiry).toEqual(OVER)
    expect(wishOf(inputFrom(token), [])).toBeNull()
    expect(wishOf({ ...inputFrom(token), ...on(addToDay(day, { days: 1 })) }, [], token)).toBeNull()
    expect(wishOf({ ...inputFrom(token), ...on(tomorrow) }, [], token)?.expiry).toEqual({
      kind: 'at',
      at: endOfDay(tomorrow, localZone()),
    })
  })

  test('can be without an end, and finds a first date a year from now', () => {
    const token = tokenOf()
    expect(wishOf({ ...inputFrom(token), expiry: { kind: 'never', day: '' } }, [], token)?.expiry.kind).toBe('never')
    expect(inputFrom(tokenOf({ expiry: { kind: 'never' } })).expiry).toEqual({
      kind: 'never',
      day: addToDay(today, { years: 1 }),
    })
  })

  test.each(['WP-Dashboard', 'WebPros_Dashboard', 'one', 'no legal name'])('may keep its own name (%s)', (name) => {
    const token = tokenOf({ name })
    expect(wishOf(inputFrom(token), [name, 'two'], token)?.name).toBe(name)
  })

  test('may not take the name of another, nor one that is reserved', () => {
    const token = tokenOf()
    for (const name of ['two', 'WP-Dashboard', '']) {
      expect(wishOf({ ...inputFrom(token), name }, ['two'], token)).toBeNull()
    }
    expect(wishOf({ ...inputFrom(token), name: 'Two' }, ['two'], token)?.name).toBe('Two')
  })

  test('without a privilege, as old servers list some, has to get one', () => {
    const token = tokenOf({ access: whmAccess([], []) })
    expect(wishOf(inputFrom(token), [], token)).toBeNull()
  })

  test('is not wished for as long as it has more addresses than it may', () => {
    const token = tokenOf({ access: whmAccess(['passwd'], many(101).split('\n')) })
    expect(wishOf(inputFrom(token), [], token)).toBeNull()
  })
})

describe('what is wrong', () => {
  test.each(['WebPros_Dashboard', 'WP-Dashboard'])(
    'with the name %s is that programs of the server have it',
    (name) => {
      expect(whmNameError(name, [])).toMatch(/reserved/)
      expect(whmNameError(name.toLowerCase(), [])).toBeNull()
    },
  )

  test('with any other name is what is wrong with the name of any token', () => {
    expect(whmNameError('one', ['two'])).toBeNull()
    const words = [
      whmNameError('', []),
      whmNameError('a b', []),
      whmNameError('two', ['two']),
      whmNameError('a'.repeat(51), []),
    ]
    expect(new Set(words).size).toBe(4)
    expect(words).not.toContain(null)
  })

  test('with addresses is said of each, with its line', () => {
    expect(addressErrors('192.0.2.1\n\nlocalhost, 10.0.0.1 ::g')).toEqual([
      'Line 3: “localhost” is no IP address or range.',
      'Line 3: “::g” is no IP address or range.',
    ])
    expect(addressErrors('')).toEqual([])
  })

  test('with too many is how many, beside those that are none', () => {
    expect(addressErrors(`x\n${many(101)}`)).toEqual([
      'Line 1: “x” is no IP address or range.',
      'That are 101 addresses; at most 100 are allowed.',
    ])
    expect(addressErrors(many(100))).toEqual([])
  })
})
