import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createCertificate } from './testing/certificate'
import { createTestUpstream, createTestUpstreams, sendJson, type TestUpstream } from './testing/upstream'
import type { Upstreams } from './upstream'

/** When a server is left alone, over real connections; how long, and the rest of the arithmetic: breaker.test.ts. */

let server: TestUpstream
let upstreams: Upstreams
let seen: ReturnType<typeof createTestUpstreams>['seen']
let now: number

beforeEach(async () => {
  now = 0
  server = await createTestUpstream()
  ;({ upstreams, seen } = createTestUpstreams(server, {
    clock: () => now,
    timeouts: { connectMs: 1000, answerMs: 1000, bodyMs: 1000 },
  }))
})

afterEach(async () => {
  await upstreams.close()
  await server.close()
})

type Request = { path?: string; kind?: 'cpanel' | 'whm'; signal?: AbortSignal; isRead?: boolean }

/** The status of the answer, or the kind of the failure. */
async function ask({ path = '/', kind = 'whm', ...rest }: Request = {}): Promise<unknown> {
  const signal = new AbortController().signal
  const asked = upstreams.find('main', kind)?.send({ method: 'POST', path, signal, ...rest })
  return asked?.then(
    ({ status }) => status,
    (error: { kind: unknown }) => error.kind,
  )
}

async function askTimes(count: number, request?: Request): Promise<unknown[]> {
  const outcomes: unknown[] = []
  for (let times = 0; times < count; times += 1) outcomes.push(await ask(request))
  return outcomes
}

const state = () => upstreams.states().find(({ kind }) => kind === 'whm')?.state

/** Starts it again at the same address and with the same certificate. */
async function restart(): Promise<void> {
  server = await createTestUpstream(server.certificate, Number(new URL(server.origin).port))
  server.answer('/', (_request, response) => sendJson(response, {}))
}

describe('a server that takes no connections', () => {
  beforeEach(async () => {
    await server.close()
    await askTimes(5)
  })

  test('is left alone after five, with how long to wait', async () => {
    expect(seen.map(({ outcome }) => outcome)).toEqual(Array.from({ length: 5 }, () => 'unreachable'))
    expect(state()).toBe('open')
    await expect(
      upstreams.find('main', 'whm')?.send({ method: 'POST', path: '/', signal: new AbortController().signal }),
    ).rejects.toMatchObject({ kind: 'paused', statusCode: 503, details: { retryAfter: 1 } })
    await restart()
    expect(await askTimes(3)).toEqual(['paused', 'paused', 'paused'])
    expect(server.connections()).toBe(0)
    // What was not sent is not observed.
    expect(seen).toHaveLength(5)
  })

  test('gets one request after that, and all once it is back', async () => {
    await restart()
    now += 1000
    expect(state()).toBe('half-open')
    const both = Promise.all([ask(), ask()])
    expect(await both).toEqual([200, 'paused'])
    expect(server.requests).toHaveLength(1)
    expect(state()).toBe('closed')
    expect(await Promise.all([ask(), ask(), ask()])).toEqual([200, 200, 200])
  })

  test('is back as soon as it takes a connection, however long the first answer takes', async () => {
    await restart()
    const answered = new Promise<() => void>((resolve) =>
      server.answer('/slow', (_request, response) => resolve(() => response.end())),
    )
    now += 1000
    const slow = ask({ path: '/slow' })
    const end = await answered
    expect(await ask()).toBe(200)
    end()
    expect(await slow).toBe(200)
  })

  test('is left alone twice as long where that one fails as well', async () => {
    now += 1000
    expect(await askTimes(2)).toEqual(['unreachable', 'paused'])
    now += 1999
    expect(await ask()).toBe('paused')
    now += 1
    expect(await ask()).toBe('unreachable')
  })

  test('is asked a moment later by whoever asks in a short pause, once it is back', async () => {
    const patient = createTestUpstreams(server, { clock: () => now, holdMs: 10_000 })
    const askPatiently = () =>
      patient.upstreams
        .find('main', 'whm')
        ?.send({ method: 'POST', path: '/', signal: new AbortController().signal })
        .then(
          ({ status }) => status,
          (error: { kind: unknown }) => error.kind,
        )
    for (let times = 0; times < 5; times += 1) expect(await askPatiently()).toBe('unreachable')
    const waiting = Promise.all([askPatiently(), askPatiently(), askPatiently()])
    await restart()
    expect(server.requests).toHaveLength(0)
    now += 1000
    expect(await waiting).toEqual([200, 200, 200])
    await patient.upstreams.close()
  })

  test('shows that its certificate has changed meanwhile', async () => {
    await restart()
    server.changeCertificate(await createCertificate())
    now += 1000
    expect(await askTimes(7)).toEqual(Array.from({ length: 7 }, () => 'untrusted_certificate'))
    expect(server.requests).toEqual([])
  })

  test('says nothing about the other front door', async () => {
    await restart()
    expect(await ask({ kind: 'cpanel' })).toBe(200)
    expect(upstreams.states()).toMatchObject([{ state: 'open' }, { kind: 'cpanel', state: 'closed' }])
  })
})

describe('a server that takes connections', () => {
  test('is never left alone for an untrusted certificate: it has to be seen each time', async () => {
    server.changeCertificate(await createCertificate())
    expect(await askTimes(12)).toEqual(Array.from({ length: 12 }, () => 'untrusted_certificate'))
    expect(state()).toBe('closed')
  })

  test('is not left alone for one function that fails, cuts or says nothing sensible', async () => {
    server.answer('/fault', (_request, response) => response.writeHead(503).end())
    server.answer('/cut', (_request, _response, raw) => raw.socket.destroy())
    server.answer('/garbled', (_request, _response, raw) => raw.socket.end('what?\r\n'))
    expect(new Set(await askTimes(8, { path: '/fault' }))).toEqual(new Set([503]))
    expect(new Set(await askTimes(8, { path: '/cut' }))).toEqual(new Set(['unreachable']))
    expect(new Set(await askTimes(8, { path: '/garbled' }))).toEqual(new Set(['garbled']))
    expect(state()).toBe('closed')
  })

  test('is not left alone for one function that is slow', async () => {
    server.answer('/silent', () => {})
    const silent = await Promise.all(Array.from({ length: 8 }, () => ask({ path: '/silent' })))
    expect(new Set(silent)).toEqual(new Set(['timeout']))
    expect(state()).toBe('closed')
  })

  test('that dies is left alone, though all that was under way was only cut', async () => {
    server.answer('/', (_request, response) => sendJson(response, {}))
    await askTimes(3)
    await server.close()
    const outcomes = await askTimes(20)
    expect(outcomes.slice(-10)).toEqual(Array.from({ length: 10 }, () => 'paused'))
  })
})

test('requests that are given up tell nothing', async () => {
  await server.close()
  const outcomes = await Promise.all(
    Array.from({ length: 8 }, () => {
      const giveUp = new AbortController()
      const asked = ask({ signal: giveUp.signal })
      giveUp.abort()
      return asked
    }),
  )
  expect(new Set(outcomes)).toEqual(new Set(['unreachable']))
  expect(seen.every(({ outcome }) => outcome === 'cancelled')).toBe(true)
  expect(state()).toBe('closed')
})

test('all that wait for a connection of a server that takes none are told', async () => {
  await upstreams.close()
  ;({ upstreams } = createTestUpstreams(server, { upstreamConnections: 2 }))
  await server.close()
  const outcomes = await Promise.all(Array.from({ length: 12 }, () => ask()))
  expect(new Set(outcomes)).toEqual(new Set(['unreachable']))
  expect(await ask()).toBe('paused')
})
