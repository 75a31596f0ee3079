import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { ask, basic, signIn, uapi, whm } from './client.testing'
import type { Demo } from './demo'
import { startDemo } from './server'

let demo: Demo
beforeAll(async () => {
  demo = await startDemo({ accounts: 0, slowMs: 60, veryLongMs: 90 })
})
beforeEach(() => demo.reset())
afterAll(() => demo.close())

const list = (user: string) => uapi(demo, user, 'Tokens::list')

test('a sentinel exists as soon as it is asked for, on both services, but not in listaccts', async () => {
  await signIn(demo, 'cpanel', 'cut_17')
  await signIn(demo, 'whm', 'cut_17')
  expect(demo.tokens('cut_17')).toHaveLength(3)
  expect((await uapi(demo, 'cut_17', 'Features::has_feature', { name: 'apitokens' })).body).toMatchObject({ data: 1 })
  expect((await whm(demo, 'root', 'listaccts')).text).not.toContain('cut_17')
  demo.addAccount({ username: 'cut_18', owner: 'resell', tokens: [{ name: 'mine' }] })
  expect(demo.tokens('cut_18')).toHaveLength(1)
  expect((await whm(demo, 'resell', 'listaccts')).text).toContain('cut_18')
  await expect(signIn(demo, 'cpanel', 'cutter')).rejects.toThrow('401')
})

describe('instead of an answer', () => {
  test.each([
    ['loginpage', 200, 'login_form'],
    ['denied', 403, 'cpanelresult'],
    ['badgateway', 502, 'Bad Gateway'],
    ['restarting', 500, 'restarting'],
    ['toomany', 429, 'Too Many'],
    ['unavailable', 503, 'Unavailable'],
    ['redirected', 302, ''],
    ['nonsense', 200, '"OK"'],
    ['emptybody', 200, ''],
  ])('%s: %i', async (name, status, text) => {
    const browser = await signIn(demo, 'cpanel', `${name}_1`)
    const got = await browser.uapi('Tokens::list')
    expect([got.status, got.text.includes(text)]).toEqual([status, true])
    expect((await whm(demo, name, 'listaccts')).status).toBe(status)
  })

  test('headers say when to come back and where to go', async () => {
    expect((await list('toomany')).headers['retry-after']).toBe('7')
    expect((await list('unavailable')).headers['retry-after']).toBe('30')
    expect((await list('redirected')).headers['location']).toBe('https://other.example.net:2083/login/')
    expect((await list('denied')).headers['content-type']).toBe('text/plain; charset="utf-8"')
  })

  test('dropped and cut break the connection, halfjson only the text', async () => {
    await expect(list('dropped')).rejects.toThrow('socket hang up')
    await expect(list('cut')).rejects.toThrow('aborted')
    expect(await list('halfjson')).toMatchObject({ status: 200, body: undefined })
  })

  test('hangs never answers; slow and verylong take their time', async () => {
    const url = `${demo.cpanelUrl}/execute/Tokens/list`
    const asked = { headers: basic('hangs'), signal: AbortSignal.timeout(50) }
    await expect(ask(demo, url, asked)).rejects.toThrow('aborted')
    for (const [name, least] of [
      ['slow', 55],
      ['verylong', 85],
    ] as const) {
      const start = performance.now()
      await list(name)
      expect(performance.now() - start).toBeGreaterThan(least)
    }
  })

  test('an account reached through WHM misbehaves there as well', async () => {
    const form = { 'cpanel.user': 'badgateway_2', 'cpanel.module': 'Tokens', 'cpanel.function': 'list' }
    expect((await whm(demo, 'root', 'uapi_cpanel', form)).status).toBe(502)
    await expect(whm(demo, 'root', 'uapi_cpanel', { ...form, 'cpanel.user': 'cut_2' })).rejects.toThrow('aborted')
  })
})

