// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { CpanelError } from '../cpanel/errors'
import { endedConnections } from '../session/ended'
import { unreachableConnections } from '../session/health'
import { leaveNote, noted, readNotes } from '../session/journal'
import { FakeLocks, locksForEach } from '../session/locks.testing'
import { SESSION_ENDED, UNREADABLE, account, fakeCpanelForEach, type FakeCpanel } from './cpanel.testing'
import { connectionsQuery } from './connections'
import { queryClient } from './queryClient'
import { accountOf, everybody } from './tokens'
import { dismissAll, followUnfinished, lookAgain, unfinished } from './unfinished'

const locks = locksForEach()
const fake = fakeCpanelForEach()
let cpanel: FakeCpanel
let stop = () => {}
beforeEach(() => {
  vi.useFakeTimers()
  cpanel = fake.current
  cpanel.add('one')
  logIn(account.connection)
})
afterEach(() => {
  stop()
  dismissAll()
  vi.restoreAllMocks()
  vi.useRealTimers()
})

function logIn(...ids: string[]): void {
  const login = { server: 'main', kind: 'cpanel', username: 'alice', hasEnded: false } as const
  const logins = ids.map((id) => ({ id, ...login }))
  queryClient.setQueryData(connectionsQuery.queryKey, logins)
}

const revoke = { kind: 'revoke', name: 'one' } as const
const lost = () => Promise.reject(new CpanelError('timeout', { isUnresolved: true }))
/** Leaves what a page leaves that died in the middle. */
const die = (whose = account, name = 'one') => noted(whose, { kind: 'revoke', name }, lost).catch(() => {})

async function start(): Promise<void> {
  stop = followUnfinished()
  await vi.advanceTimersByTimeAsync(0)
}

const forever = () => new Promise<void>(() => {})

/** What is told of each: its ending where the list was read, otherwise why not. */
const told = () =>
  unfinished.current().map(({ note, state }) => [note.name, state.kind === 'read' ? state.ending : state.kind])

