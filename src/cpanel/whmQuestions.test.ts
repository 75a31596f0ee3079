import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { json, playProxy, type PlayedProxy } from './proxy.testing'
import { listAccounts, readPrivileges, readVersion } from './whm'

let proxy: PlayedProxy
beforeAll(async () => {
  proxy = await playProxy()
})
beforeEach(() => void (proxy.received.length = 0))
afterAll(() => proxy.close())

function whmSays(data: unknown): void {
  proxy.answer(json({ data, metadata: { command: 'x', reason: 'OK', result: 1, version: 1 } }))
}

const NOTHING = { held: [], mayListAccounts: false, mayReachAccounts: false, mayManageTokens: false }

// Values as measured, CPANEL_API.md 2.9.
test.each([
  [
    { 'list-accts': '1', 'suspend-acct': '1', all: 0, 'create-acct': '' },
    { held: ['list-accts', 'suspend-acct'], mayListAccounts: true },
  ],
  [
    { 'manage-api-tokens': 1, 'cpanel-api': true },
    { held: ['cpanel-api', 'manage-api-tokens'], mayReachAccounts: true, mayManageTokens: true },
  ],
  [{ all: 1 }, { held: ['all'], mayListAccounts: true, mayReachAccounts: true, mayManageTokens: true }],
  [{ all: 0, 'list-accts': 'perhaps' }, {}],
  [{}, {}],
])('%j are the privileges of a user', async (said, expected) => {
  whmSays({ privileges: [said] })
  expect(await readPrivileges(proxy.api, 'main.whm.root')).toEqual({ ...NOTHING, ...expected })
  expect(proxy.received).toMatchObject([
    { method: 'POST', path: '/api/connections/main.whm.root/json-api/myprivs', body: {} },
  ])
})

test.each([null, {}, { privileges: [] }, { privileges: 'all' }, { privileges: {} }])(
  '%j says no privileges: it is garbled',
  async (data) => {
    whmSays(data)
    await expect(readPrivileges(proxy.api, 'main.whm.root')).rejects.toMatchObject({ kind: 'garbled' })
  },
)

test('the version is what the server says, and nothing else is one', async () => {
  whmSays({ version: '11.138.0.1' })
  expect(await readVersion(proxy.api, 'main.whm.root')).toBe('11.138.0.1')
  expect(proxy.received).toMatchObject([
    { method: 'POST', path: '/api/connections/main.whm.root/json-api/version', body: {} },
  ])
  whmSays({})
  await expect(readVersion(proxy.api, 'main.whm.root')).rejects.toMatchObject({ kind: 'garbled' })
})

test('an account may begin with dots, and has no child node where one of them has no name', async () => {
  whmSays({ acct: [{ user: '..a', child_nodes: [{ alias: 'one' }, {}] }, { user: '.b' }] })
  const accounts = await listAccounts(proxy.api, 'main.whm.root')
  expect(accounts.map(({ user, childNodes }) => [user, childNodes])).toEqual([
    ['..a', []],
    ['.b', []],
  ])
})
