import { MutationObserver } from '@tanstack/react-query'
import { beforeEach, describe, expect, test } from 'vitest'
import { endedConnections } from '../session/ended'
import { allTokens } from './allTokens'
import { connectionsQuery, signInMutation, signOutMutation, signOutOfAllMutation } from './connections'
import { SESSION_ENDED, TIMEOUT } from './cpanel.testing'
import { loading } from './loadAllTokens'
import { fakeProxyForEach, loadEnded, soon, type FakeProxy } from './manyAccounts.testing'
import { queryClient } from './queryClient'
import { openAllTokens, tokenSources } from './sources'

const fake = fakeProxyForEach()
let proxy: FakeProxy
beforeEach(() => {
  proxy = fake.current
})

async function open(): Promise<void> {
  await openAllTokens()
  await loadEnded()
}

/** Each source in short: its login and what is wrong with it. */
function said(): string[] {
  return tokenSources.current().map(({ connection: { kind, username }, trouble, isAsking }) => {
    const what = trouble?.kind === 'failed' ? trouble.error.kind : trouble?.kind
    return [`${kind}.${username}`, what, isAsking && 'asking'].filter(Boolean).join(' ')
  })
}

const logOut = (id: string) => new MutationObserver(queryClient, signOutMutation).mutate(id)

function logIn(kind: 'cpanel' | 'whm', username: string) {
  const request = { server: proxy.server, kind, username, password: 'a secret phrase' }
  return new MutationObserver(queryClient, signInMutation).mutate(request)
}

describe('logging out', () => {
  test('drops the rows of that login, and its source; those of others stay', async () => {
    const root = proxy.whm('root', ['bob'])
    proxy.cpanel('erin')
    await open()
    await logOut(root.id)
    expect(proxy.shown('bob')).toBeUndefined()
    expect(said()).toEqual(['cpanel.erin'])
    expect(proxy.shown('erin')).toEqual(['token-of-erin'])
  })

  test('leaves the others as they are: none goes for a moment, none is asked anew', async () => {
    const root = proxy.whm('root', ['bob'])
    proxy.whm('resell', ['carol'])
    proxy.cpanel('erin')
    await open()
    proxy.calls.length = 0
    const seen: string[] = []
    const stop = tokenSources.subscribe(() => seen.push(said().join(', ')))
    await logOut(root.id)
    await loadEnded()
    stop()
    expect(seen.filter((sources) => !sources.endsWith('whm.resell, cpanel.erin'))).toEqual([])
    expect(seen.at(-1)).toBe('whm.resell, cpanel.erin')
    expect(proxy.calls).toEqual(['whm.root DELETE'])
  })

  test('of everything drops all', async () => {
    proxy.whm('root', ['bob'])
    proxy.cpanel('erin')
    await open()
    await new MutationObserver(queryClient, signOutOfAllMutation).mutate()
    expect(said()).toEqual([])
    expect([proxy.shown('bob'), proxy.shown('erin')]).toEqual([undefined, undefined])
  })

  test('while its tokens stream in ends the request, and brings nothing of it back', async () => {
    const root = proxy.whm('root', ['bob', 'carol'])
    proxy.holdsStreams = true
    await openAllTokens()
    const stream = await proxy.stream(1)
    await logOut(root.id)
    expect(stream.isAborted).toBe(true)
    await loadEnded()
    expect(loading.current().blocked.size).toBe(0)
    expect([...endedConnections.current()]).toEqual([])
    expect(proxy.shown('bob')).toBeUndefined()
  })

  test.each(['listaccts', 'myprivs'])(
    'while its accounts are being asked for (%s) does not bring it back',
    async (call) => {
      const root = proxy.whm('root', ['bob'])
      const held = proxy.hold(call)
      const opening = openAllTokens()
      await soon(() => expect(held).toHaveLength(1))
      await logOut(root.id)
      held[0]?.()
      await opening
      await loadEnded()
      expect(said()).toEqual([])
      expect(allTokens.routesOf(proxy.numberOf('bob'))).toEqual([])
    },
  )

  test('while nobody knows the names of the servers yet does not bring it back', async () => {
    const bob = proxy.cpanel('bob')
    proxy.cpanel('erin')
    const held = proxy.hold('GET servers')
    const opening = openAllTokens()
    await soon(() => expect(held).toHaveLength(1))
    await logOut(bob.id)
    held[0]?.()
    await opening
    await loadEnded()
    expect(said()).toEqual(['cpanel.erin'])
    expect(allTokens.routesOf(proxy.numberOf('bob'))).toEqual([])
  })

  test('while its one list is under way spoils nothing of the next login', async () => {
    const bob = proxy.cpanel('bob')
    const held = proxy.hold('cpanel.bob list')
    await openAllTokens()
    await soon(() => expect(held).toHaveLength(1))
    await logOut(bob.id)
    held[0]?.()
    await loadEnded()
    proxy.beforeAnswer = async () => {}
    await logIn('cpanel', 'bob')
    await soon(() => expect(proxy.shown('bob')).toEqual(['token-of-bob']))
  })
})

