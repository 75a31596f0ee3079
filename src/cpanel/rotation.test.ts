import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { generationOf, isLong, rotatingWith, rotationPairs, type Rotation } from './rotation'
import { isSuccessorName } from './rotationSuccessor'
import { tokenState, type ApiToken, type Expiry } from './token'

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

/** The pairs by name alone: `old>successor`, and what is older still. */
function pairs(...tokens: (ApiToken | string)[]): string[] {
  const rotations = rotationPairs(
    tokens.map((one) => (typeof one === 'string' ? token(one) : one)),
    NOW,
  )
  return rotations.map(({ old, successor, older }) =>
    [`${old.name}>${successor.name}`, ...older.map(({ name }) => name)].join(' '),
  )
}

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
const moment = fc.integer({ min: -100, max: 100 }).map(daysAgo)
const tokens = fc.uniqueArray(
  fc.record({
    name,
    created: fc.option(moment),
    expiry: fc.oneof(
      fc.constant(NEVER),
      moment.map((at): Expiry => ({ kind: 'at', at })),
    ),
    access: fc.constant({ kind: 'full' } as const),
  }),
  { maxLength: 12, selector: (one) => one.name },
)

describe('what a name says', () => {
  test.each([
    ['app', 'app', 1],
    ['app-r2', 'app', 2],
    ['app-r10', 'app', 10],
    ['app-r9999', 'app', 9999],
    ['app-r2-r3', 'app-r2', 3],
    ['app-r10000', 'app-r10000', 1],
    ['app-r1', 'app-r1', 1],
    ['app-r0', 'app-r0', 1],
    ['app-r02', 'app-r02', 1],
    ['app-R2', 'app-R2', 1],
    ['app-r', 'app-r', 1],
    ['appr2', 'appr2', 1],
    ['app-r2x', 'app-r2x', 1],
    ['-r2', '-r2', 1],
    ['--r2', '-', 2],
    ['__proto__-r2', '__proto__', 2],
  ])('%s is of the family %s, number %i', (name, base, number) => {
    expect(generationOf(name)).toEqual({ base, number })
  })

  test('can be written back to the same name, whatever the name is', () => {
    fc.assert(
      fc.property(fc.oneof(name, fc.string({ unit: 'binary' })), (name) => {
        const { base, number } = generationOf(name)
        expect(number === 1 ? base : `${base}-r${number}`).toBe(name)
      }),
    )
  })
})

describe('what is being rotated', () => {
  test.each<[string, (ApiToken | string)[], string[]]>([
    ['nothing of one', ['app'], []],
    ['nothing of a successor alone', ['app-r2'], []],
    ['nothing of unrelated names', ['app', 'application-r2', 'app_r2', 'App-r2', 'app-2'], []],
    ['two', ['app', 'app-r2'], ['app>app-r2']],
    ['two, whatever their order', ['app-r3', 'other', 'app-r2'], ['app-r2>app-r3']],
    ['two with a gap', ['app', 'app-r7'], ['app>app-r7']],
    ['ten after nine', ['app-r9', 'app-r10'], ['app-r9>app-r10']],
    ['the newest two of a chain', ['app', 'app-r2', 'app-r3', 'app-r4'], ['app-r3>app-r4 app-r2 app']],
    ['several, by name', ['b', 'b-r2', 'c', 'c-r2', 'a-r2', 'a'], ['a>a-r2', 'b>b-r2', 'c>c-r2']],
    ['not with an expired old one', [token('app', expired), 'app-r2'], []],
    ['not with an expired successor', ['app', token('app-r2', expired)], []],
    ['past an expired one', ['app', token('app-r2', expired), 'app-r3'], ['app>app-r3']],
    [
      'not with what was there before',
      [token('app', { created: daysAgo(1) }), token('app-r2', { created: daysAgo(2) })],
      [],
    ],
    [
      'made in the same second',
      [token('app', { created: daysAgo(1) }), token('app-r2', { created: daysAgo(1) })],
      ['app>app-r2'],
    ],
    ['where the server does not say when', [token('app', { created: null }), 'app-r2'], ['app>app-r2']],
    ['where it does not say it of the successor', ['app', token('app-r2', { created: null })], ['app>app-r2']],
    ['not a name that is listed twice', ['app-r2', 'app-r2'], []],
    ['a name that objects have anyway', ['constructor', 'constructor-r2'], ['constructor>constructor-r2']],
  ])('%s', (_what, tokens, expected) => {
    expect(pairs(...tokens)).toEqual(expected)
  })

  test('is the newest two of each family that live, and nothing else', () => {
    fc.assert(
      fc.property(tokens, (tokens) => {
        const alive = tokens.filter(({ expiry }) => tokenState(expiry, NOW).kind !== 'expired')
        const between = (low: number, high: number, base: string) =>
          alive.some((one) => {
            const its = generationOf(one.name)
            return its.base === base && its.number > low && its.number < high
          })
        const expected = alive.flatMap((old) =>
          alive
            .filter(({ name }) => isSuccessorName(name, old.name))
            .filter((successor) => {
              const [{ base, number: low }, { number: high }] = [generationOf(old.name), generationOf(successor.name)]
              const isInOrder = old.created === null || successor.created === null || old.created <= successor.created
              return !between(low, high, base) && !between(high, Infinity, base) && isInOrder
            })
            .map((successor) => ({ old, successor })),
        )
        const rotations = rotationPairs(tokens, NOW)
        expect(rotations.map(({ old, successor }) => ({ old, successor }))).toEqual(
          expected.toSorted((one, other) =>
            generationOf(one.old.name).base < generationOf(other.old.name).base ? -1 : 1,
          ),
        )
        for (const { name } of tokens) {
          const pair = rotations.find(({ old, successor }) => old.name === name || successor.name === name)
          const isOld = pair?.old.name === name
          expect(rotatingWith(name, rotations)).toEqual(
            pair === undefined
              ? null
              : { is: isOld ? 'old' : 'successor', other: isOld ? pair.successor.name : pair.old.name },
          )
        }
      }),
    )
  })

  test('counts what is older still, newest first', () => {
    fc.assert(
      fc.property(tokens, (tokens) => {
        for (const { old, successor, older } of rotationPairs(tokens, NOW)) {
          const family = [successor, old, ...older]
          expect(
            family.toSorted((one, other) => generationOf(other.name).number - generationOf(one.name).number),
          ).toEqual(family)
          expect(new Set(family.map(({ name }) => generationOf(name).base)).size).toBe(1)
        }
      }),
    )
  })

  test('does not depend on the order of the list', () => {
    fc.assert(
      fc.property(tokens, (tokens) => {
        expect(rotationPairs(tokens.toReversed(), NOW)).toEqual(rotationPairs(tokens, NOW))
      }),
    )
  })
})

function since(created: Date | null): Rotation {
  return { old: token('app'), successor: token('app-r2', { created }), older: [] }
}

test('a rotation is long after a week, and not where nobody knows since when it is', () => {
  expect(isLong(since(daysAgo(7)), NOW)).toBe(false)
  expect(isLong(since(daysAgo(7.001)), NOW)).toBe(true)
  expect(isLong(since(null), NOW)).toBe(false)
})
