import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { ask, basic, signIn } from './client.testing'
import type { Demo } from './demo'
import { startDemo } from './server'

let demo: Demo
beforeAll(async () => {
  demo = await startDemo({ accounts: 0 })
})
beforeEach(() => demo.reset())
afterAll(() => demo.close())

const uapiList = (headers: Record<string, string>, prefix = '') =>
  ask(demo, `${demo.cpanelUrl}${prefix}/execute/Tokens/list`, { headers })
const whmVersion = (headers: Record<string, string>) =>
  ask(demo, `${demo.whmUrl}/json-api/version?api.version=1`, { headers })

const denied =
  '{"cpanelresult":{"apiversion":"2","error":"Access denied","data":{"reason":"Access denied","result":"0"},"type":"text"}}'

describe('by header', () => {
  test('a cPanel token works on its port, whatever the case of the scheme', async () => {
    const secret = demo.seedToken('alice', { name: 'mine' })
    expect((await uapiList({ Authorization: `cpanel alice:${secret}` })).body).toMatchObject({ status: 1 })
    expect((await uapiList({ Authorization: `CPANEL alice:${secret}` })).body).toMatchObject({ status: 1 })
  })

  test('a WHM token works on its port', async () => {
    const secret = demo.seedWhmToken('root', { name: 'mine' })
    const got = await whmVersion({ Authorization: `WHM root:${secret}` })
    expect(got.body).toEqual({
      data: { version: '11.138.0.10' },
      metadata: { command: 'version', reason: 'OK', result: 1, version: 1 },
    })
  })

  test('the recorded 403 answers everything else, letter for letter', async () => {
    const secret = demo.seedToken('alice', { name: 'mine' })
    const wrong = [{}, { Authorization: `Bearer ${secret}` }, { Authorization: `cpanel alice:${secret}X` }]
    const others = [
      { Authorization: `cpanel bob:${secret}` },
      { Authorization: `whm alice:${secret}` },
      basic('alice', 'x'),
    ]
    for (const headers of [...wrong, ...others, { Authorization: 'cpanel' }]) {
      const got = await uapiList(headers)
      expect([got.status, got.reason, got.text]).toEqual([403, 'Forbidden Access denied', denied])
      expect(got.headers['content-type']).toBe('text/plain; charset="utf-8"')
      expect(got.headers['connection']).toBe('close')
    }
    expect((await whmVersion({ Authorization: `cpanel alice:${secret}` })).status).toBe(403)
    expect(demo.calls.at(-1)).toMatchObject({ kind: 'whm', name: '/json-api/version', user: '', via: 'none' })
  })

  test('an expired, revoked or foreign-address token is refused; the expired one stays listed', async () => {
    const now = Math.floor(Date.now() / 1000)
    const expired = demo.seedToken('alice', { name: 'late', expiresAt: now - 1 })
    expect((await uapiList({ Authorization: `cpanel alice:${expired}` })).status).toBe(403)
    expect(demo.tokens('alice').map(({ name }) => name)).toContain('late')
    const revoked = demo.seedToken('alice', { name: 'gone' })
    demo.revokeToken('alice', 'gone')
    expect((await uapiList({ Authorization: `cpanel alice:${revoked}` })).status).toBe(403)
    const elsewhere = demo.seedWhmToken('root', { name: 'office', whitelist: ['192.0.2.0/24'] })
    expect((await whmVersion({ Authorization: `whm root:${elsewhere}` })).status).toBe(403)
    const here = demo.seedWhmToken('root', { name: 'here', whitelist: ['127.0.0.0/8'] })
    expect((await whmVersion({ Authorization: `whm root:${here}` })).status).toBe(200)
  })

  test('a password works without a session; two-factor wants the code in its header, a token does not', async () => {
    expect((await uapiList(basic('alice'))).body).toMatchObject({ status: 1 })
    expect((await uapiList(basic('dave'))).status).toBe(403)
    expect((await uapiList({ ...basic('dave'), 'X-CPANEL-OTP': '123456' })).body).toMatchObject({ status: 1 })
    const secret = demo.seedToken('dave', { name: 'mine' })
    expect((await uapiList({ Authorization: `cpanel dave:${secret}` })).body).toMatchObject({ status: 1 })
    demo.set({ quirks: { tfaForTokens: true, tfaForBasic: false, refusalBody: 'html' } })
    const asked = await uapiList({ Authorization: `cpanel dave:${secret}` })
    expect([asked.status, asked.headers['content-type']]).toEqual([403, 'text/html; charset="utf-8"'])
    expect((await uapiList(basic('dave'))).status).toBe(200)
  })
})

describe('by session', () => {
  test('cookie and security token belong together and to one service', async () => {
    const { cookie, securityToken } = await signIn(demo, 'cpanel', 'alice')
    const Cookie = `other=1; ${cookie}`
    expect((await uapiList({ Cookie }, securityToken)).body).toMatchObject({ status: 1 })
    for (const prefix of ['', '/cpsess0000000000']) {
      const got = await uapiList({ Cookie }, prefix)
      expect([got.status, got.headers['content-type']]).toEqual([401, 'text/html; charset="utf-8"'])
    }
    const other = await signIn(demo, 'cpanel', 'bob')
    expect((await uapiList({ Cookie }, other.securityToken)).status).toBe(401)
    const asWhm = cookie.replace('cpsession', 'whostmgrsession')
    const url = `${demo.whmUrl}${securityToken}/json-api/version?api.version=1`
    expect((await ask(demo, url, { headers: { Cookie: asWhm } })).status).toBe(401)
    expect((await uapiList({ Cookie: 'cpsession=%E0%A4%A' }, securityToken)).status).toBe(403)
  })

  test.each([
    ['html-200', 200],
    ['html-401', 401],
    ['html-403', 403],
    ['json-403', 403],
  ] as const)('an ended session shows %s', async (sessionRefusal, status) => {
    demo.set({ quirks: { sessionRefusal } })
    const browser = await signIn(demo, 'cpanel', 'alice')
    expect(demo.endSessions('alice')).toBe(1)
    const got = await browser.uapi('Tokens::list')
    expect([got.status, got.text.includes('login_form')]).toEqual([status, sessionRefusal !== 'json-403'])
  })

  test('a session ends after 15 idle minutes, each call starts them anew', async () => {
    let time = Date.now()
    demo.set({ clock: () => time })
    const browser = await signIn(demo, 'cpanel', 'alice')
    for (let calls = 0; calls < 3; calls += 1) {
      time += 899_000
      expect((await browser.uapi('Tokens::list')).status).toBe(200)
    }
    time += 901_000
    expect((await browser.uapi('Tokens::list')).status).toBe(401)
    expect((await browser.uapi('Tokens::list')).status).toBe(401)
  })

  test('signing out ends it', async () => {
    const browser = await signIn(demo, 'cpanel', 'alice')
    const got = await ask(demo, `${demo.cpanelUrl}${browser.securityToken}/logout/`, {
      headers: { Cookie: browser.cookie },
    })
    expect(got.headers['set-cookie']?.[0]).toContain('expires=Thu, 01-Jan-1970')
    expect((await browser.uapi('Tokens::list')).status).toBe(401)
  })

  test('nothing else is served: 404 when signed in, 403 when not', async () => {
    expect((await ask(demo, `${demo.cpanelUrl}/json-api/version`, { headers: basic('alice') })).status).toBe(404)
    expect((await ask(demo, `${demo.whmUrl}/execute/Tokens/list`)).status).toBe(403)
  })
})
