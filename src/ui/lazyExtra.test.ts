// @vitest-environment jsdom
import { Suspense, act, createElement, type ComponentType } from 'react'
import { createRoot } from 'react-dom/client'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { aheadExtra, earlyExtra, lazyExtra } from './lazyExtra'

type Props = { name: string }
const Part = ({ name }: Props) => `the part ${name}`

beforeEach(() => {
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true)
  return () => vi.unstubAllGlobals()
})

const comes = async () => Part
async function fails(): Promise<ComponentType<Props>> {
  throw new TypeError('Failed to fetch dynamically imported module')
}

/** What is on the page at once, and what in the end. */
async function draw(Extra: ComponentType<Props>): Promise<[first: string | null, last: string | null]> {
  const page = document.createElement('div')
  const root = createRoot(page)
  const content = createElement('main', null, 'the page, ', createElement(Extra, { name: 'one' }))
  act(() => root.render(createElement(Suspense, { fallback: 'waiting' }, content)))
  const first = page.textContent
  await act(async () => {})
  const last = page.textContent
  await act(async () => root.unmount())
  return [first, last]
}

describe.each([
  ['lazyExtra', lazyExtra],
  ['earlyExtra', earlyExtra],
])('%s', (_name, extra) => {
  test('draws the part once its file is there', async () => {
    expect(await draw(extra(comes))).toEqual(['waiting', 'the page, the part one'])
  })

  test('leaves the part out where its file doesn’t come, and keeps the page', async () => {
    expect(await draw(extra(fails))).toEqual(['waiting', 'the page, '])
  })
})

test('earlyExtra begins at once, lazyExtra when it is drawn', () => {
  const load = vi.fn<() => Promise<typeof Part>>(comes)
  lazyExtra(load)
  expect(load).not.toHaveBeenCalled()
  earlyExtra(load)
  expect(load).toHaveBeenCalledTimes(1)
})

describe('aheadExtra', () => {
  test('is drawn together with the page where its file was begun before', async () => {
    const load = vi.fn<() => Promise<typeof Part>>(comes)
    const { Extra, begin } = aheadExtra(load, 'meanwhile')
    await begin()
    await begin()
    expect(load).toHaveBeenCalledTimes(1)
    expect(await draw(Extra)).toEqual(['the page, the part one', 'the page, the part one'])
  })

  test('keeps its place where it was not, and comes', async () => {
    expect(await draw(aheadExtra(comes, 'meanwhile').Extra)).toEqual(['the page, meanwhile', 'the page, the part one'])
  })

  test('leaves the part out where its file doesn’t come', async () => {
    const { Extra, begin } = aheadExtra(fails, 'meanwhile')
    await begin()
    expect(await draw(Extra)).toEqual(['the page, ', 'the page, '])
  })
})
