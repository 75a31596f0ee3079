import { expect, test } from 'vitest'
import type { ApiToken, Expiry } from '../cpanel/token'
import type { NewToken } from '../cpanel/tokens'
import { whmAccess } from '../cpanel/whmTokens'
import { storedDifferences } from './createToken'

const NEVER: Expiry = { kind: 'never' }
const NEW_YEAR: Expiry = { kind: 'at', at: new Date('2026-12-31T23:59:59Z') }
const FULL = { kind: 'full' } as const
const READ_ONLY = { kind: 'read-only' } as const

function differences(wanted: Partial<NewToken>, stored: Partial<ApiToken>) {
  return storedDifferences({ name: 'one', expiry: NEVER, access: 'full', ...wanted }, [
    { name: 'other', created: null, expiry: NEW_YEAR, access: READ_ONLY },
    { name: 'one', created: null, expiry: NEVER, access: FULL, ...stored },
  ])
}

test.each([
  ['what was asked for', { expiry: NEW_YEAR }, { expiry: NEW_YEAR }, []],
  ['the same second', { expiry: { kind: 'at', at: new Date('2026-12-31T23:59:59.900Z') } }, { expiry: NEW_YEAR }, []],
  ['no expiry', { expiry: NEW_YEAR }, { expiry: NEVER }, ['expiry']],
  ['an expiry nobody asked for', { expiry: NEVER }, { expiry: NEW_YEAR }, ['expiry']],
  ['read-only', { access: 'read-only' }, { access: READ_ONLY }, []],
  ['full access instead of read-only', { access: 'read-only' }, { access: FULL }, ['access']],
  ['less than full access', { access: 'full' }, { access: READ_ONLY }, []],
  ['neither', { access: 'read-only', expiry: NEW_YEAR }, {}, ['expiry', 'access']],
  ['another name', { name: 'One' }, {}, ['missing']],
] satisfies [string, Partial<NewToken>, Partial<ApiToken>, string[]][])(
  'the server stored %s',
  (_what, wanted, stored, expected) => {
    expect(differences(wanted, stored)).toEqual(expected)
  },
)

const SHORT = ['2001:db8::7', '192.0.2.1', '2001:db8:12::/48']
const LONG = ['2001:0db8:0000:0000:0000:0000:0000:0007', '192.0.2.1', '2001:0db8:0012:0000:0000:0000:0000:0000/48']
/** Not sorted, as no answer that was read is. */
const mixed = (privileges: string[], addresses: string[]) => ({ kind: 'whm' as const, privileges, addresses })

test.each([
  ['all', whmAccess(['all'], []), whmAccess(['all'], []), []],
  ['all and each one, for all', whmAccess(['all'], []), whmAccess(['all', 'passwd', 'quota'], []), []],
  ['all, for all and more', whmAccess(['all', 'passwd'], []), whmAccess(['all'], []), []],
  ['all, for some', whmAccess(['passwd'], []), whmAccess(['all', 'passwd'], []), ['privileges']],
  ['some, for all', whmAccess(['all'], []), whmAccess(['passwd'], []), ['privileges']],
  ['more', whmAccess(['passwd'], []), whmAccess(['passwd', 'quota'], []), ['privileges']],
  ['less', whmAccess(['passwd', 'quota'], []), whmAccess(['quota'], []), ['privileges']],
  ['none', whmAccess(['passwd'], []), whmAccess([], []), ['privileges']],
  [
    'the same in another order',
    mixed(['b', 'a'], ['192.0.2.2', '192.0.2.1']),
    mixed(['a', 'b'], ['192.0.2.1', '192.0.2.2']),
    [],
  ],
  ['the same twice', mixed(['a'], ['192.0.2.1']), mixed(['a', 'a'], ['192.0.2.1', '192.0.2.1']), []],
  ['IPv6 in full length', whmAccess(['a'], SHORT), whmAccess(['a'], LONG), []],
  ['IPv6 in short', whmAccess(['a'], LONG), whmAccess(['a'], SHORT), []],
  ['IPv6 in capitals', whmAccess(['a'], ['2001:db8::a']), whmAccess(['a'], ['2001:DB8::A']), []],
  ['another IPv6', whmAccess(['a'], ['2001:db8::7']), whmAccess(['a'], ['2001:db8::8']), ['addresses']],
  ['a range for an address', whmAccess(['a'], ['192.0.2.1']), whmAccess(['a'], ['192.0.2.1/24']), ['addresses']],
  ['no limit by address', whmAccess(['a'], ['192.0.2.1']), whmAccess(['a'], []), ['addresses']],
  ['a limit nobody asked for', whmAccess(['a'], []), whmAccess(['a'], ['192.0.2.1']), ['addresses']],
  ['neither', whmAccess(['a'], ['192.0.2.1']), whmAccess(['all'], []), ['privileges', 'addresses']],
  ['a token of cPanel', whmAccess(['all'], []), FULL, ['privileges', 'addresses']],
] satisfies [string, NewToken['access'], ApiToken['access'], string[]][])(
  'WHM stored %s',
  (_what, wanted, stored, expected) => {
    expect(differences({ access: wanted }, { access: stored })).toEqual(expected)
    expect(differences({ access: wanted, expiry: NEW_YEAR }, { access: stored })).toEqual(['expiry', ...expected])
  },
)
