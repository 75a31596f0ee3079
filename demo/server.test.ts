import { request as plainRequest } from 'node:http'
import { connect } from 'node:tls'
import { afterEach, expect, test } from 'vitest'
import { ask, basic, signIn, uapi, whm, type Got } from './client.testing'
import type { Demo } from './demo'
import type { DemoOptions } from './options'
import { startDemo } from './server'

const running: Demo[] = []
const start = async (options: DemoOptions = {}) => {
  const demo = await startDemo({ accounts: 3, ...options })
  running.push(demo)
  return demo
}
afterEach(async () => {
  await Promise.all(running.splice(0).map((demo) => demo.close()))
})

const clock = () => 1_800_000_000_000
const everything = async (demo: Demo) => {
  const { text } = await whm(demo, 'root', 'listaccts')
  const users = [...text.matchAll(/"user":"([^"]+)"/g)].map(([, name = '']) => name)
  return { text, tokens: users.map((user) => demo.tokens(user)), secret: demo.seedToken('alice', { name: 'x' }) }
}

test('the same seed makes the same server, another seed another one', async () => {
  const [one, same, other] = await Promise.all([1, 1, 2].map((seed) => start({ seed, clock })))
  if (one === undefined || same === undefined || other === undefined) throw new Error('not started')
  expect(await everything(same)).toEqual(await everything(one))
  expect((await everything(other)).text).not.toBe((await everything(one)).text)
})

test('the named users are as documented', async () => {
  const demo = await start()
  expect(demo.logins.map(({ username }) => username)).toEqual([
    'alice',
    'bob',
    'carol',
    'dave',
    'root',
    'resell',
    'junior',
  ])
  expect(['alice', 'bob', 'carol'].map((user) => demo.tokens(user).length)).toEqual([12, 57, 0])
  const now = Date.now() / 1000
  const states = demo
    .tokens('alice')
    .map(({ expiresAt }) => (expiresAt === null ? 'never' : expiresAt < now ? 'expired' : 'later'))
  expect(new Set(states)).toEqual(new Set(['never', 'expired', 'later']))
  expect(demo.tokens('alice').some(({ isReadonly }) => isReadonly)).toBe(true)
  expect(demo.tokens('alice').some(({ features }) => features.length > 0)).toBe(true)
})

test('reset brings everything back, settings as well', async () => {
  const demo = await start({ seed: 'x', clock })
  const before = await everything(demo)
  demo.reset()
  demo.set({ version: 100, quirks: { envelope: 'wrapped' } })
  demo.addAccount({ username: 'extra' })
  demo.removeAccount('alice')
  demo.setPrivileges('resell', [])
  demo.reset()
  expect(demo.calls).toEqual([])
  expect(await everything(demo)).toEqual(before)
})

test('all that is secret is known to a test that looks for it elsewhere, also after a reset', async () => {
  const demo = await start()
  const before = demo.secrets()
  const added = demo.addAccount({
    username: 'extra',
    password: 'a-password-of-its-own',
    tokens: [{ name: 'one' }],
    reseller: true,
    whmTokens: [{ name: 'two' }],
  })
  const browser = await signIn(demo, 'cpanel', 'alice')
  const created = await browser.uapi('Tokens::create_full_access', { name: 'new' })
  const createdInWhm = await whm(demo, 'root', 'api_token_create', { token_name: 'new' })
  const secrets = [
    added.password,
    ...Object.values(added.secrets),
    ...Object.values(added.whmSecrets),
    demo.seedToken('alice', { name: 'three' }),
    demo.seedWhmToken('root', { name: 'four' }),
    browser.cookie.split('=')[1],
    decodeURIComponent(browser.cookie.split('=')[1] ?? ''),
    browser.securityToken.slice(1),
    ...[created, createdInWhm].map(({ text }) => /"token":"(\w{32})"/.exec(text)?.[1]),
  ]
  expect(before).toContain('demo-password-1')
  expect(before.filter((secret) => secrets.includes(secret))).toEqual([])
  expect(secrets).toHaveLength(10)
  expect(demo.secrets()).toEqual(expect.arrayContaining(secrets))
  demo.reset()
  expect(demo.secrets()).toEqual(expect.arrayContaining(secrets))
})

test('the log of calls holds names, never values', async () => {
  const demo = await start()
  await ask(demo, `${demo.cpanelUrl}/execute/Tokens/revoke?name=hidden-value`, { headers: basic('alice') })
  await ask(demo, `${demo.cpanelUrl}/login/?login_only=1`, { form: { user: 'alice', pass: 'hidden-value' } })
  expect(demo.calls).toMatchObject([
    { kind: 'cpanel', method: 'GET', name: 'Tokens::revoke', user: 'alice', via: 'basic', query: ['name'], inside: '' },
    { kind: 'cpanel', method: 'POST', name: 'login', user: 'alice', via: 'none', query: ['login_only'] },
  ])
  expect(JSON.stringify(demo.calls)).not.toContain('hidden-value')
})

