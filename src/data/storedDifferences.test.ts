import { expect, test } from 'vitest'
import type { ApiToken, Expiry } from '../cpanel/token'
import type { NewToken } from '../cpanel/tokens'
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
