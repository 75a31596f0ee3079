import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { csvLines } from './csv.testing'
import { secretsAsCsv, secretsAsEnv, secretsAsJson, type MadeToken } from './secretFiles'

function made(user: string, more: Partial<MadeToken> = {}): MadeToken {
  const told = { server: 'One', user, domain: `${user}.example`, url: 'https://one.example:2083', name: 'ci' }
  return { ...told, secret: 'A'.repeat(32), ...more }
}

/** Names of the variables, in the order of the file. */
function variables(...all: MadeToken[]): string[] {
  return secretsAsEnv(all)
    .split('\n')
    .slice(0, -1)
    .map((line) => line.split('=')[0] ?? '')
}

const user = fc.constantFrom('ada', 'ada_2', 'ada-2', 'ada_one', 'ada_one_2', 'bob', 'straße', '')
const server = fc.constantFrom('One', 'one', 'One 2', 'Two', '2', '')
/** Many that would be called the same; each secret is another one, and none is a part of another. */
const anyMade = fc
  .array(fc.tuple(user, server), { maxLength: 12 })
  .map((all) => all.map(([user, server], index) => made(user, { server, secret: `FAKE${index}`.padEnd(32, 'A') })))
const odd = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom(...Array.from('"\'\\$`\n\r #=A(){};\u2028\0')) }),
)

describe('a .env file', () => {
  test('has a variable of its own for each token, and each secret once', () => {
    fc.assert(
      fc.property(anyMade, (all) => {
        const names = variables(...all)
        for (const name of names) expect(name).toMatch(/^[A-Z_][A-Z0-9_]*$/)
        expect(new Set(names).size).toBe(all.length)
        const text = secretsAsEnv(all)
        expect(text).toBe(all.map(({ secret }, at) => `${names[at]}=${secret}\n`).join(''))
        for (const { secret } of all) expect(text.split(secret)).toHaveLength(2)
      }),
      { numRuns: 300 },
    )
  })

  test('keeps whatever a server calls a secret in its line, where it runs nothing', () => {
    fc.assert(
      fc.property(fc.array(odd, { maxLength: 4 }), (secrets) => {
        const lines = secretsAsEnv(secrets.map((secret, index) => made(`u${index}`, { secret }))).split(/[\r\n]/)
        expect(lines).toHaveLength(secrets.length + 1)
        for (const [index, secret] of secrets.entries()) {
          const [name, value = ''] = lines[index]?.split(/=(.*)/s) ?? []
          expect(name).toBe(`CPANEL_TOKEN_U${index}`)
          // Letters and digits alone, or in quotes that nothing ends and in which nothing is worked out.
          expect(value).toMatch(/^(?:\w+|"(?:[^"\\$`]|\\.)*")$/)
          expect(unquoted(value)).toBe(secret)
        }
      }),
      { numRuns: 500 },
    )
  })

  test('names variables by the account, and by the server where the account is on several', () => {
    expect(variables(made('ada'), made('bob'))).toEqual(['CPANEL_TOKEN_ADA', 'CPANEL_TOKEN_BOB'])
    expect(variables(made('ada', { server: 'Web 1' }), made('ada', { server: 'Web 2' }), made('bob'))).toEqual([
      'CPANEL_TOKEN_ADA_WEB_1',
      'CPANEL_TOKEN_ADA_WEB_2',
      'CPANEL_TOKEN_BOB',
    ])
  })

  test('names variables by the token where an account has several', () => {
    expect(variables(made('ada', { name: 'app-r2' }), made('ada', { name: 'backup-r5' }), made('bob'))).toEqual([
      'CPANEL_TOKEN_APP_R2',
      'CPANEL_TOKEN_BACKUP_R5',
      'CPANEL_TOKEN_BOB',
    ])
  })

  test('numbers what would be called the same, also where the number is taken', () => {
    expect(variables(made('ada'), made('ada'), made('ada_2'), made('ada'))).toEqual([
      'CPANEL_TOKEN_ADA',
      'CPANEL_TOKEN_ADA_2',
      'CPANEL_TOKEN_ADA_2_2',
      'CPANEL_TOKEN_ADA_3',
    ])
    expect(variables(made('a.b'), made('a-b'))).toEqual(['CPANEL_TOKEN_A_B', 'CPANEL_TOKEN_A_B_2'])
  })

  test('of no tokens is empty', () => {
    expect(secretsAsEnv([])).toBe('')
  })
})

function unquoted(value: string): unknown {
  if (!value.startsWith('"')) return value
  return JSON.parse(value.replaceAll(/\\(.)/g, (escape, one: string) => ('$`'.includes(one) ? one : escape)))
}

describe('a file for spreadsheets', () => {
  test('has each secret once, beside what it opens', () => {
    fc.assert(
      fc.property(anyMade, (all) => {
        const [head, ...lines] = csvLines(secretsAsCsv(all))
        expect(head).toEqual(['server', 'account', 'domain', 'url', 'name', 'token'])
        expect(lines).toEqual(
          all.map(({ server, user, domain, url, name, secret }) => [server, user, domain, url, name, secret]),
        )
      }),
      { numRuns: 50 },
    )
  })
})

describe('a JSON file', () => {
  test('has each secret as “token”, letter for letter, beside what it opens', () => {
    const all = [made('ada', { name: '-ci', secret: '"\n$' }), made('bob')]
    const parsed: unknown = JSON.parse(secretsAsJson(all))
    expect(parsed).toEqual(
      all.map(({ server, user, domain, url, name, secret }) => ({
        server,
        account: user,
        domain,
        url,
        name,
        token: secret,
      })),
    )
  })

  test('of no tokens is an empty list', () => {
    expect(secretsAsJson([])).toBe('[]\n')
  })
})