describe('what a page left', () => {
  test('is settled by the list, and then forgotten, but told until it is dismissed', async () => {
    await die()
    cpanel.rows.delete('one')
    await start()
    expect(told()).toEqual([['one', 'done']])
    expect(readNotes().size).toBe(0)
    expect(locks.current.held()).toEqual([])
    dismissAll()
    expect(told()).toEqual([])
  })

  test('that is not done yet is looked at again by itself, until it is', async () => {
    await die()
    await start()
    expect(told()).toEqual([['one', 'open']])
    expect(readNotes().size).toBe(1)
    await vi.advanceTimersByTimeAsync(20_000)
    cpanel.rows.delete('one')
    await vi.advanceTimersByTimeAsync(30_000)
    expect(told()).toEqual([['one', 'done']])
    const asked = cpanel.calls.length
    await vi.advanceTimersByTimeAsync(300_000)
    expect(cpanel.calls).toHaveLength(asked)
  })

  test('that is not done after minutes will not be', async () => {
    await die()
    await start()
    await vi.advanceTimersByTimeAsync(160_000)
    expect(told()).toEqual([['one', 'not-done']])
    expect(readNotes().size).toBe(0)
  })

  test('stays unknown while the list can’t be read, and is known when it can', async () => {
    cpanel.always.set('list', UNREADABLE)
    await die()
    cpanel.rows.delete('one')
    await start()
    expect(told()).toEqual([['one', 'unreadable']])
    expect([...unreachableConnections.current()]).toEqual([account.connection])
    cpanel.always.clear()
    lookAgain()
    await vi.advanceTimersByTimeAsync(0)
    expect(told()).toEqual([['one', 'done']])
  })

  test('where nobody is logged in waits for that', async () => {
    await die()
    cpanel.rows.delete('one')
    logIn()
    await start()
    expect(told()).toEqual([['one', 'signed-out']])
    expect(cpanel.calls).toEqual([])
    logIn(account.connection)
    await vi.advanceTimersByTimeAsync(0)
    expect(told()).toEqual([['one', 'done']])
  })

  test('in a session that turns out to have ended waits for a login as well', async () => {
    cpanel.always.set('list', SESSION_ENDED)
    await die()
    await start()
    expect(told()).toEqual([['one', 'signed-out']])
    expect([...endedConnections.current()]).toEqual([account.connection])
    expect(readNotes().size).toBe(1)
  })

  test('is asked once for an account, however much was under way', async () => {
    await die()
    leaveNote(account, { kind: 'create', name: 'two' }, false)
    leaveNote(accountOf('main.whm.root', 'bob'), revoke, false)
    await start()
    expect(
      told()
        .map(([, state]) => String(state))
        .toSorted(),
    ).toEqual(['open', 'open', 'signed-out'])
    expect(cpanel.calls).toEqual(['list'])
  })

  test('is no longer told once the token was written anew', async () => {
    await die()
    await start()
    await noted(account, { kind: 'create', name: 'one' }, async () => {})
    await vi.advanceTimersByTimeAsync(10_000)
    expect(told()).toEqual([])
  })

  test('in the middle of work on many is told as broken off, with what was under way then', async () => {
    // Its tab dies: nobody holds the locks any more.
    void noted(everybody, { kind: 'revoke-many', name: '', count: 7 }, forever)
    void noted(account, revoke, forever)
    await vi.advanceTimersByTimeAsync(0)
    Object.defineProperty(navigator, 'locks', { value: new FakeLocks(), configurable: true })
    await start()
    expect(unfinished.current().map(({ note }) => note.kind)).toEqual(expect.arrayContaining(['revoke-many', 'revoke']))
    // There is no list that would tell more of the many.
    expect(Object.fromEntries(told())).toEqual({ '': 'looking', one: 'open' })
    expect([...readNotes().values()].map(({ kind }) => kind)).toEqual(['revoke'])
  })

  test('is told while its list is still being read, and that is asked for once, however often somebody asks', async () => {
    await die()
    const held: (() => void)[] = []
    cpanel.beforeAnswer = () => new Promise((resolve) => held.push(resolve))
    await start()
    lookAgain()
    await vi.advanceTimersByTimeAsync(0)
    expect([told(), cpanel.calls]).toEqual([[['one', 'looking']], ['list']])
    held[0]?.()
    await vi.advanceTimersByTimeAsync(0)
    expect(told()).toEqual([['one', 'open']])
  })

  test('of another tab that lives is that tab’s to tell', async () => {
    leaveNote(account, revoke, false)
    const [key = ''] = readNotes().keys()
    void locks.current.request(key, forever)
    await vi.advanceTimersByTimeAsync(0)
    await start()
    expect([told(), cpanel.calls]).toEqual([[], []])
  })

  test('is followed until each is settled, and a list with nothing open is not asked for again', async () => {
    logIn(account.connection, 'main.cpanel.bob')
    await die()
    await die(accountOf('main.cpanel.bob'), 'two')
    cpanel.add('two')
    cpanel.rows.delete('one')
    await start()
    expect(Object.fromEntries(told())).toEqual({ one: 'done', two: 'open' })
    cpanel.calls.length = 0
    cpanel.rows.delete('two')
    await vi.advanceTimersByTimeAsync(2_000)
    expect(cpanel.calls).toEqual(['list'])
    expect(Object.fromEntries(told())).toEqual({ one: 'done', two: 'done' })
  })

  test('is looked at when the logins change, not with whatever else is read', async () => {
    cpanel.always.set('list', UNREADABLE)
    await die()
    await start()
    expect(cpanel.calls).toHaveLength(1)
    queryClient.setQueryData(['servers'], [])
    await queryClient.invalidateQueries({ queryKey: connectionsQuery.queryKey })
    await vi.advanceTimersByTimeAsync(0)
    expect(cpanel.calls).toHaveLength(1)
    logIn(account.connection)
    await vi.advanceTimersByTimeAsync(0)
    expect(cpanel.calls).toHaveLength(2)
  })

  test('is not looked at while nobody sees the page, and at once when somebody does', async () => {
    let isHidden = true
    vi.spyOn(document, 'hidden', 'get').mockImplementation(() => isHidden)
    await die()
    await start()
    await vi.advanceTimersByTimeAsync(60_000)
    isHidden = false
    expect(cpanel.calls).toEqual([])
    document.dispatchEvent(new Event('visibilitychange'))
    await vi.advanceTimersByTimeAsync(0)
    expect(told()).toEqual([['one', 'open']])
    stop()
    const asked = cpanel.calls.length
    document.dispatchEvent(new Event('visibilitychange'))
    await vi.advanceTimersByTimeAsync(60_000)
    expect(cpanel.calls).toHaveLength(asked)
  })

  test('that is dismissed is forgotten for good', async () => {
    await die()
    await start()
    dismissAll()
    await vi.advanceTimersByTimeAsync(0)
    expect(readNotes().size).toBe(0)
    expect(locks.current.held()).toEqual([])
  })
})

test('a write of this page whose end nobody knows is followed from then on', async () => {
  await start()
  expect(told()).toEqual([])
  await die()
  await vi.advanceTimersByTimeAsync(0)
  expect(told()).toEqual([['one', 'open']])
})

test('a write that is under way is none of it', async () => {
  const release: (() => void)[] = []
  const writing = noted(account, revoke, () => new Promise<void>((resolve) => release.push(resolve)))
  await start()
  expect(readNotes().size).toBe(1)
  expect(told()).toEqual([])
  for (const answer of release) answer()
  await writing
})
