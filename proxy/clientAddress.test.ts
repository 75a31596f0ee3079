import { describe, expect, test } from 'vitest'
import { clientAddress } from './clientAddress'
import { createBrowser, createTestApp, signInBody } from './testing/browser'
import { createTestUpstream } from './testing/upstream'

const named = 'https://server.example.com:2087'
const publicServer = 'https://203.0.113.9:2087'
const privateServer = 'https://10.1.2.3:2087'
const loopbackServer = 'https://127.0.0.1:2087'

describe('a public address is known to every server', () => {
  test.each([named, publicServer, privateServer, loopbackServer, undefined])('%s', (server) => {
    for (const ip of ['198.51.100.7', '2001:db8::7', '172.32.0.1', '172.15.255.255', '100.128.0.1', '192.169.0.1'])
      expect(clientAddress({ ip, headers: {} }, server)).toBe(ip)
  })
})

describe('a loopback address is known to a server on this machine alone', () => {
  test.each([
    [loopbackServer, '127.0.0.1'],
    ['https://127.8.8.8', '127.0.0.1'],
    ['https://localhost:2087', '127.0.0.1'],
    ['https://[::1]:2087', '127.0.0.1'],
    ['https://[::ffff:127.0.0.1]:2087', '127.0.0.1'],
    [named, null],
    [publicServer, null],
    [privateServer, null],
    ['https://localhost.example.com', null],
    ['https://0.0.0.0', null],
    [undefined, null],
  ])('%s: %s', (server, known) => {
    expect(clientAddress({ ip: '127.0.0.1', headers: {} }, server)).toBe(known)
    expect(clientAddress({ ip: '::1', headers: {} }, server)).toBe(known && '::1')
  })
})

describe('a private address is known to a server with a private address alone', () => {
  const addresses = ['10.9.9.9', '172.16.0.1', '172.31.255.255', '192.168.1.2', '169.254.3.4', '100.64.0.1']
  test.each([...addresses, '100.127.255.255', 'fc00::1', 'fdff::1', 'fe80::1', 'febf::1'])('%s', (ip) => {
    for (const server of [privateServer, 'https://[fd00::1]:2087', 'https://100.64.1.1', 'https://[::ffff:10.0.0.1]'])
      expect(clientAddress({ ip, headers: {} }, server)).toBe(ip)
    for (const server of [named, publicServer, loopbackServer, 'https://localhost', undefined])
      expect(clientAddress({ ip, headers: {} }, server)).toBeNull()
  })
})

test.each([
  ['::ffff:198.51.100.7', named, '198.51.100.7'],
  ['::FFFF:127.0.0.1', loopbackServer, '127.0.0.1'],
  ['::ffff:10.0.0.1', named, null],
  ['::ffff:10.0.0.1', privateServer, '10.0.0.1'],
  ['fe80::1%eth0', privateServer, 'fe80::1'],
])('%s is told as what it is to %s: %s', (ip, server, known) => {
  expect(clientAddress({ ip, headers: {} }, server)).toBe(known)
})

test.each(['', 'unknown', '0.0.0.0', '::', '224.0.0.1', '255.255.255.255', 'ff02::1', '::ffff:0.0.0.0'])(
  '“%s” is nobody’s address',
  (ip) => {
    for (const server of [named, publicServer, privateServer, loopbackServer])
      expect(clientAddress({ ip, headers: {} }, server)).toBeNull()
  },
)

test.each(['forwarded', 'x-forwarded-for', 'x-real-ip', 'via'])('behind a server in front that adds %s', (name) => {
  expect(clientAddress({ ip: '198.51.100.7', headers: { [name]: '192.0.2.1' } }, named)).toBeNull()
})

test('the connection tells it by the address of its own kind', async () => {
  const upstream = await createTestUpstream()
  const { app } = await createTestApp(upstream, { CPANEL_URL: upstream.origin, WHM_URL: 'https://10.0.0.1:2087' })
  const browser = createBrowser(app)
  await browser.post('/api/connections', signInBody())
  const details = async (remoteAddress: string) => {
    const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const headers = { host: 'localhost', cookie }
    return (await app.inject({ url: '/api/connections/main.cpanel.bob', headers, remoteAddress })).json()
  }
  expect(await details('127.0.0.1')).toMatchObject({ address: '127.0.0.1' })
  expect(await details('10.0.0.2')).toMatchObject({ address: null })
  expect(await details('::ffff:198.51.100.7')).toMatchObject({ address: '198.51.100.7' })
  await app.close()
  await upstream.close()
})
