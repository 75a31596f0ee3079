import type { FastifyInstance } from 'fastify'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createBrowser, createTestApp, signInBody, type Browser } from './testing/browser'
import { accepted, createTestUpstream, sendJson, sendLoginPage, uapi, type TestUpstream } from './testing/upstream'

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
const connections = async () => (await browser.get('/api/connections')).json
const whmSays = (result: number, reason: string) => ({ metadata: { command: 'version', reason, result, version: 1 } })

describe('a token is tried at the door it is for, with nothing but itself', () => {
  test.each([
    ['of a cPanel account', own, { token }, '/execute/Tokens/list', `cpanel bob:${token}`, ''],
    ['of a WHM user', whm, { token }, '/json-api/version', `whm bob:${token}`, 'api.version=1'],
    ['of an account of theirs', whm, { token, account: 'carol' }, '/execute/Tokens/list', `cpanel carol:${token}`, ''],
  ])('%s', async (_whose, path, body, asked, authorization, form) => {
    const answer = await browser.post(path, body)
    expect(answer).toMatchObject({ status: 200, json: { verdict: 'works' } })
    expect(answer.headers).toMatchObject({ 'cache-control': 'no-store' })
    expect(upstream.requests).toMatchObject([{ method: 'POST', path: asked, body: form, headers: { authorization } }])
    expect(upstream.requests[0]?.headers.cookie).toBeUndefined()
  })

  test('and neither the token nor what the server told comes back', async () => {
    upstream.answer('/Tokens/list', (_request, response) => sendJson(response, uapi([{ name: 'PRIVATE' }])))
    const answer = await browser.post(own, { token })
    expect(answer.body).toBe('{"verdict":"works"}')
    expect(JSON.stringify(answer.headers)).not.toContain(token)
  })
})

describe('what the server answers', () => {
  const unknownToken = { token: 'ANOTHERTOKEN' }

  test('to a token that it does not know is “refused”, and the connection stays', async () => {
    for (const path of [own, whm]) {
      expect(await browser.post(path, unknownToken)).toMatchObject({ status: 200, json: { verdict: 'refused' } })
    }
    expect(await browser.post(whm, { ...unknownToken, account: 'carol' })).toMatchObject({
      json: { verdict: 'refused' },
    })
    // Once each: a second try would be a second failure to the server.
    expect(upstream.requests).toHaveLength(3)
    expect(await connections()).toMatchObject([{ hasEnded: false }, { hasEnded: false }])
    expect(await browser.post('/api/connections/main.cpanel.bob/execute/Tokens/list', {})).toMatchObject({
      status: 200,
    })
  })

  test.each([200, 401, 403])('as its login page with %i is “refused”', async (status) => {
    upstream.answer('/Tokens/list', (_request, response) => sendLoginPage(response, status))
    expect(await browser.post(own, { token })).toMatchObject({ json: { verdict: 'refused' } })
    expect(await connections()).toMatchObject([{ hasEnded: false }, { hasEnded: false }])
  })

  test('in the words of the recorded refusal is “refused”, also with status 200', async () => {
    upstream.answer('/Tokens/list', (_request, response) =>
      sendJson(response, { cpanelresult: { error: 'Access denied', data: { reason: 'Access denied', result: '0' } } }),
    )
    expect(await browser.post(own, { token })).toMatchObject({ json: { verdict: 'refused' } })
  })

  test.each([
    ['UAPI', own, { ...uapi(null), status: 0, errors: ['You do not have the feature “apitokens”.'] }, 200],
    ['UAPI with 403', own, { ...uapi(null), status: '0', errors: 'You do not have the feature “apitokens”.' }, 403],
    [
      'UAPI, wrapped',
      own,
      { func: 'list', result: { ...uapi(null), status: 0, errors: ['You do not have the feature “apitokens”.'] } },
      200,
    ],
    ['WHM', whm, whmSays(0, 'You do not have the feature “apitokens”.'), 200],
    ['WHM with 403', whm, whmSays(0, 'You do not have the feature “apitokens”.'), 403],
  ])('as a no of %s is “limited”, in its own words', async (_api, path, body, status) => {
    for (const call of ['/Tokens/list', '/version'])
      upstream.answer(call, (_request, response) => sendJson(response, body, status))
    expect(await browser.post(path, { token })).toMatchObject({
      json: { verdict: 'limited', reasons: ['You do not have the feature “apitokens”.'] },
    })
  })

  test('is repeated without the token, and shortly', async () => {
    const errors = [`No: ${token}`, '', 5, { token }, 'x'.repeat(500), ...Array(20).fill('Again')]
    upstream.answer('/Tokens/list', (_request, response) => sendJson(response, { ...uapi(null), status: 0, errors }))
    expect((await browser.post(own, { token })).json).toEqual({
      verdict: 'limited',
      reasons: ['x'.repeat(300), 'Again', 'Again', 'Again', 'Again'],
    })
  })

  test.each([
    ['a page', '<html><h1>Forbidden</h1></html>'],
    ['nothing', ''],
    ['something else', '{"error":"no"}'],
  ])('as %s with 403 is “unclear”', async (_what, body) => {
    upstream.answer('/Tokens/list', (_request, response) => response.writeHead(403).end(body))
    expect(await browser.post(own, { token })).toMatchObject({ status: 200, json: { verdict: 'unclear' } })
  })

  test.each([
    ['a page', 200, '<html>Hello</html>', 502, 'garbled'],
    ['half of an answer', 200, '{"data":[],"status":', 502, 'garbled'],
    ['what only looks like an answer', 200, '{data}', 502, 'garbled'],
    ['an object of another form', 200, '{"data":[]}', 502, 'garbled'],
    ['a fault', 500, 'Oops', 502, 'upstream_failed'],
    ['a request to wait', 429, 'Slowly', 429, 'too_many_requests'],
  ])('as %s is an error as of any call', async (_what, upstreamStatus, body, status, kind) => {
    upstream.answer('/Tokens/list', (_request, response) => response.writeHead(upstreamStatus).end(body))
    expect(await browser.post(own, { token })).toMatchObject({ status, kind })
    expect(upstream.requests).toHaveLength(1)
    expect(await connections()).toMatchObject([{ hasEnded: false }, { hasEnded: false }])
  })

  test('as a redirect is not followed', async () => {
    upstream.answer('/Tokens/list', (_request, response) =>
      response.writeHead(302, { location: 'https://elsewhere.example/' }).end(),
    )
    expect(await browser.post(own, { token })).toMatchObject({ status: 502, kind: 'redirected' })
    expect(upstream.requests).toHaveLength(1)
  })

  test('never at all is asked for once', async () => {
    upstream.answer('/Tokens/list', (_request, response) => response.destroy())
    expect(await browser.post(own, { token })).toMatchObject({ status: 502, kind: 'unreachable' })
    expect(upstream.requests).toHaveLength(1)
  })
})

