import { chmodSync, existsSync, readFileSync, statSync } from 'node:fs'
import * as v from 'valibot'
import { describe, expect, test } from 'vitest'
import { addServer, serverNames, startOther, prepareKeyrings } from './testing/addedServers'
import { createBrowser, signInBody } from './testing/browser'
import { createCertificate } from './testing/certificate'

const keyrings = prepareKeyrings()

describe('a server that was added', () => {
  test('can be signed in to at once and after a restart, and is in a file of its owner alone', async () => {
    const { browser } = await keyrings.start()
    const answer = await browser.post('/api/servers', keyrings.ownServer())
    expect(answer).toMatchObject({
      status: 201,
      json: { outcome: 'added', server: { name: 'Own', kinds: ['cpanel'], isAdded: true } },
    })
    expect(keyrings.own().requests).toEqual([])
    expect(statSync(keyrings.file()).mode & 0o777).toBe(0o600)
    for (const visitor of [browser, (await keyrings.start()).browser]) {
      const [, server] = v.parse(v.array(v.object({ id: v.string() })), (await visitor.get('/api/servers')).json)
      const signedIn = await visitor.post('/api/connections', { ...signInBody(), server: server?.id })
      expect(signedIn.status).toBe(201)
      const list = await visitor.post(`/api/connections/${server?.id}.cpanel.bob/execute/Tokens/list`, {})
      expect(list).toMatchObject({ status: 200, json: { status: 1 } })
      const details = await visitor.get(`/api/connections/${server?.id}.cpanel.bob`)
      expect(details.json).toMatchObject({ urls: { cpanel: keyrings.own().origin } })
    }
    expect(keyrings.configured().requests).toEqual([])
  })

  test('has the name of its host where none is given', async () => {
    const { browser } = await keyrings.start()
    const { name: _none, ...server } = keyrings.ownServer()
    await addServer(browser, { ...server, whm: keyrings.own().origin })
    expect(await serverNames(browser)).toEqual(['127.0.0.1', keyrings.own().origin.replace('https://', '')])
  })

  test('can’t be added twice, nor can one that is configured', async () => {
    const { browser } = await keyrings.start()
    const id = await addServer(browser, keyrings.ownServer())
    for (const [server, known] of [
      [keyrings.ownServer(), { id, isAdded: true }],
      [{ ...keyrings.ownServer(), whm: keyrings.own().origin }, { id }],
      [{ whm: keyrings.configured().origin, fingerprint256: keyrings.configured().fingerprint256 }, { id: 'main' }],
    ]) {
      expect(await browser.post('/api/servers', server)).toMatchObject({
        status: 200,
        json: { outcome: 'listed', server: known },
      })
    }
    expect(await serverNames(browser)).toEqual(['127.0.0.1', 'Own'])
  })

  test('is not remembered when the certificate is another than the one that was confirmed', async () => {
    const { browser } = await keyrings.start()
    keyrings.own().changeCertificate(await createCertificate())
    const { json } = await browser.post('/api/servers', keyrings.ownServer())
    expect(json).toMatchObject({ outcome: 'changed', certificate: { flaws: ['self-signed'] } })
    expect(JSON.stringify(json)).not.toContain(keyrings.own().fingerprint256)
    expect(existsSync(keyrings.file())).toBe(false)
    expect(await serverNames(browser)).toEqual(['127.0.0.1'])
  })

  test('is not remembered when nobody vouches for it and nobody compared it', async () => {
    const { browser } = await keyrings.start()
    const { fingerprint256, ...server } = keyrings.ownServer()
    expect((await browser.post('/api/servers', server)).json).toMatchObject({
      outcome: 'changed',
      certificate: { fingerprint256, isTrusted: false },
    })
    expect(await serverNames(browser)).toEqual(['127.0.0.1'])
  })

  test('is not remembered when it went away meanwhile, or one of its doors did', async () => {
    const { browser } = await keyrings.start()
    const gone = await startOther(keyrings.own().certificate)
    await gone.close()
    expect((await browser.post('/api/servers', { ...keyrings.ownServer(), whm: gone.origin })).json).toEqual({
      outcome: 'failed',
      failed: [{ origin: gone.origin, why: 'refused' }],
    })
    expect(await serverNames(browser)).toEqual(['127.0.0.1'])
  })

  test('is not remembered where its file can’t be used, and that is said', async () => {
    const { browser, log } = await keyrings.start()
    await addServer(browser, keyrings.ownServer())
    chmodSync(keyrings.file(), 0o666)
    const before = readFileSync(keyrings.file(), 'utf8')
    const other = await startOther()
    const wish = { cpanel: other.origin, fingerprint256: other.fingerprint256 }
    expect(await browser.post('/api/servers', wish)).toMatchObject({
      status: 200,
      json: { outcome: 'not-kept', file: keyrings.file() },
    })
    expect(log.join('')).toContain('others may write to it')
    expect(readFileSync(keyrings.file(), 'utf8')).toBe(before)
  })

  test.each([
    ['nothing', undefined],
    ['no door', { name: 'x' }],
    ['a name that can’t be seen', { cpanel: 'https://a.example', name: '\u202e' }],
    ['no name', { cpanel: 'https://a.example', name: ' ' }],
    ['plain http', { cpanel: 'http://a.example:2082' }],
    ['a path', { cpanel: 'https://a.example/login' }],
    ['a password', { whm: 'https://root:x@a.example' }],
    ['two hosts', { cpanel: 'https://a.example:2083', whm: 'https://b.example:2087' }],
    ['half a fingerprint', { cpanel: 'https://a.example', fingerprint256: 'AB:CD' }],
    ['a CA', { cpanel: 'https://a.example', ca: '/etc/passwd' }],
    ['a place that is not there', { cpanel: 'https://a.example', replaces: 'nobody' }],
    ['the place of a configured one', { cpanel: 'https://a.example', replaces: 'main' }],
  ])('is not made of %s', async (_name, body) => {
    const { browser } = await keyrings.start()
    expect(await browser.post('/api/servers', body)).toMatchObject({ status: 400, kind: 'invalid_request' })
    expect(existsSync(keyrings.file())).toBe(false)
  })
})

