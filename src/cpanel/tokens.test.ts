import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { json, playProxy, type PlayedProxy } from './proxy.testing'
import { createToken, isWhmToken, listTokens, revokeToken } from './tokens'
import { whmAccess } from './whmTokens'

/** Whose tokens they are decides over which wire a call goes, and nothing else does. */

let proxy: PlayedProxy
beforeAll(async () => {
  proxy = await playProxy()
})
beforeEach(() => {
  proxy.received.length = 0
  proxy.answer(json({ status: 1, data: { token: 'S' }, metadata: { result: 1 } }))
})
afterAll(() => proxy.close())

const account = () => ({ api: proxy.api, connection: 'main.cpanel.bob' })
const whmUser = () => ({ api: proxy.api, connection: 'main.whm.root', isWhmUser: true }) as const
const expiry = { kind: 'at', at: new Date(5_000) } as const

/** What was asked for, in short. */
const asked = () => proxy.received.map(({ path, body }) => [path.split('/').at(-1), body])

test('a cPanel account’s token is created by Tokens, with its name, end and access', async () => {
  await createToken(account(), { name: 'one', expiry, access: 'read-only' })
  expect(asked()).toEqual([['create_full_access', { name: 'one', expires_at: 5, readonly: 1 }]])
})

test('a WHM user’s token is created by WHM, with its name, end and privileges', async () => {
  await createToken(whmUser(), { name: 'one', expiry, access: whmAccess(['quota'], []) })
  expect(asked()).toEqual([['api_token_create', { token_name: 'one', acl: ['quota'], expires_at: 5 }]])
})

test('each kind is listed and revoked by its own function', async () => {
  proxy.answer(json({ status: 1, data: [], metadata: { result: 1 } }))
  await listTokens(account())
  proxy.answer(json({ data: { tokens: [] }, metadata: { result: 1 } }))
  await listTokens(whmUser())
  proxy.answer(json({ status: 1, data: 1, metadata: { result: 1 } }))
  await revokeToken(account(), 'one')
  await revokeToken(whmUser(), 'one')
  expect(asked()).toEqual([
    ['list', {}],
    ['api_token_list', {}],
    ['revoke', { name: 'one' }],
    ['api_token_revoke', { token_name: 'one' }],
  ])
})

test('a token is of WHM by its access', () => {
  const token = { name: 'one', created: null, expiry }
  expect(isWhmToken({ ...token, access: whmAccess([], []) })).toBe(true)
  expect(isWhmToken({ ...token, access: { kind: 'full' } })).toBe(false)
})
