import { describe, expect, test } from 'vitest'
import { CpanelError, asCpanelError, leavesInDoubt, mayPass, unresolved, type CpanelErrorKind } from './errors'

/** Every kind there is: a new one does not compile until it stands here, with what it means for a write and for a read. */
const EVERY: Record<CpanelErrorKind, { isInDoubt: boolean; passes: boolean }> = {
  unauthenticated: { isInDoubt: false, passes: false },
  wrong_credentials: { isInDoubt: false, passes: false },
  code_required: { isInDoubt: false, passes: false },
  forbidden: { isInDoubt: false, passes: false },
  rejected: { isInDoubt: false, passes: false },
  unreachable: { isInDoubt: true, passes: true },
  timeout: { isInDoubt: true, passes: false },
  upstream_failed: { isInDoubt: true, passes: true },
  redirected: { isInDoubt: false, passes: false },
  untrusted_certificate: { isInDoubt: false, passes: false },
  offline: { isInDoubt: true, passes: true },
  garbled: { isInDoubt: true, passes: false },
  too_many_requests: { isInDoubt: false, passes: false },
  paused: { isInDoubt: false, passes: true },
  store_unavailable: { isInDoubt: false, passes: true },
  refused: { isInDoubt: false, passes: false },
  unchanged: { isInDoubt: false, passes: false },
  moved: { isInDoubt: false, passes: false },
  unsucceeded: { isInDoubt: false, passes: false },
  cancelled: { isInDoubt: true, passes: false },
}

const every = Object.keys(EVERY).filter((name): name is CpanelErrorKind => name in EVERY)

describe.each(every)('a failure of the kind %s', (kind) => {
  const error = new CpanelError(kind)

  test('is known to leave a write in doubt or not, and to be worth another try or not', () => {
    expect(leavesInDoubt(error)).toBe(EVERY[kind].isInDoubt)
    expect(mayPass(error)).toBe(EVERY[kind].passes)
  })

  test('is named by its kind where nothing more is known', () => {
    expect(error).toMatchObject({ name: 'CpanelError', message: kind, kind, reasons: [], isUnresolved: false })
    expect(new CpanelError(kind, { reasons: [] }).message).toBe(kind)
  })
})

test('a refusal is named by all that cPanel said', () => {
  const error = new CpanelError('rejected', { reasons: ['No.', 'Never.'] })
  expect(error.message).toBe('No.; Never.')
  expect(unresolved(error)).toMatchObject({ reasons: ['No.', 'Never.'], isUnresolved: true })
})

test('what nobody foresaw is garbled, and an unresolved failure stays what it was', () => {
  expect(asCpanelError(new TypeError('x is not a function'))).toMatchObject({ kind: 'garbled', message: 'garbled' })
  const failure = new CpanelError('timeout')
  expect(asCpanelError(failure)).toBe(failure)
  expect(unresolved(failure)).toMatchObject({ kind: 'timeout', isUnresolved: true, requestId: undefined })
  const known = unresolved(new CpanelError('timeout', { requestId: '1a2b' }))
  expect(known).toMatchObject({ isUnresolved: true, requestId: '1a2b' })
})
