import * as fc from 'fast-check'
import type { FastifyInstance } from 'fastify'
import type { ServerResponse } from 'node:http'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createBrowser, createTestApp, signInBody, type Browser } from './testing/browser'
import { linesOf, listAnswer, nameAccounts, onList } from './testing/fanout'
import { createTestUpstream, sendAccessDenied, sendJson, sendLoginPage, type TestUpstream } from './testing/upstream'

let upstream: TestUpstream
let app: FastifyInstance
let log: string[]
let browser: Browser

beforeEach(async () => {
  upstream = await createTestUpstream()
  ;({ app, log } = await createTestApp(upstream, { ANSWER_TIMEOUT: '1', FANOUT_PARALLEL: '4' }))
  browser = createBrowser(app)
  await browser.post('/api/connections', signInBody('whm', 'root'))
})

afterEach(async () => {
  await app.close()
  await upstream.close()
})

const path = '/api/connections/main.whm.root/tokens'
const ask = async (accounts: unknown) => {
  const answer = await browser.post(path, { accounts })
  return { ...answer, lines: linesOf(answer.body) }
}
const asked = () => upstream.requests.filter(({ path }) => path.endsWith('/uapi_cpanel')).map(({ form }) => form)
const probes = () => upstream.requests.filter(({ path }) => path.endsWith('/version'))
const connections = async () => (await browser.get('/api/connections')).json

describe('the answer', () => {
  test('has a line for each account, with the server’s own words and clock', async () => {
    onList(upstream, (account, response) => {
      response.setHeader('date', 'Mon, 02 Nov 2026 03:04:05 GMT')
      sendJson(response, listAnswer(account))
    })
    const answer = await ask(['bob', 'eve', 'bob', 'ann'])
    expect(answer).toMatchObject({ status: 200, headers: { 'cache-control': 'no-store', 'x-accel-buffering': 'no' } })
    expect(answer.headers['content-type']).toBe('application/x-ndjson; charset=utf-8')
    const date = 'Mon, 02 Nov 2026 03:04:05 GMT'
    expect(answer.lines).toHaveLength(3)
    for (const account of ['bob', 'eve', 'ann'])
      expect(answer.lines).toContainEqual({ account, date, envelope: listAnswer(account) })
    expect(asked().map((form) => form.get('cpanel.user'))).toEqual(['bob', 'eve', 'ann'])
    expect(asked()[0]?.toString()).toBe('api.version=1&cpanel.user=bob&cpanel.module=Tokens&cpanel.function=list')
  })

  test('says that it is garbled where a server writes more than one value, and lets none of it be a line’s own', async () => {
    onList(upstream, (account, response) => {
      if (account === 'bob') response.end('{"metadata":{}},"account":"eve","x":{}')
      else sendJson(response, listAnswer(account))
    })
    const { lines } = await ask(['bob', 'eve'])
    expect(lines).toHaveLength(2)
    expect(lines).toContainEqual({ account: 'bob', error: expect.objectContaining({ kind: 'garbled' }) })
    expect(lines).toContainEqual(expect.objectContaining({ account: 'eve', envelope: listAnswer('eve') }))
  })

  test('keeps the order asked for where one is asked at a time', async () => {
    await app.close()
    ;({ app } = await createTestApp(upstream, { FANOUT_PARALLEL: '1' }))
    browser = createBrowser(app)
    await browser.post('/api/connections', signInBody('whm', 'root'))
    const accounts = nameAccounts(20)
    expect((await ask(accounts)).lines).toMatchObject(accounts.map((account) => ({ account })))
  })

  test('keeps JSON as it came, on one line however it was printed', async () => {
    const value = { data: { uapi: { data: [{ name: 'a\nb\u2028c "d" ünï' }], status: 1 } }, metadata: { result: 1 } }
    const printed = JSON.stringify(value, null, '\t').replaceAll('\n', '\r\n').replace('"status": 1', '"status": 1.0e0')
    onList(upstream, (_account, response) => response.end(`\n${printed}\n`))
    const { body, lines } = await ask(['bob'])
    expect(lines).toEqual([{ account: 'bob', date: expect.anything(), envelope: value }])
    expect(body).toContain('1.0e0')
    expect(body.match(/[\r\n]/g)).toHaveLength(1)
  })

  test('keeps any JSON on one line', async () => {
    const object = fc.dictionary(fc.string(), fc.jsonValue(), { minKeys: 1 })
    await fc.assert(
      fc.asyncProperty(object, fc.constantFrom('\n', '\r\n', '\t', '  '), async (value, indent) => {
        if ('cpanelresult' in value) return
        onList(upstream, (_account, response) => response.end(JSON.stringify(value, null, indent)))
        const { lines } = await ask(['bob'])
        expect(lines).toMatchObject([{ envelope: JSON.parse(JSON.stringify(value)) }])
      }),
      { numRuns: 50 },
    )
  })

  test('is one for five thousand accounts as well', { timeout: 30_000 }, async () => {
    const accounts = nameAccounts(5000)
    const { lines } = await ask(accounts)
    expect(lines).toHaveLength(5000)
    expect(new Set(asked().map((form) => form.get('cpanel.user')))).toEqual(new Set(accounts))
  })
})

