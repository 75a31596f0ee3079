import { describe, expect, test } from 'vitest'
import type { ApiToken } from '../cpanel/token'
import { whmAccess } from '../cpanel/whmTokens'
import type { StoredDifference } from '../data/createToken'
import { exactMoment } from './When'
import { differenceWords } from './storedWords'

const AT = new Date('2030-12-31T23:59:59Z')
const TOKEN: ApiToken = { name: 'one', created: null, expiry: { kind: 'never' }, access: { kind: 'full' } }
const stored = (more: Partial<ApiToken>): ApiToken => ({ ...TOKEN, ...more })

describe('what the server stored otherwise', () => {
  test.each([
    ['expiry', stored({ expiry: { kind: 'at', at: AT } }), `the token expires on ${exactMoment(AT)}.`],
    ['expiry', stored({}), 'the token does not expire.'],
    [
      'privileges',
      stored({ access: whmAccess(['passwd', 'list-accts', 'x'], []) }),
      'other privileges: List Accounts, Change Passwords, x.',
    ],
    [
      'privileges',
      stored({ access: whmAccess(['list-accts', 'all', 'passwd'], []) }),
      'other privileges: All Features.',
    ],
    ['addresses', stored({ access: whmAccess(['all'], ['192.0.2.1', '::1']) }), 'address: 192.0.2.1, ::1.'],
    ['addresses', stored({ access: whmAccess(['all'], []) }), 'address: Any.'],
    ['missing', null, 'The token is not in its list.'],
  ] satisfies [StoredDifference, ApiToken | null, string][])('%s is said as it is now', (difference, token, words) => {
    expect(differenceWords(difference, token)).toContain(words)
  })

  test('is never without words, and each difference has its own', () => {
    const differences: StoredDifference[] = ['expiry', 'access', 'privileges', 'addresses', 'missing']
    for (const token of [null, TOKEN, stored({ access: whmAccess([], []) })]) {
      const words = differences.map((difference) => differenceWords(difference, token))
      expect(new Set(words).size).toBe(differences.length)
      for (const one of words) expect(one).toMatch(/^\S.*\.$/)
    }
  })
})
