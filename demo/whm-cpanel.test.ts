import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { ask, basic, whm, type Asked, type Got } from './client.testing'
import type { Demo } from './demo'
import { startDemo } from './server'

let demo: Demo
beforeAll(async () => {
  demo = await startDemo({ accounts: 0 })
})
beforeEach(() => demo.reset())
afterAll(() => demo.close())

const through = (user: string, account: string, func: string, form: Asked['form'] = {}) =>
  whm(demo, user, 'uapi_cpanel', {
    'cpanel.user': account,
    'cpanel.module': 'Tokens',
    'cpanel.function': func,
    ...form,
  })

describe('uapi_cpanel', () => {
  test('wraps the answer in data.uapi', async () => {
    demo.seedToken('carol', { name: 'exampletoken', createTime: 1549471343, expiresAt: 1609372800 })
    expect((await through('root', 'carol', 'list')).body).toEqual({
      data: {
        uapi: {
          data: [
            { create_time: 1549471343, expires_at: 1609372800, features: [], has_full_access: 1, name: 'exampletoken' },
          ],
          errors: null,
          messages: null,
          metadata: { transformed: 1 },
          status: 1,
          warnings: null,
        },
      },
      metadata: { command: 'uapi_cpanel', reason: 'OK', result: 1, version: 1 },
    })
  })

  test('creates, renames and revokes with plain arguments', async () => {
    await through('resell', 'carol', 'create_full_access', { name: 'ci', expires_at: '1900000000' })
    await through('resell', 'carol', 'rename', { name: 'ci', new_name: 'cd' })
    expect(demo.tokens('carol')).toMatchObject([{ name: 'cd', expiresAt: 1_900_000_000 }])
    expect((await through('resell', 'carol', 'revoke', { name: 'cd' })).body).toMatchObject({
      data: { uapi: { data: 1 } },
    })
  })

  test('fails on two levels: WHM refuses, or UAPI does', async () => {
    const refused = { metadata: { command: 'uapi_cpanel', reason: expect.any(String), result: 0, version: 1 } }
    expect((await through('resell', 'alice', 'list')).body).toEqual(refused)
    expect((await through('root', 'nobody', 'list')).body).toEqual(refused)
    expect((await through('root', 'root', 'list')).body).toEqual(refused)
    expect((await through('junior', 'junior', 'list')).body).toEqual(refused)
    expect((await through('resell', 'erin', 'create_full_access', { name: 'x' })).body).toMatchObject({
      data: { uapi: { status: 0 } },
      metadata: { result: 1 },
    })
  })
})

const reasonOf = (got: Got) => /"reason":"([^"]*)"/.exec(got.text)?.[1]

describe('a reseller', () => {
  test('without cpanel-api reaches nobody, not even itself', async () => {
    const { username } = demo.addAccount({ reseller: ['list-accts', 'manage-api-tokens'] })
    demo.addAccount({ username: 'owned', owner: username })
    for (const account of ['owned', username])
      expect(reasonOf(await through(username, account, 'list'))).toBe('Access denied')
    demo.set({ quirks: { whmRefusal: 'http-403' } })
    expect((await through(username, 'owned', 'list')).status).toBe(403)
    demo.setPrivileges(username, ['cpanel-api'])
    expect(reasonOf(await through(username, 'owned', 'list'))).toBe('OK')
  })

  test('reaches itself and what it owns, as root reaches all', async () => {
    const { username } = demo.addAccount({ reseller: ['cpanel-api'] })
    demo.addAccount({ username: 'owned', owner: username })
    for (const account of ['owned', username]) expect(reasonOf(await through(username, account, 'list'))).toBe('OK')
    for (const account of ['carol', 'resell', 'nobody'])
      expect(reasonOf(await through(username, account, 'list'))).toMatch(/You do not have access/)
    for (const account of ['owned', username, 'carol'])
      expect(reasonOf(await through('root', account, 'list'))).toBe('OK')
  })
})

const plain = (form: Asked['form'] = {}, user = 'root') =>
  ask(demo, `${demo.whmUrl}/json-api/cpanel`, { headers: basic(user), form })