describe('an account that fails', () => {
  test('has a line of its own, and the others go on', async () => {
    onList(upstream, (account, response, raw) => {
      if (account === 'cut') return raw.socket.destroy()
      if (account === 'page') return response.end('<html><h1>Hello</h1></html>')
      if (account === 'broken') return response.writeHead(500).end()
      if (account !== 'silent') sendJson(response, listAnswer(account))
    })
    const { lines } = await ask(['a', 'cut', 'page', 'broken', 'silent', 'b'])
    expect(lines).toHaveLength(6)
    for (const [account, kind] of [
      ['cut', 'unreachable'],
      ['page', 'garbled'],
      ['broken', 'upstream_failed'],
      ['silent', 'timeout'],
    ])
      expect(lines).toContainEqual({ account, error: { kind, message: expect.any(String) } })
    expect(lines.filter((line) => 'envelope' in line)).toHaveLength(2)
  })

  test('by a refusal costs a look at the session only now and then', async () => {
    onList(upstream, (_account, response) => sendAccessDenied(response))
    const { lines } = await ask(nameAccounts(1000))
    expect(lines).toHaveLength(1000)
    expect(lines.every(({ error }) => error?.kind === 'forbidden')).toBe(true)
    expect(probes().length).toBeLessThan(10)
    expect(await connections()).toMatchObject([{ hasEnded: false }])
  })
})

describe('the work ends early', () => {
  test.each([
    ['a login page', (response) => sendLoginPage(response, 200)],
    ['a refusal of everything', (response) => sendAccessDenied(response)],
  ] satisfies [string, (response: ServerResponse) => void][])(
    'when the session has ended, told by %s',
    async (_name, end) => {
      onList(upstream, (account, response) => {
        if (account !== 'account20') return sendJson(response, listAnswer(account))
        upstream.answer('/version', (_request, response) => end(response))
        onList(upstream, (_account, response) => end(response))
        end(response)
      })
      const { lines } = await ask(nameAccounts(1000))
      expect(lines.at(-1)).toEqual({ error: { kind: 'unauthenticated', message: expect.any(String) } })
      expect(lines.slice(0, -1).every(({ account }) => account !== undefined)).toBe(true)
      expect(asked().length).toBeLessThan(30)
      expect(await connections()).toMatchObject([{ id: 'main.whm.root', hasEnded: true }])
      expect(await browser.post(path, { accounts: ['bob'] })).toMatchObject({ status: 401, kind: 'unauthenticated' })
    },
  )

  test('when the server wants a break, which the last line tells', async () => {
    onList(upstream, (account, response) => {
      if (account === 'account10') response.writeHead(429, { 'retry-after': '7' }).end()
      else sendJson(response, listAnswer(account))
    })
    const { lines } = await ask(nameAccounts(1000))
    expect(lines.at(-1)).toEqual({ error: { kind: 'too_many_requests', message: expect.any(String), retryAfter: 7 } })
    expect(asked().length).toBeLessThan(20)
    expect(await connections()).toMatchObject([{ hasEnded: false }])
  })

  test('when the server is dead, not when some of its answers fail', async () => {
    let [calls, isDead] = [0, false]
    onList(upstream, (account, response, raw) => {
      calls += 1
      isDead ||= account === 'account50'
      if (isDead || calls % 3 > 0) return raw.socket.destroy()
      sendJson(response, listAnswer(account))
    })
    const { lines } = await ask(nameAccounts(1000))
    expect(lines.at(-1)).toEqual({ error: { kind: 'unreachable', message: expect.any(String) } })
    expect(lines.length).toBeGreaterThan(50)
    // What was cut is asked once more each time, before it counts.
    expect(new Set(asked().map((form) => form.get('cpanel.user'))).size).toBeLessThan(70)
  })
})

test.each([
  [{}],
  [{ accounts: [] }],
  [{ accounts: 'bob' }],
  [{ accounts: ['bob', 1] }],
  [{ accounts: ['bo:b'] }],
  [{ accounts: ['a/b'] }],
  [{ accounts: [''] }],
  [{ accounts: ['bob'], more: 1 }],
  [{ accounts: nameAccounts(20_001) }],
  [['bob']],
  [null],
])('a body that is not a list of accounts is refused (%#)', async (body) => {
  expect(await browser.post(path, body)).toMatchObject({ status: 400, kind: 'invalid_request' })
  expect(asked()).toEqual([])
})

test('no body but the right one gets anything asked', async () => {
  await fc.assert(
    fc.asyncProperty(fc.jsonValue(), async (body) => {
      expect(await browser.post(path, body)).toMatchObject({ status: 400, kind: 'invalid_request' })
      expect(asked()).toEqual([])
    }),
    { numRuns: 50 },
  )
})

test('a body of more than 2 MB is too large', async () => {
  const accounts = nameAccounts(18_000).map((name) => name.padEnd(120, 'x'))
  expect(await browser.post(path, { accounts })).toMatchObject({ status: 413, kind: 'too_large' })
})

test('a cPanel connection has no such route, and another browser no such connection', async () => {
  await browser.post('/api/connections', signInBody('cpanel', 'bob'))
  const cpanel = await browser.post('/api/connections/main.cpanel.bob/tokens', { accounts: ['bob'] })
  expect(cpanel).toMatchObject({ status: 404, kind: 'not_allowed' })
  expect(await createBrowser(app).post(path, { accounts: ['bob'] })).toMatchObject({ status: 401 })
  const elsewhere = { headers: { 'sec-fetch-site': 'cross-site' } }
  expect(await browser.post(path, { accounts: ['bob'] }, elsewhere)).toMatchObject({ kind: 'wrong_origin' })
  expect(asked()).toEqual([])
})

test('the log has one line, with numbers and no names', async () => {
  log.length = 0
  await ask(['hidden-account', 'another'])
  expect(log.map((line): unknown => JSON.parse(line))).toMatchObject([
    { route: '/api/connections/:id/tokens', status: 200, accounts: 2, answered: 2 },
  ])
  expect(log.join('')).not.toContain('hidden-account')
})
