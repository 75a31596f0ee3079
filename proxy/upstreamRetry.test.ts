import type { FastifyInstance } from 'fastify'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createBrowser, createTestApp, signInBody, type Browser } from './testing/browser'
import { accepted, createTestUpstream, createTestUpstreams, sendJson, type TestUpstream } from './testing/upstream'
import type { Upstreams } from './upstream'

/** What is sent twice, and what never. */

let server: TestUpstream
/** How many of the next requests are cut before an answer, after they have arrived. */
let cuts: number

beforeEach(async () => {
  server = await createTestUpstream()
  cuts = 0
})

afterEach(() => server.close())

/** From now on, requests whose path ends like this are cut so many times. */
function cut(path: string, times: number): void {
  cuts = times
  server.answer(path, (_request, response, raw) => {
    cuts -= 1
    if (cuts >= 0) raw.socket.destroy()
    else sendJson(response, { status: 1 })
  })
}

const arrived = (path: string) => server.requests.filter((request) => request.path.endsWith(path)).length

describe('a request', () => {
  let upstreams: Upstreams
  let seen: ReturnType<typeof createTestUpstreams>['seen']
  let now: number

  beforeEach(() => {
    now = 0
    ;({ upstreams, seen } = createTestUpstreams(server, { clock: () => now }))
  })
  afterEach(() => upstreams.close())

  function send(isRead: boolean, signal = new AbortController().signal, method: 'GET' | 'POST' = 'POST') {
    const sent = upstreams.find('main', 'whm')?.send({ method, path: '/call', form: [['a', 'b']], isRead, signal })
    if (sent === undefined) throw new Error('there is no such door')
    return sent
  }

  test('that reads is sent once more when it was cut before an answer', async () => {
    cut('/call', 1)
    expect(await send(true)).toMatchObject({ status: 200 })
    expect(server.requests.map(({ body }) => body)).toEqual(['a=b', 'a=b'])
    expect(seen).toMatchObject([{ outcome: 'unreachable' }, { outcome: 'answered', status: 200 }])
  })

  test('that reads is sent once more when its answer was cut in the middle', async () => {
    let answers = 0
    server.answer('/call', (_request, response, raw) => {
      answers += 1
      if (answers > 1) return sendJson(response, { status: 1 })
      return response.writeHead(200, { 'content-length': '9' }).write('{', () => raw.socket.destroy())
    })
    expect(await send(true)).toMatchObject({ status: 200 })
    answers = 0
    await expect(send(false)).rejects.toMatchObject({ kind: 'garbled' })
    expect(server.requests).toHaveLength(3)
  })

  test('that reads is sent no more than twice', async () => {
    cut('/call', 9)
    await expect(send(true)).rejects.toMatchObject({ kind: 'unreachable' })
    expect(server.requests).toHaveLength(2)
  })

  test.each(['GET', 'POST'] as const)('that writes is sent once, whatever its method (%s)', async (method) => {
    cut('/call', 9)
    await expect(send(false, undefined, method)).rejects.toMatchObject({ kind: 'unreachable' })
    expect(server.requests).toHaveLength(1)
    expect(seen).toHaveLength(1)
  })

  test('that reads is tried once more where no connection came about, and one that writes is not', async () => {
    await server.close()
    await expect(send(true)).rejects.toMatchObject({ kind: 'unreachable' })
    expect(seen).toHaveLength(2)
    await expect(send(false)).rejects.toMatchObject({ kind: 'unreachable' })
    expect(seen).toHaveLength(3)
  })

  test('that reads is not sent again once it was answered, however badly', async () => {
    server.answer('/call', (_request, response) => response.writeHead(500).end())
    expect(await send(true)).toMatchObject({ status: 500 })
    expect(server.requests).toHaveLength(1)
  })

  test('that reads is not sent again after a long wait: nobody waits twice', async () => {
    server.answer('/call', (_request, _response, raw) => {
      now += 2000
      raw.socket.destroy()
    })
    await expect(send(true)).rejects.toMatchObject({ kind: 'unreachable' })
    expect(server.requests).toHaveLength(1)
  })

  test('that reads is not sent again for somebody who has left', async () => {
    const giveUp = new AbortController()
    await upstreams.close()
    ;({ upstreams } = createTestUpstreams(server, { observe: () => giveUp.abort() }))
    cut('/call', 1)
    await expect(send(true, giveUp.signal)).rejects.toMatchObject({ kind: 'unreachable' })
    expect(server.requests).toHaveLength(1)
  })

  test('that found the server dead says so, and not that all others wait', async () => {
    await server.close()
    const kinds: unknown[] = []
    for (let count = 0; count < 4; count += 1)
      kinds.push(await send(true).catch((error: { kind: unknown }) => error.kind))
    expect(kinds).toEqual(['unreachable', 'unreachable', 'unreachable', 'paused'])
    expect(seen).toHaveLength(5)
  })

  test('that writes over a connection that the server is closing arrives at most once', async () => {
    await upstreams.close()
    ;({ upstreams } = createTestUpstreams(server, { upstreamConnections: 1 }))
    server.answer('/call', (_request, response) => sendJson(response, {}))
    for (let round = 0; round < 30; round += 1) {
      await send(true)
      const before = server.requests.length
      // At the same time, before it, and a turn of the loop after it: whoever wins.
      if (round % 3 === 0) server.closeIdle()
      const sent = send(false)
      if (round % 3 === 1) server.closeIdle()
      if (round % 3 === 2) setImmediate(() => server.closeIdle())
      const outcome = await sent.then(
        ({ status }) => status,
        (error: { kind: unknown }) => error.kind,
      )
      const arrivals = server.requests.length - before
      expect([
        [200, 1],
        ['unreachable', 0],
        ['unreachable', 1],
      ]).toContainEqual([outcome, arrivals])
    }
  })

  test('that writes over a used connection arrives once where the server cuts it instead of an answer', async () => {
    await upstreams.close()
    ;({ upstreams } = createTestUpstreams(server, { upstreamConnections: 1 }))
    server.answer('/call', (_request, response) => sendJson(response, {}))
    await send(true)
    cut('/call', 9)
    await expect(send(false)).rejects.toMatchObject({ kind: 'unreachable' })
    expect([server.requests.length, server.connections()]).toEqual([2, 1])
  })

  test('that waits for a connection goes out once when the one before it is cut', async () => {
    await upstreams.close()
    ;({ upstreams } = createTestUpstreams(server, { upstreamConnections: 1 }))
    cut('/call', 1)
    const outcomes = await Promise.allSettled([send(false), send(false), send(false)])
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled'])
    expect(server.requests).toHaveLength(3)
  })
})

