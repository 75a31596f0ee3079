import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { ask, basic, uapi, whm } from './client.testing'
import type { Demo } from './demo'
import type { Mishap } from './mishap'
import { startDemo } from './server'

let demo: Demo
beforeAll(async () => {
  demo = await startDemo({ accounts: 0 })
})
beforeEach(() => {
  demo.reset()
  demo.seedToken('carol', { name: 'a' })
})
afterAll(() => demo.close())

const plan = (mishap: Mishap) => demo.plan(mishap, { name: 'Tokens::revoke', account: 'carol' })
const revoke = () => uapi(demo, 'carol', 'Tokens::revoke', { name: 'a' })
const left = () => demo.tokens('carol').map(({ name }) => name)

test.each([
  ['lost-request', /hang up|ECONNRESET|disconnected/, ['a']],
  ['lost-answer', /hang up|ECONNRESET|disconnected/, []],
  ['cut-answer', /aborted/, []],
  ['tls-break', /wrong version number|packet length|SSL/i, []],
] as const)('%s breaks the connection, once', async (mishap, words, tokens) => {
  plan(mishap)
  await expect(revoke()).rejects.toThrow(words)
  expect(left()).toEqual(tokens)
  expect((await revoke()).status).toBe(200)
})

test.each([
  ['status-401', 401, 'text/html'],
  ['status-403', 403, 'text/plain'],
  ['status-429', 429, 'text/html'],
  ['status-500', 500, 'text/html'],
  ['status-502', 502, 'text/html'],
] as const)('%s is answered, once, and nothing is done', async (mishap, status, type) => {
  plan(mishap)
  const got = await revoke()
  expect(got.status).toBe(status)
  expect(got.headers['content-type']).toContain(type)
  expect(left()).toEqual(['a'])
  expect((await revoke()).body).toMatchObject({ status: 1 })
  expect(left()).toEqual([])
})

test('late-answer is done, and nobody hears of it', async () => {
  plan('late-answer')
  const giveUp = new AbortController()
  const asked = ask(demo, `${demo.cpanelUrl}/execute/Tokens/revoke`, {
    method: 'POST',
    headers: basic('carol'),
    form: { name: 'a' },
    signal: giveUp.signal,
  })
  const failed = asked.catch((error: unknown) => error)
  await expect.poll(left).toEqual([])
  giveUp.abort()
  const failure = await failed
  expect(failure).toMatchObject({ name: 'AbortError' })
})

test('restart breaks every connection and takes none for a moment; what it knew it knows', async () => {
  plan('restart')
  await expect(revoke()).rejects.toThrow(/hang up|ECONNRESET|disconnected/)
  await expect(uapi(demo, 'bob', 'Tokens::list')).rejects.toThrow(/hang up|ECONNRESET|disconnected/)
  await wait(350)
  expect((await uapi(demo, 'bob', 'Tokens::list')).status).toBe(200)
  expect(left()).toEqual(['a'])
})

test('it waits for its own function and account, also inside another call, and several wait in a row', async () => {
  plan('status-500')
  plan('status-502')
  demo.seedToken('bob', { name: 'b' })
  expect((await uapi(demo, 'carol', 'Tokens::list')).status).toBe(200)
  expect((await uapi(demo, 'bob', 'Tokens::revoke', { name: 'b' })).status).toBe(200)
  const inside = { 'cpanel.user': 'carol', 'cpanel.module': 'Tokens', 'cpanel.function': 'revoke', name: 'a' }
  expect((await whm(demo, 'root', 'uapi_cpanel', inside)).status).toBe(500)
  expect((await whm(demo, 'root', 'uapi_cpanel', inside)).status).toBe(502)
  expect((await whm(demo, 'root', 'uapi_cpanel', inside)).status).toBe(200)
})
