import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { initialAcls } from './acls'
import { signIn, uapi, whm } from './client.testing'
import type { Demo } from './demo'
import { startDemo } from './server'

let demo: Demo
let user: string
beforeAll(async () => {
  demo = await startDemo({ accounts: 0, slowMs: 60 })
})
beforeEach(() => {
  demo.reset()
  user = demo.addAccount({ reseller: true }).username
})
afterAll(() => demo.close())

const create = (name: string, form = {}) => uapi(demo, user, 'Tokens::create_full_access', { name, ...form })
const rename = (name: string, new_name: string) => uapi(demo, user, 'Tokens::rename', { name, new_name })
const revoke = (name: string) => uapi(demo, user, 'Tokens::revoke', { name })
const names = () => demo.tokens(user).map(({ name }) => name)

test('lost-answer does it and never tells; lost-request does nothing', async () => {
  demo.seedToken(user, { name: 'other' })
  await expect(create('lost-answer-1')).rejects.toThrow('socket hang up')
  await expect(create('lost-request-1')).rejects.toThrow('socket hang up')
  expect(names()).toEqual(['other', 'lost-answer-1'])
  await expect(rename('other', 'lost-answer-2')).rejects.toThrow('socket hang up')
  await expect(revoke('lost-answer-1')).rejects.toThrow('socket hang up')
  expect(names()).toEqual(['lost-answer-2'])
})

test('lost-once loses the answer of the first create of each name', async () => {
  await expect(create('lost-once-1')).rejects.toThrow('socket hang up')
  expect((await revoke('lost-once-1')).body).toMatchObject({ status: 1 })
  expect((await create('lost-once-1')).body).toMatchObject({ status: 1 })
  await expect(create('lost-once-2')).rejects.toThrow('socket hang up')
})

test('refused, fails-500 and forbidden do nothing', async () => {
  expect((await create('refused')).body).toMatchObject({ status: 0 })
  expect((await create('fails-500')).status).toBe(500)
  expect((await create('forbidden')).status).toBe(403)
  expect(names()).toEqual([])
  expect((await create('refuseds')).body).toMatchObject({ status: 1 })
})

test('ignored-expiry, ignored-readonly and null-answer create something else than asked', async () => {
  const form = { expires_at: '1900000000', readonly: '1' }
  expect((await create('ignored-expiry', form)).body).toMatchObject({ status: 1 })
  expect((await create('ignored-readonly', form)).body).toMatchObject({ status: 1 })
  expect((await create('null-answer', form)).body).toMatchObject({ status: 1, data: null })
  expect(demo.tokens(user)).toMatchObject([
    { name: 'ignored-expiry', expiresAt: null, isReadonly: true },
    { name: 'ignored-readonly', expiresAt: 1_900_000_000, isReadonly: false },
    { name: 'null-answer', expiresAt: 1_900_000_000, isReadonly: true },
  ])
})

test('cannot-revoke says so, revoke-lies does not', async () => {
  for (const name of ['cannot-revoke', 'revoke-lies-2']) demo.seedToken(user, { name })
  expect((await revoke('cannot-revoke')).body).toMatchObject({ status: 1, data: 0 })
  expect((await revoke('revoke-lies-2')).body).toMatchObject({ status: 1, data: 1 })
  expect(names()).toHaveLength(2)
})

test('duplicate is taken by somebody else in the last moment', async () => {
  demo.seedToken(user, { name: 'mine' })
  expect((await create('duplicate')).body).toMatchObject({ status: 0 })
  expect((await rename('mine', 'duplicate-2')).body).toMatchObject({ status: 0 })
  expect(names()).toEqual(['mine', 'duplicate', 'duplicate-2'])
})

test('ends-session answers with the login page and does nothing', async () => {
  const browser = await signIn(demo, 'cpanel', user)
  const got = await browser.uapi('Tokens::create_full_access', { name: 'ends-session' })
  expect([got.status, got.text.includes('login_form')]).toEqual([401, true])
  expect((await browser.uapi('Tokens::list')).status).toBe(401)
  expect(names()).toEqual([])
})

