// @vitest-environment jsdom
import { QueryClientProvider } from '@tanstack/react-query'
import { act, createElement } from 'react'
import { createRoot, type Root } from 'react-dom/client'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { SECRET, forgetSession, proxySays } from '../data/cpanel.testing'
import { queryClient } from '../data/queryClient'
import { accountOf } from '../data/tokens'
import { TestPastedToken } from './TestToken'

const account = accountOf('main.cpanel.alice')
const details = { id: account.connection, server: 'main', kind: 'cpanel', username: 'alice' }

/** What the proxy was asked to test. */
let tested: unknown[]
let answer: () => Response
let page: HTMLElement
let root: Root

beforeEach(async () => {
  forgetSession()
  tested = []
  answer = () => Response.json({ verdict: 'works' })
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true)
  vi.stubGlobal('fetch', async (url: string, init: { body?: string }) => {
    if (url === '/api/servers') return Response.json([{ id: 'main', name: 'Main', kinds: ['cpanel'] }])
    if (!url.endsWith('/test-token'))
      return Response.json({ ...details, urls: { cpanel: 'https://main.example:2083' } })
    tested.push(JSON.parse(init.body ?? ''))
    return answer()
  })
  page = document.createElement('div')
  document.body.append(page)
  root = createRoot(page)
  const form = createElement(TestPastedToken, { account, name: 'deploy-bot' })
  await act(async () => root.render(createElement(QueryClientProvider, { client: queryClient }, form)))
  await shown('It goes to Main once, as alice')
})

afterEach(async () => {
  await act(async () => root.unmount())
  page.remove()
  vi.unstubAllGlobals()
})

/** Waits until the page shows a text. */
async function shown(text: string): Promise<void> {
  await act(async () => {
    await vi.waitUntil(() => page.textContent.includes(text))
  })
}

function element<Kind extends Element>(selector: string, kind: new () => Kind): Kind {
  const found = page.querySelector(selector)
  if (!(found instanceof kind)) throw new Error(`There is no ${selector}.`)
  return found
}

const field = () => element('input[type=password]', HTMLInputElement)
const status = () => element('[role=status]', HTMLElement).textContent

async function paste(text: string): Promise<void> {
  await act(async () => {
    // As a browser does, past React's own setter.
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(field(), text)
    field().dispatchEvent(new Event('input', { bubbles: true }))
  })
}

async function press(): Promise<void> {
  await act(async () => element('button[type=submit]', HTMLButtonElement).click())
}

test('a pasted token is tested once, without what was pasted around it, and nothing of it stays', async () => {
  await paste(` ${SECRET}\n`)
  await press()
  await shown('The server accepted this token just now')
  expect(status()).toContain('as alice on Main.')
  expect(status()).toContain('Be sure that it is the one for “deploy-bot”.')
  expect(tested).toEqual([{ token: SECRET }])
  expect(field().value).toBe('')
  const mutations = queryClient.getMutationCache().getAll()
  expect(JSON.stringify(mutations.map(({ state }) => state))).not.toContain(SECRET)
  expect(page.innerHTML).not.toContain(SECRET)
})

test.each([`Authorization: cpanel alice:${SECRET}`, 'two words', 'passwörd'])(
  'what is no token is not sent anywhere: %j',
  async (text) => {
    await paste(text)
    await press()
    expect(tested).toEqual([])
    expect(field().getAttribute('aria-invalid')).toBe('true')
    expect(page.textContent).toContain('Nothing was sent.')
    await paste(SECRET)
    expect(field().getAttribute('aria-invalid')).toBeNull()
  },
)

test('a token that is not accepted may be another than the one meant', async () => {
  answer = () => Response.json({ verdict: 'refused' })
  await paste(SECRET)
  await press()
  await shown('The server did not accept this token')
  expect([...page.querySelectorAll('li')].map(({ textContent }) => textContent)).toEqual([
    'it is of another user, or not all of it was pasted.',
    'it has expired, or was revoked meanwhile.',
  ])
  expect(field().value).toBe('')
})

test.each([
  ['unreachable', 502, 'The token was not tested'],
  ['too_many_requests', 429, 'Too many tests in a row'],
])('a failure empties the field, too: %s', async (kind, httpStatus, title) => {
  answer = () => proxySays(kind, httpStatus)
  await paste(SECRET)
  await press()
  await shown(title)
  expect(element('[role=alert]', HTMLElement).textContent).toContain(title)
  expect(status()).toBe('')
  expect(field().value).toBe('')
})
