import { X509Certificate } from 'node:crypto'
import { createServer } from 'node:http'
import { afterEach, describe, expect, test } from 'vitest'
import { createBrowser, createTestApp, signInBody } from './testing/browser'
import { createCertificate } from './testing/certificate'
import { createTestUpstream, type TestUpstream } from './testing/upstream'

const toClose: (() => Promise<void>)[] = []

afterEach(async () => {
  for (const close of toClose.splice(0).reverse()) await close()
})

async function startUpstream(...given: Parameters<typeof createTestUpstream>): Promise<TestUpstream> {
  const upstream = await createTestUpstream(...given)
  toClose.push(upstream.close)
  return upstream
}

async function signIn(upstream: TestUpstream, env: Record<string, string | undefined>) {
  const { app } = await createTestApp(upstream, env)
  toClose.push(() => app.close())
  const browser = createBrowser(app)
  return { browser, answer: await browser.post('/api/connections', signInBody()) }
}

const unpinned = { CPANEL_FINGERPRINT256: '' }
const listPath = '/api/connections/main.cpanel.bob/execute/Tokens/list'

describe('a pinned fingerprint', () => {
  test('is enough for a self-signed certificate, on every connection anew', async () => {
    const upstream = await startUpstream()
    const { browser, answer } = await signIn(upstream, {})
    expect(answer.status).toBe(201)
    upstream.answer('/Tokens/list', (_request, response) => {
      response.writeHead(200, { connection: 'close' }).end('{"status":1}')
    })
    for (let count = 0; count < 3; count += 1) expect(await browser.post(listPath, {})).toMatchObject({ status: 200 })
    const before = upstream.connections()
    await Promise.all(Array.from({ length: 5 }, () => browser.post(listPath, {})))
    expect(upstream.connections()).toBeGreaterThan(before + 3)
  })

  test('is enough for an expired certificate: it is exactly the one that was meant', async () => {
    const upstream = await startUpstream(await createCertificate({ validForMs: -60_000 }))
    expect((await signIn(upstream, {})).answer.status).toBe(201)
  })

  test('that differs is refused before anything is sent, with both fingerprints', async () => {
    const upstream = await startUpstream()
    const other = new X509Certificate((await createCertificate()).cert).fingerprint256
    const { answer } = await signIn(upstream, { CPANEL_FINGERPRINT256: other })
    expect(answer).toMatchObject({ status: 502, kind: 'untrusted_certificate' })
    expect(answer.json).toMatchObject({ error: { fingerprint256: upstream.fingerprint256, expected256: other } })
    expect(upstream.requests).toEqual([])
  })

  test('refuses a server that changes its certificate between two connections', async () => {
    const upstream = await startUpstream()
    const { browser } = await signIn(upstream, {})
    upstream.answer('/Tokens/list', (_request, response) => {
      response.writeHead(200, { connection: 'close' }).end('{"status":1}')
    })
    expect(await browser.post(listPath, {})).toMatchObject({ status: 200 })
    const changed = await createCertificate()
    upstream.changeCertificate(changed)
    const seen = upstream.requests.length
    const fingerprint256 = new X509Certificate(changed.cert).fingerprint256
    for (let count = 0; count < 9; count += 1) {
      const answer = await browser.post(listPath, {})
      expect(answer).toMatchObject({ status: 502, kind: 'untrusted_certificate' })
      expect(answer.json).toMatchObject({ error: { fingerprint256, expected256: upstream.fingerprint256 } })
    }
    expect(upstream.requests).toHaveLength(seen)
    // The sign-in itself is not lost by that.
    expect((await browser.get('/api/connections')).json).toHaveLength(1)
  })
})

describe('a CA', () => {
  test('vouches for what it signed', async () => {
    const upstream = await startUpstream()
    const { answer } = await signIn(upstream, { CPANEL_CA: upstream.certificate.cert })
    expect(answer.status).toBe(201)
  })

  test.each([
    ['expired', { validForMs: -60_000 }, 'CERT_HAS_EXPIRED'],
    ['for another name', { name: 'other.example' }, 'ERR_TLS_CERT_ALTNAME_INVALID'],
  ])('does not help a certificate that is %s', async (_name, options, code) => {
    const upstream = await startUpstream(await createCertificate(options))
    const { answer } = await signIn(upstream, { CPANEL_CA: upstream.certificate.cert })
    expect(answer).toMatchObject({ status: 502, kind: 'untrusted_certificate' })
    expect(answer.json).toMatchObject({ error: { fingerprint256: upstream.fingerprint256 } })
    expect(answer.json).not.toHaveProperty('error.expected256')
    expect(answer.body).toContain(code)
    expect(upstream.requests).toEqual([])
  })
})

test('a self-signed certificate that nobody vouched for is refused and shown', async () => {
  const upstream = await startUpstream()
  const { answer } = await signIn(upstream, unpinned)
  expect(answer).toMatchObject({ status: 502, kind: 'untrusted_certificate' })
  expect(answer.json).toMatchObject({ error: { fingerprint256: upstream.fingerprint256 } })
  expect(answer.json).not.toHaveProperty('error.expected256')
  expect(upstream.requests).toEqual([])
})

test('a server that is not there, or speaks no TLS, is unreachable', async () => {
  const upstream = await startUpstream()
  await upstream.close()
  expect((await signIn(upstream, {})).answer).toMatchObject({ status: 502, kind: 'unreachable' })

  const plain = createServer((_request, response) => response.end('{}'))
  await new Promise<void>((resolve) => plain.listen(0, '127.0.0.1', resolve))
  toClose.push(() => new Promise((resolve) => plain.close(() => resolve())))
  const address = plain.address()
  const port = typeof address === 'object' ? address?.port : 0
  const { answer } = await signIn({ ...upstream, origin: `https://127.0.0.1:${port}` }, {})
  expect(answer).toMatchObject({ status: 502, kind: 'unreachable' })
})
