import * as fc from 'fast-check'
import type { ServerResponse } from 'node:http'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { send, sendForLines, type ApiRequest } from './call'
import { CpanelError } from './errors'
import { json, playProxy, text, type PlayedProxy } from './proxy.testing'

let proxy: PlayedProxy
beforeEach(async () => {
  proxy = await playProxy()
})
afterEach(() => proxy.close())

const ASK: ApiRequest = { method: 'GET', path: ['servers'] }

/** How a call failed. Anything but a CpanelError fails the test. */
async function failure(request: Partial<ApiRequest> = {}): Promise<CpanelError> {
  const outcome: unknown = await send(proxy.api, { ...ASK, ...request }).catch((thrown: unknown) => thrown)
  if (outcome instanceof CpanelError) return outcome
  throw new Error(`no CpanelError but ${String(outcome)}`)
}

describe('a call that goes well', () => {
  test('sends its parameters as JSON and hands over what came, with the server’s clock', async () => {
    proxy.answer(json({ status: 1 }, 200, { date: 'Tue, 24 Nov 2026 05:00:00 GMT' }))
    const body = { name: 'deploy-bot', expires_at: 1 }
    const answer = await send(proxy.api, { method: 'POST', path: ['a', 'b'], body })
    expect(answer).toEqual({ body: { status: 1 }, serverTime: new Date('2026-11-24T05:00:00Z') })
    expect(proxy.received).toMatchObject([
      { method: 'POST', path: '/api/a/b', headers: { 'content-type': 'application/json' }, body },
    ])
  })

  test('without parameters sends no body', async () => {
    await send(proxy.api, ASK)
    expect(proxy.received).toMatchObject([{ method: 'GET', path: '/api/servers', body: undefined }])
    expect(proxy.received[0]?.headers).not.toHaveProperty('content-type')
  })

  test('with an empty answer has null', async () => {
    proxy.answer(text('', 204))
    expect(await send(proxy.api, { method: 'DELETE', path: ['connections', 'x'] })).toMatchObject({ body: null })
  })

  test.each([
    '',
    'yesterday',
    '1',
    '2026-11-24T05:00:00Z',
    'Tue, 99 Nov 2026 05:00:00 GMT',
    'x Tue, 24 Nov 2026 05:00:00 GMT',
    'Tue, 24 Nov 2026 05:00:00 GMT+0300',
  ])('a Date header “%s” is no clock', async (date) => {
    proxy.answer(json(1, 200, { date }))
    expect(await send(proxy.api, ASK)).toEqual({ body: 1, serverTime: null })
  })

  test('may say its clock in the old form', async () => {
    proxy.answer(json(1, 200, { date: 'Tuesday, 24-Nov-26 05:00:00 GMT' }))
    expect(await send(proxy.api, ASK)).toEqual({ body: 1, serverTime: new Date('2026-11-24T05:00:00Z') })
  })

  test('says no clock where the answer has none', async () => {
    proxy.answer((response) => {
      response.sendDate = false
      response.end('1')
    })
    expect(await send(proxy.api, ASK)).toEqual({ body: 1, serverTime: null })
  })
})

describe('a connection that breaks', () => {
  test('before the answer', async () => {
    proxy.answer((response) => void response.destroy())
    expect((await failure()).kind).toBe('offline')
  })

  test('in the middle of the answer', async () => {
    proxy.answer((response) => {
      response.writeHead(200, { 'content-length': '1000' })
      response.write('{"status":1', () => response.destroy())
    })
    expect((await failure()).kind).toBe('offline')
  })

  test('that is not there at all', async () => {
    await proxy.close()
    expect((await failure()).kind).toBe('offline')
  })

  test('is never tried again by itself', async () => {
    proxy.answer(json({ error: { kind: 'unreachable', message: 'For logs.' } }, 502))
    await failure({ method: 'POST', body: {} })
    expect(proxy.received).toHaveLength(1)
  })
})

describe('waiting', () => {
  test('ends after the time given, and the proxy learns of it', async () => {
    proxy.answer(() => {})
    expect((await failure({ timeoutMs: 60 })).kind).toBe('timeout')
    await vi.waitFor(() => expect(proxy.received).toMatchObject([{ isAborted: true }]))
  })

  test('ends in the middle of an answer, too', async () => {
    proxy.answer((response) => void response.writeHead(200).write('{'))
    expect((await failure({ timeoutMs: 60 })).kind).toBe('timeout')
  })

  test('ends when the asker leaves, and the proxy learns of it', async () => {
    const leaving = new AbortController()
    proxy.answer(() => leaving.abort())
    expect((await failure({ signal: leaving.signal })).kind).toBe('cancelled')
    await vi.waitFor(() => expect(proxy.received).toMatchObject([{ isAborted: true }]))
  })

  test('does not begin for somebody who has left', async () => {
    expect((await failure({ signal: AbortSignal.abort() })).kind).toBe('cancelled')
    expect(proxy.received).toEqual([])
  })
})

describe('an answer of lines', () => {
  afterEach(() => void vi.useRealTimers())

  test('may take any time, as long as something comes now and then', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const opened = new Promise<ServerResponse>((resolve) => {
      proxy.answer((response) => {
        response.write('1\n')
        resolve(response)
      })
    })
    const lines = sendForLines(proxy.api, ASK)
    expect(await lines.next()).toMatchObject({ value: 1 })
    for (const value of [2, 3]) {
      vi.advanceTimersByTime(74_000)
      const response = await opened
      response.write(`${value}\n`)
      expect(await lines.next()).toMatchObject({ value })
    }
    const silence = lines.next()
    vi.advanceTimersByTime(75_000)
    await expect(silence).rejects.toMatchObject({ name: 'CpanelError', kind: 'timeout' })
    vi.useRealTimers()
    await vi.waitFor(() => expect(proxy.received).toMatchObject([{ isAborted: true }]), { interval: 1 })
  })

  test('that nobody begins is ended like any other call', async () => {
    proxy.answer(() => {})
    await expect(sendForLines(proxy.api, { ...ASK, timeoutMs: 60 }).next()).rejects.toMatchObject({ kind: 'timeout' })
  })

  test('leaves nothing running once it was read', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    proxy.answer(text('1\n'))
    const lines = sendForLines(proxy.api, ASK)
    expect([await lines.next(), await lines.next()]).toMatchObject([{ value: 1 }, { done: true }])
    expect(vi.getTimerCount()).toBe(0)
  })
})

describe('a path', () => {
  test('keeps every segment whole, whatever is in it', async () => {
    const segment = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('a/b', '%2e%2e', '?x=1', '#', '../..', 'ü'))
    await fc.assert(
      fc.asyncProperty(fc.array(segment, { minLength: 1, maxLength: 3 }), async (path) => {
        fc.pre(path.every((one) => !/^\.{0,2}$/.test(one)))
        proxy.received.length = 0
        await send(proxy.api, { method: 'GET', path })
        const seen = proxy.received[0]?.path.split('/').slice(2).map(decodeURIComponent)
        expect(seen).toEqual(path)
      }),
      { numRuns: 100 },
    )
  })

  test.each(['', '.', '..', 'half \uD800 pair'])('with the segment “%s” is not asked for', async (segment) => {
    expect((await failure({ path: ['connections', segment, 'execute'] })).kind).toBe('refused')
    expect(proxy.received).toEqual([])
  })
})
