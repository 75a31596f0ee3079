import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { letsIn, MOST_ADDRESSES, normalAddress, readAddresses, sameAddresses } from './addresses'

/** The addresses in the documented answer to api_token_create (CPANEL_API.md 2.2). */
const DOCUMENTED = [
  '1.1.1.1',
  '1.1.1.2',
  '1.1.1.8/29',
  'fc00:abcd:0000:0000:0000:0000:0000:000f',
  '2620:0000:28a4:0000:0000:0000:0000:0000/48',
]

/** What only some programs, or none, take for an address or a range. */
const NO_ADDRESSES = [
  '127.1 1 3221225985 010.0.0.1 1.2.3.00 0x7f.0.0.1 0x7f000001 256.1.1.1 1.2.3 1.2.3.4.5 1.2.3.4.',
  '.1.2.3.4 -1.2.3.4 1.2.3.* 1.2.3.4-1.2.3.9 1.2.3.4:80 １.2.3.4 1.2.3.4/ 1.2.3.4/33 1.2.3.4/-1',
  '1.2.3.4/+8 1.2.3.4/1e1 1.2.3.4/010 1.2.3.4/08 1.2.3.4/8/8 1.2.3.4/255.255.255.0 10/8 010.0.0.0/8 /24',
  '/ fe80::1%eth0 fe80::1%eth0/64 ::1/129 ::1/ ::1/0x8 [::1] 1::2::3 ::: 1:2:3:4:5:6:7',
  '1:2:3:4:5:6:7:8:9 12345:: g::1 ::ffff:010.0.0.1 ::ffff:0x7f.0.0.1 ::ffff:256.0.0.1 ::ffff:127.1',
  '::192.0.2.1 ::192.0.2.1/128 localhost example.com any',
].flatMap((line) => line.split(' '))

const anyIPv6 = fc.ipV6().filter((text) => !text.includes('.'))
const anyAddress = fc.oneof(
  fc.ipV4(),
  anyIPv6,
  fc.tuple(fc.ipV4(), fc.integer({ min: 0, max: 32 })).map(([address, bits]) => `${address}/${bits}`),
  fc.tuple(anyIPv6, fc.integer({ min: 0, max: 128 })).map(([address, bits]) => `${address}/${bits}`),
)
/** Any text, and text that is nearly a list of addresses. */
const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom(...'0123456789abcdefx.:/%,; \r\n[]-+'.split('')), maxLength: 60 }),
  fc.array(fc.oneof(anyAddress, fc.string({ maxLength: 3 })), { maxLength: 8 }).map((parts) => parts.join('\n')),
)

describe('the form of the server', () => {
  test.each([
    ['192.0.2.1', '192.0.2.1'],
    ['0.0.0.0', '0.0.0.0'],
    ['255.255.255.255', '255.255.255.255'],
    ['192.0.2.8/29', '192.0.2.8/29'],
    ['0.0.0.0/0', '0.0.0.0/0'],
    ['192.0.2.1/32', '192.0.2.1/32'],
    ['fc00:abcd::f', 'fc00:abcd:0000:0000:0000:0000:0000:000f'],
    ['FC00:ABCD::F', 'fc00:abcd:0000:0000:0000:0000:0000:000f'],
    ['fc00:abcd:0:0:0:0:0:f', 'fc00:abcd:0000:0000:0000:0000:0000:000f'],
    ['fc00:abcd:0000:0000:0000:0000:0000:000f', 'fc00:abcd:0000:0000:0000:0000:0000:000f'],
    ['2620:0:28a4::/48', '2620:0000:28a4:0000:0000:0000:0000:0000/48'],
    ['::', '0000:0000:0000:0000:0000:0000:0000:0000'],
    ['::1', '0000:0000:0000:0000:0000:0000:0000:0001'],
    ['::/0', '0000:0000:0000:0000:0000:0000:0000:0000/0'],
    ['2001:db8::1/128', '2001:0db8:0000:0000:0000:0000:0000:0001/128'],
    ['::ffff:192.0.2.1', '0000:0000:0000:0000:0000:ffff:c000:0201'],
    ['::ffff:c000:201', '0000:0000:0000:0000:0000:ffff:c000:0201'],
    ['64:ff9b::192.0.2.1', '0064:ff9b:0000:0000:0000:0000:c000:0201'],
    ['1:2:3:4:5:6:192.0.2.1', '0001:0002:0003:0004:0005:0006:c000:0201'],
    ['::ffff:192.0.2.0/120', '0000:0000:0000:0000:0000:ffff:c000:0200/120'],
  ])('of %s is %s', (text, written) => {
    expect(normalAddress(text)).toBe(written)
  })

  test('is kept as it is documented', () => {
    expect(DOCUMENTED.map(normalAddress)).toEqual(DOCUMENTED)
  })

  test.each(['', ...NO_ADDRESSES])('“%s” has none: it is no address', (text) => {
    expect(normalAddress(text)).toBeNull()
  })
})

