// @vitest-environment jsdom
import { act, createElement } from 'react'
import { createRoot } from 'react-dom/client'
import { RouterProvider, createMemoryRouter } from 'react-router'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { t } from '../messages/catalogue'
import type { LeaveDialogProps } from './LeaveDialog'

const leaves: (() => Promise<void>)[] = []
beforeEach(() => void vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true))
afterEach(async () => {
  for (const leave of leaves.splice(0)) await leave()
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
})

/** A page with a secret, guarded; `loadDialog` stands for the file of the dialog. */
async function open(loadDialog: () => object) {
  const load = vi.fn<() => object>(loadDialog)
  vi.resetModules()
  vi.doMock('./LeaveDialog', load)
  const { LeaveGuard } = await import('./LeaveGuard')
  const router = createMemoryRouter([
    { path: '/', element: createElement('main', null, 'The secret. ', createElement(LeaveGuard, { isActive: true })) },
    { path: '/elsewhere', element: 'Elsewhere.' },
  ])
  const page = document.createElement('div')
  const root = createRoot(page)
  await act(async () => root.render(createElement(RouterProvider, { router })))
  leaves.push(() => act(async () => root.unmount()))
  await act(async () => {
    await vi.waitUntil(() => load.mock.calls.length > 0)
    await import('./LeaveDialog').catch(() => {})
  })
  return { page, go: () => act(() => router.navigate('/elsewhere')) }
}

/** Whether closing the page would ask. */
const asks = () => !window.dispatchEvent(new Event('beforeunload', { cancelable: true }))

const missing = () => {
  throw new Error('The file did not come.')
}

describe('who leaves a secret whose dialog did not load', () => {
  test.each([
    ['stays', false, 'The secret. '],
    ['leaves', true, 'Elsewhere.'],
  ])('is asked by the browser, and %s', async (_what, answer, shown) => {
    const confirm = vi.spyOn(window, 'confirm').mockReturnValue(answer)
    const { page, go } = await open(missing)
    expect(confirm).not.toHaveBeenCalled()
    await go()
    expect(confirm.mock.calls).toEqual([[t('leave.text')]])
    expect(page.textContent).toBe(shown)
  })

  test('and stayed is asked again the next time', async () => {
    const confirm = vi.spyOn(window, 'confirm').mockReturnValue(false)
    const { go } = await open(missing)
    await go()
    await go()
    expect(confirm).toHaveBeenCalledTimes(2)
  })
})

test('who leaves a secret is asked by the dialog where that has come, and not by the browser', async () => {
  const confirm = vi.spyOn(window, 'confirm').mockReturnValue(true)
  const { page, go } = await open(() => ({ LeaveDialog: ({ atStake }: LeaveDialogProps) => `Leave the ${atStake}?` }))
  expect(page.textContent).toBe('The secret. ')
  await go()
  expect(page.textContent).toBe('The secret. Leave the secret?')
  expect(confirm).not.toHaveBeenCalled()
})

test('closing the page asks while the secret is there, and no longer', async () => {
  const { go, page } = await open(missing)
  expect(asks()).toBe(true)
  vi.spyOn(window, 'confirm').mockReturnValue(true)
  await go()
  expect(page.textContent).toBe('Elsewhere.')
  expect(asks()).toBe(false)
})
