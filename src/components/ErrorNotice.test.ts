import { describe, expect, test } from 'vitest'
import { CpanelError, asCpanelError, leavesInDoubt, mayPass, unresolved, type CpanelErrorKind } from '../cpanel/errors'
import { errorWords } from './ErrorNotice'

/** Every kind there is: a new one does not compile until it stands here, and then it needs words. */
const EVERY: Record<CpanelErrorKind, { isInDoubt: boolean; mayPass: boolean }> = {
  unauthenticated: { isInDoubt: false, mayPass: false },
  wrong_credentials: { isInDoubt: false, mayPass: false },
  code_required: { isInDoubt: false, mayPass: false },
  forbidden: { isInDoubt: false, mayPass: false },
  rejected: { isInDoubt: false, mayPass: false },
  unreachable: { isInDoubt: true, mayPass: true },
  timeout: { isInDoubt: true, mayPass: false },
  upstream_failed: { isInDoubt: true, mayPass: true },
  redirected: { isInDoubt: false, mayPass: false },
  untrusted_certificate: { isInDoubt: false, mayPass: false },
  offline: { isInDoubt: true, mayPass: true },
  garbled: { isInDoubt: true, mayPass: false },
  too_many_requests: { isInDoubt: false, mayPass: false },
  refused: { isInDoubt: false, mayPass: false },
  unchanged: { isInDoubt: false, mayPass: false },
  cancelled: { isInDoubt: true, mayPass: false },
}
const SENTENCE = /^\p{Lu}.*[.]$/u

describe.each(Object.entries(EVERY))('a failure of the kind %s', (name, { isInDoubt, mayPass: passes }) => {
  const kinds = Object.keys(EVERY).filter((kind): kind is CpanelErrorKind => kind === name)
  const errors = kinds.map((kind) => new CpanelError(kind))

  test('says what happened and what to do, in sentences', () => {
    expect(errors).toHaveLength(1)
    for (const { happened, todo } of errors.map(errorWords)) {
      expect(happened).toMatch(SENTENCE)
      expect(todo).toMatch(SENTENCE)
      expect(happened + todo).not.toMatch(/error\.|[{}]|undefined/)
    }
  })

  test('is known to leave a write in doubt or not, and to be worth another try or not', () => {
    expect(errors.map(leavesInDoubt)).toEqual([isInDoubt])
    expect(errors.map(mayPass)).toEqual([passes])
  })
})

test('a refusal is told in cPanel’s own words', () => {
  const { happened } = errorWords(new CpanelError('rejected', { reasons: ['The name {x} exists.', 'So no.'] }))
  expect(happened).toContain('The name {x} exists. So no.')
})

test.each([
  [1, 'Wait 1 second,'],
  [7, 'Wait 7 seconds,'],
  [undefined, 'Wait 60 seconds,'],
])('%s seconds to wait are counted', (seconds, words) => {
  const details = seconds === undefined ? {} : { retryAfterSeconds: seconds }
  expect(errorWords(new CpanelError('too_many_requests', details)).todo).toContain(words)
})

test('what nobody foresaw is garbled, and an unresolved failure stays what it was', () => {
  expect(asCpanelError(new TypeError('x is not a function'))).toMatchObject({ kind: 'garbled', message: 'garbled' })
  const failure = new CpanelError('timeout')
  expect(asCpanelError(failure)).toBe(failure)
  expect(unresolved(failure)).toMatchObject({ kind: 'timeout', isUnresolved: true })
})
