import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { ask, basic, signIn, whm, type Asked } from './client.testing'
import type { Demo } from './demo'
import { startDemo } from './server'

let demo: Demo
beforeAll(async () => {
  demo = await startDemo({ accounts: 0 })
})
beforeEach(() => demo.reset())
afterAll(() => demo.close())

const call = (user: string, name: string, form: Asked['form'] = {}) => whm(demo, user, name, form)

test('functions are unknown without api.version=1, by a wrong name, or before their time', async () => {
  const url = `${demo.whmUrl}/json-api/version`
  expect((await ask(demo, url, { headers: basic('root') })).body).toMatchObject({ metadata: { result: 0 } })
  expect((await call('root', 'csf_allow')).body).toEqual({
    metadata: {
      command: 'csf_allow',
      reason: 'Unknown app ("csf_allow") requested for this version (1) of the API.',
      result: 0,
      version: 1,
    },
  })
  demo.set({ version: 84 })
  expect((await call('root', 'uapi_cpanel')).body).toMatchObject({ metadata: { result: 0 } })
  expect((await call('root', 'gethostname')).body).toMatchObject({ data: { hostname: 'server.example' } })
})

test('a restricted token is refused even version', async () => {
  const secret = demo.seedWhmToken('root', { name: 'few', acls: ['list-accts'] })
  const got = await ask(demo, `${demo.whmUrl}/json-api/version?api.version=1`, {
    headers: { Authorization: `whm root:${secret}` },
  })
  expect(got.body).toMatchObject({ metadata: { result: 0, reason: 'Access denied' } })
})

test('myprivs: root answers 1, a reseller "1", the rest is 0, "" or absent', async () => {
  expect((await call('root', 'myprivs')).body).toMatchObject({ data: { privileges: [{ all: 1, 'list-accts': 1 }] } })
  const got = await call('junior', 'myprivs')
  expect(got.body).toMatchObject({ data: { privileges: [{ 'basic-whm-functions': '1', 'acct-summary': '1' }] } })
  expect(got.text).toMatch(/:0[,}]/)
  expect(got.text).toMatch(/:""/)
  expect(got.text).not.toContain('"cpanel-api"')
  demo.set({ quirks: { privilegeValues: 'integers' } })
  expect((await call('junior', 'myprivs')).body).toMatchObject({
    data: { privileges: [{ 'basic-whm-functions': 1, all: 0 }] },
  })
  demo.set({ quirks: { privilegeValues: 'strings' } })
  expect((await call('root', 'myprivs')).body).toMatchObject({ data: { privileges: [{ all: '1' }] } })
})

const users = async (user: string, form: Asked['form'] = {}) =>
  [...(await call(user, 'listaccts', form)).text.matchAll(/"user":"([^"]+)"/g)].map(([, name]) => name)

const rows = async (form: Asked['form']) => (await call('root', 'listaccts', form)).body

