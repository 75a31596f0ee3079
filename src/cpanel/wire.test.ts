import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { CpanelError } from './errors'
import { createdSecret, tokenRows, uapiData, uapiDataThroughWhm, wasRevoked, whmData } from './wire'

/** How a reading ended: what came out, or the kind and the reasons of the failure. Anything but a CpanelError is thrown on. */
function ending<Result>(read: () => Result) {
  try {
    return { result: read() }
  } catch (thrown) {
    if (thrown instanceof CpanelError) return { kind: thrown.kind, reasons: thrown.reasons }
    throw thrown
  }
}

const GARBLED = { kind: 'garbled', reasons: [] }

/** The flat envelope of `/execute/`. */
function flat(data: unknown) {
  return { data, errors: null, messages: null, metadata: {}, status: 1, warnings: null }
}

// The documented bodies, https://api.docs.cpanel.net/openapi/cpanel/operation/Tokens-list and its siblings.
const LIST = {
  apiversion: 3,
  func: 'list',
  module: 'Tokens',
  result: {
    data: [{ create_time: 1549471343, expires_at: 1609372800, features: [], has_full_access: 1, name: 'exampletoken' }],
    errors: null,
    messages: null,
    metadata: { transformed: 1 },
    status: 1,
    warnings: null,
  },
}
const CREATED = {
  apiversion: 3,
  func: 'create_full_access',
  module: 'Tokens',
  result: {
    data: { create_time: 1549467298, token: 'JPQNSRU0DH448UJLGXH7KVJECC5QN9N9' },
    errors: null,
    messages: null,
    metadata: {},
    status: 1,
    warnings: null,
  },
}
const RENAMED = {
  apiversion: 3,
  func: 'rename',
  module: 'Tokens',
  result: { data: null, errors: null, messages: null, metadata: {}, status: 1, warnings: null },
}
const REVOKED = {
  apiversion: 3,
  func: 'revoke',
  module: 'Tokens',
  result: { data: 1, errors: null, messages: null, metadata: {}, status: 1, warnings: null },
}
const REFUSED = {
  warnings: null,
  messages: ['a', 'b', 'c'],
  data: null,
  errors: ['You do not control a DNS zone named example.com.'],
  metadata: {},
  status: 0,
}
const DENIED = {
  cpanelresult: {
    apiversion: '2',
    error: 'Access denied',
    data: { reason: 'Access denied', result: '0' },
    type: 'text',
  },
}
const WHM_BAD_USER = {
  data: { reason: 'User parameter is invalid or was not supplied', result: '0' },
  type: 'text',
  error: 'User parameter is invalid or was not supplied',
}

/** A UAPI answer as WHM's `uapi_cpanel` wraps it. */
function throughWhm(uapi: unknown) {
  return { data: { uapi }, metadata: { command: 'uapi_cpanel', reason: 'OK', result: 1, version: 1 } }
}

/** Every envelope that one and the same UAPI result may come in, and what reads it. */
const ENVELOPES = [
  ['flat', (result: object) => uapiData(result)],
  ['wrapped', (result: object) => uapiData({ apiversion: 3, module: 'Tokens', func: 'list', result })],
  ['through WHM', (result: object) => uapiDataThroughWhm(throughWhm(result))],
  ['wrapped through WHM', (result: object) => uapiDataThroughWhm(throughWhm({ apiversion: 3, result }))],
] as const

describe.each(ENVELOPES)('in the envelope that is %s', (_name, open) => {
  test('the documented list is read', () => {
    expect(tokenRows(open(LIST.result))).toEqual({
      tokens: [
        {
          name: 'exampletoken',
          created: new Date('2019-02-06T16:42:23Z'),
          expiry: { kind: 'at', at: new Date('2020-12-31T00:00:00Z') },
          access: { kind: 'full' },
        },
      ],
      unreadable: 0,
      knowsReadOnly: false,
    })
  })

  test('the documented answers to writes are read', () => {
    expect(createdSecret(open(CREATED.result))).toBe('JPQNSRU0DH448UJLGXH7KVJECC5QN9N9')
    expect(open(RENAMED.result)).toBeNull()
    expect(wasRevoked(open(REVOKED.result))).toBe(true)
    expect(wasRevoked(open({ ...REVOKED.result, data: 0 }))).toBe(false)
  })

  test('a refusal keeps cPanel’s words, and only those', () => {
    expect(ending(() => open(REFUSED))).toEqual({
      kind: 'rejected',
      reasons: ['You do not control a DNS zone named example.com.'],
    })
    expect(ending(() => open({ ...REFUSED, errors: null }))).toEqual({ kind: 'rejected', reasons: [] })
    expect(ending(() => open({ ...REFUSED, errors: [] }))).toEqual({ kind: 'rejected', reasons: [] })
    expect(ending(() => open({ ...REFUSED, errors: 'One.\n Two.\n\n' }))).toMatchObject({ reasons: ['One.', 'Two.'] })
    expect(ending(() => open({ ...REFUSED, errors: ['One.', {}, null, ['x'], 7] }))).toMatchObject({
      kind: 'rejected',
      reasons: ['One.', '7'],
    })
  })

  test.each(['0', '', false, null])('status %j is a refusal', (status) => {
    expect(ending(() => open({ ...REFUSED, status }))).toMatchObject({ kind: 'rejected' })
  })

  test('odd errors beside a yes spoil nothing', () => {
    for (const errors of [{}, [], '', [null], 0, false])
      expect(createdSecret(open({ ...CREATED.result, errors, warnings: {} }))).toBe('JPQNSRU0DH448UJLGXH7KVJECC5QN9N9')
  })

  test.each(['1', true])('status %j is consent', (status) => {
    expect(open({ ...RENAMED.result, status })).toBeNull()
  })

  test('an answer without a verdict is no refusal: a write may have happened', () => {
    expect(ending(() => open({ data: 1, errors: null }))).toEqual(GARBLED)
    for (const status of [2, -1, 'yes', '01', {}, [1]])
      expect(ending(() => open({ ...REVOKED.result, status }))).toEqual(GARBLED)
  })
})

