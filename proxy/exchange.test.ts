import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'
import { Pool } from 'undici'
import { afterEach, expect, test } from 'vitest'
import { exchange, NoAnswer } from './exchange'

let server: Server
let pool: Pool
const never = new AbortController().signal

/** A server, and one connection to it. */
async function open(listener: RequestListener): Promise<void> {
  server = createServer(listener)
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const address = server.address()
  pool = new Pool(`http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`, {
    connections: 1,
  })
}

afterEach(async () => {
  await pool.destroy()
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
})

const ask = (path: string, signal = never) => exchange(pool, { method: 'GET', path }, signal)

test('an answer comes whole, however it was cut into pieces', async () => {
  await open((_request, response) => {
    response.writeHead(201, { 'X-Name': 'value' })
    for (const part of ['one ', 'two ', 'thr', 'ee']) response.write(part)
    response.end()
  })
  const { status, headers, body } = await ask('/')
  expect({ status, name: headers['x-name'], text: body.toString() }).toEqual({
    status: 201,
    name: 'value',
    text: 'one two three',
  })
})

test('what is said before the answer is not taken for it', async () => {
  await open((_request, response) => {
    response.writeEarlyHints({ link: '</a>; rel=preload' })
    response.writeProcessing()
    response.end('the answer')
  })
  const { status, body } = await ask('/')
  expect([status, body.toString()]).toEqual([200, 'the answer'])
})

test('an answer that is cut is none, and it is told that it had begun', async () => {
  await open((request, response) => {
    if (request.url === '/hinted') response.writeEarlyHints({ link: '</a>; rel=preload' })
    if (request.url === '/begun') {
      response.writeHead(200, { 'content-length': 10 })
      response.write('half')
    }
    setImmediate(() => request.socket.destroy())
  })
  await expect(ask('/begun')).rejects.toMatchObject({ name: 'NoAnswer', hadBegun: true })
  await expect(ask('/')).rejects.toMatchObject({ name: 'NoAnswer', hadBegun: false })
  await expect(ask('/hinted')).rejects.toMatchObject({ name: 'NoAnswer', hadBegun: false })
})

test('who gives up while the server is at it waits no longer, and nor does the server', async () => {
  const giveUp = new AbortController()
  const ended: boolean[] = []
  await open((_request, response) => {
    response.once('close', () => ended.push(response.writableEnded))
    giveUp.abort()
  })
  await expect(ask('/', giveUp.signal)).rejects.toBeInstanceOf(NoAnswer)
  await expect.poll(() => ended).toEqual([false])
})

test('who gives up while waiting for a connection has sent nothing', async () => {
  const asked: unknown[] = []
  const answers: (() => void)[] = []
  await open((request, response) => {
    asked.push(request.url)
    answers.push(() => response.end())
  })
  const giveUp = new AbortController()
  const first = ask('/first')
  const second = ask('/second', giveUp.signal)
  giveUp.abort()
  await expect(second).rejects.toBeInstanceOf(NoAnswer)
  await expect.poll(() => answers.length).toBe(1)
  answers[0]?.()
  await first
  const third = ask('/third')
  await expect.poll(() => answers.length).toBe(2)
  answers[1]?.()
  await third
  expect(asked).toEqual(['/first', '/third'])
})
