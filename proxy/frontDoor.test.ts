import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createBrowser, createTestApp, signInBody, type Browser } from './testing/browser'
import { rawRequest, sendRaw } from './testing/raw'
import { createTestUpstream, type TestUpstream } from './testing/upstream'

let upstream: TestUpstream
let app: FastifyInstance
let origin: string
let browser: Browser

beforeAll(async () => {
  upstream = await createTestUpstream()
  app = (await createTestApp(upstream, { ALLOWED_HOSTS: 'keyring.example.com' })).app
  origin = await app.listen({ host: '127.0.0.1', port: 0 })
  browser = createBrowser(app)
  await browser.post('/api/connections', signInBody())
  await browser.post('/api/connections', signInBody('whm', 'root'))
})

afterAll(async () => {
  await app.close()
  await upstream.close()
})

beforeEach(() => {
  upstream.requests.length = 0
})

const cookieHeader = () => `keyring=${browser.cookies.get('keyring')}`
const listPath = '/api/connections/main.cpanel.bob/execute/Tokens/list'

describe('a host name', () => {
  test.each(['localhost', '127.0.0.1:4380', '[::1]:4380', 'LOCALHOST:1', 'keyring.example.com'])(
    '%s is ours',
    async (host) => {
      expect(await browser.get('/api/servers', { headers: { host } })).toMatchObject({ status: 200 })
    },
  )

  test.each([
    'evil.example',
    'evil.example:4380',
    'localhost.evil.example',
    'localhost@evil.example',
    'localhost:4380:80',
    'localhost, evil.example',
    '127.0.0.1.nip.io',
    '2130706433',
  ])('%j is not', async (host) => {
    const answer = await browser.get('/api/servers', { headers: { host } })
    expect(answer).toMatchObject({ status: 421, kind: 'wrong_host' })
  })
})

test('an empty host name is not ours either', async () => {
  expect(await sendRaw(origin, rawRequest('GET', '/api/servers', { Host: '' }))).toMatch(/^HTTP\/1\.1 421 /)
})

