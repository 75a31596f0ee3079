import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { once } from 'node:events'
import { createServer, connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { startServer } from './server'
import { rawRequest, sendRaw } from './testing/raw'

// Whoever runs this has servers of their own, which are not read.
const env = { CPANEL_URL: 'https://127.0.0.1:1', PORT: '0', LOG_LEVEL: 'silent', ADD_SERVERS: 'no' }
let staticDir: string
let server: Awaited<ReturnType<typeof startServer>>
const printed: unknown[] = []

beforeAll(async () => {
  staticDir = mkdtempSync(join(tmpdir(), 'keyring-'))
  mkdirSync(join(staticDir, 'assets'))
  const files = {
    'index.html': '<!doctype html><title>Keyring</title>',
    'index.html.br': 'index in brotli',
    'favicon.svg': '<svg/>',
    '.secret': 'hidden',
    'assets/main-abc123.js': 'plain script',
    'assets/main-abc123.js.br': 'script in brotli',
    'assets/main-abc123.js.gz': 'script in gzip',
  }
  for (const [name, text] of Object.entries(files)) writeFileSync(join(staticDir, name), text)
  const write = vi.spyOn(process.stdout, 'write').mockImplementation((text) => printed.push(text) > 0)
  server = await startServer({ env, staticDir })
  write.mockRestore()
})

afterAll(async () => {
  await server.close()
  rmSync(staticDir, { recursive: true })
})

const raw = (path: string, headers = {}) => sendRaw(server.url, rawRequest('GET', path, headers))
const page = '<title>Keyring</title>'

test('one line says that it listens, and where', () => {
  expect(printed).toEqual([`Ready: ${server.url}\n`])
  expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
})

describe('the page', () => {
  test.each(['/', '/index.html', '/sign-in', '/c/main.cpanel.bob', '/c/main.cpanel.bob/tokens/create?x=1', '/%61pi/x'])(
    'is served at %s and asked for again each time',
    async (path) => {
      const answer = await raw(path, { Accept: 'text/html,*/*;q=0.8' })
      expect(answer).toMatch(/^HTTP\/1\.1 200 /)
      expect(answer).toContain(page)
      expect(answer).toMatch(/cache-control: no-cache/i)
      expect(answer).toMatch(/content-security-policy: default-src 'self'/i)
    },
  )

  test('is served to a client that takes anything', async () => {
    expect(await raw('/sign-in', { Accept: '*/*' })).toContain(page)
  })

  test.each(['/assets/main-000000.js', '/assets/', '/missing.js', '/missing.png', '/api', '/api/nothing', '/.secret'])(
    'does not stand in for %s',
    async (path) => {
      const answer = await raw(path, { Accept: '*/*' })
      expect(answer).toMatch(/^HTTP\/1\.1 404 /)
      expect(answer).not.toContain(page)
    },
  )

  test('answers GET and HEAD alone', async () => {
    expect(await sendRaw(server.url, rawRequest('POST', '/sign-in'))).toMatch(/^HTTP\/1\.1 404 /)
    expect(await sendRaw(server.url, rawRequest('HEAD', '/sign-in', { Accept: 'text/html' }))).toMatch(
      /^HTTP\/1\.1 200 /,
    )
  })

  test('is not served to another host name', async () => {
    expect(await raw('/', { Host: 'evil.example' })).toMatch(/^HTTP\/1\.1 421 /)
  })

  test.each([
    '/../package.json',
    '/..%2fpackage.json',
    '/%2e%2e/package.json',
    '/assets/../../package.json',
    '/assets/%00',
  ])('comes from its folder alone: %s', async (path) => {
    expect(await raw(path, { Accept: '*/*' })).toMatch(/^HTTP\/1\.1 40[034] /)
  })
})

test('files with a hash never change and come compressed', async () => {
  const path = '/assets/main-abc123.js'
  const brotli = await raw(path, { 'Accept-Encoding': 'gzip, deflate, br, zstd' })
  expect(brotli).toContain('script in brotli')
  expect(brotli).toMatch(/content-encoding: br/i)
  expect(brotli).toMatch(/cache-control: public, max-age=31536000, immutable/i)
  expect(brotli).toMatch(/content-type: (text|application)\/javascript/i)
  expect(brotli).toMatch(/vary: accept-encoding/i)
  expect(await raw(path, { 'Accept-Encoding': 'gzip' })).toContain('script in gzip')
  expect(await raw(path)).toContain('plain script')
  expect(await raw('/sign-in', { Accept: 'text/html', 'Accept-Encoding': 'br' })).toContain('index in brotli')
  expect(await raw('/favicon.svg', { 'Accept-Encoding': 'br' })).toMatch(/cache-control: no-cache[^]*<svg\/>/i)
})

test('a port that is taken and an address of somebody else are wrong settings', async () => {
  const { port } = new URL(server.url)
  const taken = startServer({ env: { ...env, PORT: port }, staticDir })
  await expect(taken).rejects.toThrow(`PORT=${port}: this port is taken`)
  const foreign = startServer({ env: { ...env, HOST: '192.0.2.1', PLAIN_HTTP: 'yes' }, staticDir })
  await expect(foreign).rejects.toThrow('HOST=192.0.2.1: this is no address of this machine')
})

async function freePort(): Promise<string> {
  const listener = createServer()
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve))
  const address = listener.address()
  await new Promise((resolve) => listener.close(resolve))
  return String(typeof address === 'object' ? address?.port : address)
}

describe('metrics', () => {
  test('are served at an address of their own until the server ends', async () => {
    const port = await freePort()
    const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true)
    const watched = await startServer({ env: { ...env, METRICS_PORT: port }, staticDir })
    write.mockRestore()
    const metrics = () => sendRaw(`http://127.0.0.1:${port}`, rawRequest('GET', '/metrics'))
    await sendRaw(watched.url, rawRequest('GET', '/api/servers'))
    expect(await metrics()).toContain('keyring_http_requests_total{method="GET",route="/api/servers",status="200"} 1')
    expect(await sendRaw(watched.url, rawRequest('GET', '/metrics'))).not.toContain('keyring_http')
    await watched.close()
    await expect(metrics()).rejects.toThrow('ECONNREFUSED')
  })

  test('that can’t be served stop the start', async () => {
    const { port } = new URL(server.url)
    const start = startServer({ env: { ...env, METRICS_PORT: port }, staticDir })
    await expect(start).rejects.toThrow(`METRICS_PORT=${port}: it can't be listened on`)
  })
})

test('a connection that a browser opened for later, and that nothing was asked over, doesn’t hold up the end', async () => {
  const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true)
  const own = await startServer({ env, staticDir })
  write.mockRestore()
  const socket = connect(Number(new URL(own.url).port), '127.0.0.1')
  await once(socket, 'connect')
  const closed = once(socket, 'close')
  await own.close()
  await closed
  expect(socket.closed).toBe(true)
})
