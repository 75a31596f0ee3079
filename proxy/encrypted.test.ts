import type { FastifyInstance } from 'fastify'
import { X509Certificate } from 'node:crypto'
import { EventEmitter, once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect, type TLSSocket } from 'node:tls'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { followKeyPair } from './listener'
import { createBrowser, createTestApp, signInBody } from './testing/browser'
import { createCertificate, type Certificate } from './testing/certificate'
import { createTestUpstream, type TestUpstream } from './testing/upstream'

let upstream: TestUpstream
let folder: string
let certificate: Certificate
let files: { certFile: string; keyFile: string }

beforeAll(async () => {
  upstream = await createTestUpstream()
  folder = mkdtempSync(join(tmpdir(), 'keyring-tls-'))
  files = { certFile: join(folder, 'cert.pem'), keyFile: join(folder, 'key.pem') }
  certificate = await createCertificate()
  write(certificate)
})

afterAll(async () => {
  await upstream.close()
  rmSync(folder, { recursive: true })
})

function write({ cert, key }: Certificate): void {
  writeFileSync(files.certFile, cert)
  writeFileSync(files.keyFile, key)
}

const tlsEnv = () => ({ TLS_CERT: files.certFile, TLS_KEY: files.keyFile })

describe('behind a server that TRUST_PROXY names', () => {
  let app: FastifyInstance

  beforeAll(async () => {
    const env = { TRUST_PROXY: '127.0.0.1, 10.0.0.0/8', ALLOWED_HOSTS: 'keys.example.com' }
    app = (await createTestApp(upstream, env)).app
  })
  afterAll(() => app.close())

  const inFront = { host: 'keys.example.com', origin: 'https://keys.example.com' }

  test.each([{ 'x-forwarded-proto': 'https' }, {}])(
    'the cookie is a __Host- cookie, Secure, when it says %j of its own side',
    async (says) => {
      const browser = createBrowser(app)
      const headers = { ...inFront, ...says }
      const answer = await browser.post('/api/connections', signInBody(), { headers })
      expect(answer.headers['set-cookie']).toMatch(
        /^__Host-keyring=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Strict$/,
      )
      const list = await browser.get('/api/connections', { headers })
      expect(list.json).toMatchObject([{ id: 'main.cpanel.bob' }])
      const left = await browser.delete('/api/connections', { headers })
      expect(left.headers['set-cookie']).toMatch(/^__Host-keyring=;.*Secure/)
    },
  )

  test('a cookie without the prefix is not looked at: another host may have set it', async () => {
    const browser = createBrowser(app)
    await browser.post('/api/connections', signInBody(), { headers: inFront })
    const value = browser.cookies.get('__Host-keyring') ?? ''
    const thief = createBrowser(app, new Map([['keyring', value]]))
    expect((await thief.get('/api/connections', { headers: inFront })).json).toEqual([])
  })

  test('a browser in the clear gets no __Host- cookie, which it would refuse', async () => {
    const headers = { host: 'keys.example.com', 'x-forwarded-proto': 'http' }
    const answer = await createBrowser(app).post('/api/connections', signInBody(), { headers })
    expect(answer.headers['set-cookie']).toMatch(/^keyring=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/)
  })

  test('a page in the clear is another site', async () => {
    const answer = await createBrowser(app).get('/api/connections', {
      headers: { host: 'keys.example.com', origin: 'http://keys.example.com' },
    })
    expect(answer).toMatchObject({ status: 403, kind: 'wrong_origin' })
  })

  test.each([
    ['203.0.113.9', '203.0.113.9'],
    ['198.51.100.1, 203.0.113.9', '203.0.113.9'],
    ['203.0.113.9, 10.1.2.3', '203.0.113.9'],
  ])('of X-Forwarded-For: %s the last that is nobody trusted is the browser', async (chain, address) => {
    const browser = createBrowser(app)
    const headers = { ...inFront, 'x-forwarded-for': chain }
    await browser.post('/api/connections', signInBody(), { headers })
    expect((await browser.get('/api/connections/main.cpanel.bob', { headers })).json).toMatchObject({ address })
  })

  test('limits are those of the browser’s address, not of the server in front', async () => {
    const few = await createTestApp(upstream, { TRUST_PROXY: '127.0.0.1', REQUEST_RATE: '2' })
    const from = (address: string) =>
      createBrowser(few.app).get('/api/servers', { headers: { 'x-forwarded-for': address } })
    const statuses = []
    for (const address of ['192.0.2.1', '192.0.2.1', '192.0.2.1', '192.0.2.2']) {
      statuses.push((await from(address)).status)
    }
    expect(statuses).toEqual([200, 200, 429, 200])
    await few.app.close()
  })
})

const claims = (address: string) => ({ 'x-forwarded-for': address, 'x-forwarded-proto': 'https' })