describe('logging in', () => {
  test('elsewhere adds what it reaches', async () => {
    proxy.cpanel('erin')
    await open()
    proxy.whm('root', ['bob'])
    await logIn('whm', 'root')
    await soon(() => expect(proxy.shown('bob')).toEqual(['token-of-bob']))
    expect(said()).toEqual(['cpanel.erin', 'whm.root'])
  })

  test.each(['cpanel', 'whm'] as const)('again goes on where the session had ended (%s)', async (kind) => {
    const username = kind === 'whm' ? 'root' : 'bob'
    if (kind === 'whm') proxy.whm('root', ['bob'])
    else proxy.cpanel('bob')
    proxy.refuses = (call) => (/ list$| tokens /.test(call) ? SESSION_ENDED : null)
    await open()
    // The page learns from the proxy, too, that it has ended.
    queryClient.setQueryData(connectionsQuery.queryKey, (all) => all?.map((one) => ({ ...one, hasEnded: true })))
    proxy.refuses = () => null
    await logIn(kind, username)
    await soon(() => expect(proxy.shown('bob')).toEqual(['token-of-bob']))
    expect(loading.current().blocked.size).toBe(0)
  })

  test('again goes on also where only a call has told that the session had ended', async () => {
    proxy.cpanel('bob')
    proxy.refuses = (call) => (call.endsWith(' list') ? SESSION_ENDED : null)
    await open()
    expect(proxy.shown('bob')).toBeUndefined()
    proxy.refuses = () => null
    await logIn('cpanel', 'bob')
    await soon(() => expect(proxy.shown('bob')).toEqual(['token-of-bob']))
  })

  test('elsewhere does not ask once more for accounts that could not be listed for another reason', async () => {
    proxy.whm('root', ['bob'])
    proxy.refuses = (call) => (call.endsWith('listaccts') ? TIMEOUT : null)
    await open()
    proxy.account('erin', 'token-of-erin')
    proxy.calls.length = 0
    await logIn('cpanel', 'erin')
    await soon(() => expect(proxy.shown('erin')).toEqual(['token-of-erin']))
    expect(proxy.calls.filter((call) => call.endsWith('listaccts'))).toEqual([])
    expect(said()).toEqual(['whm.root timeout', 'cpanel.erin'])
  })

  test('again asks for the accounts that an ended session could not list', async () => {
    proxy.whm('root', ['bob'])
    proxy.refuses = (call) => (call.startsWith('whm.root') ? SESSION_ENDED : null)
    await open()
    expect(said()).toEqual(['whm.root unauthenticated'])
    proxy.refuses = () => null
    await logIn('whm', 'root')
    await soon(() => expect(proxy.shown('bob')).toEqual(['token-of-bob']))
    expect(said()).toEqual(['whm.root'])
  })
})