describe('cpanel', () => {
  const old = { cpanel_jsonapi_user: 'carol', cpanel_jsonapi_module: 'Tokens', cpanel_jsonapi_func: 'list' }
  const form = { ...old, cpanel_jsonapi_apiversion: '3' }

  test('answers the wrapped UAPI object, bare or, with api.version=1, inside data', async () => {
    const result = { data: [], errors: null, messages: null, metadata: { transformed: 1 }, status: 1, warnings: null }
    const uapi = { apiversion: 3, func: 'list', module: 'Tokens', result }
    expect((await plain(form)).body).toEqual(uapi)
    const metadata = { command: 'cpanel', reason: 'OK', result: 1, version: 1 }
    expect((await whm(demo, 'root', 'cpanel', form)).body).toEqual({ data: uapi, metadata })
  })

  test('names a bad user in its own shape', async () => {
    const reason = 'User parameter is invalid or was not supplied'
    const refused = { data: { reason, result: '0' }, type: 'text', error: reason }
    expect((await plain({ ...form, cpanel_jsonapi_user: 'nobody' })).body).toEqual(refused)
    expect((await plain({})).body).toEqual(refused)
    expect((await plain(old)).body).toMatchObject({ data: { result: '0' } })
    expect((await plain(form, 'junior')).body).toMatchObject({ error: 'Access denied' })
  })
})

const list = (user: string) => `uapi_cpanel?cpanel.user=${user}&cpanel.module=Tokens&cpanel.function=list`

describe('batch', () => {
  test('answers every command in order', async () => {
    const got = await whm(demo, 'root', 'batch', { command: ['gethostname', 'nothing', 'version'] })
    expect(got.body).toEqual({
      data: {
        result: [
          {
            data: { hostname: 'server.example' },
            metadata: { command: 'gethostname', reason: 'OK', result: 1, version: 1 },
          },
          { metadata: { command: 'nothing', reason: expect.stringContaining('Unknown app'), result: 0, version: 1 } },
          { data: { version: '11.138.0.10' }, metadata: { command: 'version', reason: 'OK', result: 1, version: 1 } },
        ],
      },
      metadata: { command: 'batch', reason: 'OK', result: 1, version: 1 },
    })
  })

  test('lists the tokens of many accounts in one request, one refusal among them', async () => {
    demo.seedToken('carol', { name: 'c' })
    const commands = { 'command-0': list('carol'), 'command-1': list('alice'), 'command-2': list('bob') }
    const got = await whm(demo, 'resell', 'batch', commands)
    expect(got.body).toMatchObject({
      data: {
        result: [
          { data: { uapi: { data: [{ name: 'c' }] } } },
          { metadata: { result: 0 } },
          { metadata: { result: 1 } },
        ],
      },
    })
    expect(demo.calls.map(({ name, account, inside }) => [name, account, inside])).toEqual([
      ['batch', 'resell', ''],
      ['uapi_cpanel', 'carol', 'batch'],
      ['Tokens::list', 'carol', 'uapi_cpanel'],
      ['uapi_cpanel', 'alice', 'batch'],
      ['uapi_cpanel', 'bob', 'batch'],
      ['Tokens::list', 'bob', 'uapi_cpanel'],
    ])
  })

  test('stops at the first failure when asked to; the outer result is a switch', async () => {
    demo.set({ quirks: { batchOuter: 'fails-with-inner', whmRefusal: 'http-403' } })
    const form = { command: ['listaccts', 'myprivs'], abort_on_error: '1' }
    const got = await whm(demo, 'junior', 'batch', form)
    expect(got.body).toMatchObject({
      metadata: { result: 0 },
      data: { result: [{ metadata: { reason: 'Access denied' } }] },
    })
    expect(got.text).not.toContain('myprivs')
    expect((await whm(demo, 'root', 'batch', {})).body).toMatchObject({ metadata: { result: 0 } })
    expect((await whm(demo, 'root', 'batch', { command: 'batch' })).body).toMatchObject({ metadata: { result: 0 } })
  })
})