test('an account of one’s own, and what happens to it behind the page’s back', async () => {
  const demo = await start()
  const made = demo.addAccount({
    tokens: [{ name: 'a', secret: 'S'.repeat(32) }, { name: 'b' }],
    tokenCount: 2,
    tfa: true,
  })
  expect(made).toMatchObject({ password: 'demo-password-1', code: '123456', secrets: { a: 'S'.repeat(32) } })
  expect(made.username).not.toBe(demo.addAccount().username)
  demo.renameToken(made.username, 'a', 'c')
  demo.revokeToken(made.username, 'b')
  expect(demo.tokens(made.username).map(({ name }) => name)).toEqual([...Object.keys(made.secrets).slice(2), 'c'])
  expect(() => demo.renameToken(made.username, 'a', 'd')).toThrow('no token a')
  expect(() => demo.tokens('nobody')).toThrow('no account nobody')
  expect(() => demo.seedWhmToken(made.username, { name: 'x' })).toThrow('no user of WHM')
  const plain = demo.addAccount({ features: { apitokens: false }, quirks: { numbers: 'strings' }, suspended: 'Late' })
  expect((await uapi(demo, plain.username, 'Tokens::list')).body).toMatchObject({ status: '0' })
})

test('latency and the limit of calls at a time', async () => {
  const demo = await start({ latencyMs: 40, maxParallel: 1 })
  const begin = performance.now()
  await Promise.all([1, 2].map(() => uapi(demo, 'carol', 'Tokens::list')))
  expect(performance.now() - begin).toBeGreaterThan(75)
})

async function took(call: () => Promise<Got>): Promise<number> {
  const begin = performance.now()
  expect((await call()).status).toBe(200)
  return performance.now() - begin
}

test('every command of a batch takes its time', async () => {
  const demo = await start({ latencyMs: 40 })
  const commands = ['a', 'b', 'c'].map(() => '["Tokens","list"]')
  expect(await took(() => uapi(demo, 'carol', 'Batch::strict', { command: commands }))).toBeGreaterThan(115)
  const command = ['version', 'nothing', 'gethostname']
  expect(await took(() => whm(demo, 'root', 'batch', { command }))).toBeGreaterThan(115)
})

test('the Date header shows the demo’s clock', async () => {
  const demo = await start({ clock: 3_600_000 })
  const date = Date.parse(String((await uapi(demo, 'carol', 'Tokens::list')).headers['date']))
  expect(Math.abs(date - Date.now() - 3_600_000)).toBeLessThan(2000)
})

const peer = (url: string) =>
  new Promise<{ fingerprint256: string; valid_to: string; subjectaltname?: string | undefined }>((resolve) => {
    const socket = connect({ port: Number(new URL(url).port), host: '127.0.0.1', rejectUnauthorized: false }, () => {
      resolve(socket.getPeerCertificate())
      socket.destroy()
    })
  })

test('certificates: the one that is told, and flawed ones on further listeners', async () => {
  const demo = await start()
  expect(await peer(demo.whmUrl)).toMatchObject({
    fingerprint256: demo.fingerprint256,
    subjectaltname: 'DNS:localhost, IP Address:127.0.0.1, IP Address:0:0:0:0:0:0:0:1',
  })
  const add = (certificate: 'expired' | 'wrong-name' | 'other') => demo.addListener({ kind: 'cpanel', certificate })
  const [expired, wrongName, other] = await Promise.all([add('expired'), add('wrong-name'), add('other')])
  const shown = await peer(expired.url)
  expect(Date.parse(shown.valid_to)).toBeLessThan(Date.now())
  expect(shown.fingerprint256).toBe(expired.fingerprint256)
  expect(await peer(wrongName.url)).toMatchObject({ subjectaltname: 'DNS:wrong.example.net' })
  expect((await peer(other.url)).fingerprint256).not.toBe(demo.fingerprint256)
  await expect(ask(demo, `${other.url}/execute/Tokens/list`)).rejects.toThrow('self-signed')
  await other.close()
  await expect(ask(demo, other.url)).rejects.toThrow('ECONNREFUSED')
})

test('the port without TLS sends everybody to the secure one', async () => {
  const demo = await start()
  const { url, fingerprint256 } = await demo.addListener({ kind: 'whm', certificate: 'no-tls' })
  expect(fingerprint256).toBe('')
  const location = await new Promise((resolve) => {
    plainRequest(`${url}/login/?a=1`, (response) => resolve(response.headers.location)).end()
  })
  expect(location).toBe(`${demo.whmUrl}/login/?a=1`)
})

test('close ends hanging calls at once; a taken port is an error', async () => {
  const demo = await start()
  const waiting = Promise.allSettled(['hangs', 'slow'].map((user) => uapi(demo, user, 'Tokens::list')))
  const port = Number(new URL(demo.whmUrl).port)
  await expect(startDemo({ whmPort: port })).rejects.toThrow('EADDRINUSE')
  await expect.poll(() => demo.calls.length).toBe(2)
  await demo.close()
  expect((await waiting).map(({ status }) => status)).toEqual(['rejected', 'rejected'])
})

test('an option that makes no sense is named', async () => {
  await expect(startDemo({ version: 79 })).rejects.toThrow('version is 79, but must be a whole number from 80 to 138')
  const demo = await start()
  expect(() => demo.set({ latencyMs: 0.5 })).toThrow('latencyMs is 0.5')
})

test('ten thousand accounts are no problem', async () => {
  const demo = await start({ accounts: 10_000, tokensPerAccount: 1 })
  const got = await whm(demo, 'root', 'listaccts', { want: 'user' })
  expect(got.text.match(/"user"/g)).toHaveLength(10_007)
})