test('without TRUST_PROXY nobody’s word is taken: not on the address, not on TLS', async () => {
  const { app } = await createTestApp(upstream, { REQUEST_RATE: '2' })
  const answer = await createBrowser(app).post('/api/connections', signInBody(), { headers: claims('192.0.2.1') })
  expect(answer.headers['set-cookie']).toMatch(/^keyring=/)
  const statuses = []
  for (const address of ['192.0.2.2', '192.0.2.3', '192.0.2.4']) {
    statuses.push((await createBrowser(app).get('/api/servers', { headers: claims(address) })).status)
  }
  expect(statuses).toEqual([200, 200, 429])
  await app.close()
})

/** As a certificate is written again by Node. */
function plain({ cert }: Certificate): string {
  return new X509Certificate(cert).toString()
}

/** What a new connection is shown. */
function shownAt(port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket: TLSSocket = connect({ host: '127.0.0.1', port, rejectUnauthorized: false }, () => {
      resolve(socket.getPeerX509Certificate()?.toString() ?? '')
      socket.destroy()
    })
    socket.once('error', reject)
  })
}

function portOf(app: FastifyInstance): number {
  const [address] = app.addresses()
  return typeof address === 'object' ? address.port : 0
}

describe('with TLS of its own', () => {
  test('a browser is served, with a Secure cookie', async () => {
    const { app } = await createTestApp(upstream, tlsEnv())
    await app.listen({ host: '127.0.0.1', port: 0 })
    const answer = await new Promise<{ status: number; cookie: string }>((resolve, reject) => {
      const body = JSON.stringify(signInBody())
      const sent = request(
        {
          host: '127.0.0.1',
          port: portOf(app),
          path: '/api/connections',
          method: 'POST',
          ca: certificate.cert,
          headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) },
        },
        (response) => {
          resolve({ status: response.statusCode ?? 0, cookie: String(response.headers['set-cookie']) })
          response.resume()
        },
      )
      sent.once('error', reject)
      sent.end(body)
    })
    expect(answer.status).toBe(201)
    expect(answer.cookie).toMatch(/^__Host-keyring-\d+=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Strict$/)
    await app.close()
  })

  test('TLS before 1.2 is refused', async () => {
    const { app } = await createTestApp(upstream, tlsEnv())
    await app.listen({ host: '127.0.0.1', port: 0 })
    const old = new Promise((resolve, reject) => {
      const options = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' } as const
      const socket = connect({ host: '127.0.0.1', port: portOf(app), rejectUnauthorized: false, ...options }, () =>
        resolve(socket.getProtocol()),
      )
      socket.once('error', reject)
    })
    await expect(old).rejects.toThrow(/protocol version/)
    await app.close()
  })

  test('a renewed certificate is shown without a restart; halves of two pairs are not', async () => {
    const { app } = await createTestApp(upstream, tlsEnv())
    await app.listen({ host: '127.0.0.1', port: 0 })
    const told: string[] = []
    const telling = new EventEmitter()
    const hears = () => once(telling, 'told')
    const note = (what: string) => {
      told.push(what)
      telling.emit('told')
    }
    const stop = followKeyPair(
      app.server,
      { ...files },
      { onChange: () => note('changed'), onFault: (error) => note(String(error)) },
      20,
    )
    const renewed = await createCertificate()
    let heard = hears()
    writeFileSync(files.certFile, renewed.cert)
    await heard
    expect(told[0]).toContain(`TLS_KEY=${files.keyFile}`)
    expect(await shownAt(portOf(app))).toBe(plain(certificate))
    heard = hears()
    writeFileSync(files.keyFile, renewed.key)
    await heard
    expect(told.at(-1)).toBe('changed')
    expect(await shownAt(portOf(app))).toBe(plain(renewed))
    stop()
    write(certificate)
    await app.close()
  })

  test.each([
    ['TLS_CERT', { TLS_CERT: '/nowhere/cert.pem' }, 'can be read'],
    ['TLS_KEY', { TLS_KEY: '/nowhere/key.pem' }, 'can be read'],
  ])('a wrong %s stops the start', async (name, env, advice) => {
    await expect(createTestApp(upstream, { ...tlsEnv(), ...env })).rejects.toThrow(`${name}=`)
    await expect(createTestApp(upstream, { ...tlsEnv(), ...env })).rejects.toThrow(advice)
  })

  test('a key of another certificate stops the start, and is in no message', async () => {
    const other = join(folder, 'other.pem')
    writeFileSync(other, (await createCertificate()).key)
    const failure = createTestApp(upstream, { ...tlsEnv(), TLS_KEY: other })
    await expect(failure).rejects.toThrow(`TLS_KEY=${other}: use the PEM file with the private key of TLS_CERT`)
    await expect(createTestApp(upstream, { ...tlsEnv(), TLS_CERT: files.keyFile })).rejects.toThrow(
      /^TLS_CERT=(?!.*BEGIN)/,
    )
  })
})
