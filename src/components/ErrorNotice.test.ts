import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, test } from 'vitest'
import { CpanelError, type CpanelErrorKind } from '../cpanel/errors'
import { ErrorNotice, errorWords } from './ErrorNotice'

/** Every kind there is: a new one does not compile until it stands here, and then it needs words. */
const EVERY: Record<CpanelErrorKind, true> = {
  unauthenticated: true,
  wrong_credentials: true,
  code_required: true,
  forbidden: true,
  rejected: true,
  unreachable: true,
  timeout: true,
  upstream_failed: true,
  redirected: true,
  untrusted_certificate: true,
  offline: true,
  garbled: true,
  too_many_requests: true,
  paused: true,
  store_unavailable: true,
  refused: true,
  unchanged: true,
  moved: true,
  unsucceeded: true,
  cancelled: true,
}
const SENTENCE = /^\p{Lu}.*[.]$/u

describe.each(Object.keys(EVERY))('a failure of the kind %s', (name) => {
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
  for (const kind of ['too_many_requests', 'paused'] as const)
    expect(errorWords(new CpanelError(kind, details)).todo).toContain(words)
})

/** The notice as somebody sees it, and as a screen reader does. */
function notice(...given: ConstructorParameters<typeof CpanelError>) {
  const html = renderToStaticMarkup(
    createElement(ErrorNotice, { title: 'It did not work', error: new CpanelError(...given) }),
  )
  return { html, text: html.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ') }
}

describe('a certificate that is not trusted', () => {
  test('and that is another than the pinned one is said to have changed, with both to compare', () => {
    const details = { fingerprint256: 'AA:BB', expected256: 'CC:DD' }
    const { html, text } = notice('untrusted_certificate', details)
    expect(text).toContain('another certificate than the one that is trusted here, so nothing was sent to it.')
    expect(text).toContain('Expected CC:DD Shown now AA:BB')
    expect(html.match(/<d[dt]/g)).toHaveLength(4)
  })

  test('and that could not be seen is compared with nothing', () => {
    const { text } = notice('untrusted_certificate', { expected256: 'CC:DD' })
    expect(text).toContain('Expected CC:DD')
    expect(text).not.toContain('Shown now')
  })

  test('and that nobody knows is shown alone', () => {
    const { html, text } = notice('untrusted_certificate', { fingerprint256: 'AA:BB' })
    expect(text).toContain('The server’s certificate is not trusted, so nothing was sent to it.')
    expect(text).toContain('AA:BB')
    expect(html).not.toContain('<dl')
  })
})

test('sessions that can’t be read are no reason to think that one was logged out', () => {
  const { text } = notice('store_unavailable')
  expect(text).toContain('You are still logged in, and nothing was sent to the server. Try again in a moment')
})

test('a failure that the proxy knows has its number there, to be copied as one', () => {
  const { html, text } = notice('timeout', { requestId: '1a2b3c4d5e6f7081' })
  expect(text).toContain('Reference: 1a2b3c4d5e6f7081')
  expect(html).toMatch(/<code class="[^"]*select-all[^"]*">1a2b3c4d5e6f7081<\/code>/)
  expect(notice('offline').text).not.toContain('Reference')
})
