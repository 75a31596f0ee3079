import type { FastifyInstance } from 'fastify'
import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { get } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createBrowser, createTestApp } from './testing/browser'
import { createCertificate } from './testing/certificate'
import { createTestUpstream, type TestUpstream } from './testing/upstream'

const script = "document.title = 'before the first paint'"
const hsts = 'strict-transport-security'

let upstream: TestUpstream
let folder: string
let page: FastifyInstance

beforeAll(async () => {
  upstream = await createTestUpstream()
  folder = mkdtempSync(join(tmpdir(), 'keyring-headers-'))
  const staticDir = join(folder, 'client')
  mkdirSync(join(staticDir, 'assets'), { recursive: true })
  writeFileSync(
    join(staticDir, 'index.html'),
    `<!doctype html><script>${script}</script><script src="/assets/a.js"></script>`,
  )
  writeFileSync(join(staticDir, 'assets', 'a.js'), '')
  page = (await createTestApp(upstream, {}, { staticDir })).app
})

afterAll(async () => {
  await page.close()
  await upstream.close()
  rmSync(folder, { recursive: true })
})

test('the page may load its own files, run its one inline script and make one policy for scripts; nothing else', async () => {
  const { headers } = await createBrowser(page).get('/sign-in', { headers: { accept: 'text/html' } })
  const hash = createHash('sha256').update(script).digest('base64')
  expect(String(headers['content-security-policy']).split(';')).toEqual([
    "default-src 'self'",
    `script-src 'self' 'sha256-${hash}'`,
    "style-src 'self' 'sha256-gYiS/BvZvRcK27JIXTuwhZ3hs2+VJ1X+2gUlE+farlg='",
    "img-src 'self'",
    "connect-src 'self'",
    "worker-src 'self'",
    "form-action 'self'",
    "font-src 'none'",
    "media-src 'none'",
    "manifest-src 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "frame-src 'none'",
    "object-src 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types keyring-worker',
  ])
})

test.each(['/', '/assets/a.js', '/assets/missing.js', '/api/servers', '/api/nothing'])(
  'the answer at %s carries every header: a Worker’s CSP is that of its own file',
  async (path) => {
    const { headers } = await createBrowser(page).get(path)
    expect(headers).toMatchObject({
      'content-security-policy': expect.stringContaining("require-trusted-types-for 'script'"),
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'permissions-policy': expect.stringContaining('clipboard-write=(self), clipboard-read=()'),
    })
  },
)

/** The header as a browser gets it from a call and from what is nowhere, which must be one. */
async function told(env: Record<string, string>, headers: Record<string, string>): Promise<unknown> {
  const { app } = await createTestApp(upstream, env)
  const browser = createBrowser(app)
  const answers = [await browser.get('/api/servers', { headers }), await browser.get('/nowhere', { headers })]
  await app.close()
  const values = new Set(answers.map((answer) => answer.headers[hsts]))
  return values.size === 1 ? [...values][0] : values
}

describe('a browser is told to come by https alone', () => {
  test('for a year, its own host only, where it came by TLS to the server in front', async () => {
    const headers = { 'x-forwarded-proto': 'https' }
    expect(await told({ TRUST_PROXY: '127.0.0.1' }, headers)).toBe('max-age=31536000')
  })

  test.each([
    ['it came in the clear', {}, {}],
    ['it came in the clear to the server in front', { TRUST_PROXY: '127.0.0.1' }, { 'x-forwarded-proto': 'http' }],
    ['nobody may say so', {}, { 'x-forwarded-proto': 'https' }],
    ['somebody else says so', { TRUST_PROXY: '10.0.0.0/8' }, { 'x-forwarded-proto': 'https' }],
  ])('not where %s', async (_why, env, headers) => {
    expect(await told(env, headers)).toBeUndefined()
  })

  test('where it came by TLS to Keyring itself', async () => {
    const { cert, key } = await createCertificate()
    const files = { TLS_CERT: join(folder, 'cert.pem'), TLS_KEY: join(folder, 'key.pem') }
    writeFileSync(files.TLS_CERT, cert)
    writeFileSync(files.TLS_KEY, key)
    const { app } = await createTestApp(upstream, files)
    const origin = await app.listen({ host: '127.0.0.1', port: 0 })
    const value = await new Promise((resolve, reject) => {
      get(`${origin.replace('http:', 'https:')}/api/servers`, { ca: cert, agent: false }, (response) => {
        response.resume()
        resolve(response.headers[hsts])
      }).once('error', reject)
    })
    expect(value).toBe('max-age=31536000')
    await app.close()
  })
})
