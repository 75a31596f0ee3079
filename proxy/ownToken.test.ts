import type { FastifyInstance } from 'fastify'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { tokenSecret } from './credential'
import { createBrowser, createTestApp, signInBody, type Browser } from './testing/browser'
import { accepted, createTestUpstream, sendAccessDenied, sendJson, type TestUpstream } from './testing/upstream'

let upstream: TestUpstream
let app: FastifyInstance
let browser: Browser

beforeEach(async () => {
  upstream = await createTestUpstream()
  app = (await createTestApp(upstream)).app
  browser = createBrowser(app)
})

afterEach(async () => {
  await app.close()
  await upstream.close()
})

const path = '/api/connections/main.whm.bob/own-token'
const signInWithToken = (kind: 'cpanel' | 'whm' = 'whm') =>
  browser.post('/api/connections', { server: 'main', kind, username: 'bob', token: accepted.token })
const connections = async () => (await browser.get('/api/connections')).json

describe('who signed in to WHM with an API token', () => {
  beforeEach(async () => {
    await signInWithToken()
  })

  test('gets what WHM says of it, byte for byte with the date of the server', async () => {
    const text = '{"data" : {"name":"ünïcode","expires_at":null},\n"metadata":{"result":1}}'
    upstream.answer('/api_token_get_details', (_request, response) =>
      response.writeHead(200, { date: 'Mon, 02 Nov 2026 03:04:05 GMT', 'set-cookie': 'a=b' }).end(text),
    )
    const answer = await browser.get(path)
    expect(answer).toMatchObject({ status: 200, body: text })
    expect(answer.headers).toMatchObject({
      date: 'Mon, 02 Nov 2026 03:04:05 GMT',
      'content-type': 'application/json; charset=utf-8',
      'cache-control': 'no-store',
    })
    expect(answer.headers).not.toHaveProperty('set-cookie')
  })

  test('has the secret sent to WHM alone, in the body of one POST', async () => {
    const answer = await browser.get(`${path}?token=another`)
    expect(upstream.requests.slice(1)).toMatchObject([
      {
        method: 'POST',
        path: '/json-api/api_token_get_details',
        body: `api.version=1&token=${accepted.token}`,
        headers: { authorization: `whm bob:${accepted.token}` },
      },
    ])
    expect(JSON.stringify([answer.headers, answer.body])).not.toContain(accepted.token)
  })

  test('is told in WHM’s own words that it may not ask', async () => {
    const no = { metadata: { command: 'api_token_get_details', reason: 'Access denied', result: 0, version: 1 } }
    upstream.answer('/api_token_get_details', (_request, response) => sendJson(response, no))
    expect(await browser.get(path)).toMatchObject({ status: 200, json: no })
  })

  test('stays signed in when WHM refuses this call alone', async () => {
    upstream.answer('/api_token_get_details', (_request, response) => sendAccessDenied(response))
    const answer = await browser.get(path)
    expect(answer).toMatchObject({ status: 403, kind: 'forbidden' })
    expect(answer.body).not.toContain(accepted.token)
    expect(await connections()).toMatchObject([{ id: 'main.whm.bob', hasEnded: false }])
  })

  test('is signed out when the token has been revoked', async () => {
    for (const call of ['/api_token_get_details', '/version'])
      upstream.answer(call, (_request, response) => sendAccessDenied(response))
    expect(await browser.get(path)).toMatchObject({ status: 401, kind: 'unauthenticated' })
    expect(await connections()).toMatchObject([{ id: 'main.whm.bob', hasEnded: true }])
    const asked = upstream.requests.length
    expect(await browser.get(path)).toMatchObject({ status: 401, kind: 'unauthenticated' })
    expect(upstream.requests).toHaveLength(asked)
  })

  test('can’t be asked about by another browser or another site', async () => {
    expect(await createBrowser(app).get(path)).toMatchObject({ status: 401, kind: 'unauthenticated' })
    const foreign = { headers: { 'sec-fetch-site': 'cross-site' } }
    expect(await browser.get(path, foreign)).toMatchObject({ status: 403, kind: 'wrong_origin' })
    expect(upstream.requests).toHaveLength(1)
  })
})

test('who signed in with a password has no token of their own, and WHM is not asked', async () => {
  await browser.post('/api/connections', signInBody('whm'))
  const answer = await browser.get(path)
  expect(answer).toMatchObject({ status: 200, body: 'null', json: null })
  expect(answer.headers).toMatchObject({ 'content-type': 'application/json; charset=utf-8' })
  expect(upstream.requests).toHaveLength(1)
})

test('a cPanel connection has no such question, by token or by password', async () => {
  await signInWithToken('cpanel')
  const own = '/api/connections/main.cpanel.bob/own-token'
  expect(await browser.get(own)).toMatchObject({ status: 404, kind: 'not_allowed' })
  await browser.post('/api/connections', signInBody())
  expect(await browser.get(own)).toMatchObject({ status: 404, kind: 'not_allowed' })
  expect(upstream.requests.filter(({ path }) => path.includes('get_details'))).toEqual([])
})

describe('the secret of a credential', () => {
  test.each([
    ['whm root:ABC123', 'ABC123'],
    ['cpanel bob:A-B_C=&+@', 'A-B_C=&+@'],
    ['whm who@example.com:T', 'T'],
  ])('is what follows the colon of %s', (authorization, secret) => {
    expect(tokenSecret({ type: 'token', authorization })).toBe(secret)
  })

  test('is none of a session', () => {
    expect(tokenSecret({ type: 'session', securityToken: '/cpsess1', cookie: 'a=b' })).toBeNull()
  })

  test.each([
    '',
    'SECRET',
    'whm SECRET',
    'whm root:',
    'whm :SECRET',
    'whm root:a:SECRET',
    'Bearer SECRET',
    'whm r:S T',
  ])('is not guessed at from “%s”, nor repeated', (authorization) => {
    const read = () => tokenSecret({ type: 'token', authorization })
    expect(read).toThrow('The stored authorization is of another form.')
  })
})
