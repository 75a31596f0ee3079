import type { FastifyInstance } from 'fastify'
import { request, type IncomingMessage, type ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createBrowser, createTestApp, signInBody } from './testing/browser'
import { linesOf, listAnswer, nameAccounts, onList } from './testing/fanout'
import { createTestUpstream, sendJson, type TestUpstream } from './testing/upstream'

/** Over real sockets: what flows when, and what stops it. */

let upstream: TestUpstream
let app: FastifyInstance
let log: string[]
let origin: string
/** Calls the server has got and not yet answered, and the most there ever were. */
let held: { account: string; response: ServerResponse }[]
let most: number
let cancelled: number

beforeEach(async () => {
  upstream = await createTestUpstream()
  ;({ app, log } = await createTestApp(upstream, { FANOUT_PARALLEL: '4' }))
  origin = await app.listen({ host: '127.0.0.1', port: 0 })
  ;[held, most, cancelled] = [[], 0, 0]
  onList(upstream, (account, response) => {
    const call = { account, response }
    held.push(call)
    most = Math.max(most, held.length)
    response.on('close', () => {
      if (!response.writableFinished) cancelled += 1
      held = held.filter((other) => other !== call)
    })
  })
})

afterEach(async () => {
  await app.close()
  await upstream.close()
})

async function signIn(username: string): Promise<string> {
  const browser = createBrowser(app)
  await browser.post('/api/connections', signInBody('whm', username))
  return browser.cookies.get('keyring') ?? ''
}

/** A request whose answer is read only when the test does. */
async function open(accounts: string[], username = 'root') {
  const cookie = `keyring-${new URL(origin).port}=${await signIn(username)}`
  const sent = request(`${origin}/api/connections/main.whm.${username}/tokens`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', cookie },
    agent: false,
  })
  const answered = new Promise<IncomingMessage>((resolve, reject) => sent.on('response', resolve).on('error', reject))
  answered.catch(() => {})
  sent.end(JSON.stringify({ accounts }))
  return { sent, answered }
}

function answerOne(padding = ''): void {
  const call = held.shift()
  if (call !== undefined) sendJson(call.response, { ...listAnswer(call.account), padding })
}
const requests = () => upstream.requests.filter(({ path }) => path.endsWith('/uapi_cpanel')).length
const streamLog = () => log.filter((line) => line.includes('/:id/tokens')).map((line): unknown => JSON.parse(line))

test('a line comes as soon as its account has answered, whatever the others do', async () => {
  const { answered } = await open(nameAccounts(4))
  await expect.poll(() => held.length).toBe(4)
  const third = held.splice(2, 1)[0]
  if (third) sendJson(third.response, listAnswer(third.account))
  const answer = await answered
  const [chunk] = await answer.take(1).toArray()
  expect(linesOf(String(chunk))).toMatchObject([{ account: 'account2' }])
  expect(held).toHaveLength(3)
})

test('a server gets no more at a time, however many ask, and who comes second gets its share', async () => {
  const [first, second] = [await open(nameAccounts(60)), await open(nameAccounts(20), 'resell')]
  const [one, two] = [first.answered.then(text), second.answered.then(text)]
  let isSecondDone = false
  void two.then(() => (isSecondDone = true))
  let left = 0
  for (let answered = 0; answered < 80; answered += 1) {
    await expect.poll(() => held.length, { interval: 1 }).toBe(Math.min(4, 80 - answered))
    answerOne()
    if (!isSecondDone) left = 80 - answered
  }
  expect(linesOf(await one)).toHaveLength(60)
  expect(linesOf(await two)).toHaveLength(20)
  expect(most).toBe(4)
  // Twenty and twenty take turns; only the first one's rest is left then.
  expect(left).toBeGreaterThan(25)
})

test('a browser that goes away cancels what is under way, and nothing new begins', async () => {
  const { sent, answered } = await open(nameAccounts(1000))
  await expect.poll(() => held.length).toBe(4)
  answerOne()
  await answered
  await expect.poll(() => held.length).toBe(4)
  sent.destroy()
  await expect.poll(() => cancelled).toBe(4)
  await expect.poll(streamLog).toMatchObject([{ status: 499, accounts: 1000, answered: 1 }])
  expect(requests()).toBe(5)
  // The places are free again.
  await open(nameAccounts(10))
  await expect.poll(() => held.length).toBe(4)
})

test('a browser that does not read is not asked for', async () => {
  const padding = 'x'.repeat(500_000)
  const { answered } = await open(nameAccounts(1000))
  const refill = setInterval(() => held.length > 0 && answerOne(padding), 1)
  const answer = await answered
  let before = -1
  await expect
    .poll(() => [before, (before = requests())], { interval: 300, timeout: 10_000 })
    .toSatisfy(([earlier, now]: number[]) => earlier === now)
  expect(before).toBeLessThan(100)
  expect(held).toHaveLength(0)
  // Reading on asks on.
  answer.resume()
  await expect.poll(requests).toBeGreaterThan(before + 50)
  clearInterval(refill)
  answer.destroy()
})

test('the end of the session withdraws what else is under way', async () => {
  const { answered } = await open(nameAccounts(1000))
  await expect.poll(() => held.length).toBe(4)
  held[1]?.response.writeHead(401).end()
  const lines = linesOf(await text(await answered))
  expect(lines).toMatchObject([{ error: { kind: 'unauthenticated' } }])
  await expect.poll(() => cancelled).toBe(3)
  expect(requests()).toBe(4)
  await expect.poll(streamLog).toMatchObject([{ status: 200, kind: 'unauthenticated', answered: 0 }])
})

test('the end of a session signed in to again meanwhile leaves the new one', async () => {
  const browser = createBrowser(app)
  await browser.post('/api/connections', signInBody('whm', 'root'))
  const old = browser.post('/api/connections/main.whm.root/tokens', { accounts: ['bob'] })
  await expect.poll(() => held.length).toBe(1)
  await browser.post('/api/connections', signInBody('whm', 'root'))
  held[0]?.response.writeHead(401).end()
  expect(linesOf((await old).body)).toMatchObject([{ error: { kind: 'unauthenticated' } }])
  expect((await browser.get('/api/connections')).json).toMatchObject([{ hasEnded: false }])
})

test.each([
  ['that is read', true],
  ['that nobody reads', false],
])('the proxy stops at once in the middle of an answer %s, which breaks off', async (_name, isRead) => {
  const { answered } = await open(nameAccounts(1000))
  await expect.poll(() => held.length).toBe(4)
  answerOne()
  const answer = await answered
  const ending = new Promise((resolve) => answer.on('error', resolve))
  if (isRead) answer.resume()
  // Nothing of what is held is ever answered: waiting for it would be for ever.
  await app.close()
  expect(await ending).toMatchObject({ message: 'aborted' })
  await expect.poll(() => cancelled).toBeGreaterThan(2)
})
