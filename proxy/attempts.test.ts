import type { Redis } from 'ioredis'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { createMemoryAttempts, type Attempt, type AttemptStore } from './attempts'
import { connectRedis, createRedisAttempts } from './redis'
import { hasRedis, startRedis, type TestRedis } from './testing/redis'

const minute = 60_000
let redis: TestRedis | undefined
let client: Redis | undefined

beforeAll(async () => {
  if (!hasRedis) return
  redis = await startRedis()
  const { url } = redis
  await new Promise<void>((resolve) => {
    client = connectRedis(url, () => resolve())
  })
})

afterAll(async () => {
  client?.disconnect()
  await redis?.close()
})

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-11-24T12:00:00Z') })
})

afterEach(() => {
  vi.useRealTimers()
})

/** Somebody at an address who tries a user: 3 failures of one user there, 6 in all there, 5 of one user anywhere. */
function attempt(from: string, user = 'bob'): Attempt {
  return {
    own: { key: `own:${from}:${user}`, limit: 3 },
    address: { key: `address:${from}`, limit: 6 },
    wide: [
      { key: `user:${user}`, limit: 5 },
      { key: 'server', limit: 999 },
    ],
  }
}

type Kept = { name: string; isHere: boolean; create: () => Promise<AttemptStore> }
const kept: Kept[] = [
  { name: 'in memory', isHere: true, create: async () => createMemoryAttempts() },
  {
    name: 'in Redis',
    isHere: hasRedis,
    create: async () => {
      if (client === undefined) throw new Error('There is no Redis.')
      await client.flushall()
      return createRedisAttempts(client)
    },
  },
]

describe.each(kept)('attempts $name', ({ isHere, create }) => {
  let store: AttemptStore
  beforeEach(async ({ skip }) => {
    if (!isHere) skip('there is no redis-server on this machine')
    store = await create()
  })

  async function failTimes(times: number, from: string, user?: string): Promise<void> {
    for (let count = 0; count < times; count += 1) expect(await store.take(attempt(from, user))).toBe(0)
  }

  test('are held up after the limit, twice as long with each further failure, at most 15 minutes', async () => {
    await failTimes(3, 'a')
    const waits = []
    for (let round = 0; round < 8; round += 1) {
      const ms = await store.take({ ...attempt('a'), address: { key: 'other', limit: 99 }, wide: [] })
      waits.push(ms / 1000)
      vi.advanceTimersByTime(ms - 1)
      expect(await store.take({ ...attempt('a'), address: { key: 'other', limit: 99 }, wide: [] })).toBe(1)
      vi.advanceTimersByTime(1)
      expect(await store.take({ ...attempt('a'), address: { key: 'other', limit: 99 }, wide: [] })).toBe(0)
    }
    expect(waits).toEqual([30, 60, 120, 240, 480, 900, 900, 900])
  })

  test('at the same time are counted before they end', async () => {
    const waits = await Promise.all(Array.from({ length: 50 }, () => store.take(attempt('a'))))
    expect(waits.filter((ms) => ms === 0)).toHaveLength(3)
  })

  test('of many users from one address are held up as well', async () => {
    for (let user = 0; user < 6; user += 1) await failTimes(1, 'a', `user${user}`)
    expect(await store.take(attempt('a', 'user9'))).toBe(30_000)
    expect(await store.take(attempt('b', 'user9'))).toBe(0)
  })

  test('of one user from many addresses hold up those addresses and nobody from elsewhere', async () => {
    for (const from of ['a', 'b', 'c', 'd', 'e']) await failTimes(1, from)
    for (const from of ['a', 'b', 'c', 'd', 'e']) expect(await store.take(attempt(from))).toBe(30_000)
    expect(await store.take(attempt('f'))).toBe(0)
    // It has failed as well now, as far as is known.
    expect(await store.take(attempt('f'))).toBe(60_000)
    expect(await store.take(attempt('a', 'alice'))).toBe(0)
  })

  test('from a million addresses get past the limit of a user only so often, unless the user was there before', async () => {
    await store.take(attempt('home'))
    await store.succeed(attempt('home'))
    await failTimes(1, 'a')
    for (const from of ['b', 'c', 'd', 'e']) await failTimes(1, from)
    const waits = []
    for (let index = 0; index < 400; index += 1) waits.push(await store.take(attempt(`new${index}`)))
    expect(waits.filter((ms) => ms === 0)).toHaveLength(300)
    for (const ms of waits.slice(300)) expect(ms).toBeGreaterThan(0)
    expect(Math.max(...waits)).toBeLessThanOrEqual(minute)
    expect(await store.take(attempt('home'))).toBe(0)
  })

  test('that were nobody’s fault are taken back', async () => {
    for (let count = 0; count < 20; count += 1) {
      expect(await store.take(attempt('a'))).toBe(0)
      await store.giveBack(attempt('a'))
    }
    await failTimes(3, 'a')
    expect(await store.take(attempt('a'))).toBe(30_000)
  })

  test('that succeed forget what the user failed from there, not what the address did to others', async () => {
    await failTimes(2, 'a')
    await failTimes(3, 'a', 'alice')
    expect(await store.take(attempt('a'))).toBe(0)
    await store.succeed(attempt('a'))
    // Five of the address are left, so one more is possible, whoever it is for.
    expect(await store.take(attempt('a'))).toBe(0)
    expect(await store.take(attempt('a'))).toBe(30_000)
  })

  test('are forgotten an hour after the last failure', async () => {
    await failTimes(3, 'a')
    vi.advanceTimersByTime(30_000)
    await failTimes(1, 'a')
    expect(await store.take(attempt('a'))).toBe(minute)
    vi.advanceTimersByTime(60 * minute)
    // Redis forgets by its own clock, which nobody can turn: that it will is all that can be seen.
    const kept = (await client?.keys('*failures*')) ?? []
    for (const key of kept.filter((name) => !name.endsWith(':known'))) {
      const ttl = (await client?.pttl(key)) ?? 0
      if (ttl < 59 * minute || ttl > 60 * minute) throw new Error(`${key} is kept for ${ttl} ms`)
      await client?.del(key)
    }
    await failTimes(3, 'a')
  })
})
