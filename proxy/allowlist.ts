/**
 * Every cPanel function that may pass, and with which parameters. What is not here never reaches a server.
 * Names and parameters: docs/CPANEL_API.md sections 1 to 3.
 */

/** `many` may be repeated (a JSON array in the browser's request, the same name again in the form upstream). */
type ParameterRule = 'one' | 'many'

/** A function's parameters by name. A Map, so that `constructor` or `__proto__` is just a name that is not there. */
export type ParameterRules = ReadonlyMap<string, ParameterRule>

function rules(parameters: Record<string, ParameterRule> = {}): ParameterRules {
  return new Map(Object.entries(parameters))
}

/** UAPI module Tokens: on a cPanel connection directly, on a WHM connection inside `uapi_cpanel`. */
export const tokensFunctions: ReadonlyMap<string, ParameterRules> = new Map([
  ['list', rules()],
  ['create_full_access', rules({ name: 'one', expires_at: 'one', readonly: 'one' })],
  ['rename', rules({ name: 'one', new_name: 'one' })],
  ['revoke', rules({ name: 'one' })],
])

/** Those of them that change nothing, so that they may be sent once more. What is missing here is taken for a write. */
export const tokensReads: ReadonlySet<string> = new Set(['list'])

/** WHM API 1. `uapi_cpanel` also takes the parameters of the Tokens function it names; see parameters.ts. */
export const whmFunctions: ReadonlyMap<string, ParameterRules> = new Map([
  ['version', rules()],
  ['gethostname', rules()],
  ['myprivs', rules()],
  ['listaccts', rules({ search: 'one', searchmethod: 'one', searchtype: 'one', want: 'one' })],
  ['api_token_list', rules()],
  ['api_token_create', rules({ token_name: 'one', acl: 'many', expires_at: 'one', whitelist_ip: 'many' })],
  [
    'api_token_update',
    rules({ token_name: 'one', new_name: 'one', acl: 'many', expires_at: 'one', whitelist_ip: 'many' }),
  ],
  ['api_token_revoke', rules({ token_name: 'many' })],
  ['api_token_get_details', rules({ token: 'one' })],
  ['uapi_cpanel', rules({ 'cpanel.user': 'one', 'cpanel.module': 'one', 'cpanel.function': 'one' })],
  ['batch', rules({ command: 'many', abort_on_error: 'one' })],
])

/** Those of them that change nothing; whether `uapi_cpanel` and `batch` do depends on what is inside, see parameters.ts. */
export const whmReads: ReadonlySet<string> = new Set([
  'version',
  'gethostname',
  'myprivs',
  'listaccts',
  'api_token_list',
  'api_token_get_details',
])
