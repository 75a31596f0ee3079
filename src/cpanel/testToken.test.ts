import { afterEach, beforeEach, expect, test } from 'vitest'
import { json, playProxy, type PlayedProxy } from './proxy.testing'
import { looksLikeSecret, testToken } from './testToken'

let proxy: PlayedProxy
beforeEach(async () => {
  proxy = await playProxy()
})
afterEach(() => proxy.close())

const SECRET = 'SECRET0SECRET0SECRET0SECRET0SECR'
const asked = () => proxy.received.map(({ method, path, body }) => ({ method, path, body }))

test.each([
  ['of the account of a connection', { connection: 'main.cpanel.bob' }, { token: SECRET }],
  ['of an account through WHM', { connection: 'main.whm.root', user: 'bob' }, { token: SECRET, account: 'bob' }],
  ['of the WHM user', { connection: 'main.whm.root', isWhmUser: true as const }, { token: SECRET }],
])('a token %s goes in the body, never in the address', async (_whose, account, body) => {
  proxy.answer(json({ verdict: 'works' }))
  expect(await testToken({ api: proxy.api, ...account }, SECRET)).toEqual({ verdict: 'works' })
  expect(asked()).toEqual([{ method: 'POST', path: `/api/connections/${account.connection}/test-token`, body }])
})

const account = () => ({ api: proxy.api, connection: 'main.cpanel.bob' })

test.each([
  { verdict: 'works' },
  { verdict: 'limited', reasons: [] },
  { verdict: 'limited', reasons: ['You do not have the feature “apitokens”.'] },
  { verdict: 'refused' },
  { verdict: 'unclear' },
])('what the server made of it is told: %j', async (verdict) => {
  proxy.answer(json(verdict))
  expect(await testToken(account(), SECRET)).toEqual(verdict)
})

test.each([null, {}, 'works', { verdict: 'fine' }, { verdict: 'limited' }, { verdict: 'limited', reasons: [1] }])(
  'anything else is no verdict: %j',
  async (answer) => {
    proxy.answer(json(answer))
    await expect(testToken(account(), SECRET)).rejects.toMatchObject({ kind: 'garbled' })
  },
)

test.each([
  ['not_allowed', 404, 'refused'],
  ['invalid_request', 400, 'refused'],
  ['unauthenticated', 401, 'unauthenticated'],
  ['too_many_requests', 429, 'too_many_requests'],
  ['unreachable', 502, 'unreachable'],
])('a failure is an error with a kind and without the secret: %s', async (kind, status, expected) => {
  proxy.answer(json({ error: { kind, message: 'x', ...(status === 429 && { retryAfter: 30 }) } }, status))
  const error: unknown = await testToken(account(), SECRET).catch((thrown: unknown) => thrown)
  expect(error).toMatchObject({ kind: expected })
  expect(JSON.stringify(error) + String(error)).not.toContain(SECRET)
})

test('who leaves ends the request', async () => {
  const controller = new AbortController()
  proxy.answer(() => controller.abort())
  await expect(testToken(account(), SECRET, controller.signal)).rejects.toMatchObject({ kind: 'cancelled' })
})

test.each([
  [SECRET, true],
  ['abcDEF123', true],
  ['', false],
  ['two words', false],
  ['Authorization: cpanel bob:X', false],
  ['SECRÉT', false],
  ['a\nb', false],
  ['a\n', false],
  ['A'.repeat(257), false],
])('whether a text looks like a secret: %j', (text, expected) => {
  expect(looksLikeSecret(text)).toBe(expected)
})
