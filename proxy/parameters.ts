import { tokensFunctions, tokensReads, whmFunctions, whmReads, type ParameterRules } from './allowlist'
import { tokenSecret, type Credential } from './credential'
import { ProxyError } from './errors'

/**
 * One call as it goes upstream: `path` after the security token, and the form's fields in order. `isRead`: it changes
 * nothing on the server.
 */
export type Call = { path: string; form: [name: string, value: string][]; isRead: boolean }

/** Parameters by name; a Map, so that no name can reach a prototype. */
type Values = ReadonlyMap<string, string[]>

/** The calls that change nothing and need no privilege: they tell whether a connection is alive. */
export const harmlessCall = {
  cpanel: { path: '/execute/Tokens/list', form: [], isRead: true },
  whm: { path: '/json-api/version', form: [['api.version', '1']], isRead: true },
} satisfies Record<string, Call>

/** Asked where cPanel refuses the harmless call itself: whether the account has API Tokens at all (CPANEL_API.md 1.5). */
export const featureCall: Call = {
  path: '/execute/Features/has_feature',
  form: [['name', 'apitokens']],
  isRead: true,
}

/**
 * Asks WHM what it knows of the API token the user signed in with (CPANEL_API.md 2.6); null for a session. The page can't
 * ask this itself: it never sees that secret again.
 *
 * @throws Error as `tokenSecret` does
 */
export function ownTokenCall(credential: Credential): Call | null {
  const token = tokenSecret(credential)
  if (token === null) return null
  return {
    path: '/json-api/api_token_get_details',
    form: [
      ['api.version', '1'],
      ['token', token],
    ],
    isRead: true,
  }
}

/**
 * Turns the browser's request into a call of UAPI's Tokens module.
 *
 * @throws ProxyError `not_allowed` or `invalid_request`; nothing has been sent then.
 */
export function tokensCall(functionName: string, body: unknown): Call {
  const values = readValues(body)
  checkNames(values, rulesOf(tokensFunctions, functionName))
  return { path: `/execute/Tokens/${functionName}`, form: toForm(values), isRead: tokensReads.has(functionName) }
}

/**
 * Turns the browser's request into a call of WHM API 1, adding `api.version=1`. What is inside `uapi_cpanel` and
 * `batch` is checked against the same list.
 *
 * @throws ProxyError `not_allowed` or `invalid_request`; nothing has been sent then.
 */
export function whmCall(functionName: string, body: unknown): Call {
  const values = readValues(body)
  checkWhm(functionName, values)
  const commands = functionName === 'batch' ? (values.get('command') ?? []).map(checkCommand) : null
  const checked = commands === null ? values : new Map([...values, ['command', commands.map(({ text }) => text)]])
  return {
    path: `/json-api/${functionName}`,
    form: [['api.version', '1'], ...toForm(checked)],
    isRead: commands === null ? isWhmRead(functionName, values) : commands.every(({ isRead }) => isRead),
  }
}

/** `values` have been checked: there is one function inside `uapi_cpanel`. */
function isWhmRead(functionName: string, values: Values): boolean {
  if (functionName !== 'uapi_cpanel') return whmReads.has(functionName)
  return (values.get('cpanel.function') ?? []).every((name) => tokensReads.has(name))
}

function checkWhm(functionName: string, values: Values): void {
  const rules = rulesOf(whmFunctions, functionName)
  checkNames(values, functionName === 'uapi_cpanel' ? new Map([...rules, ...innerRules(values)]) : rules)
}

function innerRules(values: Values): ParameterRules {
  const [module, ...otherModules] = values.get('cpanel.module') ?? []
  const [functionName, ...otherFunctions] = values.get('cpanel.function') ?? []
  if (module !== 'Tokens' || functionName === undefined || otherModules.length + otherFunctions.length > 0) {
    throw new ProxyError('not_allowed', 'uapi_cpanel passes only functions of the module Tokens.')
  }
  // On whose tokens is never left to the server: not in the audit log either.
  if (values.get('cpanel.user')?.length !== 1) {
    throw new ProxyError('invalid_request', 'uapi_cpanel takes exactly one cpanel.user.')
  }
  return rulesOf(tokensFunctions, functionName)
}

/** A command of a batch, written anew from what was understood of it: what the server reads is what was checked. */
function checkCommand(command: string): { text: string; isRead: boolean } {
  const mark = command.indexOf('?')
  const functionName = mark === -1 ? command : command.slice(0, mark)
  if (functionName === 'batch') throw new ProxyError('not_allowed', 'A batch inside a batch is not allowed.')
  const values = new Map<string, string[]>()
  if (mark !== -1) {
    for (const [name, value] of new URLSearchParams(command.slice(mark + 1))) {
      values.set(name, [...(values.get(name) ?? []), value])
    }
  }
  checkWhm(functionName, values)
  const query = toForm(values).map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
  return {
    text: query.length === 0 ? functionName : `${functionName}?${query.join('&')}`,
    isRead: isWhmRead(functionName, values),
  }
}

function rulesOf(functions: ReadonlyMap<string, ParameterRules>, functionName: string): ParameterRules {
  const rules = functions.get(functionName)
  if (rules === undefined) throw new ProxyError('not_allowed', 'This function is not on the list of what may pass.')
  return rules
}

function checkNames(values: Values, rules: ParameterRules): void {
  for (const [name, list] of values) {
    const rule = rules.get(name)
    if (rule === undefined) {
      throw new ProxyError('not_allowed', 'The call has a parameter that is not on the list of what may pass.')
    }
    if (rule === 'one' && list.length !== 1) {
      throw new ProxyError('invalid_request', `The parameter ${name} takes exactly one value.`)
    }
  }
}

function readValues(body: unknown): Values {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw new ProxyError('invalid_request', 'The body must be one JSON object with the parameters.')
  }
  return new Map(
    Object.entries(body).map(([name, value]: [string, unknown]) => [
      name,
      Array.isArray(value) ? value.map(readValue) : [readValue(value)],
    ]),
  )
}

function readValue(value: unknown): string {
  if (typeof value === 'string') return value
  if (typeof value === 'number' && Number.isSafeInteger(value)) return String(value)
  throw new ProxyError('invalid_request', 'A parameter must be a string, a whole number, or an array of those.')
}

function toForm(values: Values): [string, string][] {
  return [...values].flatMap(([name, list]) => list.map((value): [string, string] => [name, value]))
}
