import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { ask, whm, type Asked } from './client.testing'
import type { Demo } from './demo'
import { startDemo } from './server'

const privileges = ['manage-api-tokens', 'list-accts', 'kill-acct', 'basic-whm-functions']

let demo: Demo
let user: string
beforeAll(async () => {
  demo = await startDemo({ accounts: 0 })
})
beforeEach(() => {
  demo.reset()
  user = demo.addAccount({ reseller: privileges }).username
})
afterAll(() => demo.close())

const call = (name: string, form: Asked['form'] = {}, as = user) => whm(demo, as, name, form)
const create = (form: Asked['form'], as = user) => call('api_token_create', { token_name: 'x', ...form }, as)
const update = (form: Asked['form'], as = user) => call('api_token_update', { token_name: 'x', ...form }, as)
const byToken = (secret: string, name: string, form: Asked['form'] = {}) =>
  ask(demo, `${demo.whmUrl}/json-api/${name}`, {
    headers: { Authorization: `whm ${user}:${secret}` },
    form: { 'api.version': '1', ...form },
  })
const secretOf = (text: string) => /"token":"([^"]+)"/.exec(text)?.[1] ?? ''
const addresses = (count: number) => Array.from({ length: count }, (_, n) => `10.0.0.${n}`)
const names = (as: string) => demo.whmTokens(as).map(({ name }) => name)
const failure = { metadata: { result: 0 } }
const success = { metadata: { result: 1 } }

describe('addresses', () => {
  test('a token serves from the addresses it was made for, and no other', async () => {
    const away = secretOf((await create({ token_name: 'away', whitelist_ip: ['192.0.2.1', '::1', 'fd00::/8'] })).text)
    const here = secretOf((await create({ token_name: 'here', whitelist_ip: ['192.0.2.1', '127.0.0.0/24'] })).text)
    expect((await byToken(here, 'version')).body).toMatchObject(success)
    const refused = await byToken(away, 'version')
    expect([refused.status, refused.body]).toMatchObject([403, { cpanelresult: { error: 'Access denied' } }])
    await update({ token_name: 'away', whitelist_ip: 'any' })
    expect((await byToken(away, 'version')).body).toMatchObject(success)
    await update({ token_name: 'here', whitelist_ip: '127.0.1.0/24' })
    expect((await byToken(here, 'version')).status).toBe(403)
  })

  test('a token may even shut itself out', async () => {
    const secret = secretOf((await create({})).text)
    expect(
      (await byToken(secret, 'api_token_update', { token_name: 'x', whitelist_ip: '192.0.2.1' })).body,
    ).toMatchObject(success)
    expect((await byToken(secret, 'api_token_list')).status).toBe(403)
  })

  test('there may be a hundred of them', async () => {
    expect((await create({ whitelist_ip: addresses(100) })).body).toMatchObject({
      data: { whitelist_ips: addresses(100) },
    })
    expect((await update({ whitelist_ip: addresses(101) })).body).toMatchObject(failure)
    expect(demo.whmTokens(user)).toMatchObject([{ whitelist: addresses(100) }])
  })

  test('IPv6 is written out in every answer', async () => {
    await create({})
    const full = ['fc00:abcd:0000:0000:0000:0000:0000:000f', '2620:0000:28a4:0000:0000:0000:0000:0000/48']
    const updated = await update({ 'whitelist_ip-0': 'fc00:abcd::f', 'whitelist_ip-1': '2620:0:28a4::/48' })
    expect(updated.body).toMatchObject({ data: { whitelist_ips: full } })
    expect((await call('api_token_list')).body).toMatchObject({ data: { tokens: { x: { whitelist_ips: full } } } })
    const token = demo.seedWhmToken(user, { name: 'y', whitelist: full })
    expect((await call('api_token_get_details', { token })).body).toMatchObject({ data: { whitelist_ips: full } })
  })

  test('no limit is null, said by any or by nothing', async () => {
    for (const form of [{ token_name: 'a' }, { token_name: 'b', whitelist_ip: 'any' }])
      expect((await create(form)).body).toMatchObject({ data: { whitelist_ips: null } })
    expect((await call('api_token_list')).body).toMatchObject({
      data: { tokens: { a: { whitelist_ips: null }, b: { whitelist_ips: null } } },
    })
  })

  test('an empty one is as good as none: it clears only where leaving them out does', async () => {
    await create({ whitelist_ip: '192.0.2.1' })
    demo.set({ quirks: { updateWithoutWhitelist: 'keeps' } })
    expect((await update({ whitelist_ip: '' })).body).toMatchObject({ data: { whitelist_ips: ['192.0.2.1'] } })
    demo.set({ quirks: { updateWithoutWhitelist: 'clears' } })
    expect((await update({ whitelist_ip: '' })).body).toMatchObject({ data: { whitelist_ips: null } })
  })
})

