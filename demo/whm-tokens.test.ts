import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { ask, basic, whm, type Asked } from './client.testing'
import { everyAcl } from './acls'
import type { Demo } from './demo'
import { startDemo } from './server'

let demo: Demo
let user: string
beforeAll(async () => {
  demo = await startDemo({ accounts: 0, clock: () => 1_483_625_276_000 })
})
beforeEach(() => {
  demo.reset()
  user = demo.addAccount({ reseller: ['manage-api-tokens', 'list-accts', 'kill-acct', 'basic-whm-functions'] }).username
})
afterAll(() => demo.close())

const call = (name: string, form: Asked['form'] = {}, as = user) => whm(demo, as, name, form)
const ok = (command: string) => ({ command, reason: 'OK', result: 1, version: 1 })
const failed = (command: string) => ({ metadata: { command, reason: expect.any(String), result: 0, version: 1 } })

describe('api_token_create', () => {
  test('answers the granted privileges as a list and expands IPv6', async () => {
    const got = await call('api_token_create', {
      token_name: 'example',
      acl: 'kill-acct',
      expires_at: '1609372800',
      'whitelist_ip-1': '1.1.1.1',
      'whitelist_ip-2': '1.1.1.8/29',
      'whitelist_ip-3': 'fc00:abcd::f',
      'whitelist_ip-4': '2620:0:28a4::/48',
    })
    expect(got.body).toEqual({
      data: {
        acls: ['kill-acct'],
        create_time: 1483625276,
        expires_at: 1609372800,
        name: 'example',
        token: expect.stringMatching(/^[A-Z0-9]{32}$/),
        whitelist_ips: [
          '1.1.1.1',
          '1.1.1.8/29',
          'fc00:abcd:0000:0000:0000:0000:0000:000f',
          '2620:0000:28a4:0000:0000:0000:0000:0000/48',
        ],
      },
      metadata: ok('api_token_create'),
    })
  })

  test('without acl the token gets everything the user has; acl may repeat, be numbered or be JSON', async () => {
    await call('api_token_create', { token_name: 'full' })
    await call('api_token_create', { token_name: 'numbered', 'acl-0': 'list-accts', 'acl-7': 'kill-acct' })
    await call('api_token_create', { token_name: 'repeated', acl: ['kill-acct', 'list-accts'] })
    const json = { 'api.version': 1, token_name: 'json', acl: ['list-accts'], expires_at: 1_900_000_000 }
    await ask(demo, `${demo.whmUrl}/json-api/api_token_create`, { headers: basic(user), json })
    await call('api_token_create', { token_name: 'all', acl: 'all' }, 'root')
    expect(demo.whmTokens(user)).toMatchObject([
      { name: 'full', acls: ['manage-api-tokens', 'list-accts', 'kill-acct', 'basic-whm-functions'], expiresAt: null },
      { name: 'numbered', acls: ['list-accts', 'kill-acct'] },
      { name: 'repeated', acls: ['kill-acct', 'list-accts'] },
      { name: 'json', acls: ['list-accts'], expiresAt: 1_900_000_000, whitelist: null },
    ])
    expect(demo.whmTokens('root')).toContainEqual(expect.objectContaining({ name: 'all', acls: ['all'] }))
  })

  test.each([
    ['no name', {}],
    ['a bad name', { token_name: 'a b' }],
    ['a taken name', { token_name: 'taken' }],
    ['a privilege the user lacks', { token_name: 'x', acl: 'create-acct' }],
    ['all for a reseller', { token_name: 'x', acl: 'all' }],
    ['an unknown privilege', { token_name: 'x', acl: 'fly' }],
    ['a bad expiry', { token_name: 'x', expires_at: 'tomorrow' }],
    ['a bad address', { token_name: 'x', whitelist_ip: '1.2.3' }],
    ['a bad prefix', { token_name: 'x', whitelist_ip: '1.2.3.4/33' }],
    ['101 addresses', { token_name: 'x', whitelist_ip: Array.from({ length: 101 }, (_, n) => `10.0.0.${n}`) }],
    ['an unknown parameter', { token_name: 'x', name: 'x' }],
  ])('refuses %s', async (_, form) => {
    demo.seedWhmToken(user, { name: 'taken' })
    expect((await call('api_token_create', form)).body).toEqual(failed('api_token_create'))
    expect(demo.whmTokens(user)).toHaveLength(1)
  })

  test('drops instead of refusing where the server is so, and knows no IPv6 before 110', async () => {
    demo.set({ quirks: { unownedAcl: 'dropped' }, version: 108 })
    await call('api_token_create', { token_name: 'x', acl: ['create-acct', 'kill-acct'] })
    expect(demo.whmTokens(user)).toMatchObject([{ acls: ['kill-acct'] }])
    const got = await call('api_token_create', { token_name: 'y', whitelist_ip: '::1' })
    expect(got.body).toEqual(failed('api_token_create'))
  })
})

