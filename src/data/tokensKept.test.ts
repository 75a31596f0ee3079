// @vitest-environment jsdom
import { MutationObserver } from '@tanstack/react-query'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { endedConnections } from '../session/ended'
import { readNotes } from '../session/journal'
import { SESSION_ENDED, UNREADABLE, account, fakeCpanelForEach, type FakeCpanel } from './cpanel.testing'
import { createEach } from './createOnMany'
import { createOrSettle } from './createToken'
import { queryClient } from './queryClient'
import {
  accountOf,
  everybody,
  isMadeSince,
  readBack,
  renameMutation,
  revokeMutation,
  revokeOrSettle,
  staleList,
  tokensQuery,
  whmUserOf,
  whoseTokens,
} from './tokens'

vi.mock('./backoff', async (original) => ({ ...(await original<object>()), pause: async () => {} }))

/** What is kept of writes and lists beside the tokens themselves: notes, keys, moments, whose session it is. */

const fake = fakeCpanelForEach()
let cpanel: FakeCpanel
beforeEach(() => {
  cpanel = fake.current
  cpanel.add('one', 'two')
  localStorage.clear()
})

const rename = () =>
  new MutationObserver(queryClient, renameMutation(account)).mutate({ name: 'one', newName: 'three' })
const revoke = () => new MutationObserver(queryClient, revokeMutation(account)).mutate('one')

test('a write is noted while it runs, and no longer', async () => {
  const noted: unknown[] = []
  cpanel.beforeAnswer = async () => void noted.push(...readNotes().values())
  await rename()
  const { connection } = account
  expect(noted.at(0)).toMatchObject({ kind: 'rename', name: 'one', newName: 'three', connection })
  cpanel.add('one')
  noted.length = 0
  await revoke()
  expect(noted.at(0)).toMatchObject({ kind: 'revoke', name: 'one', connection })
  noted.length = 0
  await revokeOrSettle(account, 'two')
  expect(noted).toMatchObject([{ kind: 'revoke', name: 'two', connection }])
  noted.length = 0
  const token = { name: 'four', expiry: { kind: 'never' }, access: 'full' } as const
  await createOrSettle(account, { token, replace: false })
  expect(noted.at(0)).toMatchObject({ kind: 'create', name: 'four', connection })
  noted.length = 0
  const [wish] = [{ key: 1, connection, reach: account, token: { ...token, name: 'five' } }]
  await createEach([wish], { results: new Map(), put: () => {}, signal: new AbortController().signal })
  expect(noted).toContainEqual(expect.objectContaining({ kind: 'create-many', name: '', count: 1 }))
  expect([...readNotes()]).toEqual([])
})

test('a renaming after which both names are there is not done', async () => {
  cpanel.beforeAnswer = async (call) => void (call.startsWith('rename') && cpanel.add('one'))
  await expect(rename()).rejects.toMatchObject({ kind: 'unchanged' })
})

test('a renaming after which neither name is there is not done', async () => {
  cpanel.beforeAnswer = async (call) => void (call.startsWith('rename') && cpanel.rows.delete('three'))
  await expect(rename()).rejects.toMatchObject({ kind: 'unchanged' })
})

test.each([
  ['list', () => queryClient.fetchQuery(tokensQuery(account))],
  ['rename', rename],
  ['revoke', revoke],
])('the end of a session that a %s finds is known', async (name, call) => {
  cpanel.faults.set(name, [SESSION_ENDED])
  await expect(call()).rejects.toMatchObject({ kind: 'unauthenticated' })
  expect([...endedConnections.current()]).toEqual([account.connection])
})

describe('lists', () => {
  test('of an account, of one of a reseller and of the reseller’s WHM are three, under their connection', () => {
    const all = [accountOf('main.whm.root'), accountOf('main.whm.root', 'bob'), whmUserOf('main.whm.root')]
    const keys = all.map((one) => tokensQuery(one).queryKey)
    expect(keys).toEqual([
      ['connection', 'main.whm.root', 'tokens', null],
      ['connection', 'main.whm.root', 'tokens', 'bob'],
      ['connection', 'main.whm.root', 'whm-tokens', null],
    ])
  })

  test('are of nobody where work is on many', () => {
    expect(everybody.connection).toBe('')
  })
})

