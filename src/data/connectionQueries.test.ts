import { MutationObserver, QueryObserver } from '@tanstack/react-query'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { endedConnections } from '../session/ended'
import { openOtherTab } from '../session/tabs.testing'
import {
  addingQuery,
  aliveQuery,
  connectionQuery,
  connectionsQuery,
  demoLoginsQuery,
  serversQuery,
  signInMutation,
  signOutMutation,
  signOutOfAllMutation,
} from './connections'
import { queryClient } from './queryClient'
import { accountOf, tokensQuery } from './tokens'

const ALICE = { id: 'main.cpanel.alice', server: 'main', kind: 'cpanel', username: 'alice', hasEnded: false } as const
const ROOT = { id: 'main.whm.root', server: 'main', kind: 'whm', username: 'root', hasEnded: false } as const
const EMPTY = { tokens: [], unreadable: 0, knowsReadOnly: false, clockSkewMs: 0 }

let asked: string[]
/** What the proxy answers, by the end of the path; a number is a status, with a failure of the kind `unreachable`. */
let answers: Map<string, unknown>
beforeEach(() => {
  queryClient.clear()
  for (const connection of endedConnections.current()) endedConnections.remove(connection)
  asked = []
  answers = new Map()
  vi.stubGlobal('fetch', async (url: string, { method = 'GET' }: RequestInit) => {
    asked.push(`${method} ${url}`)
    const answer = [...answers].find(([end]) => url.endsWith(end))?.[1] ?? null
    if (typeof answer !== 'number') return Response.json(answer)
    return Response.json({ error: { kind: answer === 401 ? 'unauthenticated' : 'unreachable' } }, { status: answer })
  })
})
afterEach(() => vi.unstubAllGlobals())

const listOf = ({ id }: { id: string }) => tokensQuery(accountOf(id)).queryKey
const inCache = () =>
  queryClient
    .getQueryCache()
    .getAll()
    .map(({ queryKey }) => queryKey.join(' '))

const isStale = (connection: { id: string }) => queryClient.getQueryState(listOf(connection))?.isInvalidated
const out = (id: string) => new MutationObserver(queryClient, signOutMutation).mutate(id)
const outOfAll = () => new MutationObserver(queryClient, signOutOfAllMutation).mutate()

describe('what is asked of the proxy', () => {
  test('is asked once, and for each thing by its own address', async () => {
    const details = { ...ALICE, urls: { cpanel: 'https://one.example:2083' }, address: '192.0.2.1' }
    answers = new Map<string, unknown>([
      ['/api/connections', [ALICE]],
      [`/api/connections/${ALICE.id}`, details],
      ['/api/servers', [{ id: 'main', name: 'Main', kinds: ['cpanel'] }]],
      ['/api/servers/adding', { isPossible: true }],
      ['/api/demo-logins', []],
    ])
    for (let time = 0; time < 2; time += 1) {
      expect(await queryClient.fetchQuery(connectionsQuery)).toEqual([ALICE])
      expect(await queryClient.fetchQuery(connectionQuery(ALICE.id))).toEqual(details)
      expect(await queryClient.fetchQuery(serversQuery)).toMatchObject([{ name: 'Main' }])
      expect(await queryClient.fetchQuery(addingQuery)).toBe(true)
      expect(await queryClient.fetchQuery(demoLoginsQuery)).toEqual([])
    }
    expect(asked).toEqual([...answers.keys()].map((path) => `GET ${path}`))
  })

  test('of a connection says so where nobody is signed in any more', async () => {
    answers.set(ALICE.id, 401)
    await expect(queryClient.fetchQuery(connectionQuery(ALICE.id))).rejects.toMatchObject({ kind: 'unauthenticated' })
    expect([...endedConnections.current()]).toEqual([ALICE.id])
  })
})

describe('whether a connection is alive', () => {
  test('is told by the version of WHM, and by the list of a cPanel account', async () => {
    answers.set('version', { metadata: { result: 1 }, data: { version: '11.138.0.5' } })
    answers.set('list', { status: 1, errors: null, data: [] })
    expect(await queryClient.fetchQuery(aliveQuery(ROOT))).toBe(true)
    expect(await queryClient.fetchQuery(aliveQuery(ALICE))).toBe(true)
    expect(asked.map((call) => call.split('/').at(-1))).toEqual(['version', 'list'])
  })

  test('is not asked again by itself where nobody answers, and an ended one is noticed', async () => {
    answers.set('version', 502)
    await expect(queryClient.fetchQuery({ ...aliveQuery(ROOT) })).rejects.toMatchObject({ kind: 'unreachable' })
    expect(aliveQuery(ROOT).retry).toBe(false)
    expect(asked).toHaveLength(1)
    answers.set('list', 401)
    await expect(queryClient.fetchQuery(aliveQuery(ALICE))).rejects.toMatchObject({ kind: 'unauthenticated' })
    expect([...endedConnections.current()]).toEqual([ALICE.id])
  })
})

