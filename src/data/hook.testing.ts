import { QueryClientProvider } from '@tanstack/react-query'
import { act, createElement } from 'react'
import { createRoot } from 'react-dom/client'
import { afterEach, vi } from 'vitest'
import { queryClient } from './queryClient'

type Hook<Result> = { readonly current: Result; leave: () => Promise<void> }

/** Uses a hook in a page of its own, until that is left; `current` is what it returned last. Needs jsdom. */
export async function runHook<Result>(hook: () => Result): Promise<Hook<Result>> {
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true)
  const returned: Result[] = []
  function Page() {
    returned.push(hook())
    return null
  }
  const root = createRoot(document.createElement('div'))
  await act(async () => root.render(createElement(QueryClientProvider, { client: queryClient }, createElement(Page))))
  const leave = () => act(async () => root.unmount())
  leaves.push(leave)
  return {
    leave,
    get current() {
      const last = returned.at(-1)
      if (last === undefined) throw new Error('The hook was never called.')
      return last
    },
  }
}

const leaves: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const leave of leaves.splice(0)) await leave()
  vi.unstubAllGlobals()
})
