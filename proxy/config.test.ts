import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { isConfigured, loadConfig } from './config'
import { ConfigError } from './configError'
import { createCertificate } from './testing/certificate'

const url = 'https://server.example.com:2083'
const fingerprint = Array.from({ length: 32 }, (_, index) => (index + 160).toString(16).toUpperCase().slice(-2)).join(
  ':',
)
let folder: string
let pem: string

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'keyring-'))
  pem = (await createCertificate()).cert
  writeFileSync(join(folder, 'ca.pem'), pem)
})

afterAll(() => rmSync(folder, { recursive: true }))

function file(content: unknown): string {
  const path = join(folder, 'servers.json')
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content))
  return path
}

test('one server from the environment, with standard values for the rest', () => {
  const env = { CPANEL_URL: `${url}/`, CPANEL_FINGERPRINT256: fingerprint.replaceAll(':', '').toLowerCase() }
  expect(isConfigured(env)).toBe(true)
  expect(loadConfig(env)).toEqual({
    host: '127.0.0.1',
    port: 4380,
    servers: [{ id: 'main', name: 'server.example.com', cpanel: url, fingerprint256: fingerprint }],
    demoLogins: [],
    canAddServers: true,
    addedServersFile: join(homedir(), '.config/cpanel-keyring/servers.json'),
    allowedHosts: ['localhost', '127.0.0.1', '[::1]', '127.0.0.1'],
    tls: null,
    trustProxy: [],
    redisUrl: null,
    timeouts: { connectMs: 10_000, answerMs: 60_000, bodyMs: 30_000 },
    sessions: { idleMs: 1_800_000, maxAgeMs: 43_200_000 },
    limits: {
      failedSignIns: 4,
      failedSignInsPerAddress: 20,
      failedSignInsPerUser: 12,
      failedSignInsPerServer: 100,
      signInsPerMinute: 30,
      requestsPerMinute: 1200,
      userRequestsPerMinute: 2400,
    },
    fanoutParallel: 8,
    upstreamConnections: 128,
    logLevel: 'info',
    audit: null,
    metrics: null,
    shutdownMs: 30_000,
    shutdownDelayMs: 0,
  })
})

test('several servers from a file, with paths beside it', () => {
  const path = file([
    { id: 'one', name: 'One', cpanel: url, ca: 'ca.pem' },
    { id: 'two', name: 'Two', whm: 'https://two.example:2087', fingerprint256: fingerprint },
  ])
  expect(loadConfig({ SERVERS_FILE: path }).servers).toEqual([
    { id: 'one', name: 'One', cpanel: url, ca: pem },
    { id: 'two', name: 'Two', whm: 'https://two.example:2087', fingerprint256: fingerprint },
  ])
})

test('a CA as path or as text', () => {
  for (const ca of [join(folder, 'ca.pem'), pem]) {
    expect(loadConfig({ WHM_URL: url, CPANEL_CA: ca }).servers).toEqual([
      { id: 'main', name: 'server.example.com', whm: url, ca: pem.trim() === ca.trim() ? ca.trim() : pem },
    ])
  }
})

test('the demo stands in only while nothing is configured; an empty setting is not set', () => {
  const login = { server: 'demo', kind: 'cpanel' as const, username: 'demo', password: 'x' }
  const demo = { servers: [{ id: 'demo', name: 'Demo', cpanel: url }], logins: [login] }
  const empty = { CPANEL_URL: '', WHM_URL: '', SERVERS_FILE: '', PORT: '' }
  expect(isConfigured(empty)).toBe(false)
  expect(loadConfig(empty, demo)).toMatchObject({ port: 4380, servers: demo.servers, demoLogins: demo.logins })
  const real = loadConfig({ WHM_URL: url }, demo)
  expect(real.servers).toMatchObject([{ id: 'main' }])
  expect(real.demoLogins).toEqual([])
  expect(() => loadConfig({})).toThrow('set CPANEL_URL, WHM_URL or SERVERS_FILE')
})

test('the address it listens on is served, and what ALLOWED_HOSTS adds', () => {
  const env = { CPANEL_URL: url, HOST: '::', PLAIN_HTTP: 'yes', ALLOWED_HOSTS: 'Keys.Example.com, 10.0.0.7 ,fd00::1' }
  expect(loadConfig(env).allowedHosts.slice(3)).toEqual(['[::]', 'keys.example.com', '10.0.0.7', '[fd00::1]'])
})

