import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, test } from 'vitest'
import { CpanelError } from '../cpanel/errors'
import { SignInFailure } from './SignInFailure'

function words(...given: ConstructorParameters<typeof CpanelError>): string {
  const html = renderToStaticMarkup(
    createElement(SignInFailure, { failure: new CpanelError(...given), way: 'password' }),
  )
  return html.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ')
}

describe('a certificate that is not trusted', () => {
  test('and changed says so, that not even the password was sent, and what to compare', () => {
    const text = words('untrusted_certificate', { fingerprint256: 'AA:BB', expected256: 'CC:DD' })
    expect(text).toContain('The server’s certificate has changed')
    expect(text).toContain('nothing was sent to it, your password neither')
    expect(text).toContain('Expected CC:DD Shown now AA:BB')
  })

  test('and is not known is shown, with where to put it', () => {
    const text = words('untrusted_certificate', { fingerprint256: 'AA:BB' })
    expect(text).toContain('The server’s certificate is not trusted')
    expect(text).toMatch(/CPANEL_FINGERPRINT256.*AA:BB/)
    expect(text).not.toMatch(/Expected|changed/)
  })
})

test('a server that is left alone says for how long, and that the login was not sent', () => {
  const text = words('paused', { retryAfterSeconds: 7 })
  expect(text).toContain('did not send your login. Wait 7 seconds, then try again.')
  expect(words('paused')).toContain('Wait 60 seconds')
})

test('sessions that can’t be kept say nothing about the login', () => {
  const text = words('store_unavailable')
  expect(text).toContain('That says nothing about your login. Try again in a moment')
  expect(text).not.toMatch(/invalid|still logged in/)
})

test.each([
  'wrong_credentials',
  'too_many_requests',
  'paused',
  'store_unavailable',
  'untrusted_certificate',
  'unreachable',
] as const)('a failure (%s) has its number in the proxy’s log, where it has one', (kind) => {
  expect(words(kind, { requestId: '1a2b' })).toContain('Reference: 1a2b')
  expect(words(kind)).not.toContain('Reference')
})
