import type { FastifyInstance } from 'fastify'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createBrowser, createTestApp, signInBody, type Browser } from './testing/browser'
import { accepted, createTestUpstream, sendJson, sendLoginPage, type TestUpstream } from './testing/upstream'

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

const listPath = '/api/connections/main.cpanel.bob/execute/Tokens/list'
const tokenBody = { server: 'main', kind: 'cpanel', username: 'bob', token: accepted.token }

describe('with a password', () => {
  test('answers the connection and calls with the session of the server', async () => {
    const signedIn = await browser.post('/api/connections', signInBody())
    expect(signedIn.status).toBe(201)
    expect(signedIn.json).toEqual({
      id: 'main.cpanel.bob',
      server: 'main',
      kind: 'cpanel',
      username: 'bob',
      hasEnded: false,
    })
    expect(upstream.requests[0]).toMatchObject({ method: 'POST', path: '/login/?login_only=1' })
    expect(Object.fromEntries(upstream.requests[0]?.form ?? [])).toEqual({ user: 'bob', pass: accepted.password })

    const list = await browser.post(listPath, {})
    expect(list).toMatchObject({ status: 200, json: { status: 1, data: [] } })
    expect(upstream.requests[1]).toMatchObject({
      method: 'POST',
      path: `${accepted.securityToken}/execute/Tokens/list`,
      headers: { cookie: accepted.cookie },
    })
  })

  test('takes the security token from the Location header too, without following it', async () => {
    upstream.answer('/login/?login_only=1', (_request, response) => {
      const location = `${accepted.securityToken}/frontend/jupiter/index.html`
      const headers = {
        location,
        'set-cookie': [`${accepted.cookie}; path=/`, 'old=; expires=Thu, 01 Jan 1970 00:00:00 GMT'],
      }
      response.writeHead(301, headers).end()
    })
    expect(await browser.post('/api/connections', signInBody())).toMatchObject({ status: 201 })
    expect(await browser.post(listPath, {})).toMatchObject({ status: 200 })
    expect(upstream.requests).toHaveLength(2)
  })

  test.each([
    'https://elsewhere.example/cpsess0123456789/',
    'https://elsewhere.example:2083/login/',
    '//elsewhere.example/cpsess0123456789/x',
  ])('does not go where the server redirects to: %s', async (location) => {
    upstream.answer('/login/?login_only=1', (_request, response) =>
      response.writeHead(302, { location, 'set-cookie': accepted.cookie }).end(),
    )
    expect(await browser.post('/api/connections', signInBody())).toMatchObject({ status: 502, kind: 'redirected' })
  })

  test('sends the security code along', async () => {
    await browser.post('/api/connections', { ...signInBody(), code: '123456' })
    expect(upstream.requests[0]?.form.get('tfa_token')).toBe('123456')
  })

  test.each([
    ['a JSON code', 401, '{"status":0,"message":"invalid_login"}', 'wrong_credentials'],
    ['JSON with status 200', 200, '{"status":0,"message":"invalid_username"}', 'wrong_credentials'],
    ['the recorded refusal', 403, '{"cpanelresult":{"error":"Access denied"}}', 'wrong_credentials'],
    [
      'an HTML page',
      401,
      '<html><script>var tfa_token = 1</script><input type="password"></html>',
      'wrong_credentials',
    ],
    [
      'the login page again',
      200,
      '<html><form action="/login/"><input type="password"></form></html>',
      'wrong_credentials',
    ],
    ['a wish for a code', 401, '{"status":0,"message":"tfa_required"}', 'code_required'],
    ['a wish for a code in words', 401, '{"message":"Two-factor authentication is enabled"}', 'code_required'],
    [
      'a page that asks for a code',
      200,
      '<html><label>Enter the security code</label><input name="x"></html>',
      'code_required',
    ],
    ['a page of something else', 200, '<html><h1>It works!</h1></html>', 'garbled'],
    ['JSON of something else', 200, '{"hello":"world"}', 'garbled'],
    ['not found', 404, '<html><h1>Not Found</h1></html>', 'garbled'],
    ['a fault', 500, '{"status":0}', 'upstream_failed'],
    ['busy', 429, '', 'too_many_requests'],
  ])('tells %s (%i) apart', async (_name, status, body, kind) => {
    upstream.answer('/login/?login_only=1', (_request, response) => response.writeHead(status).end(body))
    const answer = await browser.post('/api/connections', signInBody())
    expect(answer.kind).toBe(kind)
    expect((await browser.get('/api/connections')).json).toEqual([])
  })

  test('a wrong code is not asked for again', async () => {
    upstream.answer('/login/?login_only=1', (_request, response) => sendJson(response, { message: 'tfa_invalid' }, 401))
    const answer = await browser.post('/api/connections', { ...signInBody(), code: '000000' })
    expect(answer.kind).toBe('wrong_credentials')
  })

  test('an answer without a session cookie is no sign-in', async () => {
    upstream.answer('/login/?login_only=1', (_request, response) =>
      sendJson(response, { status: 1, security_token: accepted.securityToken }),
    )
    expect(await browser.post('/api/connections', signInBody())).toMatchObject({ status: 502, kind: 'garbled' })
  })

  test('a security token of another form is not used', async () => {
    upstream.answer('/login/?login_only=1', (_request, response) => {
      response.setHeader('set-cookie', accepted.cookie)
      sendJson(response, { status: 1, security_token: '/cpsess1/../../etc' })
    })
    expect(await browser.post('/api/connections', signInBody())).toMatchObject({ status: 502, kind: 'garbled' })
  })
})

