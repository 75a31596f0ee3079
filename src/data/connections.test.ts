import { MutationObserver, QueryObserver } from '@tanstack/react-query'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { connectionParts } from '../session/connections'
import { endedConnections } from '../session/ended'
import { connectionsQuery, serversQuery, signInMutation, signOutMutation } from './connections'
import { queryClient } from './queryClient'
import { accountOf, tokensQuery } from './tokens'

const ALICE = { id: 'main.cpanel.alice', server: 'main', kind: 'cpanel', username: 'alice', hasEnded: false } as const
const BOB = { id: 'main.cpanel.bob', server: 'main', kind: 'cpanel', username: 'bob', hasEnded: false } as const
const ALICES_LIST = tokensQuery(accountOf(ALICE.id)).queryKey

beforeEach(() => {
  queryClient.clear()
  for (const connection of endedConnections.current()) endedConnections.remove(connection)
})
afterEach(() => vi.unstubAllGlobals())

/** The proxy answers everything with this. */
function proxySays(body: unknown, status = 200) {
  const fetch = vi.fn<(url: string, init: RequestInit) => Promise<Response>>(async () =>
    Response.json(body, { status }),
  )
  vi.stubGlobal('fetch', fetch)
  return fetch
}

async function signIn() {
  const form = new MutationObserver(queryClient, signInMutation)
  await form
    .mutate({ server: 'main', kind: 'cpanel', username: 'alice', password: 'a secret phrase' })
    .finally(() => form.reset())
}

function connections() {
  return queryClient.getQueryData(connectionsQuery.queryKey)
}

test('signing in adds the connection, ends its end, and keeps no password', async () => {
  proxySays(ALICE, 201)
  queryClient.setQueryData(connectionsQuery.queryKey, [BOB])
  queryClient.setQueryData(ALICES_LIST, { tokens: [], unreadable: 0, knowsReadOnly: false, clockSkewMs: 0 })
  endedConnections.add(ALICE.id)
  await signIn()
  expect(connections()).toEqual([BOB, ALICE])
  expect([...endedConnections.current()]).toEqual([])
  expect(queryClient.getQueryState(ALICES_LIST)?.isInvalidated).toBe(true)
  await vi.waitFor(() => expect(queryClient.getMutationCache().getAll()).toEqual([]))
})

test('signing in again does not show the connection twice', async () => {
  proxySays(ALICE, 201)
  await signIn()
  await signIn()
  expect(connections()).toEqual([ALICE])
})

test('a refused sign-in changes nothing, and is no end of a session', async () => {
  proxySays({ error: { kind: 'wrong_credentials', message: 'no' } }, 401)
  await expect(signIn()).rejects.toMatchObject({ kind: 'wrong_credentials' })
  expect(connections()).toBeUndefined()
  expect([...endedConnections.current()]).toEqual([])
})

test('signing out leaves nothing of the connection, and all of the others', async () => {
  const fetch = proxySays(null)
  queryClient.setQueryData(connectionsQuery.queryKey, [ALICE, BOB])
  queryClient.setQueryData(ALICES_LIST, { tokens: [], unreadable: 0, knowsReadOnly: false, clockSkewMs: 0 })
  await new MutationObserver(queryClient, signOutMutation).mutate(ALICE.id)
  expect(fetch.mock.calls.map(([url, { method }]) => [method, url])).toEqual([
    ['DELETE', '/api/connections/main.cpanel.alice'],
  ])
  expect(connections()).toEqual([BOB])
  expect(queryClient.getQueryData(ALICES_LIST)).toBeUndefined()
})

test('what a page still shows is not asked for again when it is drawn once more, and goes with the page', async () => {
  const asked: string[] = []
  vi.stubGlobal('fetch', async (url: string, { method = 'GET' }: RequestInit) => {
    asked.push(`${method} ${url}`)
    return Response.json(null)
  })
  queryClient.setQueryData(ALICES_LIST, { tokens: [], unreadable: 0, knowsReadOnly: false, clockSkewMs: 0 })
  const page = new QueryObserver(queryClient, tokensQuery(accountOf(ALICE.id)))
  const leavePage = page.subscribe(() => {})
  await new MutationObserver(queryClient, signOutMutation).mutate(ALICE.id)
  page.setOptions(tokensQuery(accountOf(ALICE.id)))
  expect(asked).toEqual(['DELETE /api/connections/main.cpanel.alice'])
  leavePage()
  expect(queryClient.getQueryData(ALICES_LIST)).toBeUndefined()
})

test('a list on its way is called back when its connection is signed out', async () => {
  const ends: string[] = []
  vi.stubGlobal('fetch', async (_url: string, { method, signal }: RequestInit) => {
    if (method === 'DELETE') {
      ends.push('signed out')
      return Response.json(null)
    }
    return new Promise((_resolve, reject) => {
      signal?.addEventListener('abort', () => {
        ends.push('called back')
        reject(new DOMException('called back', 'AbortError'))
      })
    })
  })
  const leavePage = new QueryObserver(queryClient, tokensQuery(accountOf(ALICE.id))).subscribe(() => {})
  await new MutationObserver(queryClient, signOutMutation).mutate(ALICE.id)
  leavePage()
  expect(ends).toEqual(['called back', 'signed out'])
})

test('who can’t be signed out stays signed in', async () => {
  proxySays('gateway', 502)
  queryClient.setQueryData(connectionsQuery.queryKey, [ALICE])
  await expect(new MutationObserver(queryClient, signOutMutation).mutate(ALICE.id)).rejects.toMatchObject({
    kind: 'upstream_failed',
  })
  expect(connections()).toEqual([ALICE])
})

test.each([null, {}, [{ id: 1 }], [{ id: 'main', name: 'Main', kinds: ['ftp'] }]])(
  'servers told as %j are garbled',
  async (body) => {
    proxySays(body)
    await expect(queryClient.fetchQuery(serversQuery)).rejects.toMatchObject({ kind: 'garbled' })
  },
)

test.each([
  ['main.cpanel.alice', { server: 'main', kind: 'cpanel', username: 'alice' }],
  ['main.whm.first.last', { server: 'main', kind: 'whm', username: 'first.last' }],
  ['main.ftp.alice', null],
  ['main.cpanel', null],
  ['.cpanel.alice', null],
  ['', null],
])('the parts of “%s”', (id, parts) => {
  expect(connectionParts(id)).toEqual(parts)
})
