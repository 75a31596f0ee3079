// @vitest-environment jsdom
import { QueryObserver } from '@tanstack/react-query'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { asCpanelError } from '../cpanel/errors'
import { isKeyringAway, noteReach } from '../session/reach'
import { SESSION_ENDED, TIMEOUT, UNREADABLE, account, fakeCpanelForEach, type FakeCpanel } from './cpanel.testing'
import { queryClient } from './queryClient'
import { watchFailures } from './recovery'
import { accountOf, tokensQuery } from './tokens'

/** What is asked again when more than one thing fails, or for another reason than before; and what is not. */

const fake = fakeCpanelForEach()
let cpanel: FakeCpanel
let isHidden = false
let isOnLine = true
const stops: (() => void)[] = []
beforeEach(() => {
  vi.useFakeTimers()
  // Waits are three quarters of what they may be.
  vi.spyOn(Math, 'random').mockReturnValue(0.5)
  cpanel = fake.current
  cpanel.add('one')
  isHidden = false
  isOnLine = true
  vi.spyOn(document, 'hidden', 'get').mockImplementation(() => isHidden)
  vi.spyOn(navigator, 'onLine', 'get').mockImplementation(() => isOnLine)
  noteReach(null)
  return () => {
    for (const stop of stops.splice(0)) stop()
    vi.useRealTimers()
    vi.restoreAllMocks()
  }
})

const later = (ms: number) => vi.advanceTimersByTimeAsync(ms)
const watch = () => stops.push(watchFailures())

/** A list on the page, after all that it tries by itself at once. */
async function show(connection = account.connection) {
  const observer = new QueryObserver(queryClient, tokensQuery(accountOf(connection)))
  let drawn = 0
  stops.push(observer.subscribe(() => (drawn += 1)))
  await later(3_500)
  const result = () => observer.getCurrentResult()
  return { result, kind: () => result().error && asCpanelError(result().error).kind, drawn: () => drawn }
}

/** How often each thing was asked for since the last time. */
function asked() {
  const calls = cpanel.calls.splice(0)
  return { list: calls.filter((call) => call === 'list').length, all: calls.length }
}

const refuse = (seconds: number) => {
  vi.stubGlobal('fetch', async (url: string, init: { body?: string }) => {
    await cpanel.fetch(url, init)
    return Response.json({ error: { kind: 'too_many_requests', retryAfter: seconds } }, { status: 429 })
  })
}

describe('several lists that fail', () => {
  test('are asked for one at a time while the first fails, and all once it is there', async () => {
    watch()
    cpanel.always.set('list', UNREADABLE)
    const [one, other] = [await show(), await show('main.cpanel.bob')]
    asked()
    await later(4_000)
    expect(asked().list).toBe(1)
    cpanel.always.clear()
    await later(60_000)
    expect([one.result().status, other.result().status]).toEqual(['success', 'success'])
    expect(asked().list).toBe(2)
  })
})

describe('a list whose server asks to be left alone', () => {
  test('is asked for when that is over, not before, and waited for anew where it says so again', async () => {
    watch()
    refuse(30)
    const list = await show()
    expect(list.kind()).toBe('too_many_requests')
    asked()
    await later(25_000)
    expect(asked().list).toBe(0)
    refuse(50)
    await later(4_000)
    expect(asked().list).toBe(1)
    expect(list.result().error).toMatchObject({ retryAfterSeconds: 50 })
    await later(45_000)
    expect(asked().list).toBe(0)
    vi.stubGlobal('fetch', cpanel.fetch)
    await later(8_000)
    expect(list.result().status).toBe('success')
  })

  test('is asked for after ten minutes however long it asks for', async () => {
    watch()
    refuse(86_400)
    await show()
    asked()
    await later(590_000)
    expect(asked().list).toBe(0)
    await later(15_000)
    expect(asked().list).toBe(1)
  })
})

