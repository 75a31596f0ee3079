import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { send } from './call'
import { CpanelError } from './errors'
import { json, playProxy, text, type PlayedProxy } from './proxy.testing'

/** What somebody learns of a call that was not done, from the proxy or from whoever answers in its place. */

let proxy: PlayedProxy
beforeEach(async () => {
  proxy = await playProxy()
})
afterEach(() => proxy.close())

/** How a call failed. Anything but a CpanelError fails the test. */
async function failure(): Promise<CpanelError> {
  const outcome: unknown = await send(proxy.api, { method: 'GET', path: ['servers'] }).catch(
    (thrown: unknown) => thrown,
  )
  if (outcome instanceof CpanelError) return outcome
  throw new Error(`no CpanelError but ${String(outcome)}`)
}

/** A body of the proxy's own refusals, as proxy/contract.ts has it. */
function proxyError(kind: string, more: object = {}) {
  return { error: { kind, message: 'For logs.', ...more } }
}

describe('what the proxy refuses', () => {
  test.each([
    [401, 'wrong_credentials', 'wrong_credentials'],
    [401, 'code_required', 'code_required'],
    [401, 'unauthenticated', 'unauthenticated'],
    [403, 'forbidden', 'forbidden'],
    [429, 'too_many_requests', 'too_many_requests'],
    [503, 'paused', 'paused'],
    [503, 'store_unavailable', 'store_unavailable'],
    [502, 'unreachable', 'unreachable'],
    [502, 'untrusted_certificate', 'untrusted_certificate'],
    [502, 'redirected', 'redirected'],
    [502, 'garbled', 'garbled'],
    [502, 'upstream_failed', 'upstream_failed'],
    [504, 'timeout', 'timeout'],
    [400, 'invalid_request', 'refused'],
    [404, 'not_allowed', 'refused'],
    [403, 'wrong_origin', 'refused'],
    [421, 'wrong_host', 'refused'],
    [413, 'too_large', 'refused'],
    [500, 'internal', 'upstream_failed'],
    [418, 'something_newer', 'garbled'],
    [400, '__proto__', 'garbled'],
  ])('%i %s is %s', async (status, kind, expected) => {
    proxy.answer(json(proxyError(kind), status))
    expect(await failure()).toMatchObject({ kind: expected, reasons: [], isUnresolved: false })
  })

  test('comes with the fingerprint that was shown, or with the seconds to wait', async () => {
    proxy.answer(json(proxyError('untrusted_certificate', { fingerprint256: 'AA:BB' }), 502))
    expect(await failure()).toMatchObject({ fingerprint256: 'AA:BB', expected256: undefined })
    const both = { fingerprint256: 'AA:BB', expected256: 'CC:DD' }
    proxy.answer(json(proxyError('untrusted_certificate', both), 502))
    expect(await failure()).toMatchObject({ ...both, retryAfterSeconds: undefined })
    proxy.answer(json(proxyError('too_many_requests', { retryAfter: 7 }), 429))
    expect(await failure()).toMatchObject({ fingerprint256: undefined, retryAfterSeconds: 7 })
  })

  test.each([
    ['fingerprint256', 7],
    ['expected256', {}],
    ['retryAfter', '7'],
    ['retryAfter', -1],
    ['retryAfter', 1e300],
  ])('keeps its kind where %s is %j, which is left out', async (name, value) => {
    proxy.answer(json(proxyError('paused', { retryAfter: 7, [name]: value }), 503))
    const seconds = name === 'retryAfter' ? undefined : 7
    const none = { fingerprint256: undefined, expected256: undefined }
    expect(await failure()).toMatchObject({ kind: 'paused', ...none, retryAfterSeconds: seconds })
  })

  test('has the number of the request in the proxy’s log', async () => {
    const id = { 'x-request-id': '1a2b3c4d5e6f7081' }
    proxy.answer(json(proxyError('timeout'), 504, id))
    expect(await failure()).toMatchObject({ kind: 'timeout', requestId: '1a2b3c4d5e6f7081' })
    proxy.answer(text('{"status":1,"da', 200, id))
    expect(await failure()).toMatchObject({ kind: 'garbled', requestId: '1a2b3c4d5e6f7081' })
    proxy.answer(json(proxyError('timeout'), 504))
    expect(await failure()).toMatchObject({ requestId: undefined })
  })

  test.each(['', 'a b', '<script>', 'x'.repeat(65)])(
    'has no number that the proxy would not give (“%s”)',
    async (id) => {
      proxy.answer(json(proxyError('timeout'), 504, { 'x-request-id': id }))
      expect(await failure()).toMatchObject({ kind: 'timeout', requestId: undefined })
    },
  )
})

describe('what somebody else answers in the proxy’s place', () => {
  const page = '<!doctype html><title>Welcome to the airport</title>'

  test.each([
    [200, page, 'garbled'],
    [200, '{"status":1,"da', 'garbled'],
    [404, page, 'garbled'],
    [403, '{"cpanelresult":{"error":"Access denied"}}', 'garbled'],
    [401, '', 'garbled'],
    [502, page, 'upstream_failed'],
    [503, '{"error":"restarting"}', 'upstream_failed'],
    [500, '{"error":{"kind":7}}', 'upstream_failed'],
  ])('%i %s is %s', async (status, body, kind) => {
    proxy.answer(text(body, status))
    expect(await failure()).toMatchObject({ kind, requestId: undefined })
  })

  test('a redirect is not followed', async () => {
    proxy.answer((response, { path }) => {
      if (path.endsWith('/elsewhere')) response.end('1')
      else response.writeHead(302, { location: '/api/elsewhere' }).end()
    })
    expect((await failure()).kind).toBe('offline')
    expect(proxy.received).toHaveLength(1)
  })
})
