import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { CpanelError } from '../cpanel/errors'
import type { ApiToken } from '../cpanel/token'
import type { Patch } from '../inventory/columns'
import { allTokens } from './allTokens'
import { OF_WHM, fakeProxyForEach, type FakeProxy } from './manyAccounts.testing'
import { accountOf, whmUserOf } from './tokens'

const fake = fakeProxyForEach()
let proxy: FakeProxy
beforeAll(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }))
beforeEach(() => {
  proxy = fake.current
})
afterAll(() => void vi.useRealTimers())

function list(...names: string[]): { tokens: ApiToken[]; clockSkewMs: number } {
  const token = { created: null, expiry: { kind: 'never' }, access: { kind: 'full' } } as const
  return { tokens: names.map((name) => ({ ...token, name })), clockSkewMs: 0 }
}

/** What a page draws next. */
function drawn() {
  vi.runAllTimers()
  return allTokens.current()
}

const GARBLED = new CpanelError('garbled')

describe('an account', () => {
  test('that a login reaches waits to be asked', () => {
    proxy.route(proxy.whm('root', ['bob', 'carol']))
    expect(allTokens.waiting()).toEqual([proxy.numberOf('bob'), proxy.numberOf('carol')])
    expect(drawn()).toMatchObject({ accounts: 2, waiting: 2, failed: [], oldestAt: null })
    expect(proxy.shown('bob')).toBeUndefined()
  })

  test('is not a user of WHM: those are counted by themselves, and nobody waits for them', () => {
    const root = proxy.whm('root', ['bob'])
    const whmUser = { ...proxy.facts('root'), isWhmUser: true } as const
    allTokens.putRoutes(root.id, [whmUser, proxy.facts('bob')], () => false)
    expect(drawn()).toMatchObject({ accounts: 1, waiting: 1, whmUsers: 1 })
    allTokens.put(proxy.numberOf('bob'), list('one'), 5)
    expect(drawn()).toMatchObject({ accounts: 1, waiting: 0, whmUsers: 1 })
    expect(allTokens.reach(proxy.numberOf('root', OF_WHM))).toEqual(whmUserOf(root.id))
  })

  test('is one, whichever logins reach it; its own comes first, in whatever order they log in', () => {
    const root = proxy.whm('root', ['bob', 'carol'])
    const bob = proxy.cpanel('bob')
    proxy.route(root)
    proxy.route(bob)
    proxy.route(root)
    expect(allTokens.routesOf(proxy.numberOf('bob'))).toEqual([bob.id, root.id])
    expect(allTokens.routesOf(proxy.numberOf('carol'))).toEqual([root.id])
    expect(drawn().accounts).toBe(2)
  })

  test('of another server is another one, though it has the same name', () => {
    proxy.route(proxy.whm('root', ['bob']))
    expect(allTokens.find({ server: 'elsewhere', user: 'bob' })).toBeUndefined()
  })

  test('is reached by single calls through its best login: by name through WHM, without one through its own', () => {
    const root = proxy.whm('root', ['bob'])
    proxy.route(root)
    const bob = proxy.numberOf('bob')
    expect(allTokens.reach(bob)).toEqual(accountOf(root.id, 'bob'))
    const own = proxy.cpanel('bob')
    proxy.route(own)
    expect(allTokens.reach(bob)).toEqual(accountOf(own.id))
    allTokens.dropConnection(own.id)
    allTokens.dropConnection(root.id)
    expect(allTokens.reach(bob)).toBeNull()
    expect(allTokens.reach(-1)).toBeNull()
  })

  test('that a login reaches no longer goes with its tokens; it is asked anew should it come back', () => {
    const root = proxy.whm('root', ['bob', 'carol'])
    proxy.route(root)
    const [bob, carol] = [proxy.numberOf('bob'), proxy.numberOf('carol')]
    allTokens.put(bob, list('one'), 1000)
    allTokens.put(carol, list('two'), 2000)
    proxy.reached.set(root.id, ['carol'])
    proxy.route(root)
    expect(proxy.shown('bob')).toBeUndefined()
    expect(proxy.shown('carol')).toEqual(['two'])
    expect(drawn()).toMatchObject({ accounts: 1, waiting: 0, oldestAt: 2000 })
    proxy.reached.set(root.id, ['bob', 'carol'])
    proxy.route(root)
    expect(allTokens.waiting()).toEqual([bob])
  })
})

