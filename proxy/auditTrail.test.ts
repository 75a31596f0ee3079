import type { FastifyInstance } from 'fastify'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import type { ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createBrowser, createTestApp, signInBody, type Browser } from './testing/browser'
import { createTestUpstream, sendAccessDenied, sendJson, uapi, type TestUpstream } from './testing/upstream'

let upstream: TestUpstream
let app: FastifyInstance
let browser: Browser
let folder: string

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'keyring-audit-trail-'))
  upstream = await createTestUpstream()
  app = (await createTestApp(upstream, { AUDIT_LOG: join(folder, 'audit.log'), ANSWER_TIMEOUT: '1' })).app
  browser = createBrowser(app)
})

afterEach(async () => {
  await app.close()
  await upstream.close()
  rmSync(folder, { recursive: true, force: true })
})

const lines = (): Record<string, unknown>[] =>
  readFileSync(join(folder, 'audit.log'), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line))
const since = (before: readonly unknown[]) => lines().slice(before.length)
const tokens = '/api/connections/main.cpanel.bob/execute/Tokens'
const whm = '/api/connections/main.whm.root/json-api'
const bob = { server: 'main', kind: 'cpanel', user: 'bob', account: 'bob' }

const answers = (status: number, body = '', headers = {}) => {
  return (response: ServerResponse): void => void response.writeHead(status, headers).end(body)
}

describe('signing in', () => {
  test('is on record before the password is sent and before the browser is answered', async () => {
    const during: unknown[] = []
    upstream.answer('/login/?login_only=1', (_request, response) => {
      during.push(...lines())
      sendJson(response, { status: 0, message: 'invalid_login' }, 401)
    })
    const answer = await browser.post('/api/connections', { ...signInBody(), password: 'WRONG' })
    const about = { msg: 'audit', event: 'sign-in', id: answer.headers['x-request-id'], from: '127.0.0.1', ...bob }
    expect(during).toMatchObject([{ ...about, phase: 'begun' }])
    expect(lines()).toMatchObject([
      { ...about, phase: 'begun' },
      { ...about, phase: 'ended', result: 'refused', why: 'wrong_credentials' },
    ])
  })

  test('that works is on record with its server, kind and user', async () => {
    await browser.post('/api/connections', signInBody('whm', 'root'))
    const about = { event: 'sign-in', server: 'main', kind: 'whm', user: 'root', account: 'root' }
    expect(lines()).toMatchObject([
      { ...about, phase: 'begun' },
      { ...about, phase: 'ended', result: 'done' },
    ])
  })

  test('that is not even tried is on record, with why', async () => {
    for (let attempt = 0; attempt < 5; attempt += 1) {
      await browser.post('/api/connections', { ...signInBody(), password: `WRONG${attempt}` })
    }
    expect(upstream.requests).toHaveLength(4)
    expect(lines().at(-1)).toMatchObject({ event: 'sign-in', result: 'refused', why: 'too_many_requests' })
  })

  test('of what is no user name is not, and a name can’t forge a line', async () => {
    await browser.post('/api/connections', { ...signInBody(), username: 'x":1\n' })
    await browser.post('/api/connections', { ...signInBody(), server: 'nowhere' })
    expect(lines()).toEqual([])
    await browser.post('/api/connections', { ...signInBody(), username: '"}{"event"' })
    expect(lines()).toMatchObject([{ user: '"}{"event"' }, { user: '"}{"event"', event: 'sign-in' }])
  })
})

test('signing out is on record for each connection, and nothing is where nobody was signed in', async () => {
  await browser.post('/api/connections', signInBody())
  await browser.post('/api/connections', signInBody('whm', 'root'))
  await browser.post('/api/connections', signInBody('cpanel', 'carol'))
  const before = lines()
  await browser.delete('/api/connections/main.cpanel.carol')
  await browser.delete('/api/connections')
  await browser.delete('/api/connections')
  const about = { event: 'sign-out', phase: 'ended', result: 'done' }
  expect(since(before)).toMatchObject([
    { ...about, user: 'carol' },
    { ...about, user: 'bob' },
    { ...about, user: 'root' },
  ])
})

