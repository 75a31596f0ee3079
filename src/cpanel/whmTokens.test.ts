import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { json, playProxy, type PlayedProxy } from './proxy.testing'
import { createToken, findBySecret, listTokens, readOwnToken, revokeToken, updateToken, whmAccess } from './whmTokens'

let proxy: PlayedProxy
beforeAll(async () => {
  proxy = await playProxy()
})
beforeEach(() => {
  proxy.received.length = 0
})
afterAll(() => proxy.close())

const user = () => ({ api: proxy.api, connection: 'main.whm.bob' })

/** WHM answers with this data from now on; without data where it is undefined. */
function whmSays(data: unknown, metadata: object = { result: 1, reason: 'OK' }): void {
  proxy.answer(json({ data, metadata: { command: 'x', version: 1, ...metadata } }))
}

/** What was asked of the proxy. */
function asked(): object[] {
  return proxy.received.map(({ method, path, body }) => ({ method, path, body }))
}

function call(name: string, body: object): object {
  return { method: 'POST', path: `/api/connections/main.whm.bob/json-api/${name}`, body }
}

// The documented bodies, CPANEL_API.md 2.2, 2.5 and 2.6; an update is only described (2.4), as what details are.
// The list and its rows are tested in whmTokenRows.test.ts.
const CREATED =
  '{"data":{"acls":["kill-acct"],"create_time":1483625276,"expires_at":1609372800,"name":"example","token":"UWU28DCA23NKY76CN17MDPKM3O7EFQY8","whitelist_ips":["1.1.1.1","1.1.1.2","1.1.1.8/29","fc00:abcd:0000:0000:0000:0000:0000:000f","2620:0000:28a4:0000:0000:0000:0000:0000/48"]},"metadata":{"command":"api_token_create","reason":"OK","result":1,"version":1}}'
const REVOKED = '{"metadata":{"command":"api_token_revoke","reason":"OK","result":1,"version":1}}'
const DETAILS =
  '{"data":{"acls":["create-acct","kill-acct","list-accts"],"create_time":1483625276,"expires_at":1609372800,"name":"example","whitelist_ips":["192.0.2.1","192.0.2.2","192.0.2.8/29","fc00:abcd:0000:0000:0000:0000:0000:000f","2620:0000:28a4:0000:0000:0000:0000:0000/48"]},"metadata":{"command":"api_token_get_details","reason":"OK","result":1,"version":1}}'
const ADDRESSES = [
  '192.0.2.1',
  '192.0.2.2',
  '192.0.2.8/29',
  '2620:0000:28a4:0000:0000:0000:0000:0000/48',
  'fc00:abcd:0000:0000:0000:0000:0000:000f',
]
const EXPIRY = { kind: 'at', at: new Date('2020-12-31T00:00:00Z') } as const
const NEVER = { kind: 'never' } as const
const EXAMPLE = {
  name: 'example',
  created: new Date('2017-01-05T14:07:56Z'),
  expiry: EXPIRY,
  access: { kind: 'whm', privileges: ['create-acct', 'kill-acct', 'list-accts'], addresses: ADDRESSES },
}
/** The least of a token. */
const ONE = { name: 'one', created: null, expiry: NEVER, access: whmAccess(['quota'], []) }

describe('creating', () => {
  test('says name and privileges, and gives the documented secret', async () => {
    proxy.answer(json(JSON.parse(CREATED)))
    const token = { name: 'example', expiry: NEVER, access: whmAccess(['quota', 'kill-acct'], []) }
    expect(await createToken(user(), token)).toEqual({ secret: 'UWU28DCA23NKY76CN17MDPKM3O7EFQY8' })
    expect(asked()).toEqual([call('api_token_create', { token_name: 'example', acl: ['kill-acct', 'quota'] })])
  })

  test('says the end in seconds, and the addresses, where there are', async () => {
    whmSays({ token: 'S' })
    const expiry = { kind: 'at', at: new Date('2027-11-24T23:59:59.999Z') } as const
    await createToken(user(), { name: 'one', expiry, access: whmAccess(['all'], ['::1/128', '10.0.0.1']) })
    const body = { token_name: 'one', acl: ['all'], expires_at: 1827100799, whitelist_ip: ['10.0.0.1', '::1/128'] }
    expect(asked()).toEqual([call('api_token_create', body)])
  })

  test('without a privilege is refused, and nothing is sent: WHM would grant everything', async () => {
    whmSays({ token: 'S' })
    const creating = createToken(user(), { name: 'one', expiry: NEVER, access: whmAccess([], ['10.0.0.1']) })
    await expect(creating).rejects.toMatchObject({ name: 'CpanelError', kind: 'refused' })
    expect(asked()).toEqual([])
  })

  test.each([undefined, null, {}, [], { token: '' }, { token: null }])(
    'is garbled with %j for an answer, never a success',
    async (data) => {
      whmSays(data)
      const creating = createToken(user(), { name: 'one', expiry: NEVER, access: whmAccess(['quota'], []) })
      await expect(creating).rejects.toMatchObject({ kind: 'garbled' })
    },
  )
})

