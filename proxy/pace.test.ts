import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { createPace, type Health } from './pace'

/** A pace that has seen so many answers, all of them good. */
function seasoned({ most = 8, answers = 100, ms = 80 } = {}) {
  const pace = createPace(most)
  for (let count = 0; count < answers; count += 1) pace.note(ms, 'well')
  return pace
}
const repeat = (count: number, act: () => void) => Array.from({ length: count }, act)

test('a server that is not known yet gets all at once', () => {
  expect(createPace(8).limit()).toBe(8)
  expect(seasoned().limit()).toBe(8)
})

test('a server that goes on failing gets one call at a time, never none', () => {
  const pace = seasoned()
  repeat(40, () => pace.note(5, 'failing'))
  expect(pace.limit()).toBe(1)
})

test('one restart halves once, however many calls it breaks', () => {
  const pace = seasoned()
  repeat(8, () => pace.note(5, 'failing'))
  expect(pace.limit()).toBe(4)
  repeat(4, () => pace.note(5, 'failing'))
  expect(pace.limit()).toBe(2)
})

test('what is taken comes back bit by bit', () => {
  const pace = seasoned()
  repeat(12, () => pace.note(5, 'failing'))
  expect(pace.limit()).toBe(2)
  repeat(5, () => pace.note(80, 'well'))
  expect(pace.limit()).toBe(3)
  repeat(40, () => pace.note(80, 'well'))
  expect(pace.limit()).toBe(8)
})

test('an account that fails alone, again and again, is the account’s own affair', () => {
  const pace = seasoned()
  repeat(50, () => {
    pace.note(60_000, 'failing')
    pace.note(80, 'well')
  })
  expect(pace.limit()).toBe(8)
})

test('slow accounts among quick ones change nothing', () => {
  const pace = seasoned()
  repeat(50, () => {
    repeat(3, () => pace.note(20_000, 'well'))
    repeat(5, () => pace.note(80, 'well'))
  })
  expect(pace.limit()).toBeGreaterThan(6)
})

test('calls that queue at a server with fewer workers are no reason to slow down', () => {
  const pace = createPace(8)
  for (const place of Array.from({ length: 200 }, (_, index) => Math.min(index + 1, 8))) pace.note(80 * place, 'well')
  expect(pace.limit()).toBe(8)
})

test('a few instant answers don’t make all others slow', () => {
  const pace = createPace(8)
  repeat(50, () => {
    pace.note(1, 'well')
    repeat(2, () => pace.note(1500, 'well'))
  })
  expect(pace.limit()).toBe(8)
})

test('a server that becomes slow gets less, and once that is its usual time all again', () => {
  const pace = seasoned()
  repeat(16, () => pace.note(2000, 'well'))
  expect(pace.limit()).toBeLessThanOrEqual(4)
  repeat(80, () => pace.note(2000, 'well'))
  expect(pace.limit()).toBe(8)
})

test('whatever happens, the limit stays between one and the most', () => {
  const health = fc.constantFrom<Health>('well', 'failing')
  const notes = fc.array(fc.tuple(fc.nat(100_000), health), { maxLength: 300 })
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 64 }), notes, (most, notes) => {
      const pace = createPace(most)
      for (const [ms, health] of notes) {
        pace.note(ms, health)
        expect(pace.limit()).toBeGreaterThanOrEqual(1)
        expect(pace.limit()).toBeLessThanOrEqual(most)
      }
      // However bad it was, it recovers.
      repeat(2500, () => pace.note(10, 'well'))
      expect(pace.limit()).toBe(most)
    }),
    { numRuns: 50 },
  )
})
