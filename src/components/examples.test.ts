import { describe, expect, test } from 'vitest'
import { LANGUAGES, example } from './examples'

const usage = { kind: 'cpanel', url: 'https://server.example:2083', user: 'alice' } as const
const SECRET = 'SECRET0SECRET0SECRET0SECRET0SECR'

describe.each(LANGUAGES)('the example in %s', (language) => {
  const text = example(language, usage, SECRET)

  test('has the real server, user and token in the header cPanel wants', () => {
    expect(text).toContain(`Authorization`)
    expect(text).toContain(`cpanel alice:${SECRET}`)
    expect(text).toContain('https://server.example:2083/execute/Tokens/list')
    expect(text).not.toMatch(/bearer/i)
  })

  test('says the secret once, and not in the URL', () => {
    expect(text.split(SECRET)).toHaveLength(2)
    expect(text).not.toMatch(/https:\/\/\S*SECRET/)
  })

  test('leaves the check of the certificate on', () => {
    expect(text).not.toMatch(/insecure|(?:^| )-k |VERIFY|verify|REJECT_UNAUTHORIZED|rejectUnauthorized|unverified/)
  })

  test('is indented by spaces and ends without a line break, so that it can be pasted', () => {
    expect(text).not.toMatch(/\t|\n$/)
  })
})

test('the call for the command line is one line', () => {
  expect(example('curl', usage, SECRET)).toBe(
    `curl --header 'Authorization: cpanel alice:${SECRET}' 'https://server.example:2083/execute/Tokens/list'`,
  )
})

test('a token of WHM goes in its own header to its own door, and asks what it may do', () => {
  const whm = { kind: 'whm', url: 'https://server.example:2087', user: 'root' } as const
  expect(example('curl', whm, SECRET)).toBe(
    `curl --header 'Authorization: whm root:${SECRET}' 'https://server.example:2087/json-api/myprivs?api.version=1'`,
  )
})