describe('a request from another site', () => {
  test.each([
    { origin: 'https://evil.example' },
    { origin: 'http://localhost:9999' },
    { origin: 'http://localhost.evil.example' },
    { origin: 'null' },
    { origin: '' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { origin: 'http://localhost', 'sec-fetch-site': 'cross-site' },
  ])('%j is refused, whatever it asks for', async (headers) => {
    const answers = [
      await browser.get('/api/connections', { headers }),
      await browser.post('/api/connections', signInBody(), { headers }),
      await browser.post(listPath, {}, { headers }),
      await browser.delete('/api/connections', { headers }),
    ]
    for (const answer of answers) expect(answer).toMatchObject({ status: 403, kind: 'wrong_origin' })
    expect(upstream.requests).toEqual([])
  })

  test.each([{ origin: 'http://localhost' }, { origin: 'https://localhost' }, { 'sec-fetch-site': 'none' }])(
    'our own %j passes',
    async (headers) => {
      expect(await browser.get('/api/connections', { headers })).toMatchObject({ status: 200 })
    },
  )
})

describe('a path trick', () => {
  const call = '/api/connections/main.cpanel.bob'
  test.each([
    `${call}/execute/Tokens/../Tokens/list`,
    `${call}/execute/Email/../Tokens/list`,
    `${call}/execute/Tokens/%2e%2e/Tokens/list`,
    `${call}/execute/Tokens/..%2fEmail%2flist_pops`,
    `${call}/execute/Tokens/%252e%252e%252flist`,
    `${call}/execute/Tokens/list%00`,
    `${call}/execute/Tokens/list%20`,
    `${call}/execute/Tokens/list%3fname=x`,
    `${call}/execute/Tokens/list%23`,
    `${call}/execute/Tokens/list;x`,
    `${call}/execute/Tokens/list/`,
    `${call}/execute/Tokens//list`,
    `${call}//execute/Tokens/list`,
    `//api/connections/main.cpanel.bob/execute/Tokens/list`,
    `/x/..${call}/execute/Tokens/list`,
    `/./api/connections/main.cpanel.bob/execute/Tokens/list`,
    `/%61pi/connections/main.cpanel.bob/execute/Tokens/list`,
    `/API/connections/main.cpanel.bob/execute/Tokens/list`,
    `${call}/execute/tokens/list`,
    `${call}/execute%2fTokens%2flist`,
    `${call}\\execute\\Tokens\\list`,
    `/api/connections/main%2ecpanel%2ebob%2f..%2fx/execute/Tokens/list`,
    `/api/connections/main.cpanel.bob%252f/execute/Tokens/list`,
    `${call}/execute/Email/list_pops`,
    `${call}/execute/Tokens/LIST`,
    `${call}/execute/Tokens/__proto__`,
    `${call}/execute/Tokens/constructor`,
    `${call}/execute/Tokens/create_limited`,
    `${call}/json-api/version`,
    `/api/connections/main.whm.root/execute/Tokens/list`,
    `/api/connections/main.whm.root/json-api/createacct`,
    `/api/connections/main.whm.root/json-api/../execute/Tokens/list`,
    `/api/connections/main.whm.root/json-api/hasOwnProperty`,
    `/api/connections/main.whm.root/json-api/%zz`,
    `/api/connections/main.whm.root/json-api/%c0%ae%c0%ae`,
    `/api/connections/main.whm.root/json-api/${'a'.repeat(4000)}`,
    `http://127.0.0.1/api/connections/main.cpanel.bob/execute/Tokens/list`,
    `/api/nothing`,
    `/api`,
    `/api/`,
    `*`,
  ])('%s leads nowhere', async (path) => {
    const headers = { Cookie: cookieHeader(), 'Content-Type': 'application/json' }
    const answer = await sendRaw(origin, rawRequest('POST', path, headers, '{}'))
    expect(answer).toMatch(/^HTTP\/1\.1 404 /)
    expect(answer).toContain('"kind":"not_allowed"')
    expect(answer).not.toMatch(/stack|node_modules/)
    expect(upstream.requests).toEqual([])
  })

  test('is not needed: a path in plain passes, encoded user name or not', async () => {
    const headers = { Cookie: cookieHeader(), 'Content-Type': 'application/json' }
    expect(await sendRaw(origin, rawRequest('POST', listPath, headers, '{}'))).toMatch(/^HTTP\/1\.1 200 /)
    const encoded = listPath.replace('bob', '%62ob')
    expect(await sendRaw(origin, rawRequest('POST', encoded, headers, '{}'))).toMatch(/^HTTP\/1\.1 200 /)
  })
})

describe('a body', () => {
  test('that is too large is refused', async () => {
    const answer = await browser.post(listPath, { name: 'x'.repeat(65_536) })
    expect(answer).toMatchObject({ status: 413, kind: 'too_large' })
    expect(upstream.requests).toEqual([])
  })

  test.each([
    ['application/x-www-form-urlencoded', 'name=x'],
    ['text/plain', '{}'],
    ['multipart/form-data; boundary=x', '--x--'],
    ['application/json', '{"name":'],
    ['application/json', ''],
    ['application/json', '{"__proto__":{"name":"x"}}'],
    ['application/json', '{"constructor":{"prototype":{"name":"x"}}}'],
    ['application/json', '[]'],
    ['application/json', '"list"'],
    ['application/json', 'null'],
  ])('of %s: %s is refused', async (type, body) => {
    const headers = { Cookie: cookieHeader(), 'Content-Type': type }
    const answer = await sendRaw(origin, rawRequest('POST', listPath, headers, body))
    expect(answer).toMatch(/^HTTP\/1\.1 400 /)
    expect(answer).toContain('"kind":"invalid_request"')
    expect(upstream.requests).toEqual([])
  })

  test('that is missing is refused', async () => {
    const answer = await sendRaw(origin, rawRequest('POST', listPath, { Cookie: cookieHeader() }))
    expect(answer).toMatch(/^HTTP\/1\.1 400 /)
  })
})

test.each(['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE'])('%s makes no call', async (method) => {
  const answer = await sendRaw(origin, rawRequest(method, listPath, { Cookie: cookieHeader() }))
  expect(answer).toMatch(/^HTTP\/1\.1 (404|405) /)
  expect(upstream.requests).toEqual([])
})

test.each([
  ['what is not HTTP', 'hello\r\n\r\n'],
  ['two lengths', rawRequest('POST', listPath, { 'Transfer-Encoding': 'chunked' }, '0\r\n\r\n')],
  ['no Host', 'GET /api/servers HTTP/1.1\r\nConnection: close\r\n\r\n'],
  ['huge headers', rawRequest('GET', '/api/servers', { 'X-Long': 'x'.repeat(20_000) })],
])('%s is dropped with a short answer', async (_name, text) => {
  const answer = await sendRaw(origin, text)
  expect(answer).toMatch(/^HTTP\/1\.1 4\d\d /)
  expect(upstream.requests).toEqual([])
})

test.each([
  ['what is not HTTP', 'hello\r\n\r\n'],
  ['huge headers', rawRequest('GET', '/api/servers', { 'X-Long': 'x'.repeat(20_000) })],
  ['a path that can’t be routed', rawRequest('GET', '/%zz')],
])('also what is no request is answered with what keeps a browser from using it: %s', async (_name, text) => {
  const answer = await sendRaw(origin, text)
  expect(answer).toMatch(/^content-security-policy: .*frame-ancestors 'none'/im)
  expect(answer).toMatch(/^x-content-type-options: nosniff\r$/im)
  expect(answer).toMatch(/^cache-control: no-store\r$/im)
})

test('every answer carries the security headers, and /api is never stored', async () => {
  for (const path of ['/api/servers', '/api/connections/main.cpanel.nobody', '/nowhere']) {
    const { headers } = await browser.get(path)
    expect(headers).toMatchObject({
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
    })
    expect(headers['content-security-policy']).toContain("script-src 'self'")
    expect(headers['content-security-policy']).not.toContain('unsafe')
    expect(headers).not.toHaveProperty('strict-transport-security')
    expect(headers).not.toHaveProperty('access-control-allow-origin')
  }
})

test('who is signed in learns where the server’s own API is, and from where it sees this machine', async () => {
  expect((await browser.get('/api/connections/main.cpanel.bob')).json).toEqual({
    id: 'main.cpanel.bob',
    server: 'main',
    kind: 'cpanel',
    username: 'bob',
    hasEnded: false,
    urls: { cpanel: upstream.origin, whm: upstream.origin },
    address: '127.0.0.1',
  })
})

test('the servers are told by id, name and kind, without their addresses', async () => {
  expect((await browser.get('/api/servers')).json).toEqual([
    { id: 'main', name: '127.0.0.1', kinds: ['cpanel', 'whm'] },
  ])
  expect((await browser.get('/api/demo-logins')).json).toEqual([])
})
