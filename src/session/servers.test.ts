import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { json, playProxy, text, type PlayedProxy } from '../cpanel/proxy.testing'
import { canAddServers, listServers } from './connections'
import { addServer, compareFingerprints, forgetServer, lookAtServer } from './servers'

let proxy: PlayedProxy
beforeEach(async () => {
  proxy = await playProxy()
})
afterEach(() => proxy.close())

const asked = () => proxy.received.map(({ method, path, body }) => ({ method, path, body }))

const shown = Array(32).fill('A1').join(':')
const certificate = {
  fingerprint256: shown,
  subject: 'server.example',
  issuer: 'An Authority',
  names: ['server.example'],
  validFrom: '2026-01-01T00:00:00.000Z',
  validTo: '2027-01-01T00:00:00.000Z',
  isTrusted: false,
  flaws: ['self-signed', 'expired'],
}
const door = { kind: null, origin: 'https://server.example:8443', certificate }

test('whether servers can be added is told, and which were', async () => {
  proxy.answer(json({ isPossible: true }))
  expect(await canAddServers(proxy.api)).toBe(true)
  const servers = [
    { id: 'main', name: 'Main', kinds: ['cpanel'] },
    { id: 'own-1a2b3c4d', name: 'Own', kinds: ['whm'], isAdded: true },
  ]
  proxy.answer(json(servers))
  expect(await listServers(proxy.api)).toEqual(servers)
  expect(asked()).toMatchObject([{ path: '/api/servers/adding' }, { path: '/api/servers' }])
})

describe('a look at a server', () => {
  test.each([
    { outcome: 'found', host: 'server.example', doors: [door], failed: [], known: null },
    {
      outcome: 'found',
      host: 'server.example',
      doors: [{ ...door, kind: 'whm' }],
      failed: [{ origin: 'https://server.example:2083', why: 'timeout' }],
      known: { id: 'own', name: 'Own', isAdded: true, fingerprint256: shown },
    },
    { outcome: 'failed', failed: [{ origin: 'https://server.example', why: 'unknown-host' }] },
    { outcome: 'wrong-address', why: 'webmail-port' },
  ])('answers what was seen: %j', async (answer) => {
    proxy.answer(json(answer))
    expect(await lookAtServer(proxy.api, { address: 'server.example' })).toEqual(answer)
    expect(asked()).toEqual([{ method: 'POST', path: '/api/servers/look', body: { address: 'server.example' } }])
  })

  test.each([
    {},
    { outcome: 'found' },
    { outcome: 'found', host: 'x', doors: [{ ...door, origin: 'server' }], failed: [], known: null },
    {
      outcome: 'found',
      host: 'x',
      doors: [{ ...door, certificate: { ...certificate, validTo: 'tomorrow' } }],
      failed: [],
      known: null,
    },
    { outcome: 'wrong-address', why: 'a whim' },
  ])('answered with %j is garbled', async (answer) => {
    proxy.answer(json(answer))
    await expect(lookAtServer(proxy.api, { address: 'x' })).rejects.toMatchObject({ kind: 'garbled' })
  })
})

test.each([
  { outcome: 'added', server: { id: 'own', name: 'Own', kinds: ['whm'], isAdded: true } },
  { outcome: 'changed', certificate },
  { outcome: 'failed', failed: [{ origin: 'https://server.example:2087', why: 'no-tls' }] },
  { outcome: 'listed', server: { id: 'main', name: 'Main', kinds: ['cpanel'] } },
  { outcome: 'not-kept', file: '/home/me/.config/cpanel-keyring/servers.json' },
])('adding a server answers what came of it: %j', async (answer) => {
  const request = { name: 'Own', whm: 'https://server.example:2087', fingerprint256: shown }
  proxy.answer(json(answer))
  expect(await addServer(proxy.api, request)).toEqual(answer)
  expect(asked()).toEqual([{ method: 'POST', path: '/api/servers', body: request }])
})

test('forgetting is of one server, and fails where it did not work', async () => {
  proxy.answer(text('', 204))
  await forgetServer(proxy.api, 'own')
  expect(asked()).toEqual([{ method: 'DELETE', path: '/api/servers/own', body: undefined }])
  proxy.answer(json({ error: { kind: 'not_allowed', message: 'For logs.' } }, 404))
  await expect(forgetServer(proxy.api, 'main')).rejects.toMatchObject({ kind: 'refused' })
})

describe('a pasted fingerprint', () => {
  const bare = shown.replaceAll(':', '')
  test.each([
    shown,
    ` ${shown}\n`,
    bare,
    bare.toLowerCase(),
    `sha256 Fingerprint=${shown}`,
    `SHA256 Fingerprint=${shown.toLowerCase()}`,
    shown.replaceAll(/(.{23}):/g, '$1:\n'),
  ])('%j is the one that was shown', (pasted) => expect(compareFingerprints(pasted, shown)).toBe('same'))

  test.each([`B1${bare.slice(2)}`, `sha256 Fingerprint=${shown.replace('A1', 'A2')}`])('%j is another', (pasted) =>
    expect(compareFingerprints(pasted, shown)).toBe('different'),
  )

  test.each(['', 'A1:A1', 'sha256 Fingerprint=', 'hello', `${bare}A1`, 'G'.repeat(64)])('%j is none yet', (pasted) =>
    expect(compareFingerprints(pasted, shown)).toBe('incomplete'),
  )
})
