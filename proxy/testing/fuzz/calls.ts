import * as fc from 'fast-check'
import { accountFunctions, whmFunctions } from './listed'
import { text, time, wellFormed } from './values'

/** The people who are signed in while the fuzzer runs, by the connection each has. */
export const people = {
  alice: { server: 'main', kind: 'cpanel', username: 'alice' },
  bob: { server: 'main', kind: 'cpanel', username: 'bob' },
  wendy: { server: 'main', kind: 'whm', username: 'wendy' },
} as const

export type Person = keyof typeof people

export function idOf(person: Person): string {
  const { server, kind, username } = people[person]
  return `${server}.${kind}.${username}`
}

/** One member of a JSON object, both sides as JSON text. */
export type Field = readonly [name: string, value: string]

/** A request that the page could send. `fields` is null where it has no body. */
export type Call = { method: string; path: string; person: Person; fields: readonly Field[] | null }

const nameField = (name: string): Field['0'] => JSON.stringify(name)

/** What a parameter gets, as JSON text; those with a star sometimes get a list. */
function valueOf(name: string): fc.Arbitrary<string> {
  const plain = name === 'expires_at' ? time : text.map((value) => JSON.stringify(value))
  if (!name.endsWith('*')) return plain
  return fc.oneof(
    plain,
    fc.array(plain, { maxLength: 3 }).map((values) => `[${values.join(',')}]`),
  )
}

function fieldsOf(names: readonly string[]): fc.Arbitrary<Field[]> {
  const fields = names.map((name) => valueOf(name).map((value): Field => [nameField(name.replace('*', '')), value]))
  return fc.tuple(...fields)
}

const accountCall = fc
  .constantFrom(...accountFunctions)
  .chain(([name, parameters]) => fieldsOf(parameters).map((fields) => ({ name, fields })))

const userField = text.map((user): Field => ['"cpanel.user"', JSON.stringify(user)])

const innerCall = fc.tuple(userField, accountCall).map(([user, { name, fields }]) => ({
  name: 'uapi_cpanel',
  fields: [user, ['"cpanel.module"', '"Tokens"'], ['"cpanel.function"', JSON.stringify(name)], ...fields] as const,
}))

const plainWhmCall = fc
  .constantFrom(...whmFunctions)
  .chain(([name, parameters]) => fieldsOf(parameters).map((fields) => ({ name, fields })))

const whmCall = fc.oneof(plainWhmCall, innerCall)

/** A command of a batch, written as it should be or not quite. */
const command: fc.Arbitrary<string> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom(
      'version',
      'gethostname?',
      'api_token_list',
      'api_token_revoke?token_name=a&token_name=b%26c',
      'listaccts?search=a%2Bb+c&searchmethod=regex',
      'uapi_cpanel?cpanel.user=bob&cpanel.module=Tokens&cpanel.function=list',
      'uapi_cpanel?cpanel.user=bob&cpanel.module=Tokens&cpanel.function=revoke&name=%E2%82%AC',
    ),
  },
  { weight: 2, arbitrary: text.map((value) => `api_token_revoke?token_name=${encodeURIComponent(wellFormed(value))}`) },
  { weight: 1, arbitrary: text.map((value) => `api_token_revoke?token_name=${value}`) },
  { weight: 1, arbitrary: text },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      'createacct?username=x',
      'batch?command=createacct',
      'version?api.version=0',
      'version#?x',
      'uapi_cpanel?cpanel.user=bob&cpanel.module=Email&cpanel.function=list_pops',
      'uapi_cpanel?cpanel.user=bob&cpanel.module=Tokens&cpanel.function=list&cpanel%2efunction=revoke',
      'uapi_cpanel?cpanel.user=bob&cpanel.module=Tokens%00&cpanel.function=list',
      'api_token_create?token_name=a&acl-1=all',
      'version%3fapi.version=0',
      '__proto__?__proto__=1',
    ),
  },
)