describe('what somebody pastes', () => {
  test('is addresses between lines, commas, semicolons, spaces and tabs', () => {
    const one = ['1.1.1.1', '1.1.1.2', '1.1.1.3']
    const separators = ['\n', '\r\n', '\r', ',', ', ', ';', ' ; ', ' ', '\t', '\u{A0}', '\n\n\n', ',,', ' ,\r\n; ']
    for (const separator of separators) {
      const text = `${separator}${one.join(separator)}${separator}`
      expect([separator, readAddresses(text)]).toEqual([separator, { addresses: one, wrong: [] }])
    }
  })

  test.each(['', ' ', '\n', ' ,; \r\n\t'])('is nothing where there is nothing: %j', (text) => {
    expect(readAddresses(text)).toEqual({ addresses: [], wrong: [] })
  })

  test('comes out sorted, without doubles, however they were written', () => {
    expect(readAddresses('::2 ::1\n0:0::1, 10.0.0.2 10.0.0.1;10.0.0.2\n::0001').addresses).toEqual([
      '0000:0000:0000:0000:0000:0000:0000:0001',
      '0000:0000:0000:0000:0000:0000:0000:0002',
      '10.0.0.1',
      '10.0.0.2',
    ])
  })

  test('an address and its range of one are kept apart', () => {
    expect(readAddresses('10.0.0.1 10.0.0.1/32').addresses).toEqual(['10.0.0.1', '10.0.0.1/32'])
  })

  test('wrong ones are told as typed, each with its line, and hide none of the right ones', () => {
    const text =
      '127.1, 10.0.0.1\r\n\r\n010.0.0.1; 0x7f.0.0.1\r10.0.0.2 1.2.3.4/33\nfe80::1%eth0\n256.1.1.1 127.1\n1.2.3.4/ /24 Office'
    expect(readAddresses(text)).toEqual({
      addresses: ['10.0.0.1', '10.0.0.2'],
      wrong: [
        { line: 1, text: '127.1' },
        { line: 3, text: '010.0.0.1' },
        { line: 3, text: '0x7f.0.0.1' },
        { line: 4, text: '1.2.3.4/33' },
        { line: 5, text: 'fe80::1%eth0' },
        { line: 6, text: '256.1.1.1' },
        { line: 6, text: '127.1' },
        { line: 7, text: '1.2.3.4/' },
        { line: 7, text: '/24' },
        { line: 7, text: 'Office' },
      ],
    })
  })

  test('may be more than a token can have: who asks counts', () => {
    const many = Array.from({ length: MOST_ADDRESSES + 1 }, (_one, index) => `10.0.0.${index}`)
    expect(MOST_ADDRESSES).toBe(100)
    expect(readAddresses(many.join('\n')).addresses).toHaveLength(101)
  })

  test('any address is read, and nothing is lost', () => {
    fc.assert(
      fc.property(fc.array(anyAddress), (list) => {
        const { addresses, wrong } = readAddresses(list.join(','))
        expect(wrong).toEqual([])
        expect(addresses).toEqual([...new Set(list.map((one) => normalAddress(one) ?? 'none'))].toSorted())
      }),
    )
  })

  test('any text is read, and what was read once reads the same again', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const { addresses, wrong } = readAddresses(text)
        expect(readAddresses(addresses.join('\n'))).toEqual({ addresses, wrong: [] })
        const parts = text.split(/[\s,;]+/).filter((part) => part !== '')
        expect(wrong.length + addresses.length).toBeLessThanOrEqual(parts.length)
        expect(wrong.filter((one) => !parts.includes(one.text) || normalAddress(one.text) !== null)).toEqual([])
      }),
      { numRuns: 2000 },
    )
  })
})