describe('logging out', () => {
  test('forgets the tokens that nobody reaches any more, and keeps those that another login reaches', () => {
    const root = proxy.whm('root', ['bob', 'carol'])
    const own = proxy.cpanel('bob')
    for (const login of [root, own]) proxy.route(login)
    const [bob, carol] = [proxy.numberOf('bob'), proxy.numberOf('carol')]
    allTokens.put(bob, list('one'), 1000)
    allTokens.put(carol, list('two'), 1000)
    allTokens.dropConnection(root.id)
    expect(proxy.shown('bob')).toEqual(['one'])
    expect(allTokens.routesOf(bob)).toEqual([own.id])
    expect(proxy.shown('carol')).toBeUndefined()
    expect(drawn()).toMatchObject({ accounts: 1, waiting: 0 })
  })

  test('tells whoever draws that the rows are gone', () => {
    const root = proxy.whm('root', ['bob'])
    proxy.route(root)
    allTokens.put(proxy.numberOf('bob'), list('one'), 1000)
    const patches: Patch[] = []
    const stop = allTokens.onPatch((patch) => patches.push(patch))
    allTokens.dropConnection(root.id)
    stop()
    proxy.route(root)
    expect(patches.map(({ names }) => names)).toEqual([['']])
  })

  test('is not undone by a list that arrives late, nor is its failure kept for the next login', () => {
    const root = proxy.whm('root', ['bob'])
    proxy.route(root)
    const bob = proxy.numberOf('bob')
    allTokens.dropConnection(root.id)
    allTokens.put(bob, list('one'), 1000)
    expect(proxy.shown('bob')).toBeUndefined()
    allTokens.putFailure(bob, GARBLED)
    proxy.route(root)
    expect(allTokens.waiting()).toEqual([bob])
    expect(drawn()).toMatchObject({ accounts: 1, waiting: 1, failed: [] })
  })
})

describe('what is drawn', () => {
  test('is who failed and why, until they are asked again; what they had stays', () => {
    proxy.route(proxy.whm('root', ['bob', 'carol']))
    const [bob, carol] = [proxy.numberOf('bob'), proxy.numberOf('carol')]
    allTokens.put(bob, list('one'), 1000)
    allTokens.putFailure(bob, GARBLED)
    expect(drawn()).toMatchObject({ waiting: 1, failed: [{ account: bob, error: GARBLED }], oldestAt: 1000 })
    expect(proxy.shown('bob')).toEqual(['one'])
    allTokens.want([bob])
    expect(allTokens.waiting()).toEqual([bob, carol])
    expect(drawn()).toMatchObject({ waiting: 2, failed: [] })
    allTokens.put(bob, list(), 3000)
    expect(drawn()).toMatchObject({ waiting: 1, failed: [], oldestAt: 3000 })
    expect(allTokens.askedOf(bob)).toEqual({ at: 3000, error: null, isWaiting: false, clockSkewMs: 0 })
  })

  test('says how old the oldest list is that anybody still reaches', () => {
    const root = proxy.whm('root', ['bob'])
    const resell = proxy.whm('resell', ['carol'])
    for (const login of [root, resell]) proxy.route(login)
    allTokens.put(proxy.numberOf('bob'), list(), 1000)
    allTokens.put(proxy.numberOf('carol'), list(), 2000)
    expect(drawn().oldestAt).toBe(1000)
    allTokens.dropConnection(root.id)
    expect(drawn().oldestAt).toBe(2000)
  })

  test('is told once for all that streams in between two looks', () => {
    proxy.route(proxy.whm('root', ['bob', 'carol']))
    const { version } = drawn()
    const told = vi.fn<() => void>()
    const stop = allTokens.subscribe(told)
    for (const user of ['bob', 'carol']) allTokens.put(proxy.numberOf(user), list('one', 'two'), 1000)
    expect(told).not.toHaveBeenCalled()
    expect(drawn().version).toBe(version + 1)
    expect(told).toHaveBeenCalledTimes(1)
    stop()
  })
})
