import type { FastifyInstance } from 'fastify'
import type { ServerResponse } from 'node:http'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createBrowser, createTestApp, signInBody, type Browser } from './testing/browser'
import {
  accepted,
  createTestUpstream,
  sendAccessDenied,
  sendJson,
  sendLoginPage,
  type TestUpstream,
} from './testing/upstream'

let upstream: TestUpstream
let app: FastifyInstance
let browser: Browser

beforeEach(async () => {
  upstream = await createTestUpstream()
  app = (await createTestApp(upstream, { ANSWER_TIMEOUT: '1', BODY_TIMEOUT: '1' })).app
  browser = createBrowser(app)
  await browser.post('/api/connections', signInBody())
})

afterEach(async () => {
  await app.close()
  await upstream.close()
})

const tokens = '/api/connections/main.cpanel.bob/execute/Tokens'
const connections = async () => (await browser.get('/api/connections')).json

describe('an answer', () => {
  test('is passed on byte for byte with the date of the server', async () => {
    const text = '{"status" : 1,\n"data":[{"name":"ünïcode","create_time":1e3}],"errors":null}'
    upstream.answer('/Tokens/list', (_request, response) =>
      response.writeHead(200, { date: 'Mon, 02 Nov 2026 03:04:05 GMT', 'set-cookie': 'a=b', 'x-own': '1' }).end(text),
    )
    const answer = await browser.post(`${tokens}/list`, {})
    expect(answer).toMatchObject({ status: 200, body: text })
    expect(answer.headers).toMatchObject({
      date: 'Mon, 02 Nov 2026 03:04:05 GMT',
      'content-type': 'application/json; charset=utf-8',
      'cache-control': 'no-store',
    })
    expect(answer.headers).not.toHaveProperty('x-own')
    expect(answer.headers).not.toHaveProperty('set-cookie')
  })

  test('that says no in the envelope is an answer like any other', async () => {
    const no = { data: null, errors: ['no'], messages: null, metadata: {}, status: 0, warnings: null }
    upstream.answer('/Tokens/revoke', (_request, response) => sendJson(response, no))
    expect(await browser.post(`${tokens}/revoke`, { name: 'x' })).toMatchObject({ status: 200, json: no })
  })
})

test('parameters go in the body, never in the URL', async () => {
  await browser.post(`${tokens}/create_full_access`, { name: 'a&b=c', expires_at: 1900000000, readonly: '1' })
  expect(upstream.requests.at(-1)).toMatchObject({
    path: `${accepted.securityToken}/execute/Tokens/create_full_access`,
    body: 'name=a%26b%3Dc&expires_at=1900000000&readonly=1',
  })
})

describe('a session that has ended', () => {
  test.each([
    ['401', 401],
    ['a login page with 200', 200],
    ['a login page with 403', 403],
  ])('is told by %s and kept as ended', async (_name, status) => {
    upstream.answer('/Tokens/revoke', (_request, response) => sendLoginPage(response, status))
    const answer = await browser.post(`${tokens}/revoke`, { name: 'x' })
    expect(answer).toMatchObject({ status: 401, kind: 'unauthenticated' })
    expect(await connections()).toMatchObject([{ id: 'main.cpanel.bob', hasEnded: true }])
  })

  test('is told by a 403 when harmless calls are refused as well', async () => {
    for (const call of ['/Tokens/revoke', '/Tokens/list', '/Features/has_feature'])
      upstream.answer(call, (_request, response) => sendAccessDenied(response))
    expect(await browser.post(`${tokens}/revoke`, { name: 'x' })).toMatchObject({ kind: 'unauthenticated' })
    expect(await connections()).toMatchObject([{ id: 'main.cpanel.bob', hasEnded: true }])
  })

  test('is told by a 403 to the list when the question for the feature is refused as well', async () => {
    for (const call of ['/Tokens/list', '/Features/has_feature'])
      upstream.answer(call, (_request, response) => sendAccessDenied(response))
    expect(await browser.post(`${tokens}/list`, {})).toMatchObject({ kind: 'unauthenticated' })
    expect(await connections()).toMatchObject([{ id: 'main.cpanel.bob', hasEnded: true }])
  })

  test('is told by a 403 to the list on a server that does not know that question', async () => {
    upstream.answer('/Tokens/list', (_request, response) => sendAccessDenied(response))
    upstream.answer('/Features/has_feature', (_request, response) => response.writeHead(404).end())
    expect(await browser.post(`${tokens}/list`, {})).toMatchObject({ kind: 'unauthenticated' })
  })

  test('is not told by a 403 to the list alone', async () => {
    upstream.answer('/Tokens/list', (_request, response) => sendAccessDenied(response))
    upstream.answer('/Features/has_feature', (_request, response) => response.end('{"data":1,"status":1}'))
    expect(await browser.post(`${tokens}/list`, {})).toMatchObject({ kind: 'forbidden' })
    expect(await connections()).toMatchObject([{ id: 'main.cpanel.bob' }])
  })

  test('of an old call does not end the one renewed meanwhile', async () => {
    const asked = new Promise<ServerResponse>((resolve) =>
      upstream.answer('/Tokens/revoke', (_request, response) => resolve(response)),
    )
    const old = browser.post(`${tokens}/revoke`, { name: 'x' })
    const response = await asked
    await browser.post('/api/connections', signInBody())
    sendLoginPage(response, 401)
    expect(await old).toMatchObject({ kind: 'unauthenticated' })
    expect(await connections()).toMatchObject([{ id: 'main.cpanel.bob' }])
  })
})

