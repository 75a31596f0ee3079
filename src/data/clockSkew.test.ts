import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { clockSkewOf } from './clockSkew'

const NOON = Date.UTC(2027, 4, 31, 12)

/** What a server whose clock is so far ahead writes into its Date header at a moment. */
function dateAt(moment: number, aheadMs: number): Date {
  return new Date(new Date(moment + aheadMs).toUTCString())
}

const takesMs = fc.nat(90_000)

describe('the difference of a server’s clock', () => {
  test('is none where both are the same, however long the answer took and whenever the server looked', () => {
    fc.assert(
      fc.property(fc.nat(999), takesMs, takesMs, (part, there, back) => {
        const sentAt = NOON + part
        expect(clockSkewOf(dateAt(sentAt + there, 0), sentAt, sentAt + there + back)).toBe(0)
      }),
    )
  })

  test('is told to half the way there and back, and half a second', () => {
    const ahead = fc.integer({ min: -10_000_000, max: 10_000_000 })
    fc.assert(
      fc.property(fc.nat(999), takesMs, takesMs, ahead, (part, there, back, ahead) => {
        const sentAt = NOON + part
        const skew = clockSkewOf(dateAt(sentAt + there, ahead), sentAt, sentAt + there + back)
        // Within what the way explains, no difference is as good a guess as any.
        const most = (there + back + 1000) / 2 + 1
        expect(Math.abs(skew - ahead)).toBeLessThanOrEqual(skew === 0 ? 2 * most : most)
      }),
    )
  })

  test.each([
    ['ten minutes ahead', 600_000, 40, 600_480],
    ['ten minutes behind', -600_000, 40, -599_520],
    ['ten minutes ahead, answered after a minute', 600_000, 60_000, 570_500],
  ])('%s', (_what, ahead, took, expected) => {
    expect(clockSkewOf(new Date(NOON + ahead), NOON, NOON + took)).toBe(expected)
  })

  test('is none where the server does not say', () => {
    expect(clockSkewOf(null, NOON, NOON + 1)).toBe(0)
  })
})
