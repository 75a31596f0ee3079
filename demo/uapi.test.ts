import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { ask, uapi } from './client.testing'
import type { Demo } from './demo'
import { startDemo } from './server'

let demo: Demo
beforeAll(async () => {
  demo = await startDemo({ accounts: 0 })
})
beforeEach(() => demo.reset())
afterAll(() => demo.close())

const withToken = (secret: string, path: string, form = {}) =>
  ask(demo, `${demo.cpanelUrl}/execute/${path}`, { headers: { Authorization: `cpanel carol:${secret}` }, form })

test('features can be asked for one by one or all together', async () => {
  const has = (name: string) => uapi(demo, 'carol', 'Features::has_feature', { name })
  expect((await has('apitokens')).body).toMatchObject({ status: 1, data: 1 })
  demo.setFeature('carol', 'apitokens', false)
  expect((await has('apitokens')).body).toMatchObject({ status: 1, data: 0 })
  expect((await uapi(demo, 'carol', 'Features::list_features')).body).toMatchObject({
    data: { apitokens: 0, zoneedit: 1 },
  })
  demo.set({ quirks: { hasFeature: 'status' } })
  expect((await has('apitokens')).body).toMatchObject({ status: 0, data: null })
  expect((await has('zoneedit')).body).toMatchObject({ status: 1, data: null })
  expect((await uapi(demo, 'carol', 'Features::has_feature')).body).toMatchObject({ status: 0 })
})

test('without the feature apitokens every token function is refused', async () => {
  demo.setFeature('carol', 'apitokens', false)
  for (const name of ['list', 'create_full_access', 'rename', 'revoke']) {
    expect((await uapi(demo, 'carol', `Tokens::${name}`)).body).toMatchObject({
      status: 0,
      errors: ['You do not have the feature “apitokens”.'],
    })
  }
})

test('a read-only token lists but does not write', async () => {
  const secret = demo.seedToken('carol', { name: 'reader', readonly: true })
  expect((await withToken(secret, 'Tokens/list')).body).toMatchObject({ status: 1 })
  for (const name of ['create_full_access', 'rename', 'revoke']) {
    expect((await withToken(secret, `Tokens/${name}`, { name: 'reader' })).body).toMatchObject({ status: 0 })
  }
  demo.set({ quirks: { readonlyRefusal: 'http-403' } })
  expect((await withToken(secret, 'Tokens/revoke', { name: 'reader' })).status).toBe(403)
  expect(demo.tokens('carol')).toHaveLength(1)
})

test('a limited token reaches only functions of its features', async () => {
  const zones = demo.seedToken('carol', { name: 'zones', features: ['zoneedit'] })
  const keys = demo.seedToken('carol', { name: 'keys', features: ['apitokens'] })
  expect((await withToken(zones, 'Tokens/list')).body).toMatchObject({ status: 0 })
  expect((await withToken(keys, 'Tokens/list')).body).toMatchObject({ status: 1 })
  expect((await withToken(keys, 'Features/list_features')).body).toMatchObject({ status: 0 })
})

test.each(['Nothing::list', 'Tokens::get_details', 'tokens::list'])('%s is no function', async (name) => {
  const got = await uapi(demo, 'carol', name)
  expect([got.status, got.body]).toMatchObject([200, { status: 0, data: null }])
})

test('a body that is no JSON object is a bad request', async () => {
  expect((await ask(demo, `${demo.cpanelUrl}/execute/Tokens/list`, { json: ['x'] })).status).toBe(400)
})

test('Batch::strict runs in order and stops at the first failure', async () => {
  for (const name of ['a', 'b', 'c']) demo.seedToken('carol', { name })
  const rename = '["Tokens","rename",{"name":"x","new_name":"y"}]'
  const commands = ['["Tokens","revoke",{"name":"a"}]', rename, '["Tokens","revoke",{"name":"b"}]']
  const failed = await uapi(demo, 'carol', 'Batch::strict', { command: commands })
  expect(failed.body).toMatchObject({ status: 0, data: [{ status: 1, data: 1 }, { status: 0 }] })
  expect(demo.tokens('carol').map(({ name }) => name)).toEqual(['b', 'c'])
  const suffixed = { 'command-0': '["Tokens","revoke",{"name":"b"}]', 'command-1': '["Tokens","list"]' }
  const done = await uapi(demo, 'carol', 'Batch::strict', suffixed)
  expect(done.body).toMatchObject({
    status: 1,
    data: [{ data: 1 }, { data: [{ name: 'c' }], metadata: { transformed: 1 } }],
  })
  expect((await uapi(demo, 'carol', 'Batch::strict', { command: 'Tokens' })).body).toMatchObject({ status: 0 })
  expect((await uapi(demo, 'carol', 'Batch::strict')).body).toMatchObject({ status: 0 })
})

test('the envelope and its manners are switches', async () => {
  demo.seedToken('carol', { name: 'a', createTime: 5 })
  demo.set({ quirks: { envelope: 'wrapped', numbers: 'strings', none: 'array', emptyObjects: 'arrays' } })
  expect((await uapi(demo, 'carol', 'Tokens::list')).body).toEqual({
    apiversion: 3,
    func: 'list',
    module: 'Tokens',
    result: {
      data: [{ create_time: '5', expires_at: null, features: [], has_full_access: '1', name: 'a' }],
      errors: [],
      messages: [],
      metadata: { transformed: '1' },
      status: '1',
      warnings: [],
    },
  })
  const revoked = await uapi(demo, 'carol', 'Tokens::revoke', { name: 'a' })
  expect(revoked.body).toMatchObject({ func: 'revoke', result: { metadata: [] } })
})

test('lists can be sorted, filtered and paged', async () => {
  const list = (form: Record<string, string>) => uapi(demo, 'bob', 'Tokens::list', form)
  const page = { 'api.paginate': '1', 'api.paginate_start': '21', 'api.paginate_size': '20' }
  const sort = { 'api.sort': '1', 'api.sort_column_0': 'name', 'api.sort_reverse_0': '1' }
  const sorted = demo
    .tokens('bob')
    .map(({ name }) => name)
    .sort()
    .reverse()
  expect((await list({ ...page, ...sort })).body).toMatchObject({
    data: sorted.slice(20, 40).map((name) => ({ name })),
    metadata: {
      paginate: { total_pages: 3, total_results: 57, current_page: 2, results_per_page: 20, start_result: '21' },
    },
  })
  const byPage = { 'api.paginate': '1', 'api.paginate_page': '3', 'api.paginate_size': '20' }
  expect((await list(byPage)).body).toMatchObject({ metadata: { paginate: { start_result: 41, current_page: 3 } } })
  const byTime = { 'api.sort': '1', 'api.sort_column': 'create_time' }
  expect((await list(byTime)).body).toMatchObject({ status: 0 })
  expect((await list({ ...byTime, 'api.sort_method': 'numeric' })).body).toMatchObject({ status: 1 })
  const filter = { 'api.filter_column_0': 'name', 'api.filter_type_0': 'begins', 'api.filter_term_0': 'deploy' }
  const found = await list(filter)
  const expected = demo.tokens('bob').filter(({ name }) => name.startsWith('deploy'))
  expect(expected.length).toBeGreaterThan(0)
  expect(found.body).toMatchObject({
    data: expected.map(({ name }) => ({ name })),
    metadata: { filter: { records_before_filter: 57 } },
  })
})
