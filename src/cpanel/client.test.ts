import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { json, playProxy, type PlayedProxy } from './proxy.testing'
import { createToken, listTokens, revokeToken, type Account } from './tokens'
import { renameToken } from './uapi'
import { listAccounts } from './whm'

let proxy: PlayedProxy
beforeAll(async () => {
  proxy = await playProxy()
})
beforeEach(() => {
  proxy.received.length = 0
})
afterAll(() => proxy.close())

type Door = {
  name: string
  account: () => Account
  path: (name: string) => string
  parameters: (name: string) => object
}

/** The two ways to an account: through its own cPanel, or through WHM. The client is to behave alike on both. */
const DOORS: Door[] = [
  {
    name: 'through cPanel',
    account: () => ({ api: proxy.api, connection: 'main.cpanel.alice' }),
    path: (name) => `/api/connections/main.cpanel.alice/execute/Tokens/${name}`,
    parameters: () => ({}),
  },
  {
    name: 'through WHM',
    account: () => ({ api: proxy.api, connection: 'main.whm.root', user: 'alice' }),
    path: () => '/api/connections/main.whm.root/json-api/uapi_cpanel',
    parameters: (name) => ({ 'cpanel.user': 'alice', 'cpanel.module': 'Tokens', 'cpanel.function': name }),
  },
]

/** What was asked of the proxy. */
function asked(): object[] {
  return proxy.received.map(({ method, path, body }) => ({ method, path, body }))
}

describe.each(DOORS)('$name', ({ account, path, parameters }) => {
  /** The proxy answers with this UAPI result from now on. */
  function cpanelSays(data: unknown, more: object = {}): void {
    const uapi = { data, errors: null, messages: null, metadata: {}, status: 1, warnings: null, ...more }
    const whole = account().user === undefined ? uapi : { data: { uapi }, metadata: { result: 1, reason: 'OK' } }
    proxy.answer(json(whole, 200, { date: 'Tue, 24 Nov 2026 05:00:00 GMT' }))
  }

  /** A call of this function with these parameters. */
  function call(name: string, own: object): object {
    return { method: 'POST', path: path(name), body: { ...parameters(name), ...own } }
  }

  test('the list is asked for and read, with the server’s clock', async () => {
    cpanelSays([{ name: 'one', create_time: 1, expires_at: null, features: [], has_full_access: 1, readonly: 1 }])
    expect(await listTokens(account())).toEqual({
      tokens: [{ name: 'one', created: new Date(1000), expiry: { kind: 'never' }, access: { kind: 'read-only' } }],
      unreadable: 0,
      knowsReadOnly: true,
      serverTime: new Date('2026-11-24T05:00:00Z'),
    })
    expect(asked()).toEqual([call('list', {})])
  })

  test('a token without limits is created by its name alone', async () => {
    cpanelSays({ create_time: 1, token: 'SECRET0SECRET0SECRET0SECRET0SECR' })
    const token = { name: 'one', expiry: { kind: 'never' }, access: 'full' } as const
    expect(await createToken(account(), token)).toEqual({ secret: 'SECRET0SECRET0SECRET0SECRET0SECR' })
    expect(asked()).toEqual([call('create_full_access', { name: 'one' })])
  })

  test('expiry goes out in seconds, read-only as 1', async () => {
    cpanelSays({ token: 'S' })
    const at = new Date('2027-11-24T23:59:59.999Z')
    await createToken(account(), { name: 'one', expiry: { kind: 'at', at }, access: 'read-only' })
    expect(asked()).toEqual([call('create_full_access', { name: 'one', expires_at: 1827100799, readonly: 1 })])
  })

  test('a creation that came without its secret is garbled, never a success', async () => {
    cpanelSays(null)
    const creating = createToken(account(), { name: 'one', expiry: { kind: 'never' }, access: 'full' })
    await expect(creating).rejects.toMatchObject({ name: 'CpanelError', kind: 'garbled' })
  })

  test('renaming says both names', async () => {
    cpanelSays(null)
    await renameToken(account(), 'one', 'two')
    expect(asked()).toEqual([call('rename', { name: 'one', new_name: 'two' })])
  })

  test('revoking is done on 1 and refused on 0', async () => {
    cpanelSays(1)
    await revokeToken(account(), 'one')
    expect(asked()).toEqual([call('revoke', { name: 'one' })])
    cpanelSays(0)
    await expect(revokeToken(account(), 'one')).rejects.toMatchObject({ kind: 'rejected', reasons: [] })
  })

  test('cPanel’s own words come along when it says no', async () => {
    cpanelSays(null, { status: 0, errors: ['That name exists.'] })
    await expect(renameToken(account(), 'one', 'two')).rejects.toMatchObject({
      kind: 'rejected',
      reasons: ['That name exists.'],
    })
  })

  test('a list that nobody waits for any more is cancelled', async () => {
    await expect(listTokens(account(), AbortSignal.abort())).rejects.toMatchObject({ kind: 'cancelled' })
  })
})