describe('with an API token', () => {
  test('tries it once and sends it as the header of its kind', async () => {
    expect(await browser.post('/api/connections', tokenBody)).toMatchObject({ status: 201 })
    expect(upstream.requests).toHaveLength(1)
    expect(upstream.requests[0]).toMatchObject({
      path: '/execute/Tokens/list',
      headers: { authorization: `cpanel bob:${accepted.token}` },
    })
    await browser.post('/api/connections', { ...tokenBody, kind: 'whm', username: 'root' })
    expect(upstream.requests[1]).toMatchObject({
      path: '/json-api/version',
      body: 'api.version=1',
      headers: { authorization: `whm root:${accepted.token}` },
    })
  })

  test('a token that may not even ask for the version is a good one', async () => {
    upstream.answer('/json-api/version', (_request, response) =>
      sendJson(response, { metadata: { command: 'version', reason: 'Access denied', result: 0, version: 1 } }),
    )
    expect(await browser.post('/api/connections', { ...tokenBody, kind: 'whm' })).toMatchObject({ status: 201 })
  })

  test('a wrong one is refused', async () => {
    const answer = await browser.post('/api/connections', { ...tokenBody, token: 'WRONGTOKEN' })
    expect(answer).toMatchObject({ status: 401, kind: 'wrong_credentials' })
  })

  test('a login page instead of an answer is a refusal as well', async () => {
    upstream.answer('/execute/Tokens/list', (_request, response) => sendLoginPage(response, 200))
    expect(await browser.post('/api/connections', tokenBody)).toMatchObject({ kind: 'wrong_credentials' })
  })
})

describe('a sign-in of the wrong form reaches no server', () => {
  const good = signInBody()
  test.each([
    ['no body', undefined],
    ['an array', []],
    ['nothing in it', {}],
    ['a server that is not configured', { ...good, server: 'other' }],
    ['a server id with a path', { ...good, server: '../main' }],
    ['a URL for a server', { ...good, server: 'https://127.0.0.1' }],
    ['an unknown kind', { ...good, kind: 'webmail' }],
    ['a colon in the user name', { ...good, username: 'bob:x' }],
    ['a line break in the user name', { ...good, username: 'bob\r\nx' }],
    ['a long user name', { ...good, username: 'b'.repeat(129) }],
    ['a user name that is an object', { ...good, username: { toString: 1 } }],
    ['an empty password', { ...good, password: '' }],
    ['password and token', { ...good, token: accepted.token }],
    ['a line break in the token', { ...tokenBody, token: 'A\r\nB' }],
    ['a code that is no code', { ...good, code: '12345a' }],
    ['something more', { ...good, admin: true }],
  ])('%s', async (_name, body) => {
    const answer = await browser.post('/api/connections', body)
    expect(answer).toMatchObject({ status: 400, kind: 'invalid_request' })
    expect(answer.body).not.toContain(accepted.password)
    expect(upstream.requests).toEqual([])
  })
})

describe('signing out', () => {
  test('ends the session here and at the server', async () => {
    await browser.post('/api/connections', signInBody())
    expect(await browser.delete('/api/connections/main.cpanel.bob')).toMatchObject({ status: 204 })
    expect(upstream.requests.at(-1)).toMatchObject({
      method: 'GET',
      path: `${accepted.securityToken}/logout/`,
      headers: { cookie: accepted.cookie },
    })
    expect(await browser.post(listPath, {})).toMatchObject({ status: 401, kind: 'unauthenticated' })
    expect((await browser.get('/api/connections')).json).toEqual([])
  })

  test('of everything forgets the cookie as well', async () => {
    await browser.post('/api/connections', signInBody('cpanel', 'bob'))
    await browser.post('/api/connections', signInBody('whm', 'root'))
    const [cookie] = browser.cookies
    const answer = await browser.delete('/api/connections')
    expect(answer).toMatchObject({ status: 204, headers: { 'clear-site-data': '"cache"' } })
    expect(browser.cookies.size).toBe(0)
    expect(upstream.requests.filter(({ path }) => path.endsWith('/logout/'))).toHaveLength(2)
    const thief = createBrowser(app, new Map(cookie && [cookie]))
    expect((await thief.get('/api/connections')).json).toEqual([])
  })

  test('works while the server is gone', async () => {
    await browser.post('/api/connections', signInBody())
    await upstream.close()
    expect(await browser.delete('/api/connections/main.cpanel.bob')).toMatchObject({ status: 204 })
  })
})
