import { QueryClientProvider } from '@tanstack/react-query'
import { act, createElement } from 'react'
import { createRoot } from 'react-dom/client'
import { afterEach, vi } from 'vitest'
import { queryClient } from './queryClient'

/** Uses a hook in a page of its own; `current` is what it returned last. Needs jsdom. */
export async function runHook<Result>(hook: () => Result): Promise<{ readonly current: Result }> {
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true)
  const returned: Result[] = []
  function Page() {
    returned.push(hook())
    return null
  }
  const root = createRoot(document.createElement('div'))
  await act(async () => root.render(createElement(QueryClientProvider, { client: queryClient }, createElement(Page))))
  unmounts.push(() => act(async () => root.unmount()))
  return {
    get current() {
      const last = returned.at(-1)
      if (last === undefined) throw new Error('The hook was never called.')
      return last
    },
  }
}

const unmounts: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const unmount of unmounts.splice(0)) await unmount()
  vi.unstubAllGlobals()
})
