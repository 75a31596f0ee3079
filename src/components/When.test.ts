import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { fromNow } from './When'

const NOW = new Date('2026-06-01T12:00:00Z')
const HOUR = 3600
const DAY = 24 * HOUR
const YEAR = 365.25 * DAY

function said(seconds: number, longest?: 'day' | 'year'): string {
  return fromNow(new Date(NOW.getTime() + seconds * 1000), NOW, longest)
}

test.each([
  [0, 'now'],
  [0.9, 'now'],
  [-0.9, 'now'],
  [1, 'in 1 second'],
  [-59, '59 seconds ago'],
  [60, 'in 1 minute'],
  [HOUR - 1, 'in 59 minutes'],
  [5 * HOUR, 'in 5 hours'],
  [DAY - 1, 'in 23 hours'],
  [DAY, 'in 1 day'],
  [-2 * DAY, '2 days ago'],
  [31 * DAY, 'in 1 month'],
  [YEAR - 1, 'in 11 months'],
  [YEAR, 'in 1 year'],
  [-10 * YEAR, '10 years ago'],
])('%d seconds are “%s”', (seconds, words) => {
  expect(said(seconds)).toBe(words)
})

test('an expiry is told in days, however far it is', () => {
  expect(said(364.9 * DAY, 'day')).toBe('in 364 days')
  expect(said(DAY - 1, 'day')).toBe('in 23 hours')
})

test('nothing claims more time than there is', () => {
  const length: Record<string, number> = { second: 1, minute: 60, hour: HOUR, day: DAY, month: YEAR / 12, year: YEAR }
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 20 * YEAR }), fc.constantFrom('day', 'year'), (seconds, longest) => {
      const [, count = '', unit = ''] = /^in ([\d,]+) (\w+?)s?$/.exec(said(seconds, longest)) ?? []
      const claimed = Number(count.replaceAll(',', '')) * (length[unit] ?? Number.NaN)
      expect(claimed).toBeGreaterThan(0)
      expect(claimed).toBeLessThanOrEqual(seconds)
      expect(seconds - claimed).toBeLessThan(length[unit] ?? 0)
    }),
  )
})
