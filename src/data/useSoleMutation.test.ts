// @vitest-environment jsdom
import { act } from 'react'
import { expect, test, vi } from 'vitest'
import { runHook } from './hook.testing'
import { CpanelError } from '../cpanel/errors'
import { readNotes } from '../session/journal'
import { accountOf } from './tokens'
import { leaveBehind, useIsHere, useIsOnPage, useSoleMutation } from './useSoleMutation'

test('a double press does it once', async () => {
  const done: string[] = []
  const result = await runHook(() =>
    useSoleMutation({
      mutationFn: async (value: string) => {
        done.push(value)
        return value
      },
    }),
  )
  await act(async () => {
    result.current.mutate('first')
    result.current.mutate('second')
  })
  await vi.waitFor(() => expect(result.current.data).toBe('first'))
  expect(done).toEqual(['first'])
  await act(async () => result.current.mutate('third'))
  await vi.waitFor(() => expect(result.current.data).toBe('third'))
})

test('a failure is in `error`, breaks nothing else, and the next press works', async () => {
  let isBroken = true
  const result = await runHook(() =>
    useSoleMutation({
      mutationFn: async (value: string) => {
        if (isBroken) throw new Error('broken')
        return value
      },
    }),
  )
  await act(async () => result.current.mutate('first'))
  await vi.waitFor(() => expect(result.current.error?.message).toBe('broken'))
  isBroken = false
  await act(async () => result.current.mutate('second'))
  await vi.waitFor(() => expect(result.current.data).toBe('second'))
  expect(result.current.error).toBeNull()
})

test('a form that was drawn is here until it is taken away', async () => {
  const { current, leave } = await runHook(() => useIsHere())
  expect(current.current).toBe(true)
  await leave()
  expect(current.current).toBe(false)
})

test('who goes to another address is not on the page any more, and who comes back is', async () => {
  const { current: isOnPage } = await runHook(() => useIsOnPage())
  expect(isOnPage()).toBe(true)
  history.pushState(null, '', '/elsewhere')
  expect(isOnPage()).toBe(false)
  history.back()
  await vi.waitFor(() => expect(isOnPage()).toBe(true))
})

test('only a failure whose end is known is told elsewhere, as one that was refused', () => {
  const account = accountOf('main.cpanel.alice')
  leaveBehind(account, { kind: 'revoke', name: 'open' }, new CpanelError('timeout', { isUnresolved: true }))
  leaveBehind(account, { kind: 'revoke', name: 'odd' }, new Error('a mistake'))
  leaveBehind(account, { kind: 'revoke', name: 'refused' }, new CpanelError('forbidden'))
  expect([...readNotes().values()]).toMatchObject([
    { kind: 'revoke', name: 'refused', connection: 'main.cpanel.alice', isRefused: true },
  ])
  localStorage.clear()
})
