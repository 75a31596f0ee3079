import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createShortMemory } from './shortMemory'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test('what is used stays, and what is not is gone soon', () => {
  const memory = createShortMemory<string>({ keepMs: 1000, most: 10 })
  memory.put('used', 'a')
  memory.put('left', 'b')
  for (let ms = 0; ms < 3000; ms += 500) {
    expect(memory.get('used')).toBe('a')
    vi.advanceTimersByTime(500)
  }
  expect(memory.get('left')).toBeUndefined()
  expect(memory.get('used')).toBe('a')
})

test('it is kept for the time promised, and let go by itself', () => {
  const memory = createShortMemory<string>({ keepMs: 1000, most: 10 })
  memory.put('early', 'a')
  vi.advanceTimersByTime(999)
  memory.put('late', 'b')
  vi.advanceTimersByTime(999)
  expect(memory.get('late')).toBe('b')
  vi.advanceTimersByTime(2000)
  expect(vi.getTimerCount()).toBe(0)
  expect([memory.get('early'), memory.get('late')]).toEqual([undefined, undefined])
})

test('it never holds more than twice as many as it shall, and the ones that are used', () => {
  const memory = createShortMemory<number>({ keepMs: 1000, most: 10 })
  const numbers = Array.from({ length: 100 }, (_, number) => number)
  for (const number of numbers) {
    memory.put(`${number}`, number)
    expect(memory.get('0')).toBe(0)
  }
  const kept = numbers.filter((number) => memory.get(`${number}`) !== undefined)
  expect(kept.length).toBeLessThanOrEqual(20)
  expect(kept).toContain(99)
})
