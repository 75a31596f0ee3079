import { X509Certificate } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { ServerConfig } from './servers'
import { createCertificate } from './testing/certificate'
import { configOf, createTestUpstream, createTestUpstreams, sendJson, type TestUpstream } from './testing/upstream'
import type { Upstream, Upstreams } from './upstream'

let server: TestUpstream
let config: ServerConfig | undefined
let upstreams: Upstreams
let seen: ReturnType<typeof createTestUpstreams>['seen']
/** Requests to /held that the server has not answered yet. */
let held: ServerResponse[]

beforeEach(async () => {
  server = await createTestUpstream()
  config = configOf(server)
  use({})
  held = []
  server.answer('/held', (_request, response) => held.push(response))
  server.answer('/', (_request, response) => sendJson(response, {}))
})

afterEach(async () => {
  await server.close()
  await upstreams.close()
})

function use(options: Parameters<typeof createTestUpstreams>[1]): void {
  ;({ upstreams, seen } = createTestUpstreams(server, { findServer: () => config, ...options }))
}

const goingOn = new AbortController().signal
const patiently = { interval: 1, timeout: 5000 }

function door(): Upstream {
  const found = upstreams.find('main', 'whm')
  if (found === undefined) throw new Error('there is no such door')
  return found
}

const ask = (path: string, one = door(), signal = goingOn) => one.send({ method: 'POST', path, signal })

describe('a server', () => {
  test('that is not there, or has no such front door, is not found', () => {
    config = undefined
    expect(upstreams.find('main', 'whm')).toBeUndefined()
    config = { id: 'main', name: 'Main', cpanel: server.origin }
    expect(upstreams.find('main', 'whm')).toBeUndefined()
    expect(upstreams.find('main', 'cpanel')).toBeDefined()
  })

  test('keeps its connections for what is asked next', async () => {
    for (let count = 0; count < 9; count += 1) expect(await ask('/')).toMatchObject({ status: 200 })
    // undici takes a second one where the first has not yet seen the end of an answer that we have.
    expect(server.connections()).toBeLessThanOrEqual(2)
    expect(door()).toBe(door())
  })

  test('gets no more at a time than set, for each front door, and the rest gets its turn', async () => {
    use({ upstreamConnections: 2 })
    const asked = Promise.all(Array.from({ length: 7 }, () => ask('/held')))
    const cpanel = upstreams.find('main', 'cpanel')
    expect(await cpanel?.send({ method: 'POST', path: '/', signal: goingOn })).toMatchObject({ status: 200 })
    for (let left = 7; left > 0; left -= 1) {
      await expect.poll(() => held.length, patiently).toBe(Math.min(2, left))
      held.shift()?.end()
    }
    expect(await asked).toHaveLength(7)
  })

  test('that leads elsewhere is not followed', async () => {
    const other = await createTestUpstream()
    server.answer('/moved', (_request, response) => response.writeHead(307, { location: `${other.origin}/` }).end())
    expect(await ask('/moved')).toMatchObject({ status: 307 })
    expect(other.connections()).toBe(0)
    await other.close()
  })
})

describe('a server that is set up anew', () => {
  test('is connected to anew, while what is under way ends well', async () => {
    const old = door()
    const underWay = ask('/held', old)
    await expect.poll(() => held.length, patiently).toBe(1)
    config = configOf(server)
    expect(door()).not.toBe(old)
    expect(await ask('/')).toMatchObject({ status: 200 })
    expect(server.connections()).toBe(2)
    held[0]?.end('done')
    expect(String((await underWay).body)).toBe('done')
  })

  test('gets nothing more the old way', async () => {
    const old = door()
    config = configOf(server)
    door()
    const failure = { kind: 'unreachable', message: 'The server was changed or removed.' }
    await expect(old.send({ method: 'POST', path: '/', isRead: true, signal: goingOn })).rejects.toMatchObject(failure)
    expect(server.requests).toEqual([])
    expect(seen).toEqual([])
  })

  test('is trusted by its new certificate at once', async () => {
    const changed = await createCertificate()
    server.changeCertificate(changed)
    const fingerprint256 = new X509Certificate(changed.cert).fingerprint256
    const details = { fingerprint256, expected256: server.fingerprint256 }
    await expect(ask('/')).rejects.toMatchObject({ kind: 'untrusted_certificate', details })
    config = { ...configOf(server), fingerprint256 }
    expect(await ask('/')).toMatchObject({ status: 200 })
  })

  test('closes its old connections, used or not', async () => {
    await ask('/')
    expect(server.open()).toBe(1)
    config = undefined
    expect(upstreams.states()).toEqual([])
    await expect.poll(server.open, patiently).toBe(0)
  })

  test('has a breaker of its own, known under its name once it was used', async () => {
    expect(upstreams.states()).toEqual([])
    door()
    expect(upstreams.states()).toEqual([{ server: 'main', kind: 'whm', state: 'closed' }])
  })
})

test('closing waits for what is under way, also at servers that are gone', async () => {
  const first = ask('/held')
  await expect.poll(() => held.length, patiently).toBe(1)
  config = configOf(server)
  const second = ask('/held')
  await expect.poll(() => held.length, patiently).toBe(2)
  let isClosed = false
  const closing = upstreams.close().then(() => (isClosed = true))
  held.shift()?.end()
  await first
  expect(isClosed).toBe(false)
  held.shift()?.end()
  await Promise.all([second, closing])
})

describe('what is observed', () => {
  const about = { server: 'main', kind: 'whm', seconds: expect.closeTo(2) }

  test('is every request that was sent, with what became of it', async () => {
    let now = 0
    use({ clock: () => now, timeouts: { connectMs: 1000, answerMs: 1000, bodyMs: 1000 } })
    server.answer('/fault', (_request, response) => {
      now += 2000
      response.writeHead(500).end()
    })
    server.answer('/cut', (_request, response, raw) => {
      now += 2000
      response.destroy()
      raw.socket.destroy()
    })
    server.answer('/silent', () => (now += 2000))
    await ask('/fault')
    await ask('/cut').catch(() => {})
    await ask('/silent').catch(() => {})
    expect(seen).toEqual([
      { ...about, outcome: 'answered', status: 500 },
      { ...about, outcome: 'unreachable' },
      { ...about, outcome: 'timeout' },
    ])
  })

  test('is that one was given up, and nothing of one that never began', async () => {
    const giveUp = new AbortController()
    const asked = ask('/held', door(), giveUp.signal)
    await expect.poll(() => held.length, patiently).toBe(1)
    giveUp.abort()
    await expect(asked).rejects.toMatchObject({ kind: 'unreachable' })
    await expect(ask('/', door(), giveUp.signal)).rejects.toMatchObject({ kind: 'unreachable' })
    expect(seen).toMatchObject([{ outcome: 'cancelled' }])
    expect(seen[0]).not.toHaveProperty('status')
  })
})
