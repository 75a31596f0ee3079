import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createMemoryAttempts } from './attempts'
import { createGuard, networkOf, type Guard } from './guard'
import { createBrowser, createTestApp, signInBody } from './testing/browser'
import { createTestUpstream } from './testing/upstream'

const limits = {
  failedSignIns: 3,
  failedSignInsPerAddress: 20,
  failedSignInsPerUser: 12,
  failedSignInsPerServer: 100,
  signInsPerMinute: 30,
  requestsPerMinute: 1200,
  userRequestsPerMinute: 2400,
}
const bob = { server: 'main', user: 'main.bob', from: '192.0.2.1' }
const isOurs = () => true
const wrong = () => Promise.reject(new Error('wrong'))
let guard: Guard

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'] })
  guard = createGuard(createMemoryAttempts(), limits)
})

afterEach(() => {
  vi.useRealTimers()
})

test('after the limit of failures the server is not asked, and the wait is told in seconds', async () => {
  const run = vi.fn<() => Promise<never>>(wrong)
  for (let count = 0; count < 3; count += 1) await expect(guard.attempt(bob, run, () => true)).rejects.toThrow('wrong')
  await expect(guard.attempt(bob, run, () => true)).rejects.toMatchObject({
    kind: 'too_many_requests',
    details: { retryAfter: 30 },
  })
  expect(run).toHaveBeenCalledTimes(3)
  await expect(guard.attempt({ ...bob, user: 'main.eve' }, run, () => true)).rejects.toThrow('wrong')
  vi.advanceTimersByTime(30_000)
  await expect(guard.attempt(bob, run, () => true)).rejects.toThrow('wrong')
})

test('a success forgets the failures, and what is nobody’s fault does not count', async () => {
  await expect(guard.attempt(bob, wrong, isOurs)).rejects.toThrow('wrong')
  await expect(guard.attempt(bob, wrong, isOurs)).rejects.toThrow('wrong')
  for (let count = 0; count < 9; count += 1)
    await expect(guard.attempt(bob, wrong, () => false)).rejects.toThrow('wrong')
  expect(await guard.attempt(bob, () => Promise.resolve('in'), isOurs)).toBe('in')
  for (let count = 0; count < 3; count += 1) await expect(guard.attempt(bob, wrong, isOurs)).rejects.toThrow('wrong')
  await expect(guard.attempt(bob, wrong, isOurs)).rejects.toMatchObject({ kind: 'too_many_requests' })
})

describe('an address of IPv6 counts with its network', () => {
  test.each([
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
    ['2001:db8:1:2::', '2001:db8:1:2'],
    ['2001:0DB8::1', '2001:db8:0:0'],
    ['::1', '0:0:0:0'],
    ['fe80::1%eth0', 'fe80:0:0:0'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['192.0.2.7', '192.0.2.7'],
  ])('%s as %s', (address, network) => {
    expect(networkOf(address)).toBe(network)
  })
})

test('the server is asked at most as often as the limit allows, however the name is written', async () => {
  const upstream = await createTestUpstream()
  const { app } = await createTestApp(upstream, { SIGN_IN_LIMIT: '2', SIGN_IN_RATE: '100' })
  const browser = createBrowser(app)
  const answers = []
  for (const username of ['bob', 'BOB', 'Bob', 'bOb']) {
    answers.push(await browser.post('/api/connections', { ...signInBody(), username, password: 'wrong' }))
  }
  expect(answers.map(({ status }) => status)).toEqual([401, 401, 429, 429])
  expect(answers[2]).toMatchObject({ kind: 'too_many_requests', headers: { 'retry-after': '30' } })
  expect(upstream.requests).toHaveLength(2)
  expect(await browser.post('/api/connections', signInBody('cpanel', 'eve'))).toMatchObject({ status: 201 })
  await app.close()
  await upstream.close()
})

test('one address gets only so many sign-ins and requests a minute', async () => {
  const upstream = await createTestUpstream()
  const { app } = await createTestApp(upstream, { SIGN_IN_RATE: '2', REQUEST_RATE: '3' })
  const browser = createBrowser(app)
  const signIns = []
  for (const user of ['a', 'b', 'c']) signIns.push(await browser.post('/api/connections', signInBody('cpanel', user)))
  expect(signIns.map(({ status }) => status)).toEqual([201, 201, 429])
  expect(signIns[2]).toMatchObject({ kind: 'too_many_requests', json: { error: { retryAfter: 60 } } })
  const requests = []
  for (let count = 0; count < 4; count += 1) requests.push(await browser.get('/api/servers'))
  expect(requests.map(({ status }) => status)).toEqual([200, 200, 200, 429])
  expect(requests[3]?.headers).toMatchObject({ 'retry-after': '60', 'cache-control': 'no-store' })
  await app.close()
  await upstream.close()
})
