// @vitest-environment jsdom
import { QueryClientProvider } from '@tanstack/react-query'
import { act, createElement, type ReactElement } from 'react'
import { createRoot } from 'react-dom/client'
import { MemoryRouter } from 'react-router'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { allTokens } from '../data/allTokens'
import { OF_WHM, fakeProxyForEach, loadEnded, type FakeProxy } from '../data/manyAccounts.testing'
import { queryClient } from '../data/queryClient'
import { openAllTokens } from '../data/sources'
import { NO_FILTER } from '../inventory/filter'
import { CreateOnManyForm } from './CreateOnManyForm'
import { TokenFilters } from './TokenFilters'

// A reseller is both: a WHM user, and an account of the same name.
const fake = fakeProxyForEach()
let proxy: FakeProxy
const root = { current: createRoot(document.createElement('div')) }
beforeEach(async () => {
  proxy = fake.current
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true)
  proxy.whm('resell', ['resell', 'bob'])
  await openAllTokens()
  await loadEnded()
})
afterEach(() => act(async () => root.current.unmount()))

async function draw(page: ReactElement): Promise<HTMLElement> {
  const element = document.createElement('div')
  root.current = createRoot(element)
  const noise = vi.spyOn(console, 'error')
  const whole = createElement(QueryClientProvider, { client: queryClient }, createElement(MemoryRouter, null, page))
  await act(async () => root.current.render(whole))
  expect(noise.mock.calls).toEqual([])
  return element
}

test('a token on many accounts is offered for accounts, and not for the WHM user', async () => {
  const start = [proxy.numberOf('bob')]
  const form = await draw(createElement(CreateOnManyForm, { start, onCreate: () => {} }))
  const boxes = [...form.querySelectorAll<HTMLInputElement>('li input[type=checkbox]')]
  expect(boxes.map((box) => [box.getAttribute('aria-label'), box.checked])).toEqual([
    ['Choose resell on North', false],
    ['Choose bob on North', true],
  ])
})

test('the filter by account offers both, each once, and says which is the WHM user', async () => {
  const { accounts } = allTokens.inventory.columns
  const mine = accounts.filter(({ server }) => server === proxy.server)
  expect(mine).toContain(accounts[proxy.numberOf('resell', OF_WHM)])
  const fields = await draw(createElement(TokenFilters, { filter: NO_FILTER, onFilter: () => {}, accounts: mine }))
  const options = [...fields.querySelectorAll('datalist option')]
  expect(options.map((option) => [option.getAttribute('value'), option.textContent])).toEqual([
    ['resell', 'WHM user'],
    ['resell', 'resell.example'],
    ['bob', 'bob.example'],
  ])
})
