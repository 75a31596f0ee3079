import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createLockout } from './lockout'
import { createBrowser, createTestApp, signInBody } from './testing/browser'
import { createTestUpstream } from './testing/upstream'

const wrong = () => Promise.reject(new Error('wrong'))
const locked = expect.objectContaining({ kind: 'too_many_requests' })

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'] })
})

afterEach(() => {
  vi.useRealTimers()
})

test('after the limit of failures nothing is asked until the first is five minutes old', async () => {
  const { attempt } = createLockout(3)
  const run = vi.fn<() => Promise<never>>(wrong)
  for (let count = 0; count < 3; count += 1) {
    await expect(attempt('bob', run, () => true)).rejects.toThrow('wrong')
    vi.advanceTimersByTime(60_000)
  }
  await expect(attempt('bob', run, () => true)).rejects.toMatchObject({ details: { retryAfter: 120 } })
  expect(run).toHaveBeenCalledTimes(3)
  await expect(attempt('eve', run, () => true)).rejects.toThrow('wrong')
  vi.advanceTimersByTime(120_000)
  await expect(attempt('bob', run, () => true)).rejects.toThrow('wrong')
})

test('attempts at the same time are counted before they end', async () => {
  const { attempt } = createLockout(3)
  const run = vi.fn<() => Promise<never>>(wrong)
  const all = await Promise.allSettled(Array.from({ length: 50 }, () => attempt('bob', run, () => true)))
  expect(run).toHaveBeenCalledTimes(3)
  expect(all.filter((one) => one.status === 'rejected')).toHaveLength(50)
})

test('a success forgets the failures, and what is nobody’s fault does not count', async () => {
  const { attempt } = createLockout(2)
  await expect(attempt('bob', wrong, () => true)).rejects.toThrow('wrong')
  for (let count = 0; count < 5; count += 1) {
    await expect(attempt('bob', wrong, () => false)).rejects.toThrow('wrong')
  }
  expect(
    await attempt(
      'bob',
      () => Promise.resolve('in'),
      () => true,
    ),
  ).toBe('in')
  await expect(attempt('bob', wrong, () => true)).rejects.toThrow('wrong')
  await expect(attempt('bob', wrong, () => true)).rejects.toThrow('wrong')
  await expect(attempt('bob', wrong, () => true)).rejects.toEqual(locked)
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
  expect(answers[2]).toMatchObject({ kind: 'too_many_requests', headers: { 'retry-after': '300' } })
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
