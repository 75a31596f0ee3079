import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { json, playProxy, type PlayedProxy } from './proxy.testing'
import { listTokens, whmAccess } from './whmTokens'

let proxy: PlayedProxy
beforeAll(async () => {
  proxy = await playProxy()
})
afterAll(() => proxy.close())

const user = () => ({ api: proxy.api, connection: 'main.whm.bob' })

/** WHM answers with this data from now on; without data where it is undefined. */
function whmSays(data: unknown): void {
  proxy.answer(json({ data, metadata: { command: 'api_token_list', reason: 'OK', result: 1, version: 1 } }))
}

// The documented bodies, CPANEL_API.md 2.3.
const LIST =
  '{"data":{"tokens":{"my-controller-token":{"acls":{"create-acct":0,"edit-account":0,"limit-bandwidth":1,"list-accts":1,"suspend-acct":1,"upgrade-account":0},"create_time":1483625276,"expires_at":1609372800,"name":"my-controller-token","whitelist_ips":["192.0.2.1","192.0.2.2","192.0.2.8/29","fc00:abcd:0000:0000:0000:0000:0000:000f","2620:0000:28a4:0000:0000:0000:0000:0000/48"]},"my-read-only-token":{"acls":{"create-acct":0,"edit-account":0,"limit-bandwidth":0,"list-accts":1,"suspend-acct":0,"upgrade-account":0},"create_time":1490882281,"expires_at":null,"name":"my-read-only-token","whitelist_ips":null}}},"metadata":{"command":"api_token_list","reason":"OK","result":1,"version":1}}'
const OLD_LIST =
  '{"metadata":{"command":"api_token_list","reason":"OK","result":1,"version":1},"data":{"tokens":{"example":{"acls":{"upgrade-account":0,"create-acct":0,"edit-account":0,"limit-bandwidth":0,"suspend-acct":0,"list-accts":0},"name":"example","create_time":1500503835,"expires_at":1609372800}}}}'
const ADDRESSES = [
  '192.0.2.1',
  '192.0.2.2',
  '192.0.2.8/29',
  '2620:0000:28a4:0000:0000:0000:0000:0000/48',
  'fc00:abcd:0000:0000:0000:0000:0000:000f',
]
const EXPIRY = { kind: 'at', at: new Date('2020-12-31T00:00:00Z') } as const
const NEVER = { kind: 'never' } as const
/** A row of the list that can be read, and what it means. */
const ROW = { name: 'one', acls: ['quota'] }
/** The same row at the key `bad`: what is wrong with it must be what the test says. */
const BAD = { ...ROW, name: 'bad' }
const ONE = { name: 'one', created: null, expiry: NEVER, access: whmAccess(['quota'], []) }