const batch = fc
  .tuple(fc.array(command, { minLength: 1, maxLength: 4 }), fc.constantFrom('0', '1', '"1"'))
  .map(([commands, abort]): Field[] => [
    ['"command"', JSON.stringify(commands)],
    ['"abort_on_error"', abort],
  ])

const holder = fc.constantFrom('alice' as const, 'bob' as const)

const signIn = fc
  .record({
    server: fc.constantFrom('main', 'main', 'main', 'second', 'third', '__proto__'),
    kind: fc.constantFrom('cpanel', 'whm'),
    username: fc.constantFrom('alice', 'mallory', 'root', 'a@b.c'),
    secret: fc.constantFrom('password', 'token'),
    value: text,
    code: fc.constantFrom(undefined, '123456', '12345', '１２３４５６'),
  })
  .map(({ secret, value, ...about }): Field[] => {
    const { code, ...rest } = about
    const all = { ...rest, [secret]: value, ...(code !== undefined && { code }) }
    return Object.entries(all).map(([name, part]) => [nameField(name), JSON.stringify(part)])
  })

const person: fc.Arbitrary<Person> = fc.constantFrom('alice', 'bob', 'wendy')

/** A token to try, of the person's own or of an account; some are none that a header can hold. */
const tokenTest = fc.tuple(person, text, fc.option(text, { nil: undefined })).map(([person, token, account]): Call => {
  const fields: Field[] = [['"token"', JSON.stringify(token)]]
  if (account !== undefined) fields.push(['"account"', JSON.stringify(account)])
  return { method: 'POST', path: `/api/connections/${idOf(person)}/test-token`, person, fields }
})

/** Everything a page asks for, mostly with what may pass; calls of servers most often. */
export const call: fc.Arbitrary<Call> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.tuple(holder, accountCall).map(([person, { name, fields }]) => {
      return { method: 'POST', path: `/api/connections/${idOf(person)}/execute/Tokens/${name}`, person, fields }
    }),
  },
  {
    weight: 6,
    arbitrary: whmCall.map(({ name, fields }) => whm(`json-api/${name}`, fields)),
  },
  { weight: 5, arbitrary: batch.map((fields) => whm('json-api/batch', fields)) },
  {
    weight: 1,
    arbitrary: fc
      .array(text, { minLength: 1, maxLength: 3 })
      .map((accounts) => whm('tokens', [['"accounts"', JSON.stringify(accounts)]])),
  },
  { weight: 1, arbitrary: fc.constant({ ...whm('own-token', null), method: 'GET' }) },
  { weight: 2, arbitrary: tokenTest },
  { weight: 1, arbitrary: fc.tuple(person, signIn).map(([person, fields]) => connections('POST', person, fields)) },
  {
    weight: 3,
    arbitrary: fc
      .tuple(person, fc.boolean())
      .map(([person, isOne]) => connections('GET', person, null, isOne ? `/${idOf(person)}` : '')),
  },
  { weight: 1, arbitrary: fc.constantFrom(...elsewhere()) },
)

function whm(rest: string, fields: readonly Field[] | null): Call {
  return { method: 'POST', path: `/api/connections/${idOf('wendy')}/${rest}`, person: 'wendy', fields }
}

function connections(method: string, person: Person, fields: readonly Field[] | null, rest = ''): Call {
  return { method, path: `/api/connections${rest}`, person, fields }
}

/** What needs no session; and Bob signs out now and then, which leaves the others something to do. */
function elsewhere(): Call[] {
  const paths = ['/api/servers', '/api/demo-logins', '/', '/favicon.svg', '/c/main.cpanel.bob', '/assets/main-abc.js']
  const gets = paths.map((path): Call => ({ method: 'GET', path, person: 'alice', fields: null }))
  const deletes = ['', `/${idOf('bob')}`].map((rest): Call => connections('DELETE', 'bob', null, rest))
  return [...gets, ...deletes]
}