describe('what reaches no server', () => {
  test.each([
    ['no token', {}],
    ['an empty token', { token: '' }],
    ['a token with a line break', { token: 'A\r\nX-Evil: 1' }],
    ['a token with a colon', { token: 'A:B' }],
    ['a token with a space', { token: 'A B' }],
    ['a token beyond ASCII', { token: 'Ä' }],
    ['a token that is too long', { token: 'A'.repeat(257) }],
    ['a list of tokens', { token: ['A'] }],
    ['something more', { token: 'A', server: 'main' }],
    ['an account of no form', { token: 'A', account: 'carol:B' }],
    ['an account and a line', { token: 'A', account: 'carol\r\n' }],
    ['nothing', null],
  ])('%s', async (_what, body) => {
    const answer = await browser.post(whm, body)
    expect(answer).toMatchObject({ status: 400, kind: 'invalid_request' })
    expect(answer.body).not.toContain('Evil')
    expect(upstream.requests).toEqual([])
  })

  test('an account over a cPanel connection', async () => {
    expect(await browser.post(own, { token, account: 'carol' })).toMatchObject({ status: 404, kind: 'not_allowed' })
    expect(upstream.requests).toEqual([])
  })

  test('an account of a server whose cPanel is not configured, while the WHM user’s own token is tried', async () => {
    await open({ CPANEL_URL: '' })
    expect(await browser.post(whm, { token, account: 'carol' })).toMatchObject({ status: 404, kind: 'not_allowed' })
    expect(upstream.requests).toEqual([])
    expect(await browser.post(whm, { token })).toMatchObject({ json: { verdict: 'works' } })
  })

  test('anything of who has no such connection, or comes from another site', async () => {
    expect(await createBrowser(app).post(own, { token })).toMatchObject({ status: 401, kind: 'unauthenticated' })
    const foreign = { headers: { 'sec-fetch-site': 'cross-site' } }
    expect(await browser.post(own, { token }, foreign)).toMatchObject({ status: 403, kind: 'wrong_origin' })
    expect(await browser.get(own)).toMatchObject({ status: 404 })
    expect(upstream.requests).toEqual([])
  })
})
