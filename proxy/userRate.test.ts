import { afterAll, beforeAll, expect, test } from 'vitest'
import { createBrowser, createTestApp, signInBody } from './testing/browser'
import { createTestUpstream, type TestUpstream } from './testing/upstream'

let upstream: TestUpstream
beforeAll(async () => {
  upstream = await createTestUpstream()
})
afterAll(() => upstream.close())

const listOf = (user: string) => `/api/connections/main.cpanel.${user}/execute/Tokens/list`

test('one user gets only so many calls a minute, in whatever browsers; others are not held up', async () => {
  const { app } = await createTestApp(upstream, { USER_REQUEST_RATE: '3' })
  const [one, two, other] = [createBrowser(app), createBrowser(app), createBrowser(app)]
  for (const browser of [one, two]) await browser.post('/api/connections', signInBody())
  await other.post('/api/connections', signInBody('cpanel', 'alice'))
  const statuses = []
  for (const browser of [one, two, one, two]) statuses.push((await browser.post(listOf('bob'), {})).status)
  expect(statuses).toEqual([200, 200, 200, 429])
  expect(await one.post(listOf('bob'), {})).toMatchObject({
    kind: 'too_many_requests',
    headers: { 'retry-after': '60' },
  })
  expect(await other.post(listOf('alice'), {})).toMatchObject({ status: 200 })
  await app.close()
})

test('a stranger can’t use up the calls of a user by knowing the name', async () => {
  const { app } = await createTestApp(upstream, { USER_REQUEST_RATE: '3' })
  const [user, stranger] = [createBrowser(app), createBrowser(app)]
  await user.post('/api/connections', signInBody())
  for (let count = 0; count < 9; count += 1)
    expect(await stranger.post(listOf('bob'), {})).toMatchObject({ status: 401 })
  expect(await user.post(listOf('bob'), {})).toMatchObject({ status: 200 })
  await app.close()
})
