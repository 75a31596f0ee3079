import type { FastifyInstance } from 'fastify'
import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createBrowser, createTestApp, signInBody } from './testing/browser'
import { createTestUpstream, type TestUpstream } from './testing/upstream'

/** As in production, in milliseconds where there are seconds. */
const patience = { headersMs: 150, requestMs: 300, silenceMs: 600, betweenMs: 200, checkedEveryMs: 20 }

let upstream: TestUpstream
let app: FastifyInstance
let port: number
let cookie: string

beforeAll(async () => {
  upstream = await createTestUpstream()
  ;({ app } = await createTestApp(upstream, {}, { patience }))
  const browser = createBrowser(app)
  await browser.post('/api/connections', signInBody())
  cookie = `keyring=${browser.cookies.get('keyring')}`
  port = Number(new URL(await app.listen({ host: '127.0.0.1', port: 0 })).port)
})

afterAll(async () => {
  await app.close()
  await upstream.close()
})

/**
 * Sends what is given at once, and then a byte now and then, for as long as the server listens. Answers what came back and
 * after how many ms the server ended it.
 */
function trickle(begin: string, byte: string): Promise<{ answer: string; ms: number }> {
  return new Promise((resolve) => {
    const start = performance.now()
    let answer = ''
    const socket = connect(port, '127.0.0.1', () => socket.write(begin))
    const timer = byte === '' ? undefined : setInterval(() => socket.write(byte), 30)
    socket.setEncoding('utf8')
    socket.on('data', (chunk: string) => (answer += chunk))
    socket.on('end', () => socket.destroy())
    socket.on('error', () => socket.destroy())
    socket.on('close', () => {
      clearInterval(timer)
      resolve({ answer, ms: performance.now() - start })
    })
  })
}

const path = '/api/connections/main.cpanel.bob/execute/Tokens/revoke'
const head = () => `POST ${path} HTTP/1.1\r\nHost: localhost\r\nCookie: ${cookie}\r\nContent-Type: application/json\r\n`

describe('who keeps a connection without a request', () => {
  test('is ended when headers come byte by byte', async () => {
    const { answer, ms } = await trickle(head(), 'X-A: b\r\n')
    expect(answer).toMatch(/^HTTP\/1\.1 400 [^]*"kind":"invalid_request"/)
    expect(ms).toBeGreaterThan(patience.headersMs / 2)
  })

  test('is ended when the first line comes byte by byte', async () => {
    const { answer } = await trickle('POST /api', 'a')
    expect(answer).toMatch(/^HTTP\/1\.1 400 /)
  })

  test('is ended when nothing comes at all', async () => {
    const { ms } = await trickle('', '')
    expect(ms).toBeGreaterThan(patience.headersMs / 2)
  })

  test('is ended when the body comes byte by byte, and nothing reaches the server', async () => {
    const sent = upstream.requests.length
    const { answer, ms } = await trickle(`${head()}Content-Length: 60000\r\n\r\n{"name":"`, 'x')
    expect(answer).toMatch(/^HTTP\/1\.1 400 /)
    expect(ms).toBeGreaterThan(patience.requestMs / 2)
    expect(upstream.requests).toHaveLength(sent)
  })

  test('is ended when the chunks of a body have no end', async () => {
    const { answer } = await trickle(`${head()}Transfer-Encoding: chunked\r\n\r\n`, '1\r\n \r\n')
    expect(answer).toMatch(/^HTTP\/1\.1 400 /)
  })

  test('is ended some time after an answer', async () => {
    const { answer, ms } = await trickle('GET /api/servers HTTP/1.1\r\nHost: localhost\r\n\r\n', '')
    expect(answer).toMatch(/^HTTP\/1\.1 200 /)
    expect(ms).toBeGreaterThan(patience.betweenMs / 2)
  })
})

test('who waits for a slow server is not slow', async () => {
  upstream.answer('/Tokens/revoke', (_request, response) => {
    setTimeout(() => response.end('{"status":1}'), patience.requestMs + patience.headersMs)
  })
  const { answer } = await trickle(`${head()}Content-Length: 12\r\nConnection: close\r\n\r\n{"name":"x"}`, '')
  expect(answer).toMatch(/^HTTP\/1\.1 200 [^]*\{"status":1\}$/)
})
