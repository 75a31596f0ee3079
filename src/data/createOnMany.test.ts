import { inspect } from 'node:util'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import type { NewToken } from '../cpanel/tokens'
import { endedConnections } from '../session/ended'
import type { Result } from './acrossAccounts'
import { allTokens } from './allTokens'
import { SECRET, SESSION_ENDED, TIMEOUT, UNREADABLE, type FakeCpanel } from './cpanel.testing'
import { createOnMany, recipientsFrom, type Gift, type Recipient } from './createOnMany'
import { OF_WHM, fakeProxyForEach, soon, type FakeProxy } from './manyAccounts.testing'
import { openAllTokens } from './sources'
import { queryClient } from './queryClient'

// Waiting is tested in doubt.test.ts.
vi.mock('./backoff', async (original) => ({ ...(await original<object>()), pause: async () => {} }))

const fake = fakeProxyForEach()
let proxy: FakeProxy
let bob: FakeCpanel
let carol: FakeCpanel
beforeEach(() => {
  proxy = fake.current
  proxy.openWhm('root', 'bob', 'carol')
  bob = proxy.account('bob')
  carol = proxy.account('carol')
})

const TOKEN: NewToken = { name: 'deploy', expiry: { kind: 'never' }, access: 'full' }
const CREATED = { kind: 'done', value: { kind: 'created', secret: SECRET, differs: [] } }
const LOST = { kind: 'done', value: { kind: 'lost' } }

const everybody = () => recipientsFrom([proxy.numberOf('bob'), proxy.numberOf('carol')])

/** Somebody who wishes for a token on these accounts, with a page that keeps the results over a retry. */
function person(token = TOKEN, recipients = everybody()) {
  const results = new Map<number, Result<Gift>>()
  return {
    results,
    async create(which: readonly Recipient[] = recipients, signal = new AbortController().signal) {
      await createOnMany(which, token, { results, put: (key, result) => results.set(key, result), signal })
    },
    /** Tries again what has not worked, as the page does. */
    again(signal?: AbortSignal) {
      return this.create(
        recipients.filter(({ key }) => results.get(key)?.kind !== 'done'),
        signal,
      )
    },
    of: (user: string) => results.get(proxy.numberOf(user)),
  }
}

/** How often a server was asked to create. */
function creations(account: FakeCpanel): number {
  return account.calls.filter((call) => call.startsWith('create')).length
}

describe('who gets a token', () => {
  test('is named with all there is to tell the account by', () => {
    expect(recipientsFrom([proxy.numberOf('carol')])).toEqual([
      {
        key: proxy.numberOf('carol'),
        connection: `${proxy.server}.whm.root`,
        reach: { api: { base: '/api' }, connection: `${proxy.server}.whm.root`, user: 'carol' },
        user: 'carol',
        domain: 'carol.example',
        server: 'North',
      },
    ])
  })

  test('is nobody whom no login reaches any more', () => {
    const keys = [proxy.numberOf('bob'), -1]
    allTokens.dropConnection(`${proxy.server}.whm.root`)
    expect(recipientsFrom(keys)).toEqual([])
  })

  test('is no WHM user, whose tokens are of another kind; the account of its name is one', async () => {
    proxy.whm('resell', ['resell'])
    await openAllTokens()
    const keys = [proxy.numberOf('resell', OF_WHM), proxy.numberOf('resell')]
    expect(keys.map((key) => allTokens.reach(key)?.isWhmUser)).toEqual([true, undefined])
    expect(recipientsFrom(keys).map(({ key }) => key)).toEqual(keys.slice(1))
  })
})

test('each account gets one token, with its secret, and is looked at once afterwards', async () => {
  const root = person()
  await root.create()
  expect([root.of('bob'), root.of('carol')]).toEqual([CREATED, CREATED])
  expect(bob.calls).toEqual(['create_full_access deploy', 'list'])
  expect([...carol.rows.keys()]).toEqual(['token-of-carol', 'deploy'])
})

test('the secret is in the results alone: in no cache, on no console', async () => {
  const consoles = (['log', 'info', 'warn', 'error', 'debug'] as const).map((name) => vi.spyOn(console, name))
  await openAllTokens()
  const root = person()
  carol.always.set('list', UNREADABLE)
  await root.create()
  expect(JSON.stringify([...root.results])).toContain(SECRET)
  const caches = [queryClient.getQueryCache().getAll(), queryClient.getMutationCache().getAll()]
  expect(JSON.stringify(caches.map((all) => all.map(({ state }) => state)))).not.toContain(SECRET)
  expect(JSON.stringify(allTokens.inventory.columns.names)).not.toContain(SECRET)
  expect(JSON.stringify(consoles.map(({ mock }) => mock.calls))).not.toContain(SECRET)
  for (const spy of consoles) spy.mockRestore()
})

test('the secret of an answer that breaks is in no error either', async () => {
  vi.stubGlobal('fetch', async (url: string, init: { body?: string; signal?: AbortSignal }) => {
    const text = await (await proxy.fetch(url, init)).text()
    return new Response(text.includes(SECRET) ? text.slice(0, -2) : text)
  })
  for (const account of [bob, carol]) account.always.set('list', 'refuses')
  const root = person()
  await root.create()
  expect(root.of('bob')).toMatchObject({ kind: 'failed', error: { kind: 'garbled', isUnresolved: true } })
  expect(inspect([...root.results], { depth: null, showHidden: true })).not.toContain(SECRET)
})