describe('a change', () => {
  beforeEach(async () => {
    await browser.post('/api/connections', signInBody())
    await browser.post('/api/connections', signInBody('whm', 'root'))
  })

  test('is on record before it is sent, so that a crash leaves a beginning without an end', async () => {
    const before = lines()
    const during: unknown[] = []
    upstream.answer('/Tokens/create_full_access', (_request, response) => {
      during.push(...since(before))
      sendJson(response, uapi({ token: 'NEWSECRET' }))
    })
    const answer = await browser.post(`${tokens}/create_full_access`, { name: 'deploy', expires_at: 1_900_000_000 })
    const about = { event: 'create', id: answer.headers['x-request-id'], from: '127.0.0.1', ...bob, token: 'deploy' }
    expect(during).toMatchObject([{ ...about, phase: 'begun' }])
    expect(since(before)).toEqual([
      { ...about, phase: 'begun', msg: 'audit', time: expect.any(String) },
      { ...about, phase: 'ended', result: 'done', msg: 'audit', time: expect.any(String) },
    ])
  })

  test('of another account is on record with both names', async () => {
    const before = lines()
    const parameters = { 'cpanel.user': 'carol', 'cpanel.module': 'Tokens', 'cpanel.function': 'rename' }
    upstream.answer('/uapi_cpanel', (_request, response) =>
      sendJson(response, { data: { uapi: { ...uapi(null), status: 0 } }, metadata: { result: 1 } }),
    )
    await browser.post(`${whm}/uapi_cpanel`, { ...parameters, name: 'old', new_name: 'new' })
    expect(since(before)).toMatchObject([
      { phase: 'begun', event: 'rename', user: 'root', account: 'carol', token: 'old', newName: 'new' },
      { phase: 'ended', result: 'refused', why: 'rejected', account: 'carol', token: 'old', newName: 'new' },
    ])
  })

  test('of several tokens is on record for each', async () => {
    const before = lines()
    await browser.post(`${whm}/api_token_revoke`, { token_name: ['a', 'b'] })
    expect(since(before)).toMatchObject([
      { phase: 'begun', token: 'a' },
      { phase: 'begun', token: 'b' },
      { phase: 'ended', event: 'revoke', token: 'a', result: 'done' },
      { phase: 'ended', event: 'revoke', token: 'b', result: 'done' },
    ])
  })

  test('of more than two hundred tokens is not sent', async () => {
    const before = [lines(), upstream.requests.length] as const
    const names = Array.from({ length: 201 }, (_, index) => `t${index}`)
    const answer = await browser.post(`${whm}/api_token_revoke`, { token_name: names })
    expect(answer).toMatchObject({ status: 400, kind: 'invalid_request' })
    expect(since(before[0])).toEqual([])
    expect(upstream.requests).toHaveLength(before[1])
    expect(await browser.post(`${whm}/api_token_revoke`, { token_name: names.slice(1) })).toMatchObject({ status: 200 })
    expect(since(before[0])).toHaveLength(400)
  })

  test.each([
    ['a cut', 'unknown', 'unreachable', (response: ServerResponse): void => void response.destroy()],
    ['no answer in time', 'unknown', 'timeout', () => undefined],
    ['a fault', 'unknown', 'upstream_failed', answers(500)],
    ['half an answer', 'unknown', 'garbled', answers(200, '{"status":1')],
    ['another envelope', 'unknown', 'garbled', answers(200, '{"token":"SECRET"}')],
    ['a refusal', 'refused', 'forbidden', sendAccessDenied],
    ['the end of the session', 'refused', 'unauthenticated', answers(401)],
    ['a wish to wait', 'refused', 'too_many_requests', answers(429)],
    ['a redirect', 'refused', 'redirected', answers(302, '', { location: 'https://elsewhere.example/' })],
  ])('that meets %s is %s: %s', async (_name, result, why, answer) => {
    const before = lines()
    upstream.answer('/Tokens/revoke', (_request, response) => answer(response))
    await browser.post(`${tokens}/revoke`, { name: 'a' })
    expect(since(before).at(-1)).toMatchObject({ event: 'revoke', phase: 'ended', token: 'a', result, why })
    expect(JSON.stringify(lines())).not.toContain('SECRET')
  })

  test('that the browser doesn’t wait for is unknown, and has its last line before the proxy ends', async () => {
    const origin = await app.listen({ host: '127.0.0.1', port: 0 })
    const before = lines()
    const giveUp = new AbortController()
    upstream.answer('/Tokens/revoke', () => giveUp.abort())
    const call = fetch(`${origin}${tokens}/revoke`, {
      method: 'POST',
      body: '{"name":"a"}',
      headers: {
        'content-type': 'application/json',
        cookie: `keyring-${new URL(origin).port}=${browser.cookies.get('keyring')}`,
      },
      signal: giveUp.signal,
    })
    await expect(call).rejects.toThrow('aborted')
    await app.close()
    expect(since(before)).toMatchObject([{ phase: 'begun' }, { phase: 'ended', result: 'unknown', why: 'cancelled' }])
  })

  test.each(['list', 'create_full_access'])('is one only if it is a change that may pass: %s', async (name) => {
    const before = lines()
    await browser.post(`${tokens}/${name}`, name === 'list' ? {} : { name: 'a', forbidden: 'x' })
    await browser.post(`${whm}/api_token_list`, {})
    await browser.get('/api/connections/main.whm.root/own-token')
    expect(since(before)).toEqual([])
  })
})
