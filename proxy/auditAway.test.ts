import type { FastifyInstance } from 'fastify'
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createTrail } from './auditTrail'
import { createBrowser, createTestApp, signInBody, type Browser } from './testing/browser'
import { accepted, createTestUpstream, sendJson, uapi, type TestUpstream } from './testing/upstream'

let upstream: TestUpstream
let app: FastifyInstance
let browser: Browser
let log: string[]
let folder: string

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'keyring-audit-away-'))
  upstream = await createTestUpstream()
  ;({ app, log } = await createTestApp(upstream, { AUDIT_LOG: join(folder, 'audit.log') }))
  browser = createBrowser(app)
})

afterEach(async () => {
  await app.close()
  await upstream.close()
  rmSync(folder, { recursive: true, force: true })
})

const tokens = '/api/connections/main.cpanel.bob/execute/Tokens'

describe('without a disk to write to', () => {
  beforeEach(async () => {
    await browser.post('/api/connections', signInBody())
  })

  test('nothing is changed and nobody signs in, but people may look and sign out', async () => {
    rmSync(folder, { recursive: true })
    const asked = upstream.requests.length
    const refused = { status: 500, kind: 'internal', body: expect.stringContaining('nothing was sent') }
    expect(await browser.post(`${tokens}/revoke`, { name: 'a' })).toMatchObject(refused)
    expect(await browser.post('/api/connections', signInBody('cpanel', 'carol'))).toMatchObject(refused)
    expect(upstream.requests).toHaveLength(asked)

    expect(await browser.post(`${tokens}/list`, {})).toMatchObject({ status: 200 })
    expect(await browser.delete('/api/connections')).toMatchObject({ status: 204 })
    expect((await browser.get('/api/connections')).json).toEqual([])
    expect(log.map((line) => JSON.parse(line)).filter(({ level }) => level === 50)).toMatchObject([
      { cause: 'ENOENT', lines: 1 },
      { cause: 'ENOENT', lines: 1 },
      { cause: 'ENOENT', lines: 1 },
    ])
  })

  test('the proxy says that it is not ready, and is again by itself', async () => {
    rmSync(folder, { recursive: true })
    await browser.post(`${tokens}/revoke`, { name: 'a' })
    const notReady = { status: 503, json: { ready: false, hindrances: ['audit'] } }
    expect(await browser.get('/readyz')).toMatchObject(notReady)
    mkdirSync(folder)
    await vi.waitFor(async () => expect(await browser.get('/readyz')).toMatchObject({ status: 200 }))
    expect(JSON.parse(readFileSync(join(folder, 'audit.log'), 'utf8'))).toMatchObject({ event: 'gap', lines: 1 })
    expect(await browser.post(`${tokens}/revoke`, { name: 'a' })).toMatchObject({ status: 200 })
  })

  test('an answer that is there already still goes out: it may hold a secret', async () => {
    upstream.answer('/Tokens/create_full_access', (_request, response) => {
      rmSync(folder, { recursive: true })
      sendJson(response, uapi({ token: 'NEWSECRET' }))
    })
    const answer = await browser.post(`${tokens}/create_full_access`, { name: 'a' })
    expect(answer).toMatchObject({ status: 200, json: { data: { token: 'NEWSECRET' } } })
    expect(log.map((line) => JSON.parse(line)).filter(({ level }) => level === 50)).toMatchObject([
      { cause: 'ENOENT', lines: 1, id: answer.headers['x-request-id'] },
    ])
    expect(log.join('')).not.toContain(accepted.securityToken)
  })
})

test('a trail is closed once all that runs has its last line', async () => {
  const writes: (() => void)[] = []
  const write = () => new Promise<void>((resolve) => void writes.push(resolve))
  const trail = createTrail({ write, isHealthy: () => true }, () => undefined)
  const bob = { id: 'x', server: 'main', kind: 'cpanel', username: 'bob', credential: null, signedInAt: 0 } as const
  app.get('/sign-out', async (request) => trail.signOut(request, [bob]))
  const answered = app.inject({ url: '/sign-out', headers: { host: 'localhost' } }).then(() => 'answered')
  const keep = await vi.waitUntil(() => writes[0])

  const closed = trail.close().then(() => 'closed')
  expect(await Promise.race([closed, answered, setImmediate('open')])).toBe('open')
  keep()
  expect(await closed).toBe('closed')
  expect(await answered).toBe('answered')
})