describe('privileges', () => {
  test('are a list where one token is answered and a map of them all in the list', async () => {
    const created = await create({ acl: ['kill-acct', 'list-accts'] })
    expect(created.body).toMatchObject({ data: { acls: ['kill-acct', 'list-accts'] } })
    const details = await call('api_token_get_details', { token: secretOf(created.text) })
    expect(details.body).toMatchObject({ data: { acls: ['kill-acct', 'list-accts'] } })
    const listed = { 'manage-api-tokens': 0, 'list-accts': 1, 'kill-acct': 1, 'basic-whm-functions': 0 }
    expect((await call('api_token_list')).body).toMatchObject({ data: { tokens: { x: { acls: listed } } } })
    expect((await update({ acl: 'list-accts' })).body).toMatchObject({ data: { acls: ['list-accts'] } })
  })

  test('left out in an update they are all there again, and the token never expires', async () => {
    await create({ acl: 'list-accts', expires_at: '1900000000' })
    expect((await update({})).body).toMatchObject({ data: { acls: privileges, expires_at: null } })
  })

  test.each([
    ['version', 'basic-whm-functions'],
    ['listaccts', 'list-accts'],
    ['api_token_list', 'manage-api-tokens'],
    ['api_token_get_details', 'manage-api-tokens'],
    ['api_token_revoke', 'manage-api-tokens'],
  ])('a token calls %s with %s alone', async (name, acl) => {
    const others = privileges.filter((other) => other !== acl)
    const [having, lacking] = [[acl], others].map((acls, index) => demo.seedWhmToken(user, { name: `t${index}`, acls }))
    const form = { api_token_get_details: { token: 'A' }, api_token_revoke: { token_name: 't0' } }[name] ?? {}
    const refusal = { metadata: { result: 0, reason: 'Access denied' } }
    expect((await byToken(lacking ?? '', name, form)).body).toMatchObject(refusal)
    demo.set({ quirks: { whmRefusal: 'http-403' } })
    expect((await byToken(lacking ?? '', name, form)).status).toBe(403)
    expect((await byToken(having ?? '', name, form)).body).toMatchObject(success)
  })

  test('that the user loses the token loses as well', async () => {
    const secret = demo.seedWhmToken(user, { name: 'x', acls: ['list-accts'] })
    expect((await byToken(secret, 'listaccts')).body).toMatchObject(success)
    demo.setPrivileges(user, ['manage-api-tokens'])
    expect((await byToken(secret, 'listaccts')).body).toMatchObject({ metadata: { reason: 'Access denied' } })
  })

  test('of a plugin are like any other for who holds them', async () => {
    const { username } = demo.addAccount({ reseller: ['manage-api-tokens', 'acme-backup'] })
    expect((await create({ acl: 'acme-backup' }, username)).body).toMatchObject({ data: { acls: ['acme-backup'] } })
    const listed = { 'manage-api-tokens': 0, 'acme-backup': 1 }
    expect((await call('api_token_list', {}, username)).body).toMatchObject({
      data: { tokens: { x: { acls: listed } } },
    })
    expect((await call('myprivs', {}, username)).text).toContain('"acme-backup":"1"')
    expect((await create({ acl: 'acme-backup' })).body).toMatchObject(failure)
  })
})

test.each([
  ['a privilege the user lacks', { acl: ['list-accts', 'create-acct'] }],
  ['all for a reseller', { acl: 'all' }],
  ['an unknown privilege', { acl: 'fly' }],
  ['a bad expiry', { expires_at: 'tomorrow' }],
  ['a bad address', { whitelist_ip: ['192.0.2.1', '1.2.3'] }],
  ['a long name', { new_name: 'x'.repeat(51) }],
  ['a bad name', { new_name: 'a b' }],
])('an update refuses %s and changes nothing', async (_, form) => {
  await create({ acl: 'list-accts', expires_at: '1900000000', whitelist_ip: '192.0.2.1' })
  const before = demo.whmTokens(user)
  expect((await update({ new_name: 'y', acl: 'kill-acct', ...form })).body).toMatchObject(failure)
  expect(demo.whmTokens(user)).toEqual(before)
})

test('an expiry of 0 is none', async () => {
  expect((await create({ expires_at: '0' })).body).toMatchObject({ data: { expires_at: null } })
  expect((await update({ expires_at: '1900000000' })).body).toMatchObject({ data: { expires_at: 1_900_000_000 } })
  expect((await update({ expires_at: '0' })).body).toMatchObject({ data: { expires_at: null } })
})

describe.each(['WebPros_Dashboard', 'WP-Dashboard'])('the name %s', (reserved) => {
  test('is not for root to give', async () => {
    await create({}, 'root')
    expect((await create({ token_name: reserved }, 'root')).body).toMatchObject(failure)
    expect((await update({ new_name: reserved }, 'root')).body).toMatchObject(failure)
    expect(names('root')).toContain('x')
    expect(names('root')).not.toContain(reserved)
  })

  test('stays where it is already', async () => {
    demo.seedWhmToken('root', { name: reserved })
    expect((await update({ token_name: reserved, acl: 'status' }, 'root')).body).toMatchObject(success)
    expect((await update({ token_name: reserved, new_name: reserved }, 'root')).body).toMatchObject(success)
    expect((await update({ token_name: reserved, new_name: 'other' }, 'root')).body).toMatchObject(success)
  })

  test('is free for others, on older servers and where the server is so', async () => {
    expect((await create({ token_name: reserved })).body).toMatchObject(success)
    expect((await create({ token_name: `${reserved}2` }, 'root')).body).toMatchObject(success)
    demo.set({ version: 136 })
    expect((await create({ token_name: reserved }, 'root')).body).toMatchObject(success)
    demo.set({ version: 138, quirks: { reservedNames: 'allowed' } })
    await create({}, 'root')
    demo.revokeToken('root', reserved, 'whm')
    expect((await update({ new_name: reserved }, 'root')).body).toMatchObject(success)
  })
})
