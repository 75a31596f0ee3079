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
