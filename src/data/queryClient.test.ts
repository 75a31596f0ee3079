// @vitest-environment jsdom
import { MutationObserver, QueryObserver, focusManager, onlineManager } from '@tanstack/react-query'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { CpanelError } from '../cpanel/errors'
import { endedConnections } from '../session/ended'
import { unreachableConnections } from '../session/health'
import { isKeyringAway } from '../session/reach'
import { forgetSession } from './cpanel.testing'
import { queryClient } from './queryClient'

const meta = { connection: 'main.whm.root' }

/** What the next calls end with, in this order, and how many were made. */
let outcomes: (CpanelError | string)[] = []
let calls = 0

async function ask(): Promise<string> {
  calls += 1
  const outcome = outcomes.shift() ?? 'data'
  if (outcome instanceof CpanelError) throw outcome
  return outcome
}

const OF_NOBODY = { meta: undefined }
const query = { queryKey: ['asked'], queryFn: ask, meta }
/** Asks, and waits for as long as it may be tried again by itself. */
async function read(more: object = {}): Promise<unknown> {
  const reading = queryClient.fetchQuery({ ...query, ...more }).catch((thrown: unknown) => thrown)
  await vi.advanceTimersByTimeAsync(10_000)
  return reading
}
const write = (options: object = { meta }) =>
  new MutationObserver(queryClient, { mutationFn: ask, ...options }).mutate().catch((thrown: unknown) => thrown)

/** Shows it on a page, until that is left. */
const show = () => new QueryObserver(queryClient, query).subscribe(() => {})

const error = (kind: CpanelError['kind'], details = {}) => new CpanelError(kind, details)

beforeEach(() => {
  vi.useFakeTimers()
  forgetSession()
  outcomes = []
  calls = 0
  return () => {
    onlineManager.setOnline(true)
    focusManager.setFocused(undefined)
    forgetSession()
    vi.useRealTimers()
  }
})

describe.each([
  ['a read', read],
  ['a write', write],
])('%s', (_what, call) => {
  test('of a session that ended says which, and nothing of any other', async () => {
    outcomes = [error('unauthenticated')]
    await call()
    expect([...endedConnections.current()]).toEqual([meta.connection])
    expect([...unreachableConnections.current()]).toEqual([])
  })

  test('that is of no connection ends none', async () => {
    outcomes = [error('unauthenticated'), error('timeout')]
    expect(await call(OF_NOBODY)).toMatchObject({ kind: 'unauthenticated' })
    expect(await call(OF_NOBODY)).toMatchObject({ kind: 'timeout' })
    expect([...endedConnections.current()]).toEqual([])
    expect([...unreachableConnections.current()]).toEqual([])
  })

  test('that no server answers says so, until one does', async () => {
    outcomes = [error('timeout')]
    await call()
    expect([...unreachableConnections.current()]).toEqual([meta.connection])
    expect([...endedConnections.current()]).toEqual([])
    expect(await call()).toBe('data')
    expect([...unreachableConnections.current()]).toEqual([])
  })

  test('that does not reach Keyring says so, until one does, of whatever connection', async () => {
    outcomes = [error('offline'), error('offline'), error('offline')]
    await call(OF_NOBODY)
    expect(isKeyringAway.current()).toBe(true)
    outcomes = []
    await call(OF_NOBODY)
    expect(isKeyringAway.current()).toBe(false)
  })

  test('goes out although the browser calls itself offline: Keyring may be on this machine', async () => {
    onlineManager.setOnline(false)
    expect(await call()).toBe('data')
  })
})

describe('trying again by itself', () => {
  test.each([
    ['unreachable', 3],
    ['offline', 3],
    ['timeout', 1],
    ['rejected', 1],
    ['garbled', 1],
  ] as const)('a read that fails as %s is made %i times', async (kind, times) => {
    outcomes = Array.from({ length: 9 }, () => error(kind))
    expect(await read()).toMatchObject({ kind })
    expect(calls).toBe(times)
  })

  test('a read waits for longer the second time, and not for nothing the first', async () => {
    outcomes = Array.from({ length: 9 }, () => error('unreachable'))
    queryClient.fetchQuery(query).catch(() => {})
    const made: number[] = []
    for (const ms of [249, 251, 499, 501]) {
      await vi.advanceTimersByTimeAsync(ms)
      made.push(calls)
    }
    // From 250 to 500 ms, then from 500 to 1,000.
    expect(made[0]).toBe(1)
    expect(made[1]).toBe(2)
    expect(made[3]).toBe(3)
  })

  test('a read is not made again before the time that the server asked for', async () => {
    outcomes = [error('paused', { retryAfterSeconds: 30 })]
    expect(await read()).toMatchObject({ kind: 'paused' })
    expect(calls).toBe(1)
  })

  test('what fails in a way that nobody foresaw is not made again', async () => {
    await read({ queryFn: () => ((calls += 1), Promise.reject(new TypeError('x is undefined'))) })
    expect(calls).toBe(1)
  })

  test('a write is never made again', async () => {
    outcomes = Array.from({ length: 9 }, () => error('unreachable'))
    expect(await write()).toMatchObject({ kind: 'unreachable' })
    await vi.advanceTimersByTimeAsync(60_000)
    expect(calls).toBe(1)
  })
})

describe('a list on the screen', () => {
  test('is asked for again where it is older than a quarter of a minute, and not sooner', async () => {
    const leave = show()
    await vi.advanceTimersByTimeAsync(14_000)
    const leaveSecond = show()
    await vi.advanceTimersByTimeAsync(0)
    expect(calls).toBe(1)
    await vi.advanceTimersByTimeAsync(2_000)
    const leaveThird = show()
    await vi.advanceTimersByTimeAsync(0)
    expect(calls).toBe(2)
    for (const stop of [leave, leaveSecond, leaveThird]) stop()
  })

  test('is asked for again when somebody comes back to the page', async () => {
    queryClient.mount()
    const leave = show()
    await vi.advanceTimersByTimeAsync(16_000)
    focusManager.setFocused(false)
    focusManager.setFocused(true)
    await vi.advanceTimersByTimeAsync(0)
    expect(calls).toBe(2)
    leave()
    queryClient.unmount()
  })
})
