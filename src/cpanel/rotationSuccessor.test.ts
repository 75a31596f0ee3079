import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addToDay, dayIn, endOfDay } from './expiryDate'
import { generationOf, rotationPairs } from './rotation'
import { isSuccessorName, lifetimeDays, successorName } from './rotationSuccessor'
import { tokenNameProblem, type ApiToken, type Expiry } from './token'

const NOW = new Date('2026-11-29T12:00:00Z')
const DAY_MS = 86_400_000
const NEVER: Expiry = { kind: 'never' }

function daysAgo(days: number): Date {
  return new Date(NOW.getTime() - days * DAY_MS)
}

function token(name: string, change: Partial<ApiToken> = {}): ApiToken {
  return { name, created: daysAgo(1), expiry: NEVER, access: { kind: 'full' }, ...change }
}

const expired: Partial<ApiToken> = { expiry: { kind: 'at', at: daysAgo(1) } }

const LEGAL = 'ABCabcr0129_-'.split('')
/** Often of one family, and often nearly so. */
const name = fc
  .tuple(
    fc.oneof(
      fc.constantFrom('app', 'app-r2', 'r2', '-r2', 'x-r'),
      fc.string({ unit: fc.constantFrom(...LEGAL), minLength: 1 }),
    ),
    fc.oneof(
      fc.constantFrom('', '-r', '-r0', '-r1', '-r02', '-R2'),
      fc.integer({ min: 2, max: 12 }).map((n) => `-r${n}`),
    ),
  )
  .map((parts) => parts.join('').slice(0, 50))
const names = fc.uniqueArray(name, { maxLength: 12 })
describe('the name of a successor', () => {
  test.each<[string, string[], string]>([
    ['app', [], 'app-r2'],
    ['app-r2', [], 'app-r3'],
    ['app-r9', [], 'app-r10'],
    ['app', ['app-r2'], 'app-r3'],
    ['app', ['app-r5', 'application-r9'], 'app-r6'],
    ['app-r1', [], 'app-r1-r2'],
    ['x'.repeat(47), [], `${'x'.repeat(47)}-r2`],
    ['x'.repeat(50), [], `${'x'.repeat(47)}-r2`],
    ['x'.repeat(50), [`${'x'.repeat(47)}-r2`], `${'x'.repeat(47)}-r3`],
    [`${'x'.repeat(47)}-r9`, [], `${'x'.repeat(46)}-r10`],
  ])('of %s beside %j is %s', (old, taken, expected) => {
    expect(successorName(old, [old, ...taken])).toBe(expected)
  })

  test('is legal and free, and makes a pair wherever there is room for it', () => {
    fc.assert(
      fc.property(name, names, (old, others) => {
        const taken = [...others, old]
        const wanted = successorName(old, taken)
        expect(tokenNameProblem(wanted, taken)).toBeNull()
        if (generationOf(old).base.length > 46) return
        expect(isSuccessorName(wanted, old)).toBe(true)
        const tokens = [...taken, wanted].map((one) => token(one))
        expect(rotationPairs(tokens, NOW).some(({ successor }) => successor.name === wanted)).toBe(true)
      }),
    )
  })
})

const ZONES = ['UTC', 'America/New_York', 'Pacific/Auckland', 'Australia/Lord_Howe']

describe('the lifetime of a successor', () => {
  const lasting = (from: string, to: string) =>
    token('app', { created: new Date(from), expiry: { kind: 'at', at: new Date(to) } })

  test.each([
    ['30 days', lasting('2026-10-01T10:00:00Z', '2026-10-31T23:59:59Z'), 30],
    ['30 days, made late in the day', lasting('2026-10-01T23:59:59Z', '2026-10-31T23:59:59Z'), 30],
    ['a leap year', lasting('2027-03-01T00:00:00Z', '2028-03-01T00:00:00Z'), 366],
    ['an hour', lasting('2026-10-01T10:00:00Z', '2026-10-01T11:00:00Z'), 0],
    ['past 2038', lasting('2026-01-01T00:00:00Z', '2046-01-01T00:00:00Z'), 7305],
    ['nothing where it never expires', token('app'), null],
    ['nothing where nobody knows since when it is', token('app', { ...expired, created: null }), null],
    ['nothing where it ends before it began', lasting('2026-10-02T00:00:00Z', '2026-10-01T00:00:00Z'), null],
  ])('is the same: %s', (_what, old, expected) => {
    expect(lifetimeDays(old, 'UTC')).toBe(expected)
  })

  test('does not change however often and at whatever time one rotates, in any zone', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...ZONES),
        fc.integer({ min: 0, max: 800 }),
        fc.date({ min: daysAgo(2000), max: daysAgo(0), noInvalidDate: true }),
        (zone, days, created) => {
          const at = endOfDay(addToDay(dayIn(zone, created), { days }), zone) ?? created
          expect(lifetimeDays(token('app', { created, expiry: { kind: 'at', at } }), zone)).toBe(days)
        },
      ),
    )
  })
})

test.each([
  ['app-r2', 'app', true],
  ['app-r4', 'app-r2', true],
  ['app', 'app-r2', false],
  ['app-r2', 'app-r2', false],
  ['web-r2', 'app', false],
])('whether %s succeeds %s by its name', (name, old, isOne) => {
  expect(isSuccessorName(name, old)).toBe(isOne)
})
