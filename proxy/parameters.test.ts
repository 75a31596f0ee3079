import { describe, expect, test } from 'vitest'
import { tokensFunctions, whmFunctions } from './allowlist'
import { writesOf } from './auditCalls'
import { featureCall, harmlessCall, ownTokenCall, tokensCall, whmCall } from './parameters'

const notAllowed = expect.objectContaining({ kind: 'not_allowed' })
const invalid = expect.objectContaining({ kind: 'invalid_request' })

describe('Tokens', () => {
  test('every listed parameter passes', () => {
    expect(tokensCall('rename', { name: 'a', new_name: 'b' })).toEqual({
      path: '/execute/Tokens/rename',
      form: [
        ['name', 'a'],
        ['new_name', 'b'],
      ],
      isRead: false,
    })
  })

  test.each([
    ['list', { name: 'x' }],
    ['list', { 'api.version': '1' }],
    ['revoke', { name: 'x', user: 'root' }],
    ['revoke', JSON.parse('{"__proto__":"x"}')],
    ['revoke', { constructor: 'x' }],
    ['revoke', { toString: 'x' }],
    ['revoke', { 'name-0': 'x' }],
    ['revoke', { '': 'x' }],
    ['create_full_access', { name: 'x', cpanel_jsonapi_user: 'root' }],
    ['toString', {}],
    ['__proto__', {}],
    ['', {}],
  ])('%s with %j is not on the list', (name, body) => {
    expect(() => tokensCall(name, body)).toThrow(notAllowed)
  })

  test.each([
    [{ name: ['a', 'b'] }],
    [{ name: [] }],
    [{ name: true }],
    [{ name: null }],
    [{ name: { a: 1 } }],
    [{ name: [['a']] }],
    [{ name: 1.5 }],
    [{ name: 1e300 }],
    [undefined],
    [null],
    ['name=x'],
    [['x']],
  ])('revoke with %j is not of the right form', (body) => {
    expect(() => tokensCall('revoke', body)).toThrow(invalid)
  })
})

describe('WHM', () => {
  test('the version of the API is added and lists are repeated', () => {
    expect(
      whmCall('api_token_create', { token_name: 'ci', acl: ['list-accts', 'kill-acct'], expires_at: 0 }).form,
    ).toEqual([
      ['api.version', '1'],
      ['token_name', 'ci'],
      ['acl', 'list-accts'],
      ['acl', 'kill-acct'],
      ['expires_at', '0'],
    ])
  })

  test.each([
    ['createacct', {}],
    ['version', { 'api.version': '0' }],
    ['api_token_create', { token_name: 'x', user: 'root' }],
    ['api_token_create', { token_name: 'x', 'acl-0': 'all' }],
    ['listaccts', { search: 'x', 'api.filter.enable': '1' }],
    ['valueOf', {}],
  ])('%s with %j is not on the list', (name, body) => {
    expect(() => whmCall(name, body)).toThrow(notAllowed)
  })
})

function inner(module: unknown, name: unknown, more = {}) {
  return { 'cpanel.user': 'bob', 'cpanel.module': module, 'cpanel.function': name, ...more }
}

describe('uapi_cpanel', () => {
  test('passes the functions of Tokens with their own parameters', () => {
    expect(whmCall('uapi_cpanel', inner('Tokens', 'revoke', { name: 'x' })).form).toContainEqual(['name', 'x'])
  })

  test.each([
    [inner('Email', 'list_pops')],
    [inner('tokens', 'list')],
    [inner('Tokens', 'nothing')],
    [inner('Tokens', 'list', { name: 'x' })],
    [inner(['Tokens', 'Email'], 'list')],
    [inner('Tokens', ['list', 'revoke'])],
    [inner([], 'list')],
    [{ 'cpanel.user': 'bob' }],
    [inner('Tokens', 'list', { 'cpanel.module2': 'x' })],
    [inner('Tokens', '__proto__')],
  ])('%j is not on the list', (body) => {
    expect(() => whmCall('uapi_cpanel', body)).toThrow(notAllowed)
  })

  test.each([[['bob', 'eve']], [[]], [undefined]])('takes one user, not %j', (user) => {
    const { 'cpanel.user': _bob, ...rest } = inner('Tokens', 'list')
    const body = { ...rest, ...(user && { 'cpanel.user': user }) }
    expect(() => whmCall('uapi_cpanel', body)).toThrow(invalid)
  })

  test('takes one user inside a batch as well', () => {
    const command = 'uapi_cpanel?cpanel.module=Tokens&cpanel.function=revoke&name=a'
    expect(() => whmCall('batch', { command: [command] })).toThrow(invalid)
  })
})