describe('the list', () => {
  test('is asked for without parameters, and read as documented, with the server’s clock', async () => {
    proxy.answer(json(JSON.parse(LIST), 200, { date: 'Tue, 24 Nov 2026 05:00:00 GMT' }))
    expect(await listTokens(user())).toEqual({
      tokens: [
        {
          name: 'my-controller-token',
          created: new Date('2017-01-05T14:07:56Z'),
          expiry: EXPIRY,
          access: { kind: 'whm', privileges: ['limit-bandwidth', 'list-accts', 'suspend-acct'], addresses: ADDRESSES },
        },
        {
          name: 'my-read-only-token',
          created: new Date('2017-03-30T13:58:01Z'),
          expiry: NEVER,
          access: { kind: 'whm', privileges: ['list-accts'], addresses: [] },
        },
      ],
      unreadable: 0,
      knowsReadOnly: false,
      serverTime: new Date('2026-11-24T05:00:00Z'),
    })
    expect(proxy.received).toMatchObject([
      { method: 'POST', path: '/api/connections/main.whm.bob/json-api/api_token_list', body: {} },
    ])
  })

  test('of version 82 knows no addresses, and may grant nothing', async () => {
    proxy.answer(json(JSON.parse(OLD_LIST)))
    const { tokens, unreadable } = await listTokens(user())
    expect(tokens).toEqual([
      {
        name: 'example',
        created: new Date('2017-07-19T22:37:15Z'),
        expiry: EXPIRY,
        access: { kind: 'whm', privileges: [], addresses: [] },
      },
    ])
    expect(unreadable).toBe(0)
  })

  test.each([
    ['numbers', { b: 1, a: 1, c: 0 }, ['a', 'b']],
    ['texts', { b: '1', a: '1', c: '0', d: '' }, ['a', 'b']],
    ['truths', { a: true, b: false, c: null }, ['a']],
    ['a list', ['b', 'a', 'b'], ['a', 'b']],
    ['an empty list', [], []],
    ['an empty map', {}, []],
    ['all', { all: 1, quota: 1 }, ['all', 'quota']],
  ])('says what is granted in %s', async (_form, acls, privileges) => {
    whmSays({ tokens: { one: { name: 'one', acls } } })
    expect((await listTokens(user())).tokens).toEqual([{ ...ONE, access: whmAccess(privileges, []) }])
  })

  test.each([{}, [], null])('of no tokens may be %j', async (tokens) => {
    whmSays({ tokens })
    expect(await listTokens(user())).toMatchObject({ tokens: [], unreadable: 0 })
  })

  test.each([undefined, null, {}, [], { tokens: 'none' }, { tokens: 0 }, 'OK'])(
    'is not %j: that answer is garbled, never no tokens',
    async (data) => {
      whmSays(data)
      await expect(listTokens(user())).rejects.toMatchObject({ kind: 'garbled' })
    },
  )

  test.each([
    ['is null', null],
    ['is text', 'one'],
    ['is a list', ['quota']],
    ['has no privileges', { name: 'bad' }],
    ['has privileges that are null', { name: 'bad', acls: null }],
    ['has privileges that are no names', { name: 'bad', acls: [1, 0] }],
    ['has a privilege that is granted perhaps', { ...BAD, acls: { quota: 1, all: 'yes' } }],
    ['has another name than its key', ROW],
    ['has privileges in one text', { name: 'bad', acls: 'quota' }],
    ['has addresses in one text', { ...BAD, whitelist_ips: '192.0.2.1' }],
    ['has an end that is no moment', { ...BAD, expires_at: 'soon' }],
    ['has no text for a name', { ...BAD, name: null }],
  ])('counts a row that %s, and shows the others', async (_fault, row) => {
    whmSays({ tokens: { bad: row, one: ROW } })
    expect(await listTokens(user())).toMatchObject({ tokens: [ONE], unreadable: 1 })
  })

  test('takes the name of a token from its key where the row has none', async () => {
    whmSays({ tokens: { one: { acls: ['quota'] }, 7: { name: 7, acls: ['quota'] } } })
    expect((await listTokens(user())).tokens).toEqual([{ ...ONE, name: '7' }, ONE])
  })

  test('hides no token for a name that objects have by themselves', async () => {
    const names = ['constructor', 'prototype', '__proto__', 'toString', 'hasOwnProperty']
    const rows = names.map((name) => `"${name}":{"name":"${name}","acls":["quota"]}`)
    proxy.answer(json(JSON.parse(`{"data":{"tokens":{${rows.join(',')}}},"metadata":{"result":1}}`)))
    expect((await listTokens(user())).tokens).toEqual(names.map((name) => ({ ...ONE, name })))
  })

  test('is read as well where it is one of rows', async () => {
    whmSays({ tokens: [ROW, 5, { acls: [] }] })
    expect(await listTokens(user())).toMatchObject({ tokens: [ONE], unreadable: 2 })
  })

  test('that nobody waits for any more is cancelled', async () => {
    await expect(listTokens(user(), AbortSignal.abort())).rejects.toMatchObject({ kind: 'cancelled' })
  })
})
