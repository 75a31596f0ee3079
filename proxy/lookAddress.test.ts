import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readAddress } from './lookAddress'

const both = (host: string) => [
  { kind: 'cpanel', origin: `https://${host}:2083` },
  { kind: 'whm', origin: `https://${host}:2087` },
]

describe('an address without a port means both doors', () => {
  test.each([
    ['server.example.com', 'server.example.com'],
    ['  Server.Example.COM. ', 'server.example.com'],
    ['https://server.example.com', 'server.example.com'],
    ['HTTPS://server.example.com/', 'server.example.com'],
    ['server.example.com/cpanel', 'server.example.com'],
    ['192.0.2.7', '192.0.2.7'],
    ['2001:db8::7', '[2001:db8::7]'],
    ['[2001:DB8:0::7]', '[2001:db8::7]'],
    ['localhost', 'localhost'],
    ['bücher.example', 'xn--bcher-kva.example'],
    ['my_host.example', 'my_host.example'],
  ])('%j', (typed, host) => expect(readAddress(typed)).toEqual(both(host)))
})

describe('an address with a port means that door alone', () => {
  test.each([
    ['server.example.com:2083', 'cpanel', 'https://server.example.com:2083'],
    ['https://server.example.com:2087/', 'whm', 'https://server.example.com:2087'],
    ['https://server:2083/cpsess1234567890/frontend/jupiter/index.html?a=b#c', 'cpanel', 'https://server:2083'],
    ['https://server:2083/x/someone@example.com', 'cpanel', 'https://server:2083'],
    ['[2001:db8::7]:2087', 'whm', 'https://[2001:db8::7]:2087'],
    ['127.0.0.1:40001', null, 'https://127.0.0.1:40001'],
    ['https://cpanel.example.com:443', null, 'https://cpanel.example.com'],
  ])('%j', (typed, kind, origin) => expect(readAddress(typed)).toEqual([{ kind, origin }]))
})

describe('what can’t be meant is refused, with the reason', () => {
  test.each([
    ['', 'not-an-address'],
    ['   ', 'not-an-address'],
    ['not a host', 'not-an-address'],
    ['server:', 'not-an-address'],
    ['server:http', 'not-an-address'],
    ['server:0', 'not-an-address'],
    ['server:65536', 'not-an-address'],
    ['server:2083:2087', 'not-an-address'],
    ['-server.example', 'not-an-address'],
    ['a..example', 'not-an-address'],
    ['serv%65r.example', 'not-an-address'],
    ['[::1', 'not-an-address'],
    ['[fe80::1%25eth0]', 'not-an-address'],
    ['https:///server', 'not-an-address'],
    ['ftp://server.example', 'not-an-address'],
    ['http://server.example:2083', 'plain-http'],
    ['https://root:hunter2@server.example:2087', 'credentials'],
    ['root@server.example', 'credentials'],
    ['server.example:2082', 'plain-port'],
    ['server.example:2086', 'plain-port'],
    ['server.example:2095', 'webmail-port'],
    ['https://server.example:2096/webmail', 'webmail-port'],
  ])('%j: %s', (typed, why) => expect(readAddress(typed)).toBe(why))
})

test('whatever is typed, what is connected to is https with a host and a port and nothing else', () => {
  const parts = [
    'https://',
    'a',
    'server',
    '.',
    ':',
    '2083',
    '/',
    '@',
    '[',
    ']',
    '::1',
    '%41',
    '?',
    '#',
    '\\',
    ' ',
    '-',
    'é',
  ]
  const typing = fc.array(fc.constantFrom(...parts), { maxLength: 12 }).map((typed) => typed.join(''))
  fc.assert(
    fc.property(fc.oneof(fc.string(), typing), (typed) => {
      const doors = readAddress(typed)
      if (typeof doors === 'string') return
      for (const { origin } of doors) expect(new URL(origin)).toMatchObject({ href: `${origin}/`, protocol: 'https:' })
    }),
  )
})
