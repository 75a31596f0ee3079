import * as fc from 'fast-check'
import { beforeEach, describe, expect, test } from 'vitest'
import { createBreaker, type Breaker, type Sign } from './breaker'
import { ProxyError } from './errors'

let now: number
let breaker: Breaker

beforeEach(() => {
  now = 1_000
  breaker = createBreaker(() => now)
})

function note(...signs: Sign[]): void {
  for (const sign of signs) breaker.begin()(sign)
}

/** Seconds to wait; 0 where a request may be sent, which this one then isn't. */
function pauseOf(one: Breaker): number {
  try {
    one.begin()('unknown')
    return 0
  } catch (error) {
    if (error instanceof ProxyError && error.kind === 'paused') return error.details.retryAfter ?? Number.NaN
    throw error
  }
}
const pause = () => pauseOf(breaker)

function open(): void {
  note('dead', 'dead', 'dead', 'dead', 'dead')
}

describe('a server that was alive', () => {
  test('is left alone after five signs of death in a row, not after four', () => {
    note('dead', 'dead', 'dead', 'dead')
    expect([breaker.state(), pause()]).toEqual(['closed', 0])
    note('dead')
    expect([breaker.state(), pause()]).toEqual(['open', 1])
  })

  test('is alive again by any sign of life', () => {
    note('dead', 'dead', 'dead', 'dead', 'alive', 'dead', 'dead', 'dead', 'dead')
    breaker.noteAlive()
    note('dead', 'dead', 'dead', 'dead')
    expect(breaker.state()).toBe('closed')
  })

  test('is neither dead nor alive by what tells nothing', () => {
    note('dead', 'dead', 'dead', 'dead', 'unknown', 'unknown')
    expect(breaker.state()).toBe('closed')
    note('dead')
    expect(breaker.state()).toBe('open')
  })
})

describe('a server that is left alone', () => {
  beforeEach(open)

  test('is so for a second, told in whole ones that are never too few', () => {
    now += 1
    expect(pause()).toBe(1)
    now += 998
    expect([pause(), breaker.state()]).toEqual([1, 'open'])
    now += 1
    expect([breaker.state(), pause()]).toEqual(['half-open', 0])
  })

  test('gets exactly one request then, until that has ended', () => {
    now += 1_000
    const end = breaker.begin()
    expect([pause(), pause()]).toEqual([1, 1])
    now += 600_000
    expect([pause(), breaker.state()]).toEqual([1, 'half-open'])
    end('alive')
    expect([pause(), breaker.state()]).toEqual([0, 'closed'])
  })

  test('is left alone twice as long each time, up to eight seconds', () => {
    const pauses = Array.from({ length: 6 }, () => {
      now += pause() * 1000
      note('dead')
      return pause()
    })
    expect(pauses).toEqual([2, 4, 8, 8, 8, 8])
  })

  test('begins anew with a second once it was alive', () => {
    now += 1_000
    note('dead')
    now += 2_000
    note('alive')
    expect(breaker.state()).toBe('closed')
    open()
    expect(pause()).toBe(1)
  })

  test('gets the next request when the one that should have told was given up', () => {
    now += 1_000
    note('unknown')
    expect([breaker.state(), pause()]).toEqual(['half-open', 0])
    note('dead')
    expect(pause()).toBe(2)
  })

  test('is alive as soon as it takes a connection, before the request has ended', () => {
    now += 1_000
    const end = breaker.begin()
    breaker.noteAlive()
    expect([pause(), breaker.state()]).toEqual([0, 'closed'])
    end('unknown')
    expect(breaker.state()).toBe('closed')
  })

  test('is told nothing new by the end of requests sent before, but by their answers', () => {
    breaker = createBreaker(() => now)
    const [late, later] = [breaker.begin(), breaker.begin()]
    open()
    late('dead')
    expect(pause()).toBe(1)
    now += 1_000
    const end = breaker.begin()
    late('dead')
    expect([pause(), breaker.state()]).toEqual([1, 'half-open'])
    later('alive')
    expect(breaker.state()).toBe('closed')
    end('dead')
    expect(breaker.state()).toBe('closed')
  })
})

test('whatever happens, a pause is 1 to 8 seconds and ends with one request', () => {
  const step = fc.oneof(
    fc.constantFrom<Sign>('dead', 'dead', 'dead', 'alive', 'unknown'),
    fc.integer({ min: 0, max: 70_000 }),
  )
  fc.assert(
    fc.property(fc.array(step, { maxLength: 100 }), (steps) => {
      let time = 0
      const one = createBreaker(() => time)
      for (const did of steps) {
        const wait = pauseOf(one)
        expect(wait > 0).toBe(one.state() === 'open')
        expect(Number.isInteger(wait) && wait <= 8).toBe(true)
        if (typeof did === 'number') time += did
        else if (wait === 0) one.begin()(did)
      }
      time += 60_000
      expect(one.state()).not.toBe('open')
      expect(pauseOf(one)).toBe(0)
    }),
  )
})
