import type { Redis } from 'ioredis'
import { once } from 'node:events'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { connectRedis } from './redis'
import { createBrowser, createTestApp, signInBody, type Browser } from './testing/browser'
import { hasRedis, startRedis, type TestRedis } from './testing/redis'
import { accepted, createTestUpstream, type TestUpstream } from './testing/upstream'

type TestApp = Awaited<ReturnType<typeof createTestApp>>

describe.skipIf(!hasRedis)('two proxies that share a store', () => {
  let redis: TestRedis
  let upstream: TestUpstream
  let [one, two]: TestApp[] = []
  const apps: TestApp[] = []

  beforeAll(async () => {
    redis = await startRedis()
    upstream = await createTestUpstream()
  })
  afterAll(async () => {
    await redis.close()
    await upstream.close()
  })
  beforeEach(async () => {
    await (await client()).flushall()
    ;[one, two] = [await open(), await open()]
  })
  afterEach(async () => {
    for (const { app } of apps.splice(0)) await app.close()
  })

  /** To look into the store; ends with the test. */
  async function client(): Promise<Redis> {
    const opened = connectRedis(redis.url, () => {})
    await once(opened, 'ready')
    onTestFinished(() => opened.disconnect())
    return opened
  }

  /** Opens a proxy and waits until it is ready for requests. */
  async function open(env: Record<string, string> = {}): Promise<TestApp> {
    const opened = await createTestApp(upstream, { REDIS_URL: redis.url, ...env })
    apps.push(opened)
    await isReady(opened, 200)
    return opened
  }

  async function isReady({ app }: TestApp, status: number): Promise<void> {
    await expect.poll(async () => (await createBrowser(app).get('/readyz')).status, { timeout: 10_000 }).toBe(status)
  }

  /** A browser of these cookies that happens to reach the other proxy. */
  function at(app: TestApp | undefined, cookies: Browser['cookies']): Browser {
    if (app === undefined) throw new Error('no such proxy')
    return createBrowser(app.app, cookies)
  }

  const list = '/api/connections/main.cpanel.bob/execute/Tokens/list'

  test('know each other’s sessions: signing in, a call, a second login, signing out', async () => {
    const { cookies } = at(one, new Map())
    await at(one, cookies).post('/api/connections', signInBody())
    expect(await at(two, cookies).post(list, {})).toMatchObject({ status: 200 })
    await at(two, cookies).post('/api/connections', signInBody('whm', 'root'))
    expect((await at(one, cookies).get('/api/connections')).json).toMatchObject([
      { id: 'main.cpanel.bob' },
      { id: 'main.whm.root' },
    ])
    await at(one, cookies).delete('/api/connections/main.whm.root')
    expect((await at(two, cookies).get('/api/connections')).json).toMatchObject([{ id: 'main.cpanel.bob' }])
    const old = new Map(cookies)
    await at(two, cookies).delete('/api/connections')
    expect(await at(one, old).post(list, {})).toMatchObject({ status: 401, kind: 'unauthenticated' })
  })

  test('count failures and requests together', async () => {
    const env = { REQUEST_RATE: '2', SIGN_IN_LIMIT: '2' }
    const [third, fourth] = [await open(env), await open(env)]
    const wrong = { ...signInBody('cpanel', 'counted'), password: 'wrong' }
    const statuses = []
    for (const app of [third, fourth, third, fourth]) {
      statuses.push((await at(app, new Map()).post('/api/connections', wrong)).status)
    }
    expect(statuses).toEqual([401, 401, 429, 429])
    const answers = []
    for (const app of [third, fourth, third, fourth])
      answers.push((await at(app, new Map()).get('/api/servers')).status)
    expect(answers).toEqual([200, 200, 429, 429])
  })

  test('keep nothing in the store that says who, where or with what', async () => {
    const { cookies } = at(one, new Map())
    await at(one, cookies).post('/api/connections', signInBody())
    const store = await client()
    const kept = []
    for (const key of await store.keys('*')) {
      expect(await store.pttl(key)).toBeGreaterThan(0)
      const type = await store.type(key)
      kept.push(key, JSON.stringify(type === 'hash' ? await store.hgetall(key) : await store.get(key)))
    }
    const all = kept.join('\n')
    expect(all).toMatch(/ticket:[^]*vault:|vault:[^]*ticket:/)
    const [, cookie = ''] = [...cookies][0] ?? []
    for (const secret of [
      accepted.password,
      accepted.cookie,
      accepted.securityToken,
      cookie,
      'bob',
      'main',
      'cpanel',
    ]) {
      expect(all).not.toContain(secret)
    }
  })

  test('say so while the store is away, crash at nothing, and go on when it is back', async () => {
    const { cookies } = at(one, new Map())
    await at(one, cookies).post('/api/connections', signInBody())
    const before = upstream.requests.length
    await redis.kill()
    for (const app of [one, two]) {
      if (app === undefined) throw new Error('no such proxy')
      await isReady(app, 503)
      expect((await at(app, cookies).get('/readyz')).json).toEqual({ ready: false, hindrances: ['store'] })
      expect(await at(app, cookies).get('/healthz')).toMatchObject({ status: 200, body: 'ok\n' })
      expect(await at(app, cookies).get('/api/servers')).toMatchObject({ status: 200 })
      for (const answer of [
        await at(app, new Map(cookies)).post('/api/connections', signInBody()),
        await at(app, new Map()).post('/api/connections', signInBody()),
        await at(app, cookies).get('/api/connections'),
        await at(app, cookies).post(list, {}),
        await at(app, new Map(cookies)).delete('/api/connections'),
      ]) {
        expect(answer).toMatchObject({ status: 503, kind: 'store_unavailable' })
        expect(answer.headers).not.toHaveProperty('set-cookie')
      }
      expect(app.log.join('')).not.toMatch(/"kind":"internal"/)
    }
    expect(upstream.requests).toHaveLength(before)

    await redis.start()
    for (const app of [one, two]) if (app !== undefined) await isReady(app, 200)
    const fresh = at(two, new Map())
    expect(await fresh.post('/api/connections', signInBody())).toMatchObject({ status: 201 })
    expect(await at(one, fresh.cookies).post(list, {})).toMatchObject({ status: 200 })
  })
})