/** Somebody else reads the list while it is on its way anew. */
async function readMeanwhile() {
  const answers: (() => void)[] = []
  cpanel.beforeAnswer = () => new Promise((resolve) => answers.push(resolve))
  await later(5_000)
  const newer = { tokens: [], unreadable: 0, knowsReadOnly: false, clockSkewMs: 5 }
  queryClient.setQueryData(tokensQuery(account).queryKey, newer)
  answers[0]?.()
  await later(10)
  return newer
}

describe('a list that fails again', () => {
  test('for the same reason is not drawn anew', async () => {
    watch()
    cpanel.always.set('list', UNREADABLE)
    const list = await show()
    const before = list.drawn()
    await later(30_000)
    expect(asked().list).toBeGreaterThan(4)
    expect(list.drawn()).toBe(before)
  })

  test('for another reason says that one, and is asked for no more where that would not help', async () => {
    watch()
    cpanel.always.set('list', UNREADABLE)
    const list = await show()
    cpanel.always.set('list', SESSION_ENDED)
    await later(5_000)
    expect(list.kind()).toBe('unauthenticated')
    asked()
    await later(600_000)
    expect(asked().list).toBe(0)
  })

  test('as its server took too long is asked for again', async () => {
    watch()
    cpanel.always.set('list', TIMEOUT)
    const list = await show()
    cpanel.always.clear()
    await later(10_000)
    expect(list.result().status).toBe('success')
  })

  test('keeps what somebody else read meanwhile', async () => {
    watch()
    cpanel.always.set('list', UNREADABLE)
    const list = await show()
    cpanel.always.clear()
    const newer = await readMeanwhile()
    expect(list.result().data).toEqual(newer)
  })

  test('for another reason says nothing of that where somebody else read it meanwhile', async () => {
    watch()
    cpanel.always.set('list', UNREADABLE)
    const list = await show()
    cpanel.always.set('list', SESSION_ENDED)
    const newer = await readMeanwhile()
    expect(list.result()).toMatchObject({ status: 'success', data: newer, error: null })
  })

  test('is asked for once at a time, however often somebody comes back to the page', async () => {
    watch()
    cpanel.always.set('list', UNREADABLE)
    await show()
    asked()
    cpanel.beforeAnswer = () => new Promise(() => {})
    for (let time = 0; time < 3; time += 1) document.dispatchEvent(new Event('visibilitychange'))
    await later(10)
    expect(asked().list).toBe(1)
  })

  test('is asked for by nobody once nobody watches any more, whoever comes back to the page', async () => {
    watch()
    cpanel.always.set('list', UNREADABLE)
    await show()
    stops.shift()?.()
    asked()
    document.dispatchEvent(new Event('visibilitychange'))
    await later(600_000)
    expect(asked().list).toBe(0)
  })
})

describe('where nothing fails', () => {
  test('nothing is asked when somebody comes back to the page, nor in time', async () => {
    watch()
    await show()
    asked()
    isHidden = true
    document.dispatchEvent(new Event('visibilitychange'))
    await later(1_000)
    isHidden = false
    document.dispatchEvent(new Event('visibilitychange'))
    await later(600_000)
    expect(asked().all).toBe(0)
  })

  test('the browser’s word of being on line asks for Keyring alone', async () => {
    watch()
    await show()
    asked()
    window.dispatchEvent(new Event('online'))
    await later(100)
    expect(asked()).toEqual({ list: 0, all: 1 })
  })
})

test('the browser’s word of being on line has at once asked for what failed', async () => {
  watch()
  cpanel.always.set('list', UNREADABLE)
  const list = await show()
  await later(60_000)
  cpanel.always.clear()
  asked()
  window.dispatchEvent(new Event('online'))
  await later(100)
  expect(list.result().status).toBe('success')
  expect(asked()).toEqual({ list: 1, all: 2 })
})

test('a page that begins off line asks for Keyring, and finds it away', async () => {
  isOnLine = false
  vi.stubGlobal('fetch', async () => {
    throw new TypeError('Failed to fetch')
  })
  watch()
  await later(10)
  expect(isKeyringAway.current()).toBe(true)
  vi.stubGlobal('fetch', cpanel.fetch)
  await later(2_000)
  expect(isKeyringAway.current()).toBe(false)
})