describe('odd answers', () => {
  test('nulldata, strings, wrapped, emptyarrays, duplicates, limited', async () => {
    expect((await list('nulldata')).body).toMatchObject({ data: null, status: 1 })
    expect((await whm(demo, 'nulldata', 'api_token_list')).body).toMatchObject({ data: null, metadata: { result: 1 } })
    expect((await whm(demo, 'nulldata', 'listaccts')).body).toMatchObject({ data: null })
    expect((await list('strings')).text).toMatch(/"create_time":"\d+"/)
    expect((await list('wrapped')).body).toMatchObject({ apiversion: 3, result: { status: 1 } })
    expect((await uapi(demo, 'emptyarrays', 'Tokens::revoke', { name: 'x' })).body).toMatchObject({
      errors: [],
      metadata: [],
    })
    expect((await whm(demo, 'emptyarrays', 'api_token_list')).body).toMatchObject({ data: { tokens: [] } })
    expect((await list('duplicates')).body).toMatchObject({ data: { length: 6 } })
    expect((await list('limited')).body).toMatchObject({ data: [{ has_full_access: 0, features: ['zoneedit'] }] })
  })

  test('garbage comes with three good rows, in cPanel and in WHM', async () => {
    const got = await list('garbage')
    expect(got.body).toMatchObject({ data: { length: 15 } })
    expect(got.text).toContain('<img src=x onerror=alert(1)>')
    expect((await whm(demo, 'garbage', 'api_token_list')).text).toContain('no-fields')
  })

  test('wrongtypes has no row that could be read; heavy has all of them, in ten megabytes', async () => {
    expect((await list('wrongtypes')).body).toMatchObject({
      data: Array.from({ length: 3 }, () => ({ name: { text: expect.any(String) } })),
    })
    const heavy = await list('heavy')
    expect(heavy.body).toMatchObject({ data: { length: 4 } })
    expect(heavy.text.length).toBeGreaterThan(10_000_000)
  })

  test('huge has 5,000 tokens', async () => {
    expect((await list('huge')).body).toMatchObject({ data: { length: 5000 } })
    expect(Object.keys(demo.whmTokens('huge'))).toHaveLength(5000)
  })

  test.each([
    ['ahead', 600],
    ['behind', -600],
  ])('%s: its clock differs by ten minutes', async (name, seconds) => {
    demo.set({ clock: () => 1_800_000_000_000 })
    const got = await uapi(demo, name, 'Tokens::create_full_access', { name: 'x' })
    expect(got.body).toMatchObject({ data: { create_time: 1_800_000_000 + seconds } })
    expect(got.headers['date']).toBe(new Date((1_800_000_000 + seconds) * 1000).toUTCString())
  })
})

describe('things that happen while the page is open', () => {
  test.each([
    ['ended200', 200],
    ['ended401', 401],
    ['ended403', 403],
  ])('%s: the session ends after the first list, once', async (name, status) => {
    const browser = await signIn(demo, 'cpanel', name)
    expect((await browser.uapi('Tokens::list')).body).toMatchObject({ status: 1 })
    const got = await browser.uapi('Tokens::list')
    expect([got.status, got.text.includes('login_form')]).toEqual([status, true])
    const again = await signIn(demo, 'cpanel', name)
    for (let calls = 0; calls < 3; calls += 1) expect((await again.uapi('Tokens::list')).status).toBe(200)
  })

  test('suspended, suspending, terminated, nofeature, losesfeature', async () => {
    const create = (user: string) => uapi(demo, user, 'Tokens::create_full_access', { name: 'x' })
    expect((await create('suspended')).body).toMatchObject({ status: 0 })
    expect((await list('nofeature')).body).toMatchObject({ status: 0 })
    for (const name of ['suspending', 'terminated', 'losesfeature'])
      expect((await list(name)).body).toMatchObject({ status: 1 })
    expect((await create('suspending')).body).toMatchObject({ status: 0 })
    expect((await list('suspending')).body).toMatchObject({ status: 1 })
    expect((await list('terminated')).status).toBe(403)
    await expect(signIn(demo, 'cpanel', 'terminated')).rejects.toThrow('invalid_login')
    expect((await list('losesfeature')).body).toMatchObject({ status: 0 })
  })

  test('meddled: one token is renamed and one revoked by somebody else', async () => {
    demo.addAccount({ username: 'meddled_1', tokens: [{ name: 'a' }, { name: 'b' }, { name: 'c' }] })
    expect((await list('meddled_1')).body).toMatchObject({ data: [{ name: 'a' }, { name: 'b' }, { name: 'c' }] })
    expect((await list('meddled_1')).body).toMatchObject({ data: [{ name: 'c' }, { name: 'a-renamed' }] })
  })

  test('noprivilege, losesprivilege, midbatch', async () => {
    expect((await whm(demo, 'noprivilege', 'api_token_list')).body).toMatchObject({
      metadata: { reason: 'Access denied' },
    })
    expect((await whm(demo, 'losesprivilege', 'api_token_list')).body).toMatchObject({ metadata: { result: 1 } })
    expect((await whm(demo, 'losesprivilege', 'api_token_list')).body).toMatchObject({ metadata: { result: 0 } })
    const got = await whm(demo, 'midbatch', 'batch', { command: ['version', 'version', 'myprivs'] })
    expect(got.body).toMatchObject({
      data: { result: [{ metadata: { result: 1 } }, { metadata: { result: 0 } }, { metadata: { result: 0 } }] },
    })
  })
})
