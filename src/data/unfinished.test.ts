// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { CpanelError } from '../cpanel/errors'
import { leaveNote, noted, readNotes } from '../session/journal'
import { FakeLocks, locksForEach } from '../session/locks.testing'
import { SESSION_ENDED, UNREADABLE, account, fakeCpanelForEach, type FakeCpanel } from './cpanel.testing'
import { connectionsQuery } from './connections'
import { queryClient } from './queryClient'
import { accountOf } from './tokens'
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
  vi.useRealTimers()
})

function logIn(...ids: string[]): void {
  const connections = ids.map((id) => ({
    id,
    server: 'main',
    kind: 'cpanel' as const,
    username: 'alice',
    hasEnded: false,
  }))
  queryClient.setQueryData(connectionsQuery.queryKey, connections)
}

const revoke = { kind: 'revoke', name: 'one' } as const
const lost = () => Promise.reject(new CpanelError('timeout', { isUnresolved: true }))
/** Leaves what a page leaves that died in the middle. */
const die = (whose = account) => noted(whose, revoke, lost).catch(() => {})

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
    expect(readNotes().size).toBe(1)
  })

  test('is asked once for an account, however much was under way', async () => {
    await die()
    leaveNote(account, { kind: 'create', name: 'two' }, false)
    leaveNote(accountOf('main.whm.root', 'bob'), revoke, false)
    await start()
    const states = told().map(([, state]) => state)
    expect(new Set(states)).toEqual(new Set(['open', 'signed-out']))
    expect(states).toHaveLength(3)
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
    void noted(account, { kind: 'revoke-many', name: '', count: 7 }, forever)
    void noted(account, revoke, forever)
    await vi.advanceTimersByTimeAsync(0)
    Object.defineProperty(navigator, 'locks', { value: new FakeLocks(), configurable: true })
    await start()
    expect(unfinished.current().map(({ note }) => note.kind)).toEqual(expect.arrayContaining(['revoke-many', 'revoke']))
    expect([...readNotes().values()].map(({ kind }) => kind)).toEqual(['revoke'])
  })

  test('that is dismissed is forgotten for good', async () => {
    await die()
    await start()
    dismissAll()
    expect(readNotes().size).toBe(0)
    await vi.advanceTimersByTimeAsync(0)
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
