import type { FastifyInstance } from 'fastify'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createMetrics, type Metrics } from './metrics'
import { createBrowser, createTestApp, signInBody, type Browser } from './testing/browser'
import { rawRequest, sendRaw } from './testing/raw'
import { createTestUpstream, sendJson, uapi, type TestUpstream } from './testing/upstream'

let upstream: TestUpstream
let app: FastifyInstance & { drain: () => void }
let browser: Browser
let metrics: Metrics

beforeEach(async () => {
  upstream = await createTestUpstream()
  metrics = createMetrics()
  app = (await createTestApp(upstream, {}, { metrics })).app
  browser = createBrowser(app)
})

afterEach(async () => {
  await app.close()
  await upstream.close()
})

/** The lines of one metric, without those of the buckets. */
const of = async (name: string) =>
  (await metrics.registry.metrics())
    .split('\n')
    .filter((line) => line.startsWith(`${name}{`) || line.startsWith(`${name} `))

describe('requests are counted', () => {
  test('by method, route and status', async () => {
    await browser.post('/api/connections', signInBody())
    await browser.get('/api/connections/main.cpanel.bob')
    await browser.get('/api/connections/main.cpanel.carol')
    await browser.get('/api/connections/main.cpanel.dave')
    expect(await of('keyring_http_requests_total')).toEqual([
      'keyring_http_requests_total{method="POST",route="/api/connections",status="201"} 1',
      'keyring_http_requests_total{method="GET",route="/api/connections/:id",status="200"} 1',
      'keyring_http_requests_total{method="GET",route="/api/connections/:id",status="401"} 2',
    ])
    expect(await of('keyring_http_request_duration_seconds_count')).toContain(
      'keyring_http_request_duration_seconds_count{route="/api/connections/:id"} 3',
    )
  })

  test('never by what is in their URL: many paths make no many series', async () => {
    for (let number = 0; number < 100; number += 1) await app.inject(`/wp-login-${number}.php?token=INQUERY`)
    const origin = await app.listen({ host: '127.0.0.1', port: 0 })
    await sendRaw(origin, rawRequest('GET', '/INBADPATH%zz'))
    expect(await of('keyring_http_requests_total')).toEqual([
      'keyring_http_requests_total{method="GET",route="none",status="404"} 101',
    ])
    expect(await metrics.registry.metrics()).not.toMatch(/wp-login|INQUERY|INBADPATH/)
  })
})

test('attempts to sign in are counted by server, kind and result', async () => {
  await browser.post('/api/connections', signInBody())
  await browser.post('/api/connections', { ...signInBody('whm', 'root'), password: 'WRONG' })
  upstream.answer('/login/?login_only=1', (_request, response) => response.destroy())
  await browser.post('/api/connections', signInBody())
  await browser.delete('/api/connections')
  expect(await of('keyring_sign_ins_total')).toEqual([
    'keyring_sign_ins_total{server="main",kind="cpanel",result="done"} 1',
    'keyring_sign_ins_total{server="main",kind="whm",result="refused"} 1',
    'keyring_sign_ins_total{server="main",kind="cpanel",result="unknown"} 1',
  ])
  expect(await of('keyring_writes_total')).toEqual([])
})

test('changes are counted by event and result, reads are not', async () => {
  await browser.post('/api/connections', signInBody())
  const tokens = '/api/connections/main.cpanel.bob/execute/Tokens'
  await browser.post(`${tokens}/list`, {})
  await browser.post(`${tokens}/create_full_access`, { name: 'a' })
  upstream.answer('/Tokens/rename', (_request, response) => sendJson(response, { ...uapi(null), status: 0 }))
  await browser.post(`${tokens}/rename`, { name: 'a', new_name: 'b' })
  upstream.answer('/Tokens/revoke', (_request, response) => response.destroy())
  await browser.post(`${tokens}/revoke`, { name: 'a' })
  expect(await of('keyring_writes_total')).toEqual([
    'keyring_writes_total{event="create",result="done"} 1',
    'keyring_writes_total{event="rename",result="refused"} 1',
    'keyring_writes_total{event="revoke",result="unknown"} 1',
  ])
})

test('a streamed answer of many accounts counts while it runs', async () => {
  const running: Promise<string[]>[] = []
  upstream.answer('/uapi_cpanel', (_request, response) => {
    running.push(of('keyring_fanouts_running'))
    sendJson(response, { data: { uapi: uapi([]) }, metadata: { result: 1 } })
  })
  await browser.post('/api/connections', signInBody('whm', 'root'))
  await browser.post('/api/connections/main.whm.root/tokens', { accounts: ['carol'] })
  expect(await Promise.all(running)).toEqual([['keyring_fanouts_running 1']])
  expect(await of('keyring_fanouts_running')).toEqual(['keyring_fanouts_running 0'])
})

test('a proxy that is being stopped says so', async () => {
  expect(await of('keyring_draining')).toEqual(['keyring_draining 0'])
  app.drain()
  expect(await of('keyring_draining')).toEqual(['keyring_draining 1'])
})

describe('of the servers', () => {
  const door = 'server="main",kind="whm"'
  const api = '/api/connections/main.whm.root/json-api'

  test('requests are counted by what became of them', async () => {
    await browser.post('/api/connections', signInBody('whm', 'root'))
    upstream.answer('/myprivs', (_request, response) => sendJson(response, {}, 500))
    await browser.post(`${api}/myprivs`, {})
    upstream.answer('/api_token_revoke', (_request, response) => response.destroy())
    await browser.post(`${api}/api_token_revoke`, { token_name: 'a' })
    expect(await of('keyring_upstream_requests_total')).toEqual([
      `keyring_upstream_requests_total{${door},outcome="answered"} 2`,
      `keyring_upstream_requests_total{${door},outcome="unreachable"} 1`,
    ])
    expect(await of('keyring_upstream_request_duration_seconds_count')).toEqual([
      `keyring_upstream_request_duration_seconds_count{${door}} 3`,
    ])
  })

  test('a breaker shows as long as it is not closed', async () => {
    await browser.post('/api/connections', signInBody('whm', 'root'))
    expect(await of('keyring_upstream_breaker_open')).toEqual([`keyring_upstream_breaker_open{${door}} 0`])
    const states = ['open', 'half-open', 'closed'] as const
    for (const state of states) {
      metrics.watchBreakers(() => [{ server: 'main', kind: 'whm', state }])
      const shown = state === 'closed' ? 0 : 1
      expect(await of('keyring_upstream_breaker_open')).toEqual([`keyring_upstream_breaker_open{${door}} ${shown}`])
    }
  })
})

test('two proxies in one process count for themselves', async () => {
  const other = createMetrics()
  await browser.get('/api/servers')
  expect(await other.registry.metrics()).not.toContain('/api/servers')
})
