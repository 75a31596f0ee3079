import { expect, test } from 'vitest'
import { allows, readWhitelist } from './whitelist'

test.each([
  ['fc00:abcd::f', 'fc00:abcd:0000:0000:0000:0000:0000:000f'],
  ['::', '0000:0000:0000:0000:0000:0000:0000:0000'],
  ['::1', '0000:0000:0000:0000:0000:0000:0000:0001'],
  ['1::', '0001:0000:0000:0000:0000:0000:0000:0000'],
  ['2620:0:28a4::/48', '2620:0000:28a4:0000:0000:0000:0000:0000/48'],
  ['1:2:3:4:5:6:7:8', '0001:0002:0003:0004:0005:0006:0007:0008'],
  ['2001:DB8::FF', '2001:0db8:0000:0000:0000:0000:0000:00ff'],
  ['::ffff:192.0.2.1', '0000:0000:0000:0000:0000:ffff:c000:0201'],
])('%s becomes %s', (short, full) => {
  expect(readWhitelist([short], 138)).toEqual({ entries: [full] })
})

test.each(['1.2.3', '1.2.3.4/', '1.2.3.4/33', '1.2.3.4/8/8', '::/129', 'fe80::1%eth0', '1.2.3.4/-1', 'localhost'])(
  '%s is no address',
  (text) => {
    expect(readWhitelist([text], 138)).toHaveProperty('fault')
  },
)

test('nothing or any means any address', () => {
  expect(readWhitelist(['any'], 138)).toEqual({ entries: null })
  expect(readWhitelist(['', ' '], 138)).toEqual({ entries: null })
  expect(allows(null, '203.0.113.9')).toBe(true)
})

test('addresses and prefixes let in what they cover', () => {
  const list = ['192.0.2.1', '10.0.0.0/8', '2001:0db8:0000:0000:0000:0000:0000:0000/32']
  expect(['192.0.2.1', '10.9.9.9', '2001:db8::5'].map((address) => allows(list, address))).toEqual([true, true, true])
  expect(['192.0.2.2', '11.0.0.1', '2001:db9::5'].map((address) => allows(list, address))).toEqual([
    false,
    false,
    false,
  ])
})