describe('changing', () => {
  const all = { name: 'one', expiry: EXPIRY, access: whmAccess(['quota', 'list-accts'], ['192.0.2.1']) }
  const said = { token_name: 'one', acl: ['list-accts', 'quota'], expires_at: 1609372800, whitelist_ip: ['192.0.2.1'] }

  test.each([
    ['always says all', all, said],
    ['says the new name where it is another', { ...all, name: 'two' }, { ...said, new_name: 'two' }],
    ['says 0 for no end', { ...all, expiry: NEVER }, { ...said, expires_at: 0 }],
    [
      'says any for any address',
      { ...all, access: whmAccess(['quota'], []) },
      { ...said, acl: ['quota'], whitelist_ip: 'any' },
    ],
  ])('%s', async (_sentence, wanted, body) => {
    whmSays(JSON.parse(DETAILS).data)
    await updateToken(user(), 'one', wanted)
    expect(asked()).toEqual([call('api_token_update', body)])
  })

  test('gives the token as WHM says that it is now', async () => {
    proxy.answer(json(JSON.parse(DETAILS)))
    expect(await updateToken(user(), 'one', all)).toEqual(EXAMPLE)
    whmSays({ acls: ['quota'], create_time: '1', expires_at: null, name: 'two', whitelist_ips: null })
    expect(await updateToken(user(), 'one', all)).toEqual({ ...ONE, name: 'two', created: new Date(1000) })
  })

  test('without a privilege is refused, and nothing is sent: WHM would grant everything', async () => {
    const updating = updateToken(user(), 'one', { ...all, access: whmAccess([], []) })
    await expect(updating).rejects.toMatchObject({ name: 'CpanelError', kind: 'refused' })
    expect(asked()).toEqual([])
  })

  test.each([undefined, null, {}, [], { name: 'one' }])('is garbled with %j for an answer', async (data) => {
    whmSays(data)
    await expect(updateToken(user(), 'one', all)).rejects.toMatchObject({ kind: 'garbled' })
  })
})

test('revoking says the name, and its documented answer is nothing', async () => {
  proxy.answer(json(JSON.parse(REVOKED)))
  expect(await revokeToken(user(), 'example')).toBeUndefined()
  expect(asked()).toEqual([call('api_token_revoke', { token_name: 'example' })])
})

describe.each([
  ['of a secret', () => findBySecret(user(), 'S'), call('api_token_get_details', { token: 'S' })],
  [
    'of this connection',
    () => readOwnToken(user()),
    { method: 'GET', path: '/api/connections/main.whm.bob/own-token' },
  ],
])('the token %s', (_whose, ask, request) => {
  test('is asked for once, and read as documented', async () => {
    proxy.answer(json(JSON.parse(DETAILS)))
    expect(await ask()).toEqual(EXAMPLE)
    expect(asked()).toEqual([request])
  })

  test.each([undefined, null, {}, []])('is none where WHM says yes and %j', async (data) => {
    whmSays(data)
    expect(await ask()).toBeNull()
  })

  test.each(['SECRET', 1, { name: 'one' }, { token: 'SECRET' }])('is garbled as %j, and not told on', async (data) => {
    whmSays(data)
    const thrown = await ask().catch((error: unknown) => error)
    expect(thrown).toMatchObject({ kind: 'garbled', message: 'garbled', reasons: [] })
  })
})

test('a connection signed in with a password has no token', async () => {
  proxy.answer(json(null))
  expect(await readOwnToken(user())).toBeNull()
})

test('asking for the own token is cancelled where nobody waits any more', async () => {
  await expect(readOwnToken(user(), AbortSignal.abort())).rejects.toMatchObject({ kind: 'cancelled' })
})

describe.each([
  ['listing', () => listTokens(user())],
  ['creating', () => createToken(user(), ONE)],
  ['changing', () => updateToken(user(), 'one', ONE)],
  ['revoking', () => revokeToken(user(), 'one')],
  ['finding', () => findBySecret(user(), 'S')],
  ['asking for its own', () => readOwnToken(user())],
])('when WHM says no to %s', (_what, ask) => {
  test.each([0, '0', '', null, false])('by result %j, its words come along', async (result) => {
    whmSays(JSON.parse(CREATED).data, { result, reason: 'Access denied' })
    await expect(ask()).rejects.toMatchObject({ kind: 'rejected', reasons: ['Access denied'] })
  })

  test('without a reason, there are no words; without a verdict, it is garbled', async () => {
    whmSays(null, { result: 0, reason: null })
    await expect(ask()).rejects.toMatchObject({ kind: 'rejected', reasons: [] })
    proxy.answer(json({ data: { tokens: {}, token: 'S' } }))
    await expect(ask()).rejects.toMatchObject({ kind: 'garbled' })
    proxy.answer(json({ error: { kind: 'forbidden' } }, 403))
    await expect(ask()).rejects.toMatchObject({ kind: 'forbidden' })
  })
})

test('a server that repeats the secret it was asked about does not get it into an error', async () => {
  whmSays(null, { result: 0, reason: 'The API token “SECRET0SECRET0” was not recognized.' })
  const error: unknown = await findBySecret(user(), 'SECRET0SECRET0').catch((thrown: unknown) => thrown)
  expect(error).toMatchObject({ kind: 'rejected', reasons: ['The API token “…” was not recognized.'] })
  expect(String(error)).not.toContain('SECRET0')
  // Also where only one of its sentences does.
  whmSays(null, { result: 0, reason: 'SECRET0SECRET0?\nNo such token.' })
  const reasons = ['…?', 'No such token.']
  await expect(findBySecret(user(), 'SECRET0SECRET0')).rejects.toMatchObject({ kind: 'rejected', reasons })
})
