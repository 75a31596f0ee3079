import { describe, expect, test } from 'vitest'
import { tokensFunctions, tokensReads, whmFunctions, whmReads } from './allowlist'
import { deedOf, writesOf } from './auditCalls'
import { tokensCall, whmCall } from './parameters'

const deeds = (call: Parameters<typeof writesOf>[0]) =>
  writesOf(call, 'resell').map(({ outcome, ...deed }) => (typeof outcome === 'function' ? deed : undefined))
const outcomes = (call: Parameters<typeof writesOf>[0], answer: unknown) =>
  writesOf(call, 'resell').map(({ outcome }) => {
    const { result, ...why } = outcome(answer)
    return 'why' in why ? `${result}: ${why.why}` : result
  })

const uapi = (status: unknown, data: unknown = null) => ({ data, errors: ['text of cPanel'], metadata: {}, status })
const whm = (result: unknown, data?: unknown) => ({ data, metadata: { command: 'x', reason: 'text of WHM', result } })
const forBob = (name: string, parameters: Record<string, string> = {}) =>
  ({ 'cpanel.user': 'bob', 'cpanel.module': 'Tokens', 'cpanel.function': name, ...parameters }) as const
const command = (name: string, parameters: Record<string, string>) =>
  `${name}?${new URLSearchParams(parameters).toString()}`

describe('what a call changes', () => {
  test('is told for every function that may pass and is no read', () => {
    const reads = [...tokensReads, ...whmReads]
    const ofTokens = [...tokensFunctions.keys()].filter((name) => deeds(tokensCall(name, {})).length === 0)
    const ofWhm = [...whmFunctions.keys()].filter(
      (name) => name !== 'uapi_cpanel' && name !== 'batch' && deeds(whmCall(name, {})).length === 0,
    )
    const throughWhm = [...tokensFunctions.keys()].filter(
      (name) => deeds(whmCall('uapi_cpanel', forBob(name))).length === 0,
    )
    expect(new Set([...ofTokens, ...ofWhm, ...throughWhm])).toEqual(new Set(reads))
  })

  test.each([
    ['create_full_access', { name: 'a', expires_at: 1 }, { event: 'create', token: 'a' }],
    ['rename', { name: 'a', new_name: 'b' }, { event: 'rename', token: 'a', newName: 'b' }],
    ['revoke', { name: 'a' }, { event: 'revoke', token: 'a' }],
  ])('is told for %s, directly and through WHM', (name, parameters, told) => {
    expect(deeds(tokensCall(name, parameters))).toEqual([{ ...told, account: 'resell' }])
    const through = whmCall('uapi_cpanel', { ...parameters, ...forBob(name) })
    expect(deeds(through)).toEqual([{ ...told, account: 'bob' }])
  })

  test.each([
    ['api_token_create', { token_name: 'a', acl: ['x', 'y'] }, [{ event: 'create', token: 'a' }]],
    ['api_token_update', { token_name: 'a', acl: 'x' }, [{ event: 'update', token: 'a' }]],
    ['api_token_update', { token_name: 'a', new_name: 'b' }, [{ event: 'update', token: 'a', newName: 'b' }]],
    [
      'api_token_revoke',
      { token_name: ['a', 'b'] },
      [
        { event: 'revoke', token: 'a' },
        { event: 'revoke', token: 'b' },
      ],
    ],
  ])('is told for %s: %o', (name, parameters, told) => {
    expect(deeds(whmCall(name, parameters))).toEqual(told.map((deed) => ({ ...deed, account: 'resell' })))
  })

  test('is told for each command of a batch', () => {
    const call = whmCall('batch', {
      command: [
        'version',
        command('uapi_cpanel', forBob('revoke', { name: 'a?&=b\n' })),
        command('api_token_revoke', { token_name: 'c' }),
        command('uapi_cpanel', forBob('list')),
      ],
    })
    expect(deeds(call)).toEqual([
      { event: 'revoke', account: 'bob', token: 'a?&=b\n' },
      { event: 'revoke', account: 'resell', token: 'c' },
    ])
  })

  test('names server and user as well, and nothing else of the call', () => {
    const [write] = writesOf(tokensCall('create_full_access', { name: 'a', expires_at: 5 }), 'bob')
    expect(write && deedOf(write, { server: 'main', kind: 'cpanel', user: 'bob' })).toEqual({
      event: 'create',
      server: 'main',
      kind: 'cpanel',
      user: 'bob',
      account: 'bob',
      token: 'a',
    })
  })
})