test('slow-create and slow-revoke take their time', async () => {
  const start = performance.now()
  await create('slow-create')
  await revoke('slow-create')
  demo.seedToken(user, { name: 'slow-revoke' })
  await revoke('slow-revoke')
  expect(performance.now() - start).toBeGreaterThan(110)
  expect(names()).toEqual([])
})

test('ignored-whitelist and ignored-acls leave out a limit of a WHM token, made or changed', async () => {
  const limits = { acl: 'list-accts', whitelist_ip: '192.0.2.1' }
  const privileges = [...initialAcls, 'list-accts']
  const make = (token_name: string, form = {}) =>
    whm(demo, user, 'api_token_create', { token_name, ...limits, ...form })
  const change = (token_name: string, form = {}) =>
    whm(demo, user, 'api_token_update', { token_name, ...limits, ...form })
  const byName = () => new Map(demo.whmTokens(user).map((token) => [token.name, token]))

  const [open, full] = [await make('ignored-whitelist-1'), await make('ignored-acls-1')]
  expect(open.body).toMatchObject({ data: { acls: ['list-accts'], whitelist_ips: null }, metadata: { result: 1 } })
  expect(full.body).toMatchObject({ data: { acls: privileges, whitelist_ips: ['192.0.2.1'] }, metadata: { result: 1 } })
  expect((await make('ignored-acls-2', { acl: 'all' })).body).toMatchObject({ metadata: { result: 0 } })
  expect((await make('ignored-whitelist-2', { whitelist_ip: 'x' })).body).toMatchObject({ metadata: { result: 0 } })
  expect([...byName().values()]).toMatchObject([
    { name: 'ignored-whitelist-1', acls: ['list-accts'], whitelist: null },
    { name: 'ignored-acls-1', acls: privileges, whitelist: ['192.0.2.1'] },
  ])

  for (const name of ['a', 'b', 'ignored-acls-3'])
    demo.seedWhmToken(user, { name, acls: ['track-email'], whitelist: ['192.0.2.9'] })
  demo.set({ quirks: { updateWithoutWhitelist: 'keeps' } })
  await change('a', { new_name: 'ignored-whitelist-3' })
  await change('b', { new_name: 'ignored-acls-4' })
  await change('ignored-acls-3')
  await change('ignored-acls-1', { new_name: 'well-again' })
  expect(byName().get('ignored-whitelist-3')).toMatchObject({ acls: ['list-accts'], whitelist: null })
  for (const name of ['ignored-acls-3', 'ignored-acls-4'])
    expect(byName().get(name)).toMatchObject({ acls: privileges, whitelist: ['192.0.2.1'] })
  expect(byName().get('well-again')).toMatchObject({ acls: ['list-accts'], whitelist: ['192.0.2.1'] })
})

test('WHM tokens know them too', async () => {
  const make = (token_name: string, form = {}) => whm(demo, user, 'api_token_create', { token_name, ...form })
  await expect(make('lost-answer')).rejects.toThrow('socket hang up')
  expect((await make('refused')).body).toMatchObject({ metadata: { result: 0 } })
  expect((await make('duplicate')).body).toMatchObject({ metadata: { result: 0 } })
  expect((await make('null-answer')).body).toMatchObject({ data: null, metadata: { result: 1 } })
  await make('ignored-expiry', { expires_at: '1900000000' })
  for (const name of ['cannot-revoke', 'revoke-lies']) demo.seedWhmToken(user, { name })
  expect((await whm(demo, user, 'api_token_revoke', { token_name: 'cannot-revoke' })).body).toMatchObject({
    metadata: { result: 0 },
  })
  expect((await whm(demo, user, 'api_token_revoke', { token_name: 'revoke-lies' })).body).toMatchObject({
    metadata: { result: 1 },
  })
  expect(demo.whmTokens(user).map(({ name, expiresAt }) => [name, expiresAt])).toEqual([
    ['lost-answer', null],
    ['duplicate', null],
    ['null-answer', null],
    ['ignored-expiry', null],
    ['cannot-revoke', null],
    ['revoke-lies', null],
  ])
})
