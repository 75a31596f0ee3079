import type { FastifyInstance } from 'fastify'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createTestApp, signInBody } from './testing/browser'
import { hasRedis, startRedis, type TestRedis } from './testing/redis'
import { createTestUpstream, type TestUpstream } from './testing/upstream'

/** What the limits are by default; see config.ts. */
const perUserThere = 4
const perUser = 12
const perServer = 100
const attackers = Array.from({ length: 100 }, (_, index) => `198.51.100.${index + 1}`)

let upstream: TestUpstream
let redis: TestRedis | undefined
let app: FastifyInstance

beforeEach(async () => {
  upstream = await createTestUpstream()
})

afterEach(async () => {
  await app.close()
  await upstream.close()
  await redis?.close()
  redis = undefined
})

/** One sign-in from an address; answers its status. */
async function signIn(from: string, password: string, username = 'bob'): Promise<number> {
  const { statusCode } = await app.inject({
    method: 'POST',
    url: '/api/connections',
    remoteAddress: from,
    headers: { host: 'localhost' },
    payload: { ...signInBody('cpanel', username), password },
  })
  return statusCode
}

const right = () => signInBody().password
const asked = () => upstream.requests.filter(({ path }) => path.startsWith('/login/')).length

describe.each([
  { where: 'in memory', isHere: true, env: async () => ({}) },
  {
    where: 'in Redis',
    isHere: hasRedis,
    env: async () => {
      redis = await startRedis()
      return { REDIS_URL: redis.url }
    },
  },
])('wrong passwords from 100 addresses, counted $where,', { timeout: 60_000 }, ({ isHere, env }) => {
  beforeEach(async ({ skip }) => {
    if (!isHere) skip('there is no redis-server on this machine')
    // The limit of tries a minute would hold most of them up before the one that is tested.
    const settings = { SIGN_IN_RATE: '1000000', REQUEST_RATE: '1000000', LOG_LEVEL: 'silent', ...(await env()) }
    app = (await createTestApp(upstream, settings)).app
  })

  test('10,000 for one user reach the server no more often than the limits allow, and the right user gets in', async () => {
    const statuses = new Map<number, number>()
    for (let round = 0; round < 100; round += 1) {
      const answers = await Promise.all(attackers.map((from) => signIn(from, `wrong ${round}`)))
      for (const status of answers) statuses.set(status, (statuses.get(status) ?? 0) + 1)
    }
    // The first dozen, and one more of each address that had not failed yet.
    const most = perUser + attackers.length
    expect(asked()).toBeGreaterThanOrEqual(perUser)
    expect(asked()).toBeLessThanOrEqual(most)
    expect(asked()).toBeLessThanOrEqual(attackers.length * perUserThere)
    expect(statuses.get(401)).toBe(asked())
    expect([...statuses.values()].reduce((sum, count) => sum + count)).toBe(10_000)
    expect(statuses.get(429)).toBe(10_000 - asked())
    expect(await signIn('203.0.113.7', right())).toBe(201)
    // Nor is anybody else kept out.
    expect(await signIn('203.0.113.8', right(), 'alice')).toBe(201)
  })

  test('2,000 for a hundred users are held up by address and for the whole server', async () => {
    for (let round = 0; round < 20; round += 1) {
      await Promise.all(attackers.map((from, index) => signIn(from, 'wrong', `user${(index + round) % 100}`)))
    }
    // A hundred for the server, and one more of each address that had not failed yet.
    expect(asked()).toBeLessThanOrEqual(perServer + attackers.length)
    expect(await signIn('203.0.113.7', right())).toBe(201)
  })
})
