import { expect, test } from 'vitest'
import { askMany, healthAfter } from './askMany'
import { ConnectionEnded } from './calls'
import { ProxyError } from './errors'
import { createTestApp, createBrowser, signInBody } from './testing/browser'
import { linesOf, listAnswer, nameAccounts, onList } from './testing/fanout'
import { createTestUpstream, sendJson } from './testing/upstream'

test('a server that is left alone is failing, and so are the others that give no answer', () => {
  const failing = ['paused', 'unreachable', 'timeout', 'upstream_failed', 'untrusted_certificate', 'too_many_requests']
  for (const kind of ['paused', 'unreachable', 'timeout', 'forbidden', 'garbled', 'store_unavailable'] as const)
    expect([kind, healthAfter(new ProxyError(kind, ''))]).toEqual([kind, failing.includes(kind) ? 'failing' : 'well'])
  expect(healthAfter(new Error('a fault of ours'))).toBe('well')
})

test.each([
  ['a pause', new ProxyError('paused', '', { retryAfter: 5 })],
  ['a wish for a break', new ProxyError('too_many_requests', '')],
  ['the end of the session', new ConnectionEnded()],
])('%s ends the work with the first account that meets it', async (_name, end) => {
  const asked: string[] = []
  const ask = async (account: string) => {
    asked.push(account)
    if (account === 'account5') throw end
    return account
  }
  const answered: string[] = []
  const work = async () => {
    for await (const { account } of askMany(nameAccounts(50), ask, 1)) answered.push(account)
  }
  await expect(work()).rejects.toBe(end)
  expect(answered).toEqual(nameAccounts(5))
  expect(asked).toHaveLength(6)
})

test('a server that takes no connections any more ends a stream with how long it is left alone', async () => {
  const upstream = await createTestUpstream()
  const { app } = await createTestApp(upstream, { FANOUT_PARALLEL: '4' })
  const browser = createBrowser(app)
  await browser.post('/api/connections', signInBody('whm', 'root'))
  let isDying = false
  onList(upstream, (account, response) => {
    if (account === 'account10') isDying = true
    if (!isDying) return sendJson(response, listAnswer(account))
    // The last connections are cut, and no new one is taken.
    return upstream.close()
  })
  const { body } = await browser.post('/api/connections/main.whm.root/tokens', { accounts: nameAccounts(1000) })
  const lines = linesOf(body)
  expect(lines.at(-1)).toEqual({
    error: { kind: 'paused', message: expect.any(String), retryAfter: expect.any(Number) },
  })
  expect(lines.slice(0, -1).every(({ account }) => account !== undefined)).toBe(true)
  expect(lines.length).toBeLessThan(30)
  // Nobody is signed out for it.
  expect((await browser.get('/api/connections')).json).toMatchObject([{ hasEnded: false }])
  const list = await browser.post('/api/connections/main.whm.root/json-api/listaccts', {})
  // It waits for a short pause to end, and is the one that finds the server dead still, or hears that another did.
  expect(['paused', 'unreachable']).toContain(list.kind)
  await app.close()
})
