import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createBrowser, createTestApp, signInBody, type Browser } from './testing/browser'
import { createTestUpstream, type TestUpstream } from './testing/upstream'

let upstream: TestUpstream
let app: FastifyInstance
let browser: Browser

beforeAll(async () => {
  upstream = await createTestUpstream()
  app = (await createTestApp(upstream)).app
  browser = createBrowser(app)
  await browser.post('/api/connections', signInBody())
})

afterAll(async () => {
  await app.close()
  await upstream.close()
})

beforeEach(() => {
  upstream.requests.length = 0
})

const listPath = '/api/connections/main.cpanel.bob/execute/Tokens/list'

describe('somebody else', () => {
  test.each([
    ['without a cookie', new Map<string, string>()],
    ['with a made-up cookie', new Map([['keyring', 'A'.repeat(43)]])],
    ['with a broken cookie', new Map([['keyring', '%00%ff']])],
  ])('%s can use no connection', async (_name, cookies) => {
    const stranger = createBrowser(app, cookies)
    expect((await stranger.get('/api/connections')).json).toEqual([])
    expect(await stranger.get('/api/connections/main.cpanel.bob')).toMatchObject({
      status: 401,
      kind: 'unauthenticated',
    })
    expect(await stranger.post(listPath, {})).toMatchObject({ status: 401, kind: 'unauthenticated' })
    await stranger.delete('/api/connections/main.cpanel.bob')
    await stranger.delete('/api/connections')
    expect(upstream.requests).toEqual([])
    expect(await browser.post(listPath, {})).toMatchObject({ status: 200 })
  })

  test('with a session of their own reaches only that', async () => {
    const other = createBrowser(app)
    await other.post('/api/connections', signInBody('cpanel', 'eve'))
    expect((await other.get('/api/connections')).json).toMatchObject([{ id: 'main.cpanel.eve' }])
    expect(await other.post(listPath, {})).toMatchObject({ status: 401, kind: 'unauthenticated' })
  })
})