test('the table has the new tokens at once', async () => {
  await openAllTokens()
  await person().create()
  expect(proxy.shown('bob')).toEqual(['token-of-bob', 'deploy'])
})

test('what a server stored differently is told beside its secret, and that it can’t be told', async () => {
  carol.always.set('list', UNREADABLE)
  const root = person({ ...TOKEN, access: 'read-only' })
  await root.create()
  expect(root.of('bob')).toEqual({ kind: 'done', value: { kind: 'created', secret: SECRET, differs: ['access'] } })
  expect(root.of('carol')).toEqual({ kind: 'done', value: { kind: 'created', secret: SECRET, differs: null } })
})

describe('one account’s failure is its own', () => {
  test('when its server says no, its words are the reason', async () => {
    bob.faults.set('create_full_access', ['refuses'])
    const root = person()
    await root.create()
    expect(root.of('bob')).toMatchObject({ kind: 'failed', error: { kind: 'rejected', reasons: ['No.'] } })
    expect(root.of('carol')).toEqual(CREATED)
    await root.again()
    expect([root.of('bob'), creations(carol)]).toEqual([CREATED, 1])
  })

  test.each(['lost-answer', 'null-answer', 'done-late'] as const)(
    'when its answer never came (%s), the token is there and its secret is lost; it is not created twice',
    async (fault) => {
      bob.faults.set('create_full_access', [fault])
      const root = person()
      await root.create()
      expect([root.of('bob'), root.of('carol')]).toEqual([LOST, CREATED])
      await root.again()
      expect(creations(bob)).toBe(1)
    },
  )

  test('when its session has ended, a sign-in is asked for', async () => {
    bob.always.set('create_full_access', SESSION_ENDED)
    const root = person(TOKEN, recipientsFrom([proxy.numberOf('bob')]))
    await root.create()
    expect(root.of('bob')).toMatchObject({ kind: 'failed', error: { kind: 'unauthenticated', isUnresolved: false } })
    expect([...endedConnections.current()]).toEqual([`${proxy.server}.whm.root`])
  })
})

describe('where nobody knows whether a token was created', () => {
  let root: ReturnType<typeof person>

  // Bob's answer is lost, and his list can't be read.
  beforeEach(async () => {
    bob.faults.set('create_full_access', ['lost-answer'])
    bob.always.set('list', UNREADABLE)
    root = person()
    await root.create()
    bob.calls.length = 0
  })

  test('it stays unknown as long as the list can’t be read, and nothing is sent', async () => {
    expect(root.of('bob')).toMatchObject({ kind: 'failed', error: { kind: 'offline', isUnresolved: true } })
    await root.again()
    await root.again()
    expect(root.of('bob')).toMatchObject({ kind: 'failed', error: { kind: 'unreachable', isUnresolved: true } })
    expect(bob.calls).toEqual(['list', 'list'])
  })

  test('the list tells that it was: its secret is lost', async () => {
    bob.always.clear()
    await root.again()
    expect(root.of('bob')).toEqual(LOST)
    expect(bob.calls).toEqual(['list'])
  })

  test('the list tells that it was not: then it is created', async () => {
    bob.rows.delete('deploy')
    bob.always.clear()
    await root.again()
    expect(bob.calls).toEqual(['list', 'create_full_access deploy', 'list'])
    expect(root.of('bob')).toEqual(CREATED)
    expect([...bob.rows.keys()]).toEqual(['token-of-bob', 'deploy'])
  })

  test('a server that took too long may still do it: that is not known either', async () => {
    carol.faults.set('create_full_access', [TIMEOUT])
    const other = person({ ...TOKEN, name: 'other' }, recipientsFrom([proxy.numberOf('carol')]))
    await other.create()
    expect(other.of('carol')).toMatchObject({ kind: 'failed', error: { kind: 'timeout', isUnresolved: true } })
  })

  test('a retry that is stopped before its turn leaves it unknown: the next one asks the list first', async () => {
    await root.again(AbortSignal.abort())
    expect(root.of('bob')).toMatchObject({ kind: 'failed', error: { isUnresolved: true } })
    bob.always.clear()
    await root.again()
    expect(root.of('bob')).toEqual(LOST)
    expect(bob.calls).toEqual(['list'])
  })

  test('a session that ended leaves it unknown', async () => {
    bob.always.set('list', SESSION_ENDED)
    await root.again()
    expect(root.of('bob')).toMatchObject({ kind: 'failed', error: { kind: 'unauthenticated', isUnresolved: true } })
    expect(creations(bob)).toBe(0)
  })
})

test('stopping keeps the secrets of what is under way, and creates nothing more', async () => {
  const users = Array.from({ length: 6 }, (_user, index) => `u${index}`)
  proxy.openWhm('resell', ...users)
  const recipients = recipientsFrom(users.map((user) => proxy.numberOf(user)))
  const root = person(TOKEN, recipients)
  const held = proxy.hold(' create_full_access')
  const stopping = new AbortController()
  const whole = root.create(recipients, stopping.signal)
  await soon(() => expect(held).toHaveLength(4))
  stopping.abort()
  for (const answer of held) answer()
  await whole
  expect(users.map((user) => root.of(user)?.kind)).toEqual(['done', 'done', 'done', 'done', 'skipped', 'skipped'])
  expect(root.of('u3')).toEqual(CREATED)
  proxy.beforeAnswer = async () => {}
  await root.again()
  expect(users.map((user) => creations(proxy.account(user)))).toEqual([1, 1, 1, 1, 1, 1])
})