describe('who is let in', () => {
  test.each([
    [[], '192.0.2.1', true],
    [[], 'unknown', true],
    [['192.0.2.1'], '192.0.2.1', true],
    [['192.0.2.2'], '192.0.2.3', false],
    [['192.0.2.1', '192.0.2.2'], '192.0.2.2', true],
    [['192.0.2.8/29'], '192.0.2.8', true],
    [['192.0.2.8/29'], '192.0.2.15', true],
    [['192.0.2.8/29'], '192.0.2.7', false],
    [['192.0.2.8/29'], '192.0.2.16', false],
    [['192.0.2.13/29'], '192.0.2.9', true],
    [['192.0.2.8/32'], '192.0.2.8', true],
    [['192.0.2.8/32'], '192.0.2.9', false],
    [['0.0.0.0/0'], '203.0.113.9', true],
    [['0.0.0.0/0'], '2001:db8::1', false],
    [['2001:db8::/32'], '2001:db8:ffff::1', true],
    [['2001:db8::/32'], '2001:db9::1', false],
    [['2001:0db8:0000:0000:0000:0000:0000:0001'], '2001:DB8::1', true],
    [['2001:db8::2'], '2001:db8::3', false],
    [['::/0'], '2001:db8::1', true],
    [['::/0'], '192.0.2.1', false],
    [['192.0.2.1'], '::ffff:192.0.2.1', true],
    [['192.0.2.0/24'], '::ffff:c000:209', true],
    [['192.0.2.0/24'], '::ffff:198.51.100.1', false],
    [['192.0.2.1'], 'unknown', false],
    [['192.0.2.1'], '', false],
    [['nonsense', '192.0.2.1'], '192.0.2.1', true],
    [['nonsense'], '192.0.2.1', false],
  ])('a token limited to %j, from %j: %s', (addresses, from, isIn) => {
    expect(letsIn(addresses, from)).toBe(isIn)
  })

  // The server takes a visitor of either family for what he is, so such an entry may match nobody: one warning too many.
  test('an entry that is a mapped address counts for nobody', () => {
    expect(letsIn(['::ffff:192.0.2.1'], '192.0.2.1')).toBe(false)
    expect(letsIn(['::ffff:192.0.2.1'], '::ffff:192.0.2.1')).toBe(false)
  })

  test('everybody is let in by his own address, and by any range around it', () => {
    const visitors = fc.oneof(
      fc.tuple(fc.ipV4(), fc.integer({ min: 0, max: 32 })),
      fc.tuple(
        anyIPv6.filter((text) => !normalAddress(text)?.startsWith('0000:0000:0000:0000:0000:ffff:')),
        fc.integer({ min: 0, max: 128 }),
      ),
    )
    fc.assert(
      fc.property(visitors, ([address, bits]) => {
        expect(letsIn([address], address)).toBe(true)
        expect(letsIn([`${address}/${bits}`], address)).toBe(true)
      }),
    )
  })
})

describe('two lists', () => {
  test.each([
    [[], [], true],
    [['10.0.0.1', '10.0.0.2'], ['10.0.0.2', '10.0.0.1', '10.0.0.2'], true],
    [['fc00:abcd::f'], ['fc00:abcd:0000:0000:0000:0000:0000:000f'], true],
    [['2620:0:28A4::/48'], ['2620:0000:28a4:0000:0000:0000:0000:0000/48'], true],
    [['10.0.0.1'], [], false],
    [['10.0.0.1'], ['10.0.0.2'], false],
    [['10.0.0.0/24'], ['10.0.0.0/25'], false],
    [['what the server says'], ['what the server says'], true],
    [['what the server says'], ['10.0.0.1'], false],
    [['1.1.1.1', '12.2.2.2'], ['1.1.1.11', '2.2.2.2'], false],
    [['no address'], ['no', 'address'], false],
  ])('%j and %j are the same: %s', (one, other, isSame) => {
    expect(sameAddresses(one, other)).toBe(isSame)
    expect(sameAddresses(other, one)).toBe(isSame)
  })

  test('neither order, doubles nor a reading makes them others', () => {
    fc.assert(
      fc.property(fc.array(anyAddress), (list) => {
        expect(sameAddresses(list, [...list, ...list].toReversed())).toBe(true)
        expect(sameAddresses(list, readAddresses(list.join(' ')).addresses)).toBe(true)
      }),
    )
  })
})