describe('a wrong setting stops the start and says which, what and what would be right', () => {
  test.each([
    ['CPANEL_URL', 'http://server.example.com:2082', 'use https'],
    ['CPANEL_URL', 'server.example.com', 'https://HOST:PORT'],
    ['CPANEL_URL', 'https://server.example.com:2083/login', 'nothing more'],
    ['CPANEL_URL', 'https://server.example.com:2083/?a=1', 'nothing more'],
    ['WHM_URL', 'ftp://server.example.com', 'use https'],
    ['CPANEL_FINGERPRINT256', 'AB:CD', '64 hex digits'],
    ['CPANEL_FINGERPRINT256', fingerprint.replace('A', 'X'), '64 hex digits'],
    ['CPANEL_CA', '/nowhere/ca.pem', 'PEM file'],
    ['PORT', '65536', 'from 0 to 65535'],
    ['PORT', '80a', 'from 0 to 65535'],
    ['PORT', '-1', 'from 0 to 65535'],
    ['HOST', 'http://127.0.0.1', 'IP address'],
    ['HOST', '1.2.3.4:80', 'IP address'],
    ['ALLOWED_HOSTS', '*', 'host names'],
    ['ALLOWED_HOSTS', 'https://a.example', 'host names'],
    ['ANSWER_TIMEOUT', '0', 'from 1'],
    ['CONNECT_TIMEOUT', '1.5', 'from 1'],
    ['SESSION_MAX_AGE', '12h', 'seconds'],
    ['SIGN_IN_LIMIT', 'none', 'from 1'],
    ['LOG_LEVEL', 'loud', 'debug'],
  ])('%s=%s', (name, value, advice) => {
    const attempt = () => loadConfig({ ...(name !== 'CPANEL_URL' && { CPANEL_URL: url }), [name]: value })
    expect(attempt).toThrow(ConfigError)
    expect(attempt).toThrow(`${name}=${value}`)
    expect(attempt).toThrow(advice)
  })

  test('a password in an address and a private key are not repeated', () => {
    expect(() => loadConfig({ CPANEL_URL: 'https://root:hunter2@server.example.com' })).toThrow(
      /^CPANEL_URL: (?!.*hunter2)/,
    )
    expect(() => loadConfig({ CPANEL_URL: url, CPANEL_CA: '-----BEGIN PRIVATE KEY-----\nABC' })).toThrow(
      /^CPANEL_CA: (?!.*ABC)/,
    )
  })

  test('the file and the environment can’t both say which servers there are', () => {
    const path = file([{ id: 'one', name: 'One', cpanel: url }])
    for (const name of ['CPANEL_URL', 'WHM_URL', 'CPANEL_CA', 'CPANEL_FINGERPRINT256']) {
      expect(() => loadConfig({ SERVERS_FILE: path, [name]: 'x' })).toThrow(`${name}=x: unset it, or SERVERS_FILE`)
    }
  })

  test('trust without a server', () => {
    expect(() => loadConfig({ CPANEL_FINGERPRINT256: fingerprint })).toThrow('set CPANEL_URL or WHM_URL too')
    expect(() => loadConfig({ CPANEL_CA: 'x' })).toThrow('set CPANEL_URL or WHM_URL too')
  })

  const one = { id: 'one', name: 'One', cpanel: url }
  test.each([
    ['no JSON', '[{', 'JSON list'],
    ['no list', '{"id":"one"}', 'Array'],
    ['nothing in it', [], 'at least one'],
    ['an unknown field', [{ ...one, cpannel: url }], 'cpannel'],
    ['no name', [{ ...one, name: ' ' }], '[0].name'],
    ['a bad id', [one, { ...one, id: 'Two!' }], '[1].id=Two!'],
    ['an id twice', [one, one], 'one is there twice'],
    ['no address', [{ id: 'one', name: 'One' }], 'cpanel, of whm, or both'],
    ['plain http', [{ ...one, whm: 'http://x.example' }], '[0].whm=http://x.example: use https'],
    ['a bad fingerprint', [{ ...one, fingerprint256: '00' }], '[0].fingerprint256=00'],
    ['a CA that is not there', [{ ...one, ca: 'no.pem' }], '[0].ca=no.pem'],
  ])('a file with %s', (_name, content, words) => {
    const attempt = () => loadConfig({ SERVERS_FILE: file(content) })
    expect(attempt).toThrow(ConfigError)
    expect(attempt).toThrow(words)
    expect(attempt).toThrow('SERVERS_FILE')
  })

  test('a file that is not there', () => {
    expect(() => loadConfig({ SERVERS_FILE: '/nowhere/servers.json' })).toThrow(
      'SERVERS_FILE=/nowhere/servers.json: use the path',
    )
  })
})
