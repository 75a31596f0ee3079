// @vitest-environment jsdom
import { QueryObserver } from '@tanstack/react-query'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { isKeyringAway } from '../session/reach'
import { UNREADABLE, account, fakeCpanelForEach, type FakeCpanel } from './cpanel.testing'
import { queryClient } from './queryClient'
import { tryAgainNow, watchFailures } from './recovery'
import { tokensQuery } from './tokens'

const fake = fakeCpanelForEach()
let cpanel: FakeCpanel
let isHidden = false
let stopWatching = () => {}
beforeEach(() => {
  vi.useFakeTimers()
  cpanel = fake.current
  cpanel.add('one')
  isHidden = false
  vi.spyOn(document, 'hidden', 'get').mockImplementation(() => isHidden)
  stopWatching = watchFailures()
  return () => {
    stopWatching()
    vi.useRealTimers()
    vi.restoreAllMocks()
  }
})

/** Shows the list on a page, and counts how often that was drawn as waiting. */
async function show() {
  const drawn: string[] = []
  const observer = new QueryObserver(queryClient, tokensQuery(account))
  observer.subscribe(({ status }) => drawn.push(status))
  // All that it tries by itself at once.
  await vi.advanceTimersByTimeAsync(3_500)
  return { drawn, status: () => observer.getCurrentResult().status, stop: () => observer.destroy() }
}

function setHidden(hidden: boolean): void {
  isHidden = hidden
  document.dispatchEvent(new Event('visibilitychange'))
}

describe('a list that could not be read', () => {
  test('comes by itself when the server answers again, and nothing flickers meanwhile', async () => {
    cpanel.always.set('list', UNREADABLE)
    const page = await show()
    expect(page.status()).toBe('error')
    const { length } = page.drawn
    await vi.advanceTimersByTimeAsync(60_000)
    expect(page.drawn.slice(length)).not.toContain('pending')
    cpanel.always.clear()
    await vi.advanceTimersByTimeAsync(60_000)
    expect(page.status()).toBe('success')
    const asked = cpanel.calls.length
    await vi.advanceTimersByTimeAsync(600_000)
    expect(cpanel.calls).toHaveLength(asked)
    page.stop()
  })

  test('is asked for less and less often', async () => {
    cpanel.always.set('list', UNREADABLE)
    const page = await show()
    const before = cpanel.calls.length
    await vi.advanceTimersByTimeAsync(60_000)
    const first = cpanel.calls.length - before
    await vi.advanceTimersByTimeAsync(600_000)
    expect(first).toBeGreaterThanOrEqual(3)
    // At the slowest once a minute, at the quickest twice.
    expect(cpanel.calls.length - before - first).toBeGreaterThanOrEqual(9)
    expect(cpanel.calls.length - before - first).toBeLessThanOrEqual(21)
    page.stop()
  })

  test('is not asked for while nobody looks, and at once when somebody does', async () => {
    cpanel.always.set('list', UNREADABLE)
    const page = await show()
    setHidden(true)
    const before = cpanel.calls.length
    await vi.advanceTimersByTimeAsync(600_000)
    expect(cpanel.calls).toHaveLength(before)
    cpanel.always.clear()
    setHidden(false)
    await vi.advanceTimersByTimeAsync(0)
    expect(page.status()).toBe('success')
    page.stop()
  })

  test('comes by itself also where it failed before anybody watched', async () => {
    stopWatching()
    cpanel.always.set('list', UNREADABLE)
    const page = await show()
    cpanel.always.clear()
    stopWatching = watchFailures()
    await vi.advanceTimersByTimeAsync(5_000)
    expect(page.status()).toBe('success')
    page.stop()
  })

  test('is not asked for where asking again would not help', async () => {
    cpanel.always.set('list', 'refuses')
    const page = await show()
    await vi.advanceTimersByTimeAsync(600_000)
    expect(cpanel.calls).toEqual(['list'])
    page.stop()
  })

  test('is not asked for once the page that needs it is gone', async () => {
    cpanel.always.set('list', UNREADABLE)
    const page = await show()
    page.stop()
    const before = cpanel.calls.length
    await vi.advanceTimersByTimeAsync(600_000)
    expect(cpanel.calls.length - before).toBeLessThanOrEqual(1)
  })
})

test.each(['too_many_requests', 'paused'])(
  'who is asked to wait (%s) waits as long as that, and no shorter',
  async (kind) => {
    vi.stubGlobal('fetch', async (url: string) => {
      cpanel.calls.push(url)
      return Response.json({ error: { kind, retryAfter: 30 } }, { status: 429 })
    })
    const page = await show()
    expect(cpanel.calls).toHaveLength(1)
    await vi.advanceTimersByTimeAsync(26_000)
    expect(cpanel.calls).toHaveLength(1)
    vi.stubGlobal('fetch', cpanel.fetch)
    await vi.advanceTimersByTimeAsync(2_000)
    expect(page.status()).toBe('success')
    page.stop()
  },
)

describe('Keyring itself', () => {
  test('is looked for while it is away, and the page goes on when it is there', async () => {
    cpanel.always.set('list', 'lost-request')
    const page = await show()
    expect(isKeyringAway.current()).toBe(true)
    cpanel.always.clear()
    await vi.advanceTimersByTimeAsync(3_000)
    expect(isKeyringAway.current()).toBe(false)
    expect(page.status()).toBe('success')
    page.stop()
  })

  test('is looked for at once when the browser says that it is offline, and believed if it answers', async () => {
    vi.stubGlobal('fetch', async () => {
      cpanel.calls.push('asked')
      return Response.json([])
    })
    window.dispatchEvent(new Event('offline'))
    await vi.advanceTimersByTimeAsync(0)
    expect(cpanel.calls).toEqual(['asked'])
    expect(isKeyringAway.current()).toBe(false)
  })

  test('is looked for when somebody presses the button', async () => {
    cpanel.always.set('list', 'lost-request')
    const page = await show()
    await vi.advanceTimersByTimeAsync(120_000)
    cpanel.always.clear()
    tryAgainNow()
    await vi.advanceTimersByTimeAsync(0)
    expect(page.status()).toBe('success')
    page.stop()
  })
})