describe('listaccts', () => {
  test('root sees all, a reseller its own, others nothing', async () => {
    expect(await users('root')).toEqual(['resell', 'junior', 'alice', 'bob', 'carol', 'dave', 'erin'])
    expect(await users('resell')).toEqual(['resell', 'bob', 'carol', 'erin'])
    expect((await call('junior', 'listaccts')).body).toMatchObject({ metadata: { result: 0 } })
  })

  test('a row has the documented fields', async () => {
    const got = await call('root', 'listaccts', { search: 'erin', searchtype: 'user', searchmethod: 'exact' })
    expect(got.body).toMatchObject({
      data: {
        acct: [
          {
            domain: 'erin-garden.example',
            ipv6: [],
            owner: 'resell',
            plan: 'starter',
            startdate: expect.stringMatching(/^\d\d [A-Z][a-z]{2} \d\d \d\d:\d\d$/),
            suspended: 1,
            suspendreason: 'Unpaid invoice',
            suspendtime: expect.any(Number),
            unix_startdate: expect.any(Number),
            user: 'erin',
          },
        ],
      },
      metadata: { command: 'listaccts', result: 1 },
    })
  })

  test('says which other servers work for an account, when that is wanted', async () => {
    const childNodes = [
      { alias: 'mail-1', workload: 'Mail' },
      { alias: 'web-2', workload: 'Web' },
    ]
    demo.addAccount({ username: 'spread', childNodes })
    const nodes = { child_nodes: childNodes, user: 'spread' }
    const search = { search: '^(spread|bob)$', searchtype: 'user' }
    const both = [{ child_nodes: [], user: 'bob' }, nodes]
    expect(await rows(search)).toMatchObject({ data: { acct: both } })
    expect(await rows({ ...search, want: 'user,child_nodes' })).toMatchObject({ data: { acct: both } })
    expect(await rows({ search: 'spread', searchtype: 'user', want: 'user' })).toEqual({
      data: { acct: [{ user: 'spread' }] },
      metadata: expect.objectContaining({ result: 1 }),
    })
    for (const user of ['root', 'resell']) {
      const got = await call(user, 'listaccts', { want: 'child_nodes', search: '^(?!spread)', searchtype: 'user' })
      expect(got.text).not.toContain('alias')
    }
  })

  test('can be searched, reduced, sorted, filtered and cut into chunks', async () => {
    expect(await users('root', { search: '^(a|b)', searchtype: 'user' })).toEqual(['alice', 'bob'])
    expect(await users('root', { search: 'RESELL', searchtype: 'owner' })).toHaveLength(4)
    expect((await call('root', 'listaccts', { search: '(', searchtype: 'user' })).body).toMatchObject({
      metadata: { result: 0 },
    })
    expect((await call('root', 'listaccts', { searchtype: 'shoe' })).body).toMatchObject({ metadata: { result: 0 } })
    const wanted = await call('root', 'listaccts', { want: 'user,domain', search: 'bob', searchtype: 'user' })
    expect(wanted.body).toMatchObject({ data: { acct: [{ domain: 'bob-media.example', user: 'bob' }] } })
    expect(wanted.text).not.toContain('plan')
    const sort = { 'api.sort.enable': '1', 'api.sort.a.field': 'user', 'api.sort.a.reverse': '1' }
    const chunk = { 'api.chunk.enable': '1', 'api.chunk.verbose': '1', 'api.chunk.start': '3', 'api.chunk.size': '2' }
    const columns = { 'api.columns.enable': '1', 'api.columns.a': 'user' }
    expect((await call('root', 'listaccts', { ...sort, ...chunk, ...columns })).body).toMatchObject({
      data: { acct: [{ user: 'erin' }, { user: 'dave' }] },
      metadata: { chunk: { start: 3, size: 2, current: 2, chunks: 4, records: 7 } },
    })
    const filter = { 'api.filter.enable': '1', 'api.filter.verbose': '1', 'api.filter.a.field': 'plan' }
    const filtered = await call('root', 'listaccts', {
      ...filter,
      'api.filter.a.type': 'eq',
      'api.filter.a.arg0': 'starter',
    })
    expect(filtered.body).toMatchObject({
      data: { acct: [{ user: 'carol' }, { user: 'erin' }] },
      metadata: { filter: { filtered: 5 } },
    })
  })
})

test('resellers and saved privilege lists are for root', async () => {
  expect((await call('root', 'listresellers')).body).toMatchObject({ data: { reseller: ['resell', 'junior'] } })
  expect((await call('root', 'listacls')).body).toMatchObject({ data: { acl: [{ name: 'default' }] } })
  expect((await call('resell', 'listresellers')).body).toMatchObject({ metadata: { result: 0 } })
})

test('a link of create_user_session signs in once, without a password', async () => {
  const got = await call('resell', 'create_user_session', { user: 'carol', service: 'cpaneld' })
  const url = /"url":"([^"]+)"/.exec(got.text)?.[1] ?? ''
  expect(url).toMatch(/^https:\/\/127\.0\.0\.1:\d+\/cpsess\d{10}\/login\/\?session=carol%3A/)
  const opened = await ask(demo, url)
  expect([opened.status, opened.headers['location']]).toEqual([301, expect.stringMatching(/^\/cpsess\d{10}\/$/)])
  const Cookie = opened.headers['set-cookie']?.[0]?.split(';')[0] ?? ''
  const list = `${demo.cpanelUrl}${opened.headers['location']?.toString() ?? ''}execute/Tokens/list`
  expect((await ask(demo, list, { headers: { Cookie } })).body).toMatchObject({ status: 1 })
  expect((await ask(demo, url)).status).toBe(200)
  for (const form of [
    { user: 'alice', service: 'cpaneld' },
    { user: 'carol', service: 'webmaild' },
    { user: 'carol', service: 'whostmgrd' },
  ]) {
    expect((await call('resell', 'create_user_session', form)).body).toMatchObject({ metadata: { result: 0 } })
  }
})

test('a session of WHM works like one of cPanel', async () => {
  const browser = await signIn(demo, 'whm', 'resell')
  expect((await browser.whm('myprivs')).body).toMatchObject({ metadata: { result: 1 } })
})
