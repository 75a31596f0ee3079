// @vitest-environment jsdom
import { act, createElement } from 'react'
import { createRoot } from 'react-dom/client'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { accountOf } from '../data/tokens'

beforeEach(() => void vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true))
afterEach(() => vi.unstubAllGlobals())

test.each([
  ['is there once its file has come', true, 'The secret. The test of deploy-bot'],
  ['is not there where its file does not come, and all else stays', false, 'The secret. '],
])('the test %s', async (_what, doesCome, shown) => {
  const load = vi.fn<() => object>(() => {
    if (!doesCome) throw new Error('The file did not come.')
    return { TestToken: ({ name }: { name: string }) => `The test of ${name}` }
  })
  vi.resetModules()
  vi.doMock('./TestToken', load)
  const { TestTokenWhenLoaded } = await import('./TestTokenWhenLoaded')
  const page = document.createElement('div')
  const root = createRoot(page)
  const props = { account: accountOf('main.cpanel.alice'), secret: 'SECRET', name: 'deploy-bot' }
  await act(async () =>
    root.render(createElement('main', null, 'The secret. ', createElement(TestTokenWhenLoaded, props))),
  )
  await act(async () => {
    await vi.waitUntil(() => load.mock.calls.length > 0)
    // What came, or didn't, is known a moment later.
    await import('./TestToken').catch(() => {})
  })
  expect(page.textContent).toBe(shown)
  await act(async () => root.unmount())
})
