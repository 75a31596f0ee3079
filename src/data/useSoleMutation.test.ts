// @vitest-environment jsdom
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { act, cleanup, renderHook, waitFor } from '@testing-library/react'
import { createElement, type ReactNode } from 'react'
import { afterEach, expect, test } from 'vitest'
import { useSoleMutation } from './useSoleMutation'

afterEach(cleanup)

function render(work: (value: string) => Promise<string>) {
  const client = new QueryClient({ defaultOptions: { mutations: { retry: false } } })
  const wrapper = ({ children }: { children: ReactNode }) => createElement(QueryClientProvider, { client }, children)
  return renderHook(() => useSoleMutation({ mutationFn: work }), { wrapper }).result
}

test('a double press does it once', async () => {
  const done: string[] = []
  const result = render(async (value) => {
    done.push(value)
    return value
  })
  act(() => {
    result.current.mutate('first')
    result.current.mutate('second')
  })
  await waitFor(() => expect(result.current.data).toBe('first'))
  expect(done).toEqual(['first'])
  act(() => result.current.mutate('third'))
  await waitFor(() => expect(result.current.data).toBe('third'))
})

test('a failure is in `error`, breaks nothing else, and the next press works', async () => {
  let isBroken = true
  const result = render(async (value) => {
    if (isBroken) throw new Error('broken')
    return value
  })
  act(() => result.current.mutate('first'))
  await waitFor(() => expect(result.current.error?.message).toBe('broken'))
  isBroken = false
  act(() => result.current.mutate('second'))
  await waitFor(() => expect(result.current.data).toBe('second'))
  expect(result.current.error).toBeNull()
})
