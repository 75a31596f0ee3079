import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { samePrivileges } from '../cpanel/privileges'
import type { Expiry } from '../cpanel/token'
import { whmAccess } from '../cpanel/whmTokens'
import { storedDifferences } from '../data/createToken'
import { exactMoment } from './When'
import { whmChanges } from './whmChanges'

const NEVER: Expiry = { kind: 'never' }
const NEW_YEAR: Expiry = { kind: 'at', at: new Date('2030-12-31T23:59:59Z') }
const ONE = { name: 'one', expiry: NEVER, access: whmAccess(['list-accts'], []) }
type Side = Parameters<typeof whmChanges>[0]

function changes(before: Partial<Side>, after: Partial<Side>): string[] {
  return whmChanges({ ...ONE, ...before }, { ...ONE, ...after })
}

const may = (...privileges: string[]) => ({ access: whmAccess(privileges, []) })
const from = (...addresses: string[]) => ({ access: whmAccess(['list-accts'], addresses) })

test('nothing changes where both are the same', () => {
  expect(changes({}, {})).toEqual([])
})

test('another name is said', () => {
  expect(changes({}, { name: 'two' })).toEqual(['Renames it to two.'])
  expect(changes({ name: 'One' }, {})).toEqual(['Renames it to one.'])
})

test('what is more than one thing is a sentence each', () => {
  const access = whmAccess(['passwd'], ['192.0.2.1'])
  expect(changes({}, { name: 'two', expiry: NEW_YEAR, access })).toEqual([
    'Renames it to two.',
    'Adds: Change Passwords.',
    'Removes: List Accounts.',
    'Limits it to 192.0.2.1. Until now it works from anywhere.',
    `Expires on ${said(NEW_YEAR)}. Until now: never.`,
  ])
})

function said(expiry: Expiry): string {
  return expiry.kind === 'at' ? exactMoment(expiry.at) : ''
}

describe('privileges', () => {
  test.each([
    [
      'are added by their titles',
      may('list-accts'),
      may('list-accts', 'passwd', 'quota'),
      ['Adds: Change Passwords, Quota Modification.'],
    ],
    ['are removed', may('list-accts', 'passwd'), may('passwd'), ['Removes: List Accounts.']],
    ['of a plugin have a name only', may('list-accts'), may('list-accts', 'software-x'), ['Adds: software-x.']],
    ['become everything', may('list-accts'), may('all', 'list-accts'), ['Adds: All Features.']],
    ['are everything no more', may('all'), may('passwd'), ['Adds: Change Passwords.', 'Removes: All Features.']],
    ['beside everything don’t matter', may('all'), may('all', 'passwd'), []],
    ['in another order are the same', { access: { ...ONE.access, privileges: ['b', 'a'] } }, may('a', 'b'), []],
  ] satisfies [string, Partial<Side>, Partial<Side>, string[]][])('%s', (_what, before, after, expected) => {
    expect(changes(before, after)).toEqual(expected)
  })
})

describe('addresses', () => {
  const LONG = '2001:0db8:0000:0000:0000:0000:0000:0007'
  test.each([
    [
      'limit what was not limited',
      from(),
      from('192.0.2.1', '2001:db8::7'),
      [`Limits it to 192.0.2.1, ${LONG}. Until now it works from anywhere.`],
    ],
    [
      'limit no more',
      from('192.0.2.1', '192.0.2.2'),
      from(),
      ['Removes the limit by address: it will work from anywhere.'],
    ],
    ['come', from('192.0.2.1'), from('192.0.2.1', '192.0.2.0/24'), ['Lets it in from 192.0.2.0/24.']],
    ['go', from('192.0.2.1', '192.0.2.2'), from('192.0.2.1'), ['Shuts it out from 192.0.2.2.']],
    [
      'come and go',
      from('192.0.2.1'),
      from('192.0.2.2'),
      ['Lets it in from 192.0.2.2.', 'Shuts it out from 192.0.2.1.'],
    ],
    ['in short and in full are the same', from('2001:db8::7', '192.0.2.1'), from(LONG, '192.0.2.1'), []],
    ['that are none to us are compared as they are', from('odd', 'odder'), from('odd'), ['Shuts it out from odder.']],
    ['twice are once', { access: { ...ONE.access, addresses: ['192.0.2.1', '192.0.2.1'] } }, from('192.0.2.1'), []],
  ] satisfies [string, Partial<Side>, Partial<Side>, string[]][])('%s', (_what, before, after, expected) => {
    expect(changes(before, after)).toEqual(expected)
  })
})

describe('the expiry', () => {
  const later: Expiry = { kind: 'at', at: new Date('2031-12-31T23:59:59Z') }

  test('comes, goes and moves, each with what it was', () => {
    expect(changes({}, { expiry: NEW_YEAR })).toEqual([`Expires on ${said(NEW_YEAR)}. Until now: never.`])
    expect(changes({ expiry: NEW_YEAR }, {})).toEqual([`Will not expire any more. Until now: ${said(NEW_YEAR)}.`])
    const moved = `Expires on ${said(later)}. Until now: ${said(NEW_YEAR)}.`
    expect(changes({ expiry: NEW_YEAR }, { expiry: later })).toEqual([moved])
  })

  test('of the same second is the same', () => {
    const sooner: Expiry = { kind: 'at', at: new Date('2030-12-31T23:59:59.900Z') }
    expect(changes({ expiry: NEW_YEAR }, { expiry: sooner })).toEqual([])
    expect(changes({ expiry: NEVER }, { expiry: NEVER })).toEqual([])
  })
})

const side: fc.Arbitrary<Side> = fc.record({
  name: fc.constantFrom('one', 'two'),
  expiry: fc.constantFrom(NEVER, NEW_YEAR),
  access: fc
    .tuple(
      fc.subarray(['all', 'list-accts', 'passwd', 'plugin'], { minLength: 1 }),
      fc.subarray(['192.0.2.1', '2001:db8::7', '2001:0db8::7', '10.0.0.0/8']),
    )
    .map(([privileges, addresses]) => whmAccess(privileges, addresses)),
})

test('something is said exactly where saving makes a difference, and back again as well', () => {
  fc.assert(
    fc.property(side, side, (before, after) => {
      const isOther = storedDifferences(after, [{ created: null, ...before }]).length > 0
      expect(whmChanges(before, after).length > 0).toBe(isOther)
      expect(whmChanges(after, before).length > 0).toBe(isOther)
      const mentions = whmChanges(before, after).filter((words) => /^(?:Adds|Removes):/.test(words))
      expect(mentions.length > 0).toBe(!samePrivileges(before.access.privileges, after.access.privileges))
    }),
    { numRuns: 300 },
  )
})
