import { existsSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { addServer, connectionsSettle, serverNames, prepareKeyrings } from './testing/addedServers'
import type { Browser } from './testing/browser'

const keyrings = prepareKeyrings()
const look = (browser: Browser, address: string) => browser.post('/api/servers/look', { address })

describe('where others come in as well', () => {
  test.each([
    { HOST: '0.0.0.0', PLAIN_HTTP: 'yes' },
    { TRUST_PROXY: '10.0.0.0/8' },
    { ALLOWED_HOSTS: 'keys.example.com' },
    { ADD_SERVERS: 'no' },
  ])('(%j) nobody can add a server, look at one or see what was added', async (env) => {
    await addServer((await keyrings.start()).browser, keyrings.ownServer())
    const { browser } = await keyrings.start(env)
    await connectionsSettle(keyrings.own(), 1)
    expect((await browser.get('/api/servers/adding')).json).toEqual({ isPossible: false })
    const answers = [
      await look(browser, keyrings.own().origin.replace('https://', '')),
      await browser.post('/api/servers', keyrings.ownServer()),
      await browser.delete('/api/servers/main'),
    ]
    for (const answer of answers) expect(answer).toMatchObject({ status: 404, kind: 'not_allowed' })
    expect(await serverNames(browser)).toEqual(['127.0.0.1'])
    expect(keyrings.own().connections()).toBe(1)
  })
})

test.each([{ 'x-forwarded-for': '203.0.113.7' }, { forwarded: 'for=203.0.113.7' }, { via: '1.1 front' }])(
  'nobody who comes through a server in front that was not made known (%j) can add one',
  async (headers) => {
    const { browser } = await keyrings.start()
    const id = await addServer(browser, keyrings.ownServer())
    await connectionsSettle(keyrings.own(), 1)
    expect((await browser.get('/api/servers/adding', { headers })).json).toEqual({ isPossible: false })
    const answers = [
      await browser.post('/api/servers/look', { address: keyrings.own().origin }, { headers }),
      await browser.post('/api/servers', keyrings.ownServer(), { headers }),
      await browser.delete(`/api/servers/${id}`, { headers }),
    ]
    for (const answer of answers) expect(answer).toMatchObject({ status: 404, kind: 'not_allowed' })
    expect(await serverNames(browser)).toEqual(['127.0.0.1', 'Own'])
    expect(keyrings.own().connections()).toBe(1)
  },
)

test.each(['localhost:4380', '127.0.0.1:4380', '[::1]:4380', 'LOCALHOST'])('who comes by %s can', async (host) => {
  const { browser } = await keyrings.start()
  expect((await browser.get('/api/servers/adding', { headers: { host } })).json).toEqual({ isPossible: true })
})

test.each([
  { origin: 'https://evil.example' },
  { origin: 'http://localhost:9999' },
  { 'sec-fetch-site': 'cross-site' },
  { host: 'evil.example' },
])('another site (%j) can have no server looked at, added or forgotten', async (headers) => {
  const { browser } = await keyrings.start()
  const id = await addServer(browser, keyrings.ownServer())
  await connectionsSettle(keyrings.own(), 1)
  const answers = [
    await browser.post('/api/servers/look', { address: keyrings.own().origin.replace('https://', '') }, { headers }),
    await browser.post('/api/servers', keyrings.ownServer(), { headers }),
    await browser.delete(`/api/servers/${id}`, { headers }),
  ]
  for (const { kind } of answers) expect(kind).toMatch(/^wrong_(?:origin|host)$/)
  expect(await serverNames(browser)).toEqual(['127.0.0.1', 'Own'])
  expect(keyrings.own().connections()).toBe(1)
})

describe('a look', () => {
  test('shows what answers at an address, without a request, and keeps nothing of a pasted one', async () => {
    const { browser, log } = await keyrings.start()
    expect((await browser.get('/api/servers/adding')).json).toEqual({ isPossible: true })
    const { status, json } = await look(
      browser,
      `${keyrings.own().origin}/cpsess0123456789/frontend/jupiter/index.html?secret=1`,
    )
    expect(status).toBe(200)
    expect(json).toMatchObject({
      outcome: 'found',
      host: '127.0.0.1',
      doors: [
        {
          kind: null,
          origin: keyrings.own().origin,
          certificate: { fingerprint256: keyrings.own().fingerprint256, flaws: ['self-signed'] },
        },
      ],
      failed: [],
      known: null,
    })
    expect(keyrings.own().requests).toEqual([])
    expect(log.join('')).not.toMatch(/cpsess|secret=1|jupiter/)
    expect(existsSync(keyrings.file())).toBe(false)
  })

  test('says which server in the list it is, configured or added, and looks at an added one by its id', async () => {
    const { browser } = await keyrings.start()
    const id = await addServer(browser, keyrings.ownServer())
    expect((await look(browser, keyrings.configured().origin)).json).toMatchObject({
      known: { id: 'main', isAdded: false, fingerprint256: keyrings.configured().fingerprint256 },
    })
    for (const body of [{ address: keyrings.own().origin.replace('https://', '') }, { server: id }]) {
      expect((await browser.post('/api/servers/look', body)).json).toMatchObject({
        known: { id, name: 'Own', isAdded: true, fingerprint256: keyrings.own().fingerprint256 },
      })
    }
    expect((await browser.post('/api/servers/look', { server: id })).json).toMatchObject({
      doors: [{ kind: 'cpanel' }],
    })
    expect(await browser.post('/api/servers/look', { server: 'main' })).toMatchObject({ kind: 'invalid_request' })
  })

  test('says why there is nothing to see', async () => {
    const { browser } = await keyrings.start()
    expect((await look(browser, 'http://127.0.0.1')).json).toEqual({ outcome: 'wrong-address', why: 'plain-http' })
    await keyrings.own().close()
    expect((await look(browser, keyrings.own().origin.replace('https://', ''))).json).toEqual({
      outcome: 'failed',
      failed: [{ origin: keyrings.own().origin, why: 'refused' }],
    })
  })

  test('is not to be had as often as one likes', async () => {
    const { browser } = await keyrings.start({ SIGN_IN_RATE: '2' })
    for (const status of [200, 200, 429])
      expect(await look(browser, keyrings.own().origin.replace('https://', ''))).toMatchObject({ status })
    for (const status of [201, 200, 429])
      expect(await browser.post('/api/servers', keyrings.ownServer())).toMatchObject({ status })
  })

  test.each([
    undefined,
    [],
    {},
    { address: 1 },
    { address: 'x'.repeat(5000) },
    { server: '../x' },
    { address: 'a', port: 1 },
  ])('at %j is refused', async (body) => {
    const { browser } = await keyrings.start()
    expect(await browser.post('/api/servers/look', body)).toMatchObject({ status: 400, kind: 'invalid_request' })
  })
})
