import { expect, test } from 'vitest'
import { tokensFunctions, tokensReads, whmFunctions, whmReads, type ParameterRules } from './allowlist'
import { featureCall, harmlessCall, ownTokenCall, tokensCall, whmCall } from './parameters'

/**
 * The whole list, said once more: what is added to it, or may be repeated from now on, is a decision and no slip. Names and
 * parameters are those of CPANEL_API.md 1 to 3.
 */

/** `name` may come once, `name...` any number of times. */
function spelled(functions: ReadonlyMap<string, ParameterRules>): Record<string, string> {
  return Object.fromEntries(
    [...functions].map(([name, rules]) => [
      name,
      [...rules].map(([parameter, rule]) => (rule === 'one' ? parameter : `${parameter}... ${rule}`)).join(', '),
    ]),
  )
}

test('the functions of the module Tokens that pass, and with what', () => {
  expect(spelled(tokensFunctions)).toEqual({
    list: '',
    create_full_access: 'name, expires_at, readonly',
    rename: 'name, new_name',
    revoke: 'name',
  })
})

test('the functions of WHM that pass, and with what', () => {
  expect(spelled(whmFunctions)).toEqual({
    version: '',
    gethostname: '',
    myprivs: '',
    listaccts: 'search, searchmethod, searchtype, want',
    api_token_list: '',
    api_token_create: 'token_name, acl... many, expires_at, whitelist_ip... many',
    api_token_update: 'token_name, new_name, acl... many, expires_at, whitelist_ip... many',
    api_token_revoke: 'token_name... many',
    api_token_get_details: 'token',
    uapi_cpanel: 'cpanel.user, cpanel.module, cpanel.function',
    batch: 'command... many, abort_on_error',
  })
})

test('what counts as reading, and may be sent once more, changes nothing on a server', () => {
  expect([...tokensReads]).toEqual(['list'])
  expect([...whmReads].toSorted()).toEqual([
    'api_token_get_details',
    'api_token_list',
    'gethostname',
    'listaccts',
    'myprivs',
    'version',
  ])
})

test('the calls that the proxy makes by itself', () => {
  expect(harmlessCall).toEqual({
    cpanel: { path: '/execute/Tokens/list', form: [], isRead: true },
    whm: { path: '/json-api/version', form: [['api.version', '1']], isRead: true },
  })
  expect(featureCall).toEqual({ path: '/execute/Features/has_feature', form: [['name', 'apitokens']], isRead: true })
})

test('whose token a login is by can be asked of a token alone', () => {
  const authorization = 'whm root:JPQNSRU0DH448UJLGXH7KVJECC5QN9N9'
  expect(ownTokenCall({ type: 'token', authorization })).toEqual({
    path: '/json-api/api_token_get_details',
    form: [
      ['api.version', '1'],
      ['token', 'JPQNSRU0DH448UJLGXH7KVJECC5QN9N9'],
    ],
    isRead: true,
  })
  expect(ownTokenCall({ type: 'session', securityToken: '/cpsess1', cookie: 'a=b' })).toBeNull()
})

test.each([
  [() => whmCall('uapi_cpanel', { 'cpanel.user': 'bob', 'cpanel.module': 'Tokens' }), 'not_allowed'],
  [() => whmCall('uapi_cpanel', { 'cpanel.user': 'bob', 'cpanel.function': 'list' }), 'not_allowed'],
  [() => whmCall('uapi_cpanel', { 'cpanel.user': 'bob', 'cpanel.module': [], 'cpanel.function': [] }), 'not_allowed'],
  [() => whmCall('uapi_cpanel', { 'cpanel.module': 'Tokens', 'cpanel.function': 'list' }), 'invalid_request'],
  [() => whmCall('batch', { command: ['batch'] }), 'not_allowed'],
  [() => whmCall('createacct', {}), 'not_allowed'],
  [() => tokensCall('rename', { name: 'one', user: 'eve' }), 'not_allowed'],
  [() => tokensCall('revoke', { name: ['one', 'two'] }), 'invalid_request'],
  [() => tokensCall('revoke', null), 'invalid_request'],
  [() => tokensCall('revoke', { name: { length: 1 } }), 'invalid_request'],
  [() => tokensCall('revoke', { name: true }), 'invalid_request'],
  [() => tokensCall('revoke', { name: 1.5 }), 'invalid_request'],
] as const)('what may not pass is refused with a reason for the log: %s', (call, kind) => {
  expect(call).toThrow(expect.objectContaining({ kind, message: expect.stringMatching(/^[A-Za-z].{20,}\.$/) }))
})
