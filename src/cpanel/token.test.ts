import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { sameExpiry, tokenNameProblem, tokenState, type Expiry, type TokenState } from './token'

const LEGAL = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-'.split('')
const legalName = fc.string({ unit: fc.constantFrom(...LEGAL), minLength: 1, maxLength: 50 })
/** Any text at all, line breaks, right-to-left marks and astral signs included; often nearly a legal name. */
const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.tuple(legalName, fc.string({ unit: 'binary', maxLength: 2 }), legalName).map((parts) => parts.join('')),
)

describe('the name of a token', () => {
  test('every name of letters, digits, dashes and underscores up to 50 is right', () => {
    fc.assert(
      fc.property(legalName, (name) => {
        expect(tokenNameProblem(name, [])).toBeNull()
      }),
    )
  })

  test('whatever is typed, only such a name passes', () => {
    fc.assert(
      fc.property(anyText, (name) => {
        const isLegal = name.length > 0 && name.length <= 50 && name.split('').every((sign) => LEGAL.includes(sign))
        expect(tokenNameProblem(name, []) === null).toBe(isLegal)
      }),
      { numRuns: 2000 },
    )
  })

  test('a line break at the end is no end', () => {
    expect(tokenNameProblem('deploy-bot\n', [])).toBe('characters')
  })

  test('50 characters are enough, 51 too many', () => {
    expect(tokenNameProblem('x'.repeat(50), [])).toBeNull()
    expect(tokenNameProblem('x'.repeat(51), [])).toBe('too-long')
  })

  test.each(['', ' ', 'deploy bot', 'déploy', 'a.b', 'a/b', 'аdmin', '１', '🔑'])('“%s” is refused', (name) => {
    expect(tokenNameProblem(name, [])).toBe(name === '' ? 'empty' : 'characters')
  })

  test('a name that exists is taken, the same in other letters is not', () => {
    expect(tokenNameProblem('Deploy', ['backup', 'Deploy'])).toBe('taken')
    expect(tokenNameProblem('deploy', new Set(['Deploy']))).toBeNull()
    fc.assert(
      fc.property(legalName, fc.array(legalName), (name, taken) => {
        expect(tokenNameProblem(name, taken)).toBe(taken.includes(name) ? 'taken' : null)
      }),
    )
  })
})

const NOON = new Date('2026-06-01T12:00:00Z')
const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

function after(milliseconds: number): Expiry {
  return { kind: 'at', at: new Date(NOON.getTime() + milliseconds) }
}

/** One word for a state: `expired`, `day`, `week`, `month` or `active`. */
function word(state: TokenState): string {
  return state.kind === 'expiring' ? state.within : state.kind
}

describe('where a token stands', () => {
  test.each([
    ['a moment after its expiry', -1, 'expired'],
    ['exactly at its expiry', 0, 'expired'],
    ['a moment before its expiry', 1, 'day'],
    ['a moment before 24 hours', DAY_MS - 1, 'day'],
    ['exactly 24 hours', DAY_MS, 'week'],
    ['a moment before 7 days', 7 * DAY_MS - 1, 'week'],
    ['exactly 7 days', 7 * DAY_MS, 'month'],
    ['a moment before 30 days', 30 * DAY_MS - 1, 'month'],
    ['exactly 30 days', 30 * DAY_MS, 'active'],
    ['years', 2000 * DAY_MS, 'active'],
  ])('%s: %i ms are left, it is %s', (_when, left, expected) => {
    expect(word(tokenState(after(left), NOON))).toBe(expected)
  })

  test('one that never expires is active at any time', () => {
    fc.assert(
      fc.property(fc.date({ noInvalidDate: true }), (now) => {
        expect(tokenState({ kind: 'never' }, now)).toEqual({ kind: 'active' })
      }),
    )
  })

  test('time only brings it nearer to its end, and the state says when that is', () => {
    const order = ['active', 'month', 'week', 'day', 'expired']
    const left = fc.oneof(fc.integer({ min: -40 * DAY_MS, max: 40 * DAY_MS }), fc.maxSafeInteger())
    fc.assert(
      fc.property(left, fc.nat({ max: 60 * DAY_MS }), (left, later) => {
        fc.pre(Math.abs(left) + later < 8e15)
        const expiry = after(0)
        const now = new Date(NOON.getTime() - left)
        const [first, second] = [tokenState(expiry, now), tokenState(expiry, new Date(now.getTime() + later))]
        expect(order.indexOf(word(second))).toBeGreaterThanOrEqual(order.indexOf(word(first)))
        expect(first.kind === 'active' ? NOON : first.at).toEqual(NOON)
      }),
    )
  })
})

describe('the same expiry', () => {
  test('is the same second, the finest that cPanel can say', () => {
    expect(sameExpiry(after(0), after(999))).toBe(true)
    expect(sameExpiry(after(0), after(1000))).toBe(false)
    expect(sameExpiry(after(0), after(-1))).toBe(false)
  })

  test('never is never and no date', () => {
    expect(sameExpiry({ kind: 'never' }, { kind: 'never' })).toBe(true)
    expect(sameExpiry({ kind: 'never' }, after(0))).toBe(false)
    expect(sameExpiry(after(0), { kind: 'never' })).toBe(false)
  })

  test('holds in both directions', () => {
    const expiry = fc.option(fc.integer({ min: 0, max: 3000 }).map(after), { nil: { kind: 'never' as const } })
    fc.assert(
      fc.property(expiry, expiry, (one, other) => {
        expect(sameExpiry(one, other)).toBe(sameExpiry(other, one))
      }),
    )
  })
})
