import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { derive, mask, newSecret, seal, unseal } from './seal'
import { createSessions, type StoredConnection } from './session'
import { createMemoryStore, type SessionStore } from './sessionStore'

const minute = 60_000
let written: string
let store: SessionStore
let sessions: ReturnType<typeof createSessions>

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'] })
  written = ''
  const memory = createMemoryStore({ idleMs: 30 * minute, maxVaults: 3 })
  // Everything the store is ever given, as somebody who steals it would find it.
  const note = (...values: unknown[]) => (written += JSON.stringify(values))
  store = {
    ...memory,
    putTicket: (...given) => (note(given), memory.putTicket(...given)),
    putEntry: (...given) => (note(given), memory.putEntry(...given)),
  }
  sessions = createSessions(store, { maxAgeMs: 12 * 60 * minute })
})

afterEach(() => {
  vi.useRealTimers()
})

function connection(username: string, secret = 'SECRETTOKEN'): StoredConnection {
  const credential = { type: 'token' as const, authorization: `cpanel ${username}:${secret}` }
  const id = `main.cpanel.${username}`
  return { id, server: 'main', kind: 'cpanel', username, credential, signedInAt: Date.now() }
}

const signIn = async (cookie: string | undefined, username: string) =>
  (await sessions.begin(cookie))(connection(username))
const names = async (cookie: string | undefined) => (await sessions.all(cookie)).map(({ username }) => username)

test('a sealed text opens only with its key and context, unchanged', () => {
  const { key } = derive(newSecret(), 'vault')
  const sealed = seal(key, 'text', 'here')
  expect(unseal(key, sealed, 'here')).toBe('text')
  expect(unseal(key, sealed, 'there')).toBeUndefined()
  expect(unseal(derive(newSecret(), 'vault').key, sealed, 'here')).toBeUndefined()
  expect(unseal(key, `${sealed.slice(0, -2)}AA`, 'here')).toBeUndefined()
  expect(unseal(key, 'AAAA', 'here')).toBeUndefined()
  expect(seal(key, 'text', 'here')).not.toBe(sealed)
})

test('a masked secret is shown by its own key alone, and nothing of it is in what is kept', () => {
  const secret = newSecret()
  const { key, storeKey } = derive(newSecret(), 'ticket')
  const masked = mask(key, secret)
  expect(mask(key, masked)).toBe(secret)
  expect(mask(derive(newSecret(), 'ticket').key, masked)).not.toBe(secret)
  const bytes = [masked, secret, storeKey, key.toString('base64url')].map((text) => Buffer.from(text, 'base64url'))
  // All 32 bytes are covered: that one is the same by chance happens, that four in a row are does not.
  for (let at = 0; at < 32; at += 4) {
    expect(new Set(bytes.map((all) => all.toString('hex', at, at + 4))).size).toBe(4)
  }
})

test('what a secret is good for here says nothing of what it is good for there', () => {
  const secret = newSecret()
  const [ticket, vault] = [derive(secret, 'ticket'), derive(secret, 'vault')]
  expect(new Set([ticket, vault].flatMap(({ storeKey, key }) => [storeKey, key.toString('base64url')])).size).toBe(4)
})

test('the store alone reveals nothing', async () => {
  const cookie = await signIn(undefined, 'bob')
  expect(Buffer.from(cookie, 'base64url')).toHaveLength(32)
  expect(written.length).toBeGreaterThan(200)
  for (const secret of ['SECRETTOKEN', 'bob', 'main', 'cpanel', cookie]) expect(written).not.toContain(secret)
  const decoded = (written.match(/[\w-]{20,}/g) ?? []).map((part) => Buffer.from(part, 'base64url').toString('latin1'))
  for (const secret of ['SECRETTOKEN', 'bob', Buffer.from(cookie, 'base64url').toString('latin1')]) {
    expect(decoded.join('|')).not.toContain(secret)
  }
})

