/**
 * What may reach a server, written from docs/CPANEL_API.md sections 1 to 3 alone. The fuzzer judges the proxy by it, so
 * nothing here is taken from allowlist.ts or parameters.ts.
 */

/** Parameters by function; a star after those that may come more than once. */
type List = ReadonlyMap<string, readonly string[]>

export const accountFunctions: List = new Map([
  ['list', []],
  ['create_full_access', ['name', 'expires_at', 'readonly']],
  ['rename', ['name', 'new_name']],
  ['revoke', ['name']],
])

export const whmFunctions: List = new Map([
  ['version', []],
  ['gethostname', []],
  ['myprivs', []],
  ['listaccts', ['search', 'searchmethod', 'searchtype', 'want']],
  ['api_token_list', []],
  ['api_token_create', ['token_name', 'acl*', 'expires_at', 'whitelist_ip*']],
  ['api_token_update', ['token_name', 'new_name', 'acl*', 'expires_at', 'whitelist_ip*']],
  ['api_token_revoke', ['token_name*']],
  ['api_token_get_details', ['token']],
])

type Arguments = readonly (readonly [name: string, value: string])[]

/** One call that a server would carry out: `uapi_cpanel` and `batch` are unpacked into what is inside. */
export type Unpacked = { name: string; arguments: Arguments }

/**
 * Reads a request's path (without a session's prefix) and form as a server would, strictly.
 *
 * @throws Error saying what of it is not listed
 */
export function unpack(door: 'cpanel' | 'whm', path: string, form: string): Unpacked[] {
  const given = readForm(form)
  if (door === 'cpanel') {
    const name = /^\/execute\/Tokens\/([a-z_]+)$/.exec(path)?.[1]
    if (name === undefined) throw new Error(`${path} is no function of Tokens`)
    return [checkedAccountCall(name, given)]
  }
  const name = /^\/json-api\/([a-z_]+)$/.exec(path)?.[1]
  if (name === undefined) throw new Error(`${path} is no function of WHM`)
  const [version, ...rest] = given
  if (version?.[0] !== 'api.version' || version[1] !== '1') throw new Error('api.version=1 is missing')
  if (name !== 'batch') return [checkedWhmCall(name, rest)]
  checkNames('batch', rest, ['command*', 'abort_on_error'])
  return rest.filter(([name]) => name === 'command').map(([, command]) => checkedCommand(command))
}

function checkedCommand(command: string): Unpacked {
  const [name = '', ...queries] = command.split('?')
  if (queries.length > 1) throw new Error('a command of a batch with two question marks')
  return checkedWhmCall(name, readForm(queries[0] ?? ''))
}

function checkedWhmCall(name: string, given: Arguments): Unpacked {
  if (name === 'uapi_cpanel') return checkedInnerCall(given)
  const names = whmFunctions.get(name)
  if (names === undefined) throw new Error(`WHM's ${name} is not listed`)
  checkNames(name, given, names)
  return { name, arguments: given }
}

function checkedInnerCall(given: Arguments): Unpacked {
  const names = ['cpanel.user', 'cpanel.module', 'cpanel.function']
  const about = given.filter(([name]) => names.includes(name))
  checkNames('uapi_cpanel', about, names)
  const {
    'cpanel.user': user,
    'cpanel.module': module,
    'cpanel.function': name = '',
  }: Partial<Record<string, string>> = Object.fromEntries(about)
  if (user === undefined) throw new Error('uapi_cpanel for no user')
  if (module !== 'Tokens') throw new Error(`uapi_cpanel with the module ${module}`)
  return checkedAccountCall(
    name,
    given.filter((field) => !about.includes(field)),
  )
}

function checkedAccountCall(name: string, given: Arguments): Unpacked {
  const names = accountFunctions.get(name)
  if (names === undefined) throw new Error(`Tokens::${name} is not listed`)
  checkNames(name, given, names)
  return { name: `Tokens::${name}`, arguments: given }
}

function checkNames(functionName: string, given: Arguments, listed: readonly string[]): void {
  const seen = new Set<string>()
  for (const [name] of given) {
    if (listed.includes(`${name}*`)) continue
    if (!listed.includes(name)) throw new Error(`${functionName} with ${JSON.stringify(name)}`)
    if (seen.has(name)) throw new Error(`${functionName} with ${name} twice`)
    seen.add(name)
  }
}

/** @throws URIError for an escape that no two programs would read the same way */
function readForm(form: string): Arguments {
  if (form === '') return []
  return form.split('&').map((field) => {
    const [name = '', ...values] = field.split('=')
    return [unescape(name), unescape(values.join('='))] as const
  })
}

function unescape(text: string): string {
  return decodeURIComponent(text.replaceAll('+', ' '))
}