test('two that are added at once are both remembered', async () => {
  const other = await startOther()
  const [one, two] = [(await keyrings.start()).browser, (await keyrings.start()).browser]
  await Promise.all([
    addServer(one, keyrings.ownServer()),
    addServer(two, { name: 'Other', whm: other.origin, fingerprint256: other.fingerprint256 }),
  ])
  for (const browser of [one, two]) expect((await serverNames(browser)).sort()).toEqual(['127.0.0.1', 'Other', 'Own'])
})

test('a certificate that changed stops every call until the new one is trusted; who is signed in stays so', async () => {
  const { browser } = await keyrings.start()
  const server = await addServer(browser, keyrings.ownServer())
  await browser.post('/api/connections', { ...signInBody(), server })
  const list = () => browser.post(`/api/connections/${server}.cpanel.bob/execute/Tokens/list`, {})
  keyrings.own().answer('/Tokens/list', (_request, response) => {
    response.writeHead(200, { connection: 'close' }).end('{"status":1}')
  })
  expect(await list()).toMatchObject({ status: 200 })
  keyrings.own().changeCertificate(await createCertificate())
  expect(await list()).toMatchObject({ status: 502, kind: 'untrusted_certificate' })

  const { json } = await browser.post('/api/servers/look', { server })
  const shown = v.object({ doors: v.tuple([v.object({ certificate: v.object({ fingerprint256: v.string() }) })]) })
  const [door] = v.parse(shown, json).doors
  expect(json).toMatchObject({ known: { id: server, fingerprint256: keyrings.own().fingerprint256 } })
  const renewed = { ...keyrings.ownServer(), fingerprint256: door.certificate.fingerprint256, replaces: server }
  expect(await addServer(browser, renewed)).toBe(server)
  expect(await list()).toMatchObject({ status: 200 })
  expect(await serverNames(browser)).toEqual(['127.0.0.1', 'Own'])
})

describe('a server that is forgotten', () => {
  test('is gone with its logins, which end at the server too; others stay', async () => {
    const { browser } = await keyrings.start()
    const server = await addServer(browser, keyrings.ownServer())
    await browser.post('/api/connections', { ...signInBody(), server })
    await browser.post('/api/connections', signInBody())
    expect(await browser.delete(`/api/servers/${server}`)).toMatchObject({ status: 204 })
    expect(keyrings.own().requests.at(-1)?.path).toMatch(/\/logout\/$/)
    expect((await browser.get('/api/connections')).json).toMatchObject([{ id: 'main.cpanel.bob' }])
    expect(await serverNames(browser)).toEqual(['127.0.0.1'])
    expect(await browser.post('/api/connections', { ...signInBody(), server })).toMatchObject({
      kind: 'invalid_request',
    })
    expect(await browser.delete(`/api/servers/${server}`)).toMatchObject({ status: 204 })
  })

  test('is of no use any more to those who are signed in to it elsewhere', async () => {
    const { app, browser } = await keyrings.start()
    const server = await addServer(browser, keyrings.ownServer())
    const other = createBrowser(app)
    await other.post('/api/connections', { ...signInBody(), server })
    await browser.delete(`/api/servers/${server}`)
    const seen = keyrings.own().requests.length
    const path = `/api/connections/${server}.cpanel.bob/execute/Tokens/list`
    expect(await other.post(path, {})).toMatchObject({ status: 401, kind: 'unauthenticated' })
    expect((await other.get('/api/connections')).json).toMatchObject([{ hasEnded: true }])
    expect(keyrings.own().requests).toHaveLength(seen)
  })

  test('is never a configured one, and none that its file can’t let go', async () => {
    const { browser } = await keyrings.start()
    expect(await browser.delete('/api/servers/main')).toMatchObject({ status: 404, kind: 'not_allowed' })
    const server = await addServer(browser, keyrings.ownServer())
    chmodSync(keyrings.file(), 0o666)
    expect(await browser.delete(`/api/servers/${server}`)).toMatchObject({ status: 503, kind: 'store_unavailable' })
    expect(await serverNames(browser)).toEqual(['127.0.0.1', 'Own'])
  })
})