function whmSays(data: unknown): void {
  proxy.answer(json({ data, metadata: { result: 1, reason: 'OK' } }))
}

describe('the accounts of a WHM user', () => {
  test('are asked for with the fields we show', async () => {
    whmSays({ acct: [{ user: 'bob', domain: 'bob.example', owner: 'resell', suspended: 0, suspendreason: 'x' }] })
    expect(await listAccounts(proxy.api, 'main.whm.resell')).toEqual([
      { user: 'bob', domain: 'bob.example', owner: 'resell', plan: '', isSuspended: false, childNodes: [] },
    ])
    expect(proxy.received).toMatchObject([
      {
        path: '/api/connections/main.whm.resell/json-api/listaccts',
        body: { want: 'user,domain,owner,plan,suspended,child_nodes' },
      },
    ])
  })

  test('are suspended by 1, as a number or as text, and may lack all but the user', async () => {
    whmSays({
      acct: [
        { user: 'a', suspended: 1 },
        { user: 'b', suspended: '1' },
        { user: 'c', suspended: '0', domain: null },
      ],
    })
    const accounts = await listAccounts(proxy.api, 'main.whm.root')
    expect(accounts.map(({ isSuspended }) => isSuspended)).toEqual([true, true, false])
    expect(accounts[2]).toEqual({ user: 'c', domain: '', owner: '', plan: '', isSuspended: false, childNodes: [] })
  })

  test('may have child nodes, of which the names are kept; anything else there is none', async () => {
    whmSays({
      acct: [
        { user: 'a', child_nodes: [{ alias: 'mail-1', workload: 'Mail' }] },
        { user: 'b', child_nodes: 'x' },
      ],
    })
    const accounts = await listAccounts(proxy.api, 'main.whm.root')
    expect(accounts.map(({ childNodes }) => childNodes)).toEqual([['mail-1'], []])
  })

  test('are said once where the server says them twice, in the order of the server', async () => {
    whmSays({ acct: [{ user: 'b', domain: 'x' }, { user: 'a' }, { user: 'b', domain: 'y' }] })
    const accounts = await listAccounts(proxy.api, 'main.whm.root')
    expect(accounts.map(({ user, domain }) => [user, domain])).toEqual([
      ['b', 'x'],
      ['a', ''],
    ])
  })

  // The last three would have pages at the URLs of others, or at none.
  test.each([
    null,
    {},
    { acct: null },
    { acct: [{ domain: 'x' }] },
    { acct: [{ user: '' }] },
    { acct: [{ user: '..' }] },
    { acct: [{ user: 'whm/bob' }] },
    { acct: [{ user: 'half \uD800 pair' }] },
  ])('%j are none: it is garbled', async (data) => {
    whmSays(data)
    await expect(listAccounts(proxy.api, 'main.whm.root')).rejects.toMatchObject({ kind: 'garbled' })
  })
})
