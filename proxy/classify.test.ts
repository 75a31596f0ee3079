import { expect, test } from 'vitest'
import { classify } from './classify'

const redirect = (location: string) => ({ status: 302, headers: { location }, body: Buffer.alloc(0) })

test.each(['/login/', '/cpsess1234567890/login/?session=x', '/login?goto_uri=/'])(
  'a redirect to the login of the same server (%s) means that the session has ended',
  (location) => {
    expect(classify(redirect(location))).toBe('unauthenticated')
  },
)

test.each(['https://elsewhere.example/login', '//elsewhere.example/login', '/elsewhere', '/blogin/'])(
  'any other redirect (%s) is reported and not followed',
  (location) => {
    expect(classify(redirect(location))).toMatchObject({ kind: 'redirected' })
  },
)

const answered = (text: string, status = 200) => ({ status, headers: {}, body: Buffer.from(text) })

test.each(['{"status":1}', ' \n{"a":{}}\r\n\t ', '{}', '{"a":1} {"b":2}'])(
  'what is written like an object is passed on, and read by whoever it is for: %j',
  (text) => {
    expect(classify(answered(text))).toBe('envelope')
  },
)

test.each(['', '   ', '[]', '"{}"', 'null', '1', '{"status":1', '}{', 'ok {}', '\uFEFF{}'])('%j is garbled', (text) => {
  expect(classify(answered(text))).toMatchObject({ kind: 'garbled' })
})

test('the body of a refusal means that whatever the status', () => {
  const refusal = JSON.stringify({ cpanelresult: { apiversion: '2', error: 'Access denied' } })
  expect(classify(answered(refusal, 403))).toBe('refused')
  expect(classify(answered(`\n${refusal}`))).toBe('refused')
  // The word alone is no refusal: a token may be called that.
  expect(classify(answered('{"data":[{"name":"\\"cpanelresult\\""}]}'))).toBe('envelope')
  expect(classify(answered('{"data":{"cpanelresult":1}}'))).toBe('envelope')
})