function commands(...command: string[]): string[] {
  return whmCall('batch', { command })
    .form.slice(1)
    .map(([, value]) => value)
}

describe('batch', () => {
  test('writes each command anew from what was checked', () => {
    expect(
      commands(
        'version',
        'uapi_cpanel?cpanel.user=bob&cpanel.module=Tokens&cpanel.function=revoke&name=a%26b+c',
        'api_token_revoke?token_name=a&token_name=b',
        'listaccts?',
        'gethostname?&&',
      ),
    ).toEqual([
      'version',
      'uapi_cpanel?cpanel.user=bob&cpanel.module=Tokens&cpanel.function=revoke&name=a%26b%20c',
      'api_token_revoke?token_name=a&token_name=b',
      'listaccts',
      'gethostname',
    ])
  })

  test('a single command need not be a list', () => {
    expect(whmCall('batch', { command: 'version', abort_on_error: 1 }).form).toEqual([
      ['api.version', '1'],
      ['command', 'version'],
      ['abort_on_error', '1'],
    ])
  })

  test.each([
    'createacct?username=x',
    'batch?command=version',
    'version%3F',
    'version?x=1',
    'version?api.version=0',
    ' version',
    'version\n',
    '../version',
    '/json-api/version',
    '',
    '?version',
    'uapi_cpanel?cpanel.user=bob&cpanel.module=Email&cpanel.function=list_pops',
    'uapi_cpanel?cpanel.user=bob&cpanel.module=Tokens&cpanel.module=Email&cpanel.function=list',
    'uapi_cpanel?cpanel.user=bob&cpanel.module=Tokens&cpanel.function=list&cpanel%2Emodule=Email',
    'uapi_cpanel?cpanel.user=bob;cpanel.module=Tokens&cpanel.function=list',
    'constructor',
    '__proto__?x=1',
  ])('the command %j is not on the list', (command) => {
    expect(() => commands('version', command)).toThrow(notAllowed)
  })
})

const throughWhm = (name: string) => whmCall('uapi_cpanel', inner('Tokens', name))
const batch = (...command: string[]) => whmCall('batch', { command })

describe('what changes nothing, and may be sent once more', () => {
  test('is listing the tokens of an account, and no other function of Tokens', () => {
    const reads = [...tokensFunctions.keys()].filter((name) => tokensCall(name, {}).isRead)
    expect(reads).toEqual(['list'])
    expect([...tokensFunctions.keys()].filter((name) => throughWhm(name).isRead)).toEqual(['list'])
  })

  test('is what asks WHM something, and no function that is not known to', () => {
    const plain = [...whmFunctions.keys()].filter((name) => name !== 'uapi_cpanel')
    expect(plain.filter((name) => !whmCall(name, {}).isRead)).toEqual([
      'api_token_create',
      'api_token_update',
      'api_token_revoke',
    ])
  })

  test('is a batch of nothing else', () => {
    const list = 'uapi_cpanel?cpanel.user=bob&cpanel.module=Tokens&cpanel.function=list'
    const revoke = 'uapi_cpanel?cpanel.user=bob&cpanel.module=Tokens&cpanel.function=revoke&name=a'
    expect(batch('version', list, 'listaccts?search=a').isRead).toBe(true)
    for (const write of [revoke, 'api_token_revoke?token_name=a', 'api_token_create?token_name=list'])
      expect([batch('version', list, write), batch(write, list)]).toMatchObject([{ isRead: false }, { isRead: false }])
  })

  test('is what the proxy asks by itself', () => {
    const own = ownTokenCall({ type: 'token', authorization: 'whm root:ABC' })
    for (const call of [harmlessCall.cpanel, harmlessCall.whm, featureCall, own])
      expect(call).toMatchObject({ isRead: true })
  })

  test('is exactly what the audit log has no line for', () => {
    const calls = [
      ...[...tokensFunctions.keys()].flatMap((name) => [tokensCall(name, {}), throughWhm(name)]),
      ...[...whmFunctions.keys()].filter((name) => name !== 'uapi_cpanel').map((name) => whmCall(name, {})),
      ...[...whmFunctions.keys()].filter((name) => !/uapi|batch/.test(name)).map((name) => batch('version', name)),
    ]
    for (const call of calls) expect([call, writesOf(call, 'bob').length === 0]).toEqual([call, call.isRead])
  })
})