describe('through the proxy', () => {
  let app: FastifyInstance
  let browser: Browser

  beforeEach(async () => {
    app = (await createTestApp(server)).app
    browser = createBrowser(app)
  })
  afterEach(() => app.close())

  const cpanel = '/api/connections/main.cpanel.bob/execute/Tokens'
  const whm = '/api/connections/main.whm.bob/json-api'

  test('a list that is cut once comes all the same', async () => {
    await browser.post('/api/connections', signInBody())
    cut('/Tokens/list', 1)
    expect(await browser.post(`${cpanel}/list`, {})).toMatchObject({ status: 200 })
    expect(arrived('/Tokens/list')).toBe(2)
  })

  test.each([
    ['create_full_access', { name: 'a' }],
    ['rename', { name: 'a', new_name: 'b' }],
    ['revoke', { name: 'a' }],
  ])('%s of cPanel is never sent twice', async (name, body) => {
    await browser.post('/api/connections', signInBody())
    cut(`/Tokens/${name}`, 9)
    expect(await browser.post(`${cpanel}/${name}`, body)).toMatchObject({ status: 502, kind: 'unreachable' })
    expect(arrived(`/Tokens/${name}`)).toBe(1)
  })

  test.each([
    ['api_token_create', { token_name: 'a' }],
    ['api_token_update', { token_name: 'a', acl: ['list-accts'] }],
    ['api_token_revoke', { token_name: 'a' }],
    ['uapi_cpanel', { 'cpanel.user': 'x', 'cpanel.module': 'Tokens', 'cpanel.function': 'revoke', name: 'a' }],
    ['batch', { command: ['version', 'api_token_revoke?token_name=a'] }],
  ])('%s of WHM is never sent twice', async (name, body) => {
    await browser.post('/api/connections', signInBody('whm'))
    cut(`/${name}`, 9)
    expect(await browser.post(`${whm}/${name}`, body)).toMatchObject({ status: 502, kind: 'unreachable' })
    expect(arrived(`/${name}`)).toBe(1)
  })

  test('a login is never sent twice, by password or by token: the server counts those that fail', async () => {
    cut('/login/?login_only=1', 9)
    expect(await browser.post('/api/connections', signInBody())).toMatchObject({ kind: 'unreachable' })
    expect(arrived('/login/?login_only=1')).toBe(1)
    cut('/version', 9)
    const byToken = { server: 'main', kind: 'whm', username: 'bob', token: accepted.token }
    expect(await browser.post('/api/connections', byToken)).toMatchObject({ kind: 'unreachable' })
    expect(arrived('/version')).toBe(1)
  })
})