describe('signing in and out', () => {
  let other: ReturnType<typeof openOtherTab>
  beforeEach(() => {
    other = openOtherTab()
    queryClient.setQueryData(connectionsQuery.queryKey, [ALICE, ROOT])
    for (const connection of [ALICE, ROOT]) {
      queryClient.setQueryData(listOf(connection), EMPTY)
      queryClient.setQueryData(connectionQuery(connection.id).queryKey, { ...connection, urls: {}, address: null })
      queryClient.setQueryData(aliveQuery(connection).queryKey, true)
    }
  })
  afterEach(() => other.close())

  test('in tells the other tabs, and asks anew what is of that connection alone', async () => {
    answers.set('/api/connections', ALICE)
    await new MutationObserver(queryClient, signInMutation).mutate({
      server: 'main',
      kind: 'cpanel',
      username: 'alice',
      password: 'a secret phrase',
    })
    expect([isStale(ALICE), isStale(ROOT)]).toEqual([true, false])
    await vi.waitFor(() => expect(other.heard).toEqual([{ kind: 'logged-in', connection: ALICE.id }]))
  })

  test('out of one leaves nothing of it, all of the others, and tells the other tabs', async () => {
    endedConnections.add(ALICE.id)
    await out(ALICE.id)
    expect(inCache().filter((key) => key.includes(ALICE.id))).toEqual([])
    expect(inCache().filter((key) => key.includes(ROOT.id))).toHaveLength(3)
    expect([...endedConnections.current()]).toEqual([])
    await vi.waitFor(() => expect(other.heard).toContainEqual({ kind: 'logged-out' }))
  })

  test('out of all leaves the list of connections, which is empty, and tells the other tabs', async () => {
    endedConnections.add(ALICE.id)
    await outOfAll()
    expect(asked).toEqual(['DELETE /api/connections'])
    expect(inCache()).toEqual(['connections'])
    expect(queryClient.getQueryData(connectionsQuery.queryKey)).toEqual([])
    expect([...endedConnections.current()]).toEqual([])
    await vi.waitFor(() => expect(other.heard).toContainEqual({ kind: 'logged-out' }))
  })

  test('out of all works where nothing is known of any', async () => {
    queryClient.clear()
    await outOfAll()
    expect(queryClient.getQueryData(connectionsQuery.queryKey)).toEqual([])
  })

  test('that fails changes nothing, and asks anew what may have been called back', async () => {
    for (const end of [ALICE.id, '/api/connections']) answers.set(end, 502)
    await expect(out(ALICE.id)).rejects.toMatchObject({ kind: 'unreachable' })
    expect([isStale(ALICE), isStale(ROOT)]).toEqual([true, false])
    await expect(outOfAll()).rejects.toMatchObject({ kind: 'unreachable' })
    expect(isStale(ROOT)).toBe(true)
    expect(queryClient.getQueryData(connectionsQuery.queryKey)).toEqual([ALICE, ROOT])
    expect(other.heard).toEqual([])
  })

  test('out of all calls back what is on its way, but for what is of no connection', async () => {
    const ends: string[] = []
    const hold = (what: string) => ({
      queryKey: what === 'other' ? ['other'] : ['connection', ROOT.id, 'held'],
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        new Promise<never>((_resolve, reject) => {
          signal.addEventListener('abort', () => {
            // Called back afterwards, it would have been told that nobody is signed in.
            ends.push(`${what}, ${asked.length} calls before`)
            reject(new DOMException('called back', 'AbortError'))
          })
        }),
    })
    for (const what of ['held', 'other']) queryClient.fetchQuery(hold(what)).catch(() => {})
    await outOfAll()
    expect(ends).toEqual(['held, 0 calls before'])
    queryClient.clear()
  })

  test('out takes what several parts of a page show when the last of them goes', async () => {
    const show = (queryKey: readonly unknown[]) =>
      new QueryObserver(queryClient, { queryKey, staleTime: Infinity, queryFn: () => EMPTY }).subscribe(() => {})
    const [list, sameList, details] = [
      show(listOf(ALICE)),
      show(listOf(ALICE)),
      show(connectionQuery(ALICE.id).queryKey),
    ]
    const other = show(listOf(ROOT))
    await out(ALICE.id)
    const left = () => inCache().filter((key) => key.includes(ALICE.id))
    expect(left()).toHaveLength(2)
    list()
    other()
    expect(left()).toHaveLength(2)
    sameList()
    expect(left()).toEqual([`connection ${ALICE.id} details`])
    details()
    expect(left()).toEqual([])
    // What is shown afterwards, logged in again, is nobody's leftover.
    queryClient.setQueryData(listOf(ALICE), EMPTY)
    show(listOf(ALICE))()
    expect(left()).toHaveLength(1)
    expect(inCache().filter((key) => key.includes(ROOT.id))).toHaveLength(3)
  })
})
