// @vitest-environment jsdom
import { act } from 'react'
import { expect, test, vi } from 'vitest'
import { runHook } from './hook.testing'
import { useSoleMutation } from './useSoleMutation'

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
