import { Agent, request } from 'node:https'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { basic, signIn, uapi, whm } from './client.testing'
import type { Demo } from './demo'
import { startDemo } from './server'

let demo: Demo
beforeAll(async () => {
  demo = await startDemo({ accounts: 0 })
})
beforeEach(() => {
  demo.reset()
  for (const name of ['a', 'b', 'c', 'd', 'e']) demo.seedToken('carol', { name })
})
afterAll(() => demo.close())

const revoke = (name: string) => uapi(demo, 'carol', 'Tokens::revoke', { name })
const list = () => uapi(demo, 'carol', 'Tokens::list')
const left = () => demo.tokens('carol').map(({ name }) => name)
const broken = /hang up|ECONNRESET|disconnected/

test('a dead server answers nobody, does nothing and notes nothing, until it is revived', async () => {
  const browser = await signIn(demo, 'cpanel', 'carol')
  const before = demo.calls.length
  demo.die()
  await expect(revoke('a')).rejects.toThrow(broken)
  await expect(whm(demo, 'root', 'version')).rejects.toThrow(broken)
  expect(demo.calls).toHaveLength(before)
  expect(left()).toHaveLength(5)
  demo.revive()
  expect((await browser.uapi('Tokens::revoke', { name: 'a' })).body).toMatchObject({ status: 1 })
  demo.die()
  demo.reset()
  expect((await list()).status).toBe(200)
})

test('it dies after so many calls, of any function', async () => {
  demo.die(2)
  await list()
  await whm(demo, 'root', 'uapi_cpanel', {
    'cpanel.user': 'carol',
    'cpanel.module': 'Tokens',
    'cpanel.function': 'list',
  })
  await expect(list()).rejects.toThrow(broken)
  expect(demo.calls.map(({ name }) => name)).toEqual(['Tokens::list', 'uapi_cpanel', 'Tokens::list'])
})

test('it dies after so many calls of one function, and then for all', async () => {
  demo.die(2, 'Tokens::revoke')
  await revoke('a')
  await list()
  await list()
  expect((await revoke('b')).body).toMatchObject({ status: 1 })
  await expect(list()).rejects.toThrow(broken)
  await expect(revoke('c')).rejects.toThrow(broken)
  expect(left()).toEqual(['c', 'd', 'e'])
})

test('of many at a time exactly so many are done and answered', async () => {
  demo.set({ latencyMs: 20 })
  demo.die(2, 'Tokens::revoke')
  const ends = await Promise.allSettled(['a', 'b', 'c', 'd', 'e'].map(revoke))
  expect(ends.filter(({ status }) => status === 'fulfilled')).toHaveLength(2)
  expect(left()).toHaveLength(3)
  expect(demo.calls).toHaveLength(2)
})

test('it may die in the middle of a batch', async () => {
  demo.die(2, 'Tokens::revoke')
  const commands = ['a', 'b', 'c'].map((name) => `["Tokens","revoke",{"name":"${name}"}]`)
  await expect(uapi(demo, 'carol', 'Batch::strict', { command: commands })).rejects.toThrow(broken)
  expect(left()).toEqual(['c', 'd', 'e'])
  await expect(list()).rejects.toThrow(broken)
})

test('connections that are kept open break as well', async () => {
  const agent = new Agent({ keepAlive: true, ca: demo.certificatePem })
  const ask = () =>
    new Promise<number>((resolve, reject) => {
      const sent = request(`${demo.cpanelUrl}/execute/Tokens/list`, { agent, headers: basic('carol') })
      sent.on('error', reject).on('response', (response) => {
        response.resume().on('end', () => resolve(response.statusCode ?? 0))
      })
      sent.end()
    })
  expect(await ask()).toBe(200)
  const idle = Object.values(agent.freeSockets).flat()
  expect(idle).toHaveLength(1)
  const closed = new Promise((resolve) => idle[0]?.on('close', resolve))
  demo.die()
  await closed
  await expect(ask()).rejects.toThrow(broken)
  agent.destroy()
})

test('calls under way break and are not done', async () => {
  demo.addAccount({ username: 'slow_1', tokens: [{ name: 'a' }] })
  const underWay = uapi(demo, 'slow_1', 'Tokens::revoke', { name: 'a' }).catch((error: unknown) => String(error))
  await expect.poll(() => demo.calls.length).toBe(1)
  demo.die()
  expect(await underWay).toMatch(broken)
  demo.revive()
  await list()
  expect(demo.tokens('slow_1')).toHaveLength(1)
})