describe('no UAPI answer', () => {
  test.each([
    DENIED,
    WHM_BAD_USER,
    null,
    [],
    {},
    'OK',
    '<html>',
    1,
    true,
    { result: null },
    { result: [] },
    { result: {} },
  ])('%j is garbled', (body) => {
    expect(ending(() => uapiData(body))).toEqual(GARBLED)
    expect(ending(() => uapiDataThroughWhm(body))).toEqual(GARBLED)
    expect(ending(() => uapiDataThroughWhm(throughWhm(body)))).toEqual(GARBLED)
  })
})

function whmAnswer(result: unknown, reason: unknown = 'OK') {
  return { data: { a: 1 }, metadata: { result, reason } }
}

describe('WHM', () => {
  test('says yes, no and why', () => {
    expect(whmData(whmAnswer(1))).toEqual({ a: 1 })
    expect(whmData(whmAnswer('1'))).toEqual({ a: 1 })
    expect(ending(() => whmData(whmAnswer(0, 'No.')))).toEqual({ kind: 'rejected', reasons: ['No.'] })
    expect(ending(() => whmData(whmAnswer('0', null)))).toEqual({ kind: 'rejected', reasons: [] })
    expect(ending(() => uapiDataThroughWhm(whmAnswer(0, 'Not your account.')))).toMatchObject({ kind: 'rejected' })
  })

  test('has said yes, and perhaps a secret, whatever odd reason comes along', () => {
    for (const reason of [null, [], {}, 7, ['a', 'b']]) expect(whmData(whmAnswer(1, reason))).toEqual({ a: 1 })
    expect(ending(() => whmData(whmAnswer(0, ['One.', {}, 'Two.'])))).toMatchObject({ reasons: ['One.', 'Two.'] })
  })

  test('without its verdict it has not answered', () => {
    expect(ending(() => whmData({ metadata: { reason: 'OK' } }))).toEqual(GARBLED)
    expect(ending(() => whmData({ data: {} }))).toEqual(GARBLED)
  })
})

describe('the secret', () => {
  test.each([null, {}, [], { token: '' }, { token: null }, { token: 5 }, { create_time: 1 }, 'SECRET'])(
    'is not in %j: that answer is garbled',
    (data) => {
      expect(ending(() => createdSecret(data))).toEqual(GARBLED)
    },
  )

  test('is in no error', () => {
    const thrown = ending(() => uapiData({ token: 'JPQNSRU0DH448UJLGXH7KVJECC5QN9N9', status: {} }))
    expect(JSON.stringify(thrown)).not.toContain('JPQNSRU0')
  })
})

test.each([
  [1, true],
  ['1', true],
  [true, true],
  [0, false],
  ['0', false],
  [false, false],
])('data %j of a revocation: removed is %s', (data, expected) => {
  expect(wasRevoked(data)).toBe(expected)
})

test.each([null, {}, [1], 'yes', 2])('data %j of a revocation says neither: only the list can tell', (data) => {
  expect(ending(() => wasRevoked(data))).toEqual(GARBLED)
})

test('any JSON is read or refused with a CpanelError, whatever reads it', () => {
  const status = fc.constantFrom<unknown>(1, '1', 0, null, true, {}, 'x')
  const anyBody = fc.oneof(
    fc.jsonValue(),
    fc.record({ status, data: fc.jsonValue(), errors: fc.jsonValue() }, { requiredKeys: [] }),
    fc.record({ result: fc.record({ status, data: fc.jsonValue(), errors: fc.jsonValue() }, { requiredKeys: [] }) }),
    fc.constantFrom<unknown>({ status: 0, errors: [{ toString: 1, valueOf: 1 }] }),
  )
  fc.assert(
    fc.property(anyBody, (body) => {
      const outcomes = [body, flat(body), throughWhm(body)].flatMap((one) => [
        ending(() => tokenRows(uapiData(one))),
        ending(() => tokenRows(uapiDataThroughWhm(one))),
        ending(() => createdSecret(uapiData(one))),
        ending(() => wasRevoked(uapiData(one))),
      ])
      expect(outcomes.filter((one) => 'kind' in one && !['garbled', 'rejected'].includes(one.kind))).toEqual([])
    }),
    { numRuns: 1000 },
  )
})