describe('what came of it', () => {
  const create = tokensCall('create_full_access', { name: 'a' })
  test.each([
    ['flat', uapi(1), 'done'],
    ['flat, as text', uapi('1'), 'done'],
    ['a no', uapi(0), 'refused: rejected'],
    ['a no, as text', uapi('0'), 'refused: rejected'],
    ['wrapped', { result: uapi(1) }, 'done'],
    ['a no, wrapped', { result: uapi(0) }, 'refused: rejected'],
    ['nothing of the kind', { hello: 'world' }, 'unknown: garbled'],
    ['no JSON', undefined, 'unknown: garbled'],
  ])('is read from UAPI’s envelope: %s', (_name, answer, expected) => {
    expect(outcomes(create, answer)).toEqual([expected])
  })

  test.each([
    [1, 'done'],
    [null, 'done'],
    [0, 'refused: rejected'],
    ['0', 'refused: rejected'],
  ])('of a revocation is in its data as well: %s', (data, expected) => {
    expect(outcomes(tokensCall('revoke', { name: 'a' }), uapi(1, data))).toEqual([expected])
    const through = whmCall('uapi_cpanel', forBob('revoke', { name: 'a' }))
    expect(outcomes(through, whm(1, { uapi: uapi(1, data) }))).toEqual([expected])
  })

  test.each([
    ['both', whm(1, { uapi: uapi(1) }), 'done'],
    ['the account says no', whm(1, { uapi: uapi(0) }), 'refused: rejected'],
    ['WHM says no', whm(0), 'refused: rejected'],
    ['WHM says no in spite of what is inside', whm('0', { uapi: uapi(1) }), 'refused: rejected'],
    ['nothing inside', whm(1, {}), 'unknown: garbled'],
  ])('is read on both levels of uapi_cpanel: %s', (_name, answer, expected) => {
    expect(outcomes(whmCall('uapi_cpanel', forBob('rename')), answer)).toEqual([expected])
  })

  test('is read from WHM’s envelope', () => {
    const update = whmCall('api_token_update', { token_name: 'a' })
    expect(outcomes(update, whm(1))).toEqual(['done'])
    expect(outcomes(update, whm(0))).toEqual(['refused: rejected'])
    expect(outcomes(update, { metadata: null })).toEqual(['unknown: garbled'])
  })

  test('of several revoked at once is not known where WHM says no', () => {
    const both = whmCall('api_token_revoke', { token_name: ['a', 'b'] })
    expect(outcomes(both, whm(1))).toEqual(['done', 'done'])
    expect(outcomes(both, whm(0))).toEqual(['unknown: rejected', 'unknown: rejected'])
    expect(outcomes(whmCall('api_token_revoke', { token_name: ['a'] }), whm(0))).toEqual(['refused: rejected'])
  })

  describe('of a batch', () => {
    const batch = whmCall('batch', {
      command: [
        command('uapi_cpanel', forBob('revoke', { name: 'a' })),
        'version',
        command('api_token_revoke', { token_name: 'b' }),
      ],
    })

    test('is each command’s own', () => {
      const inner = [whm(1, { uapi: uapi(0) }), whm(1), whm(1)]
      expect(outcomes(batch, whm(1, { result: inner }))).toEqual(['refused: rejected', 'done'])
      expect(outcomes(batch, whm(0, { result: inner }))).toEqual(['refused: rejected', 'done'])
    })

    test('is not known where the answer ends before', () => {
      const inner = [whm(1, { uapi: uapi(1, 1) })]
      expect(outcomes(batch, whm(1, { result: inner }))).toEqual(['done', 'unknown: not_answered'])
    })

    test('is a no where all of it was refused, and garbled where there is no answer', () => {
      expect(outcomes(batch, whm(0))).toEqual(['refused: rejected', 'refused: rejected'])
      expect(outcomes(batch, whm(1))).toEqual(['unknown: garbled', 'unknown: garbled'])
    })
  })
})
