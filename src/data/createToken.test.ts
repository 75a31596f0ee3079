import { MutationObserver } from '@tanstack/react-query'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import type { NewToken } from '../cpanel/tokens'
import { endedConnections } from '../session/ended'
import {
  SECRET,
  SESSION_ENDED,
  TIMEOUT,
  UNREADABLE,
  account,
  fakeCpanelForEach,
  type FakeCpanel,
} from './cpanel.testing'
import { checkAgainMutation, createMutation } from './createToken'
import { queryClient } from './queryClient'
import { readBack } from './tokens'

// Waiting is tested in doubt.test.ts.
vi.mock('./backoff', async (original) => ({ ...(await original<object>()), pause: async () => {} }))

const fake = fakeCpanelForEach()
let cpanel: FakeCpanel
beforeEach(() => {
  cpanel = fake.current
})

const TOKEN: NewToken = { name: 'one', expiry: { kind: 'never' }, access: 'full' }

function create(replace = false) {
  return new MutationObserver(queryClient, createMutation(account)).mutate({ token: TOKEN, replace })
}

/** How often the server was asked to create. More than once is never right. */
function creations(): number {
  return cpanel.calls.filter((call) => call.startsWith('create')).length
}

test('a created token comes with its secret, which is nowhere in the cache', async () => {
  await readBack(account)
  const observer = new MutationObserver(queryClient, createMutation(account))
  expect(await observer.mutate({ token: TOKEN, replace: false })).toEqual({
    kind: 'created',
    token: TOKEN,
    secret: SECRET,
  })
  await readBack(account)
  expect(
    JSON.stringify(
      queryClient
        .getQueryCache()
        .getAll()
        .map(({ state }) => state),
    ),
  ).not.toContain(SECRET)
  observer.reset()
  // The screen that showed it is left: then it is nowhere at all.
  await vi.waitFor(() => expect(queryClient.getMutationCache().getAll()).toEqual([]))
})

test('creating marks the list stale', async () => {
  await readBack(account)
  await create()
  expect(
    queryClient
      .getQueryCache()
      .getAll()
      .map(({ state }) => state.isInvalidated),
  ).toEqual([true])
})

describe('when its answer is lost', () => {
  test('and its name was listed before, the list says nothing of it, however new that token is', async () => {
    cpanel.rows.set('one', { name: 'one', create_time: Math.floor(Date.now() / 1000) - 60, expires_at: null })
    await readBack(account)
    cpanel.calls.length = 0
    cpanel.faults.set('create_full_access', ['lost-request'])
    await expect(create()).rejects.toMatchObject({ kind: 'offline', isUnresolved: false })
    expect(cpanel.calls).toEqual(['create_full_access one'])
  })

  test.each(['lost-answer', 'null-answer', 'done-late'] as const)(
    'by %s, the list tells that it exists',
    async (fault) => {
      cpanel.faults.set('create_full_access', [fault])
      expect(await create()).toEqual({ kind: 'lost', token: TOKEN })
      expect(cpanel.calls).toEqual(['create_full_access one', 'list'])
    },
  )

  test.each([-600_000, 600_000])('a server whose clock is off by %i ms does not deceive us', async (skew) => {
    cpanel.clockSkewMs = skew
    cpanel.faults.set('create_full_access', ['lost-answer'])
    expect(await create()).toMatchObject({ kind: 'lost' })
  })

  test('a token of that name which is older is somebody else’s', async () => {
    cpanel.add('one')
    cpanel.faults.set('create_full_access', ['lost-request'])
    await expect(create()).rejects.toMatchObject({ kind: 'offline', isUnresolved: false })
  })

  test('and the list can’t be read either, nobody can tell', async () => {
    cpanel.faults.set('create_full_access', ['lost-answer'])
    cpanel.always.set('list', UNREADABLE)
    await expect(create()).rejects.toMatchObject({ kind: 'offline', isUnresolved: true })
    expect(creations()).toBe(1)
  })
})

describe('when nothing was created', () => {
  test('because the request was lost, the failure stands', async () => {
    cpanel.faults.set('create_full_access', ['lost-request'])
    await expect(create()).rejects.toMatchObject({ kind: 'offline', isUnresolved: false })
    expect(cpanel.calls).toEqual(['create_full_access one', 'list', 'list'])
  })

  test('so far, as the server took too long, it may still come: nobody can tell', async () => {
    cpanel.faults.set('create_full_access', [TIMEOUT])
    await expect(create()).rejects.toMatchObject({ kind: 'timeout', isUnresolved: true })
    expect(creations()).toBe(1)
  })

  test('because the server said no, its words are the failure and nothing else is asked', async () => {
    cpanel.faults.set('create_full_access', ['refuses'])
    await expect(create()).rejects.toMatchObject({ kind: 'rejected', reasons: ['No.'], isUnresolved: false })
    expect(cpanel.calls).toEqual(['create_full_access one'])
  })

  test('because the session has ended, a sign-in is asked for', async () => {
    cpanel.faults.set('create_full_access', [SESSION_ENDED])
    await expect(create()).rejects.toMatchObject({ kind: 'unauthenticated' })
    expect([...endedConnections.current()]).toEqual([account.connection])
  })
})

describe('creating again what was lost', () => {
  test('revokes the lost one first', async () => {
    cpanel.add('one')
    await readBack(account)
    cpanel.calls.length = 0
    expect(await create(true)).toMatchObject({ kind: 'created', secret: SECRET })
    expect(cpanel.calls).toEqual(['revoke one', 'create_full_access one'])
  })

  test('creates nothing when the lost one can’t be revoked', async () => {
    cpanel.add('one')
    cpanel.faults.set('revoke', ['refuses'])
    await expect(create(true)).rejects.toMatchObject({ kind: 'rejected' })
    expect(creations()).toBe(0)
  })

  test('can be lost again, and says so again', async () => {
    cpanel.add('one')
    await readBack(account)
    cpanel.faults.set('create_full_access', ['lost-answer'])
    expect(await create(true)).toMatchObject({ kind: 'lost' })
  })
})

function check() {
  return new MutationObserver(queryClient, checkAgainMutation(account)).mutate(TOKEN)
}

describe('checking again', () => {
  test('finds it, or does not', async () => {
    expect(await check()).toBe('absent')
    cpanel.add('one')
    expect(await check()).toBe('exists')
  })

  test('fails where the list can’t be read', async () => {
    cpanel.always.set('list', UNREADABLE)
    await expect(check()).rejects.toMatchObject({ kind: 'unreachable' })
  })

  test('in a session that has ended asks for a sign-in', async () => {
    cpanel.always.set('list', SESSION_ENDED)
    await expect(check()).rejects.toMatchObject({ kind: 'unauthenticated' })
    expect([...endedConnections.current()]).toEqual([account.connection])
  })
})
