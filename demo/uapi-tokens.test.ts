import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { ask, basic, uapi } from './client.testing'
import type { Demo } from './demo'
import { startDemo } from './server'

let demo: Demo
let time: number
beforeAll(async () => {
  demo = await startDemo({ accounts: 0 })
})
beforeEach(() => {
  demo.reset()
  time = 1_549_467_298_000
  demo.set({ clock: () => time })
})
afterAll(() => demo.close())

const create = (form: Record<string, string>) => uapi(demo, 'carol', 'Tokens::create_full_access', form)
const names = () => demo.tokens('carol').map(({ name }) => name)

describe('create_full_access', () => {
  test('answers time and secret, flat, and nothing else', async () => {
    const { text, body } = await create({ name: 'deploy', expires_at: '1609372800' })
    expect(body).toEqual({
      data: { create_time: 1549467298, token: expect.stringMatching(/^[A-Z0-9]{32}$/) },
      errors: null,
      messages: null,
      metadata: {},
      status: 1,
      warnings: null,
    })
    const [secret = ''] = /[A-Z0-9]{32}/.exec(text) ?? []
    expect(
      (
        await ask(demo, `${demo.cpanelUrl}/execute/Tokens/list`, {
          headers: { Authorization: `cpanel carol:${secret}` },
        })
      ).status,
    ).toBe(200)
    expect(JSON.stringify(demo.tokens('carol'))).not.toContain(secret)
  })

  test('takes a query, a form and JSON', async () => {
    const url = `${demo.cpanelUrl}/execute/Tokens/create_full_access`
    await ask(demo, `${url}?name=by-query`, { headers: basic('carol') })
    await ask(demo, url, { headers: basic('carol'), json: { name: 'by-json', expires_at: 1_900_000_000, readonly: 1 } })
    await create({ name: 'by-form' })
    expect(demo.tokens('carol')).toEqual([
      { name: 'by-query', createTime: 1549467298, expiresAt: null, isReadonly: false, features: [] },
      { name: 'by-json', createTime: 1549467298, expiresAt: 1_900_000_000, isReadonly: true, features: [] },
      { name: 'by-form', createTime: 1549467298, expiresAt: null, isReadonly: false, features: [] },
    ])
  })

  test.each([
    ['no name', {}],
    ['an empty name', { name: '' }],
    ['51 characters', { name: 'a'.repeat(51) }],
    ['a blank', { name: 'a b' }],
    ['an umlaut', { name: 'schlüssel' }],
    ['a dot', { name: 'a.b' }],
    ['an expiry that is a date', { name: 'a', expires_at: '2027-01-01' }],
    ['an expiry with a fraction', { name: 'a', expires_at: '1900000000.5' }],
    ['a negative expiry', { name: 'a', expires_at: '-1' }],
    ['readonly=true', { name: 'a', readonly: 'true' }],
    ['an unknown parameter', { name: 'a', expiry: '1' }],
  ])('refuses %s with status 0', async (_, form) => {
    const got = await create(form)
    expect(got.status).toBe(200)
    expect(got.body).toEqual({
      data: null,
      errors: [expect.stringContaining('')],
      messages: null,
      metadata: {},
      status: 0,
      warnings: null,
    })
    expect(names()).toEqual([])
  })

  test('names are unique and case counts, unless the server says otherwise', async () => {
    await create({ name: 'a'.repeat(50) })
    await create({ name: 'Deploy' })
    expect((await create({ name: 'Deploy' })).body).toMatchObject({ status: 0 })
    expect((await create({ name: 'deploy' })).body).toMatchObject({ status: 1 })
    demo.set({ quirks: { uniqueNames: 'case-insensitive', createEchoes: true } })
    expect((await create({ name: 'DEPLOY' })).body).toMatchObject({ status: 0 })
    expect((await create({ name: 'echo' })).body).toMatchObject({ data: { name: 'echo', expires_at: null } })
  })

  test('a suspended account creates none', async () => {
    demo.suspendAccount('carol')
    expect((await create({ name: 'x' })).body).toMatchObject({ status: 0 })
    demo.suspendAccount('carol', false)
    expect((await create({ name: 'x' })).body).toMatchObject({ status: 1 })
  })

  test('before 138 there is no readonly, before 82 no expiry: both are ignored', async () => {
    demo.set({ version: 136 })
    await create({ name: 'a', readonly: '1', expires_at: '1900000000' })
    demo.set({ version: 80 })
    await create({ name: 'b', expires_at: '1900000000' })
    expect(demo.tokens('carol')).toMatchObject([
      { name: 'a', isReadonly: false, expiresAt: 1_900_000_000 },
      { name: 'b', expiresAt: null },
    ])
    const got = await uapi(demo, 'carol', 'Tokens::list')
    expect(got.text).not.toContain('expires_at')
  })
})

test('list shows every documented field, readonly only where it is 1', async () => {
  demo.seedToken('carol', { name: 'exampletoken', createTime: 1549471343, expiresAt: 1609372800 })
  demo.seedToken('carol', { name: 'reader', createTime: 1549471344, readonly: true })
  demo.seedToken('carol', { name: 'zones', createTime: 1549471345, features: ['zoneedit'] })
  expect((await uapi(demo, 'carol', 'Tokens::list')).body).toEqual({
    data: [
      { create_time: 1549471343, expires_at: 1609372800, features: [], has_full_access: 1, name: 'exampletoken' },
      { create_time: 1549471344, expires_at: null, features: [], has_full_access: 1, name: 'reader', readonly: 1 },
      { create_time: 1549471345, expires_at: null, features: ['zoneedit'], has_full_access: 0, name: 'zones' },
    ],
    errors: null,
    messages: null,
    metadata: { transformed: 1 },
    status: 1,
    warnings: null,
  })
})

test('rename keeps secret, times and access; refuses unknown and taken names', async () => {
  const secret = demo.seedToken('carol', { name: 'old', createTime: 5, expiresAt: 1_900_000_000, readonly: true })
  demo.seedToken('carol', { name: 'taken' })
  const rename = (name: string, new_name: string) => uapi(demo, 'carol', 'Tokens::rename', { name, new_name })
  for (const [name, newName] of [
    ['no', 'x'],
    ['old', 'taken'],
    ['old', 'a b'],
    ['', 'x'],
    ['old', ''],
  ] as const) {
    expect((await rename(name, newName)).body).toMatchObject({ status: 0 })
  }
  expect((await rename('old', 'old')).body).toMatchObject({ status: 1 })
  expect((await rename('old', 'new')).body).toEqual({
    data: null,
    errors: null,
    messages: null,
    metadata: {},
    status: 1,
    warnings: null,
  })
  expect(demo.tokens('carol')).toContainEqual({
    name: 'new',
    createTime: 5,
    expiresAt: 1_900_000_000,
    isReadonly: true,
    features: [],
  })
  const headers = { Authorization: `cpanel carol:${secret}` }
  expect((await ask(demo, `${demo.cpanelUrl}/execute/Tokens/list`, { headers })).status).toBe(200)
})

test('revoke answers 1, also for a token that is not there', async () => {
  demo.seedToken('carol', { name: 'old' })
  for (const name of ['old', 'old', 'never']) {
    expect((await uapi(demo, 'carol', 'Tokens::revoke', { name })).body).toEqual({
      data: 1,
      errors: null,
      messages: null,
      metadata: {},
      status: 1,
      warnings: null,
    })
  }
  expect(names()).toEqual([])
  expect((await uapi(demo, 'carol', 'Tokens::revoke')).body).toMatchObject({ status: 0 })
})
