// @vitest-environment jsdom
import { act, createElement, useLayoutEffect } from 'react'
import { createRoot } from 'react-dom/client'
import { createBrowserRouter, RouterProvider } from 'react-router'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { NO_FILTER } from '../inventory/filter'
import { useChoice } from './useChoice'
import { useListView } from './useListView'
import { useQueryString } from './useQueryString'

const leaves: (() => Promise<void>)[] = []
beforeEach(() => void vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true))
afterEach(async () => {
  for (const leave of leaves.splice(0)) await leave()
  vi.unstubAllGlobals()
})

/** A page of one hook. Every navigation waits until it is let through, as on a busy computer; `go` is a link's or Back's. */
async function openPage<Hook>(useHook: () => Hook) {
  const onTheWay: (() => void)[] = []
  const drawn = vi.fn<(hook: Hook) => void>()
  function Page() {
    const hook = useHook()
    useLayoutEffect(() => drawn(hook))
    return null
  }
  window.history.replaceState(null, '', '/?a=0')
  const router = createBrowserRouter(
    [
      {
        path: '/',
        element: createElement(Page),
        loader: () => new Promise((arrive) => onTheWay.push(() => arrive(null))),
      },
    ],
    { hydrationData: { loaderData: { '0': null } } },
  )
  const root = createRoot(document.createElement('div'))
  await act(async () => root.render(createElement(RouterProvider, { router })))
  leaves.push(() => act(async () => root.unmount()))
  /** Lets through what is on its way; React has not drawn it yet. */
  const arriveNow = async () => {
    await vi.waitUntil(() => onTheWay.length > 0)
    const before = router.state.location.key
    for (const arrive of onTheWay.splice(0)) arrive()
    await vi.waitUntil(() => router.state.location.key !== before)
  }
  return {
    hook: () => {
      const [hook] = drawn.mock.lastCall ?? []
      if (hook === undefined) throw new Error('The page was not drawn.')
      return hook
    },
    shown: () => router.state.location.search,
    go: (to: string) => act(async () => void router.navigate(to)),
    goBack: () => act(async () => void router.navigate(-1)),
    arrive: () => act(arriveNow),
    arriveNow,
  }
}

const adding = (name: string, value: string) => (before: URLSearchParams) =>
  new URLSearchParams([...before, [name, value]])

async function openQuery() {
  const page = await openPage(useQueryString)
  const set = (name: string, value: string, replace = true) =>
    act(async () => page.hook()[1](adding(name, value), { replace }))
  return { ...page, set }
}

test('two changes of which the first is still on its way are both made', async () => {
  const { set, arrive, shown } = await openQuery()
  await set('b', '1')
  await set('c', '2')
  expect(shown()).toBe('?a=0')
  await arrive()
  expect(shown()).toBe('?a=0&b=1&c=2')
  await set('d', '3')
  await arrive()
  expect(shown()).toBe('?a=0&b=1&c=2&d=3')
})

test('so are two that are made at once', async () => {
  const { hook, arrive, shown } = await openQuery()
  await act(async () => {
    hook()[1](adding('b', '1'), { replace: true })
    hook()[1](adding('c', '2'), { replace: true })
  })
  await arrive()
  expect(shown()).toBe('?a=0&b=1&c=2')
})

test('a change that arrives while the next one is on its way does not make that one forgotten', async () => {
  const { hook, arriveNow, set, arrive, shown } = await openQuery()
  await act(async () => {
    hook()[1](adding('b', '1'), { replace: true })
    await arriveNow()
    expect(shown()).toBe('?a=0&b=1')
    hook()[1](adding('c', '2'), { replace: true })
  })
  expect(String(hook()[0])).toBe('a=0&b=1')
  await set('d', '3')
  await arrive()
  expect(shown()).toBe('?a=0&b=1&c=2&d=3')
})

test('a change that is on its way when somebody goes elsewhere is not wanted any more', async () => {
  const { set, go, arrive, shown } = await openQuery()
  await set('b', '1')
  await go('/?z=9')
  await arrive()
  expect(shown()).toBe('?z=9')
  await set('c', '2')
  await arrive()
  expect(shown()).toBe('?z=9&c=2')
})

test('a change goes on from where a link led that is not drawn yet', async () => {
  const { hook, go, arriveNow, arrive, shown } = await openQuery()
  await act(async () => {
    void go('/?z=9')
    await arriveNow()
    hook()[1](adding('b', '1'), { replace: true })
  })
  expect(String(hook()[0])).toBe('z=9')
  await arrive()
  expect(shown()).toBe('?z=9&b=1')
})

test('after Back a change goes on from what is shown', async () => {
  const { set, goBack, arrive, shown } = await openQuery()
  await set('b', '1', false)
  await arrive()
  await set('c', '2', false)
  await arrive()
  await goBack()
  await arrive()
  expect(shown()).toBe('?a=0&b=1')
  await set('d', '3')
  await arrive()
  expect(shown()).toBe('?a=0&b=1&d=3')
})

test('a list that is searched and sorted in a hurry is both', async () => {
  const { hook, arrive } = await openPage(useListView)
  const change = (part: Parameters<ReturnType<typeof useListView>[1]>[0]) => act(async () => hook()[1](part))
  await change({ q: 'deploy' })
  await change({ sort: 'expires', isDescending: true })
  await arrive()
  expect(hook()[0]).toMatchObject({ q: 'deploy', sort: 'expires', isDescending: true, page: 1 })
})

test('what is typed among all tokens before the view of a link is drawn is typed in that view', async () => {
  const onChange = vi.fn<() => void>()
  const { hook, go, arriveNow, arrive, shown } = await openPage(() => useChoice(onChange))
  await act(async () => {
    void go('/?review=never&sort=created')
    await arriveNow()
    const [, change, latest] = hook()
    change({ filter: { ...latest().filter, query: 'deploy' } })
  })
  await arrive()
  expect(shown()).toBe('?q=deploy&review=never&sort=created')
  expect(hook()[0]).toEqual({
    filter: { ...NO_FILTER, query: 'deploy', review: ['never'] },
    order: { by: 'created', isDescending: false },
    isGrouped: false,
  })
})