describe('signing in', () => {
  test('changes the cookie and keeps what was there', async () => {
    const first = await signIn(undefined, 'bob')
    const second = await signIn(first, 'eve')
    expect(second).not.toBe(first)
    expect(await names(second)).toEqual(['bob', 'eve'])
  })

  test('leaves the old cookie ten seconds of what it had, and no sight of what is new', async () => {
    const first = await signIn(undefined, 'bob')
    await signIn(first, 'eve')
    vi.advanceTimersByTime(9_999)
    expect(await names(first)).toEqual(['bob'])
    expect(await sessions.find(first, 'main.cpanel.eve')).toBeUndefined()
    vi.advanceTimersByTime(1)
    expect(await names(first)).toEqual([])
  })

  test('with a cookie already replaced joins nothing', async () => {
    const planted = await signIn(undefined, 'attacker')
    const victim = await signIn(planted, 'victim')
    const again = await signIn(planted, 'attacker')
    expect(await names(again)).toEqual(['attacker'])
    expect(await names(victim)).toEqual(['attacker', 'victim'])
  })

  test('with a made-up cookie adopts nothing of it', async () => {
    const planted = newSecret()
    const cookie = await signIn(planted, 'bob')
    expect(cookie).not.toBe(planted)
    expect(await names(planted)).toEqual([])
  })

  test('several at once lose nothing, whichever cookie the browser keeps', async () => {
    const first = await signIn(undefined, 'bob')
    const users = ['ann', 'cid', 'dan', 'eve']
    const begun = await Promise.all(users.map(async (user) => ({ user, add: await sessions.begin(first) })))
    const cookies = await Promise.all(begun.map(({ user, add }) => add(connection(user))))
    for (const cookie of cookies) expect((await names(cookie)).sort()).toEqual(['ann', 'bob', 'cid', 'dan', 'eve'])
  })

  test('again replaces the credential and keeps the id', async () => {
    const first = await signIn(undefined, 'bob')
    const second = await (await sessions.begin(first))(connection('bob', 'NEWTOKEN'))
    expect(await sessions.all(second)).toMatchObject([
      { id: 'main.cpanel.bob', credential: { authorization: 'cpanel bob:NEWTOKEN' } },
    ])
  })

  test('that ends after a sign-out of everything brings nothing back', async () => {
    const first = await signIn(undefined, 'bob')
    const add = await sessions.begin(first)
    await sessions.clear(first)
    const second = await add(connection('eve'))
    expect(await names(second)).toEqual(['eve'])
    expect(await names(first)).toEqual([])
  })
})

describe('forgetting', () => {
  test('one leaves the others', async () => {
    const cookie = await signIn(await signIn(undefined, 'bob'), 'eve')
    expect(await sessions.remove(cookie, 'main.cpanel.bob')).toMatchObject({ username: 'bob' })
    expect(await sessions.remove(cookie, 'main.cpanel.bob')).toBeUndefined()
    expect(await names(cookie)).toEqual(['eve'])
  })

  test('a failed one spares what was signed in to again meanwhile', async () => {
    const first = await signIn(undefined, 'bob')
    const old = await sessions.find(first, 'main.cpanel.bob')
    const second = await (await sessions.begin(first))(connection('bob', 'NEWTOKEN'))
    if (old) await sessions.end(second, old)
    expect(await sessions.find(second, 'main.cpanel.bob')).toMatchObject({ username: 'bob' })
  })

  test('one that has ended is marked also by a call that began two sign-ins ago', async () => {
    const first = await signIn(undefined, 'bob')
    const bob = await sessions.find(first, 'main.cpanel.bob')
    const last = await signIn(await signIn(first, 'eve'), 'ann')
    vi.advanceTimersByTime(20 * minute)
    if (bob) await sessions.end(first, bob)
    expect(await sessions.all(last)).toMatchObject([{ username: 'bob', credential: null }, {}, {}])
    expect(await names(first)).toEqual([])
  })

  test('one that has ended is still listed, without its credential, until it is signed in to again or forgotten', async () => {
    const cookie = await signIn(await signIn(undefined, 'bob'), 'eve')
    const bob = await sessions.find(cookie, 'main.cpanel.bob')
    if (bob) await sessions.end(cookie, bob)
    expect(await sessions.find(cookie, 'main.cpanel.bob')).toBeUndefined()
    expect(await sessions.all(cookie)).toMatchObject([{ username: 'bob', credential: null }, { username: 'eve' }])
    const renewed = await signIn(cookie, 'bob')
    expect(await sessions.find(renewed, 'main.cpanel.bob')).toMatchObject({ username: 'bob' })
    const again = await sessions.find(renewed, 'main.cpanel.bob')
    if (again) await sessions.end(renewed, again)
    expect(await sessions.remove(renewed, 'main.cpanel.bob')).toMatchObject({ credential: null })
    expect(await names(renewed)).toEqual(['eve'])
  })
})

describe('a session ends', () => {
  test('half an hour after its last use', async () => {
    const cookie = await signIn(undefined, 'bob')
    vi.advanceTimersByTime(29 * minute)
    expect(await names(cookie)).toEqual(['bob'])
    vi.advanceTimersByTime(29 * minute)
    expect(await names(cookie)).toEqual(['bob'])
    vi.advanceTimersByTime(30 * minute)
    expect(await names(cookie)).toEqual([])
  })

  test('for each connection twelve hours after its sign-in, however busy', async () => {
    let cookie = await signIn(undefined, 'bob')
    for (let passed = 0; passed < 12 * 60; passed += 20) {
      expect(await names(cookie)).toContain('bob')
      vi.advanceTimersByTime(20 * minute)
      if (passed === 600) cookie = await signIn(cookie, 'eve')
    }
    expect(await names(cookie)).toEqual(['eve'])
  })

  test('when there are too many: the one longest unused goes', async () => {
    const cookies = [await signIn(undefined, 'a'), await signIn(undefined, 'b'), await signIn(undefined, 'c')]
    await sessions.all(cookies[0])
    const last = await signIn(undefined, 'd')
    expect(await Promise.all([...cookies, last].map(names))).toEqual([['a'], [], ['c'], ['d']])
  })
})