describe('api_token_list', () => {
  test('is an object by name, privileges as a map, whatever the name', async () => {
    demo.seedWhmToken(user, { name: 'my', acls: ['list-accts'], createTime: 5, whitelist: ['192.0.2.8/29'] })
    demo.seedWhmToken(user, { name: '__proto__', acls: [], createTime: 6, expiresAt: 7 })
    const acls = { 'manage-api-tokens': 0, 'list-accts': 0, 'kill-acct': 0, 'basic-whm-functions': 0 }
    const mine = { create_time: 5, expires_at: null, name: 'my', whitelist_ips: ['192.0.2.8/29'] }
    const proto = { create_time: 6, expires_at: 7, name: '__proto__', whitelist_ips: null }
    expect((await call('api_token_list')).text).toBe(
      JSON.stringify({
        data: {
          tokens: Object.fromEntries([
            ['my', { acls: { ...acls, 'list-accts': 1 }, ...mine }],
            ['__proto__', { acls, ...proto }],
          ]),
        },
        metadata: ok('api_token_list'),
      }),
    )
  })

  test.each([
    ['object', {}],
    ['array', []],
    ['null', null],
  ] as const)('without tokens it is an empty %s', async (noTokens, tokens) => {
    demo.set({ quirks: { noTokens } })
    expect((await call('api_token_list')).body).toEqual({ data: { tokens }, metadata: ok('api_token_list') })
  })

  test('of an old server has no addresses; of root it covers every privilege', async () => {
    demo.set({ version: 82 })
    const got = await call('api_token_list', {}, 'root')
    expect(got.text).not.toContain('whitelist_ips')
    const acls = Object.fromEntries(
      everyAcl.map((acl) => [acl, ['list-accts', 'create-acct', 'suspend-acct'].includes(acl) ? 1 : 0]),
    )
    expect(got.body).toMatchObject({ data: { tokens: { provisioning: { acls } } } })
  })
})