test('a token may be of a call from five minutes before it on, by the clock of the server', () => {
  const startedAt = Date.UTC(2026, 10, 30, 12)
  const list = { tokens: [], unreadable: 0, knowsReadOnly: false, clockSkewMs: 7_000 }
  const isOurs = (created: number | null) =>
    isMadeSince(
      {
        name: 'one',
        created: created === null ? null : new Date(created),
        expiry: { kind: 'never' },
        access: { kind: 'full' },
      },
      list,
      startedAt,
    )
  const earliest = startedAt - 300_000 + 7_000
  expect([isOurs(earliest), isOurs(earliest - 1), isOurs(startedAt), isOurs(null)]).toEqual([true, false, true, true])
})

test('a key of the cache says whose tokens it is about, and nothing of other keys', () => {
  for (const whose of [accountOf('main.cpanel.alice'), accountOf('main.whm.root', 'bob'), whmUserOf('main.whm.root')])
    expect(whoseTokens(tokensQuery(whose).queryKey)).toEqual(whose)
  const others = [
    ['connections'],
    ['connection', 'main.whm.root', 'accounts'],
    ['connection', null, 'tokens'],
    ['x', 'y', 'tokens'],
    [],
  ]
  expect(others.map(whoseTokens)).toEqual(others.map(() => null))
})

describe('a revocation among several', () => {
  test('whose answer is lost is done where the list says so, and one whose request is lost is not', async () => {
    cpanel.faults.set('revoke', ['lost-answer', 'lost-request'])
    await expect(revokeOrSettle(account, 'one')).resolves.toBeUndefined()
    await expect(revokeOrSettle(account, 'two')).rejects.toMatchObject({ kind: 'offline', isUnresolved: false })
    expect(cpanel.calls).toEqual(['revoke one', 'list', 'revoke two', 'list', 'list'])
  })

  test('asks once for a list that can’t be read, or as often as it is told to', async () => {
    cpanel.always.set('revoke', { status: 504, kind: 'timeout' })
    cpanel.always.set('list', UNREADABLE)
    await expect(revokeOrSettle(account, 'one')).rejects.toMatchObject({ isUnresolved: true })
    await expect(revokeOrSettle(account, 'two', 3)).rejects.toMatchObject({ isUnresolved: true })
    expect(cpanel.calls).toEqual(['revoke one', 'list', 'revoke two', 'list', 'list', 'list'])
  })

  test('is done although the list has a row that could not be read before either', async () => {
    cpanel.rows.set('odd', { name: '', create_time: 1, expires_at: null })
    await readBack(account)
    cpanel.faults.set('revoke', ['lost-answer'])
    await expect(revokeOrSettle(account, 'one')).resolves.toBeUndefined()
  })
})

const isStale = (whose: typeof account) => queryClient.getQueryState(tokensQuery(whose).queryKey)?.isInvalidated

describe('what is read or stale of one account', () => {
  const other = accountOf('main.cpanel.bob')
  test('says nothing of another', async () => {
    for (const whose of [account, other]) await readBack(whose)
    staleList(account)
    expect([isStale(account), isStale(other)]).toEqual([true, false])
  })

  test('calls no question about another back', async () => {
    const release: (() => void)[] = []
    cpanel.beforeAnswer = () => new Promise((resolve) => void release.push(resolve))
    const asked = queryClient.fetchQuery(tokensQuery(other))
    await vi.waitFor(() => expect(release).toHaveLength(1))
    cpanel.beforeAnswer = async () => {}
    await readBack(account)
    release[0]?.()
    await expect(asked).resolves.toMatchObject({ unreadable: 0 })
  })
})
