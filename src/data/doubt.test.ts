import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { CpanelError, type CpanelErrorKind } from '../cpanel/errors'
import { settle, type Verdict } from './doubt'
import type { TokenList } from './tokens'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const EMPTY: TokenList = { tokens: [], unreadable: 0, knowsReadOnly: false, clockSkewMs: 0 }
const away = new CpanelError('unreachable')

/** What settling comes to, how many times the list was read, and how many milliseconds it took. */
async function outcome(kind: CpanelErrorKind, lists: readonly (Verdict | CpanelError)[], looks?: number) {
  const left = [...lists]
  const beganAt = Date.now()
  let reads = 0
  let verdict: Verdict = 'unclear'
  const read = async () => {
    reads += 1
    const next = left.shift()
    if (next === undefined) throw new Error('The list was read more often than it was worth.')
    if (next instanceof CpanelError) throw next
    verdict = next
    return EMPTY
  }
  const work = settle(new CpanelError(kind), read, () => verdict, looks).then(
    (list) => (list === EMPTY ? 'done' : 'another list'),
    (thrown: unknown) => {
      if (!(thrown instanceof CpanelError)) throw thrown
      return thrown.isUnresolved ? `unknown, ${thrown.kind}` : `not done, ${thrown.kind}`
    },
  )
  await vi.runAllTimersAsync()
  return { end: await work, reads, waited: Date.now() - beganAt }
}

test('a clear no needs no list', async () => {
  expect(await outcome('rejected', [])).toEqual({ end: 'not done, rejected', reads: 0, waited: 0 })
})

test('what the list shows as done is done, whatever went wrong', async () => {
  for (const kind of ['timeout', 'offline', 'unreachable', 'upstream_failed', 'garbled', 'cancelled'] as const)
    expect(await outcome(kind, ['done'])).toEqual({ end: 'done', reads: 1, waited: 0 })
})

test('an answer that came, and was none, is the end of the call: one look tells', async () => {
  for (const kind of ['upstream_failed', 'garbled'] as const)
    expect(await outcome(kind, ['not-done'])).toEqual({ end: `not done, ${kind}`, reads: 1, waited: 0 })
})

test('after a broken connection the server may be at it still: there is a second look a moment later', async () => {
  for (const kind of ['offline', 'unreachable', 'cancelled'] as const) {
    expect(await outcome(kind, ['not-done', 'done'])).toEqual({ end: 'done', reads: 2, waited: 1_000 })
    expect(await outcome(kind, ['not-done', 'not-done'])).toEqual({ end: `not done, ${kind}`, reads: 2, waited: 1_000 })
    expect((await outcome(kind, ['not-done', 'unclear'])).end).toBe(`unknown, ${kind}`)
  }
})

test('nobody can tell yet after a time-out, or where rows can’t be read any more', async () => {
  expect(await outcome('timeout', ['not-done'])).toEqual({ end: 'unknown, timeout', reads: 1, waited: 0 })
  expect(await outcome('upstream_failed', ['unclear'])).toMatchObject({ end: 'unknown, upstream_failed', reads: 1 })
})

test('a list that can’t be read just then is asked for three times within about two seconds', async () => {
  // As short as waits get: from half of 0.8 and 1.6 seconds on.
  const chance = vi.spyOn(Math, 'random').mockReturnValue(0)
  expect(await outcome('upstream_failed', [away, away, 'done'])).toEqual({ end: 'done', reads: 3, waited: 400 + 800 })
  chance.mockRestore()
  expect(await outcome('upstream_failed', [away, away, away])).toMatchObject({
    end: 'unknown, upstream_failed',
    reads: 3,
  })
})

test('whoever has more to do than wait asks once', async () => {
  expect(await outcome('offline', [away], 1)).toEqual({ end: 'unknown, offline', reads: 1, waited: 0 })
  expect((await outcome('offline', ['not-done', away], 1)).end).toBe('unknown, offline')
})

test('a list that will not be had by asking again is not asked for again', async () => {
  const ended = new CpanelError('unauthenticated')
  expect(await outcome('offline', [ended])).toEqual({ end: 'unknown, offline', reads: 1, waited: 0 })
  const paused = new CpanelError('paused', { retryAfterSeconds: 30 })
  expect(await outcome('offline', [paused])).toEqual({ end: 'unknown, offline', reads: 1, waited: 0 })
})

test('what is no failure of a call, as a mistake in the code, is not asked for again either', async () => {
  const read = vi.fn<() => Promise<TokenList>>(async () => {
    throw new Error('a mistake')
  })
  await expect(settle(new CpanelError('offline'), read, () => 'done')).rejects.toMatchObject({ isUnresolved: true })
  expect(read).toHaveBeenCalledTimes(1)
})
