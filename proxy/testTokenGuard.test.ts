import type { FastifyInstance } from 'fastify'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createBrowser, createTestApp, signInBody, type Browser } from './testing/browser'
import { accepted, createTestUpstream, type TestUpstream } from './testing/upstream'

// Testing tokens is a way to guess them, and to have this proxy blocked by a server: it is held up as signing in is.

let upstream: TestUpstream
let app: FastifyInstance
let browser: Browser

/** The proxy with these settings, and Bob signed in at both doors. */
async function open(env: Record<string, string> = {}): Promise<void> {
  await app?.close()
  app = (await createTestApp(upstream, env)).app
  browser = createBrowser(app)
  await browser.post('/api/connections', signInBody())
  await browser.post('/api/connections', signInBody('whm'))
  upstream.requests.length = 0
}

beforeEach(async () => {
  upstream = await createTestUpstream()
  await open()
})

afterEach(async () => {
  await app.close()
  await upstream.close()
})

const own = '/api/connections/main.cpanel.bob/test-token'
const whm = '/api/connections/main.whm.bob/test-token'
const { token } = accepted
const guess = (account: string) => browser.post(whm, { token: 'GUESS', account })

test('tokens that fail are counted, and after a few the server is not asked', async () => {
  for (let count = 0; count < 4; count += 1) expect(await guess('carol')).toMatchObject({ status: 200 })
  expect(await guess('carol')).toMatchObject({
    status: 429,
    kind: 'too_many_requests',
    json: { error: { retryAfter: 30 } },
  })
  // The right one has to wait as well, or its answer would tell.
  expect(await browser.post(whm, { token, account: 'CAROL' })).toMatchObject({ status: 429 })
  expect(upstream.requests).toHaveLength(4)
})

test('answers that leave it open count as well, those of a server that fails don’t', async () => {
  upstream.answer('/Tokens/list', (_request, response) => response.writeHead(500).end())
  for (let count = 0; count < 9; count += 1) expect(await guess('carol')).toMatchObject({ kind: 'upstream_failed' })
  upstream.answer('/Tokens/list', (_request, response) => response.writeHead(403).end())
  for (let count = 0; count < 4; count += 1)
    expect(await guess('carol')).toMatchObject({ json: { verdict: 'unclear' } })
  expect(await guess('carol')).toMatchObject({ status: 429 })
})

test('they count for the address and the server together with sign-ins, whichever account they are for', async () => {
  await open({ SIGN_IN_ADDRESS_LIMIT: '3' })
  for (const account of ['carol', 'dave', 'erin']) expect(await guess(account)).toMatchObject({ status: 200 })
  expect(await guess('frank')).toMatchObject({ status: 429 })
  expect(await browser.post('/api/connections', signInBody('cpanel', 'eve'))).toMatchObject({ status: 429 })
})

test('a token that fails keeps its user from nothing, and one that works forgets no wrong passwords', async () => {
  for (let count = 0; count < 5; count += 1) await browser.post(own, { token: 'GUESS' })
  expect(await browser.post('/api/connections', signInBody())).toMatchObject({ status: 201 })

  const wrong = { ...signInBody('cpanel', 'carol'), password: 'wrong' }
  for (let count = 0; count < 4; count += 1)
    expect(await browser.post('/api/connections', wrong)).toMatchObject({ status: 401 })
  expect(await browser.post(whm, { token, account: 'carol' })).toMatchObject({ json: { verdict: 'works' } })
  expect(await browser.post('/api/connections', wrong)).toMatchObject({ status: 429 })
})

test('going away before the answer is no way to try without being counted', async () => {
  await open({ SIGN_IN_LIMIT: '1' })
  const origin = await app.listen({ host: '127.0.0.1', port: 0 })
  const giveUp = new AbortController()
  const cancelled = new Promise<void>((resolve) => {
    upstream.answer('/Tokens/list', (_request, response) => {
      response.on('close', resolve)
      giveUp.abort()
    })
  })
  const cookie = `keyring-${new URL(origin).port}=${browser.cookies.get('keyring')}`
  const headers = { 'content-type': 'application/json', cookie }
  const call = fetch(origin + own, { method: 'POST', body: '{"token":"GUESS"}', headers, signal: giveUp.signal })
  await expect(call).rejects.toThrow('aborted')
  await cancelled
  expect(await browser.post(own, { token: 'GUESS' })).toMatchObject({ status: 429, kind: 'too_many_requests' })
  expect(upstream.requests).toHaveLength(1)
})

test('a user gets only so many calls a minute, tests among them', async () => {
  await open({ USER_REQUEST_RATE: '1' })
  const answers = [await browser.post(own, { token }), await browser.post(own, { token })]
  expect(answers.map(({ status }) => status)).toEqual([200, 429])
})

test('an address gets only so many tests a minute, even of tokens that work', async () => {
  await open({ SIGN_IN_RATE: '2' })
  const answers = []
  for (let count = 0; count < 3; count += 1) answers.push(await browser.post(own, { token }))
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 429])
  expect(upstream.requests).toHaveLength(2)
})
