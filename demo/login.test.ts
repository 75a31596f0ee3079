import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { ask, signIn } from './client.testing'
import type { Demo } from './demo'
import { startDemo } from './server'

let demo: Demo
beforeAll(async () => {
  demo = await startDemo({ accounts: 0 })
})
beforeEach(() => demo.reset())
afterAll(() => demo.close())

const good = { user: 'alice', pass: 'demo-password-1' }
const login = (form: Record<string, string>, base = demo.cpanelUrl) =>
  ask(demo, `${base}/login/?login_only=1`, { form })

test('a script signs in and gets JSON, a Location and a cookie', async () => {
  const got = await login(good)
  expect(got.status).toBe(200)
  expect(got.body).toEqual({
    status: 1,
    redirect: expect.stringMatching(/^\/cpsess\d{10}\/frontend\/jupiter\/index\.html\?post_login=\d+$/),
    security_token: expect.stringMatching(/^\/cpsess\d{10}$/),
  })
  expect(got.headers['location']).toMatch(/^\/cpsess\d{10}\//)
  expect(got.headers['set-cookie']?.[0]).toMatch(/^cpsession=alice%3a\S+%2c[0-9a-f]{32}; HttpOnly; path=\/; secure$/)
})

test('login_only may stand in the body, goto_uri leads elsewhere, WHM has its own cookie', async () => {
  const form = { user: 'root', pass: 'demo-password-1', login_only: '1', goto_uri: '/scripts5/x?a=1' }
  const got = await ask(demo, `${demo.whmUrl}/login`, { form })
  expect(got.status).toBe(200)
  expect(got.headers['location']).toMatch(/^\/cpsess\d{10}\/scripts5\/x\?a=1&post_login=\d+$/)
  expect(got.headers['set-cookie']?.[0]).toMatch(/^whostmgrsession=root%3a/)
})

test('a browser without login_only is redirected, or sees the login page again', async () => {
  const got = await ask(demo, `${demo.cpanelUrl}/login/`, { form: good })
  expect(got.status).toBe(301)
  const wrong = await ask(demo, `${demo.cpanelUrl}/login/`, { form: { ...good, pass: 'x' } })
  expect(wrong.status).toBe(401)
  expect(wrong.text).toContain('login_form')
  expect((await ask(demo, `${demo.cpanelUrl}/login/`)).text).toContain('login_form')
  expect((await ask(demo, `${demo.cpanelUrl}/`)).text).toContain('login_form')
})

test.each([
  ['a wrong password', { ...good, pass: 'wrong' }, 'invalid_login'],
  ['an unknown user', { ...good, user: 'nobody' }, 'invalid_login'],
  ['no user', { pass: 'x' }, 'no_username'],
  ['root at cPanel', { ...good, user: 'root' }, 'invalid_login'],
  ['a missing code', { ...good, user: 'dave' }, 'tfa_required'],
  ['an empty code', { ...good, user: 'dave', tfa_token: '' }, 'tfa_required'],
  ['a wrong code', { ...good, user: 'dave', tfa_token: '000000' }, 'invalid_login'],
])('%s is refused with 401 and a code', async (_, form, message) => {
  const got = await login(form)
  expect(got.status).toBe(401)
  expect(got.body).toEqual({ status: 0, message })
  expect(got.headers['set-cookie']).toBeUndefined()
})

test('an account that is no reseller cannot sign in to WHM', async () => {
  expect((await login(good, demo.whmUrl)).body).toEqual({ status: 0, message: 'invalid_login' })
})

test('two-factor sign-in takes the documented code', async () => {
  const browser = await signIn(demo, 'cpanel', 'dave', '123456')
  expect((await browser.uapi('Tokens::list')).body).toMatchObject({ status: 1 })
})

test('the words of a failed sign-in are switches', async () => {
  demo.set({ quirks: { tfaMessage: 'invalid_login', loginFailure: 'html', suspendedLogin: 'refused' } })
  const got = await login({ ...good, user: 'dave' })
  expect(got.status).toBe(401)
  expect(got.headers['content-type']).toContain('text/html')
  demo.set({ quirks: { loginFailure: 'json' } })
  expect((await login({ ...good, user: 'dave' })).body).toEqual({ status: 0, message: 'invalid_login' })
  expect((await login({ ...good, user: 'erin' })).body).toEqual({ status: 0, message: 'invalid_login' })
})

test('after too many wrong passwords even the right one is invalid, for a while; tokens still work', async () => {
  let time = Date.now()
  demo.set({ blockAfterFailures: 2, clock: () => time })
  const secret = demo.seedToken('alice', { name: 'still' })
  for (const pass of ['a', 'a', 'b']) await login({ ...good, pass })
  expect((await login(good)).body).toEqual({ status: 0, message: 'invalid_login' })
  const headers = { Authorization: `cpanel alice:${secret}` }
  expect((await ask(demo, `${demo.cpanelUrl}/execute/Tokens/list`, { headers })).body).toMatchObject({ status: 1 })
  time += 301_000
  expect((await login(good)).status).toBe(200)
})