test.each([
  ['a refusal of this call alone', 403, {}, '{"cpanelresult":{"error":"Access denied"}}', 403, 'forbidden'],
  ['a redirect', 301, { location: 'https://elsewhere.example/' }, '', 502, 'redirected'],
  ['a fault', 500, {}, 'oops', 502, 'upstream_failed'],
  ['a service that restarts', 503, {}, '<html>503</html>', 502, 'upstream_failed'],
  ['a service that asks to wait', 503, { 'retry-after': '7' }, '', 429, 'too_many_requests'],
  ['a web page', 200, {}, '<html><h1>Hello</h1></html>', 502, 'garbled'],
  ['cut JSON', 200, {}, '{"data":[{"name":"x"', 502, 'garbled'],
  ['JSON that is no envelope', 200, {}, '[]', 502, 'garbled'],
  ['nothing', 204, {}, '', 502, 'garbled'],
])('%s leaves the connection alive', async (_name, status, headers, body, answered, kind) => {
  upstream.answer('/Tokens/revoke', (_request, response) => response.writeHead(status, headers).end(body))
  const answer = await browser.post(`${tokens}/revoke`, { name: 'x' })
  expect(answer).toMatchObject({ status: answered, kind })
  expect(answer.headers['retry-after']).toBe(kind === 'too_many_requests' ? '7' : undefined)
  expect(await connections()).toMatchObject([{ id: 'main.cpanel.bob' }])
  expect(upstream.requests.every(({ headers }) => headers.host === new URL(upstream.origin).host)).toBe(true)
})

test('a connection cut before the answer is told from an answer cut in the middle', async () => {
  upstream.answer('/Tokens/list', (_request, _response, raw) => raw.socket.destroy())
  expect(await browser.post(`${tokens}/list`, {})).toMatchObject({ status: 502, kind: 'unreachable' })
  upstream.answer('/Tokens/list', (_request, response, raw) => {
    response.writeHead(200, { 'content-length': '1000' }).write('{"data":', () => raw.socket.destroy())
  })
  expect(await browser.post(`${tokens}/list`, {})).toMatchObject({ status: 502, kind: 'garbled' })
})

test('a silent server and one that stops talking time out', async () => {
  upstream.answer('/Tokens/list', () => {})
  upstream.answer('/Tokens/revoke', (_request, response) => response.writeHead(200).write('{'))
  const [silent, stopped] = await Promise.all([
    browser.post(`${tokens}/list`, {}),
    browser.post(`${tokens}/revoke`, { name: 'x' }),
  ])
  expect(silent).toMatchObject({ status: 504, kind: 'timeout' })
  expect(stopped).toMatchObject({ status: 504, kind: 'timeout' })
})

test('an endless answer is cut off', async () => {
  upstream.answer('/Tokens/list', (_request, response) => response.end(' '.repeat(17 * 1024 * 1024)))
  expect(await browser.post(`${tokens}/list`, {})).toMatchObject({ status: 502, kind: 'garbled' })
})