describe('api_token_update', () => {
  beforeEach(() => {
    demo.seedWhmToken(user, {
      name: 'old',
      acls: ['list-accts'],
      createTime: 5,
      expiresAt: 9,
      whitelist: ['192.0.2.1'],
    })
    demo.seedWhmToken(user, { name: 'taken' })
  })

  test('replaces everything that is sent', async () => {
    const form = {
      token_name: 'old',
      new_name: 'new',
      acl: 'kill-acct',
      expires_at: '1900000000',
      whitelist_ip: '192.0.2.2',
    }
    expect((await call('api_token_update', form)).body).toEqual({
      data: {
        acls: ['kill-acct'],
        create_time: 5,
        expires_at: 1_900_000_000,
        name: 'new',
        whitelist_ips: ['192.0.2.2'],
      },
      metadata: ok('api_token_update'),
    })
    expect(demo.whmTokens(user).map(({ name }) => name)).toEqual(['taken', 'new'])
  })

  test('what is left out falls back to all privileges, no expiry and, on this server, any address', async () => {
    await call('api_token_update', { token_name: 'old' })
    expect(demo.whmTokens(user)[1]).toMatchObject({
      expiresAt: null,
      whitelist: null,
      acls: expect.arrayContaining(['kill-acct']),
    })
  })

  test('on another server addresses stay until they are cleared with any', async () => {
    demo.set({ quirks: { updateWithoutWhitelist: 'keeps' } })
    await call('api_token_update', { token_name: 'old' })
    expect(demo.whmTokens(user)[1]).toMatchObject({ whitelist: ['192.0.2.1'] })
    await call('api_token_update', { token_name: 'old', whitelist_ip: 'any' })
    expect(demo.whmTokens(user)[1]).toMatchObject({ whitelist: null })
  })

  test('refuses an unknown and a taken name', async () => {
    expect((await call('api_token_update', { token_name: 'no' })).body).toEqual(failed('api_token_update'))
    const form = { token_name: 'old', new_name: 'taken' }
    expect((await call('api_token_update', form)).body).toEqual(failed('api_token_update'))
  })
})

test('api_token_revoke takes one or several names and has no data', async () => {
  for (const name of ['a', 'b', 'c', 'd']) demo.seedWhmToken(user, { name })
  expect((await call('api_token_revoke', { token_name: 'a' })).body).toEqual({ metadata: ok('api_token_revoke') })
  const partly = { 'token_name-1': 'b', 'token_name-2': 'nobody', 'token_name-3': 'c' }
  expect((await call('api_token_revoke', partly)).body).toEqual(failed('api_token_revoke'))
  expect(demo.whmTokens(user).map(({ name }) => name)).toEqual(['d'])
  demo.set({ quirks: { revokeUnknown: 'ignored' } })
  expect((await call('api_token_revoke', { token_name: 'nobody' })).body).toEqual({ metadata: ok('api_token_revoke') })
  expect((await call('api_token_revoke')).body).toEqual(failed('api_token_revoke'))
})

test('api_token_get_details finds a token by its secret, from 98 on', async () => {
  const token = demo.seedWhmToken(user, { name: 'a', acls: ['list-accts'], createTime: 5 })
  expect((await call('api_token_get_details', { token })).body).toEqual({
    data: { acls: ['list-accts'], create_time: 5, expires_at: null, name: 'a', whitelist_ips: null },
    metadata: ok('api_token_get_details'),
  })
  const unknown = { token: 'A'.repeat(32) }
  expect((await call('api_token_get_details', unknown)).body).toEqual({ metadata: ok('api_token_get_details') })
  demo.set({ quirks: { unknownSecretResult: 0 } })
  expect((await call('api_token_get_details', unknown)).body).toEqual(failed('api_token_get_details'))
  demo.set({ version: 96 })
  expect((await call('api_token_get_details', { token })).body).toMatchObject({
    metadata: { reason: 'Unknown app ("api_token_get_details") requested for this version (1) of the API.' },
  })
})

test('everything needs manage-api-tokens, and a token with it can give more than it holds itself', async () => {
  for (const name of ['create', 'list', 'update', 'revoke', 'get_details']) {
    const got = await call(`api_token_${name}`, {}, 'junior')
    expect(got.body).toMatchObject({ metadata: { result: 0, reason: 'Access denied' } })
  }
  demo.set({ quirks: { whmRefusal: 'http-403' } })
  expect((await call('api_token_list', {}, 'junior')).status).toBe(403)
  const secret = demo.seedWhmToken(user, { name: 'key', acls: ['manage-api-tokens'] })
  const headers = { Authorization: `whm ${user}:${secret}` }
  const form = { 'api.version': '1', token_name: 'more' }
  await ask(demo, `${demo.whmUrl}/json-api/api_token_create`, { headers, form })
  expect(demo.whmTokens(user)[1]).toMatchObject({ name: 'more', acls: expect.arrayContaining(['kill-acct']) })
})
