import { beforeEach, describe, expect, test, vi } from 'vitest'
import { CpanelError } from '../cpanel/errors'
import { endedConnections } from '../session/ended'
import { unreachableConnections } from '../session/health'
import { isKeyringAway, noteReach } from '../session/reach'
import { allTokens } from './allTokens'
import { SESSION_ENDED, UNREADABLE } from './cpanel.testing'
import { loading } from './loadAllTokens'
import { fakeProxyForEach, load, loadEnded, soon, type FakeProxy } from './manyAccounts.testing'

const fake = fakeProxyForEach()
let proxy: FakeProxy
beforeEach(() => {
  proxy = fake.current
})

const waiting = () => allTokens.waiting().map((account) => allTokens.inventory.columns.accounts[account]?.user)
const arrived = (user: string) => soon(() => expect(proxy.shown(user)).toBeDefined())
const atFirst = loading.current()

test('nothing is under way, stopped or in trouble when a page begins', () => {
  expect(atFirst).toEqual({ isRunning: false, isStopped: false, blocked: new Map() })
})

describe('stopping', () => {
  test('ends the request, keeps what came; going on asks the rest alone', async () => {
    proxy.holdsStreams = true
    proxy.openWhm('root', 'bob', 'carol', 'erin')
    loading.start()
    const stream = await proxy.stream(1)
    stream.say(await proxy.line('bob'))
    await arrived('bob')
    loading.stop()
    await loadEnded()
    expect(stream.isAborted).toBe(true)
    expect(loading.current()).toMatchObject({ isStopped: true, isRunning: false })
    expect(waiting()).toEqual(['carol', 'erin'])
    proxy.holdsStreams = false
    await load()
    expect(proxy.calls).toEqual(['whm.root tokens bob carol erin', 'whm.root tokens carol erin'])
    expect(loading.current()).toMatchObject({ isStopped: false })
    expect(waiting()).toEqual([])
  })

  test('is not undone by a login that fails at that moment', async () => {
    proxy.holdsStreams = true
    proxy.openWhm('root', 'bob', 'carol')
    const own = proxy.openCpanel('bob')
    const answers: (() => void)[] = []
    proxy.beforeAnswer = () => new Promise((resolve) => answers.push(resolve))
    proxy.refuses = (call) => (call.startsWith('cpanel') ? SESSION_ENDED : null)
    loading.start()
    await soon(() => expect(answers).toHaveLength(1))
    loading.stop()
    answers[0]?.()
    await loadEnded()
    expect([...loading.current().blocked.keys()]).toEqual([own])
    expect(loading.current().isStopped).toBe(true)
    expect(proxy.streams).toHaveLength(1)
    expect(waiting()).toEqual(['bob', 'carol'])
  })

  test('holds although somebody tries a login again that was in trouble; what was wrong is no longer said', async () => {
    const root = proxy.openWhm('root', 'bob')
    proxy.refuses = () => UNREADABLE
    await load()
    loading.stop()
    loading.unblock(root)
    expect(loading.current()).toMatchObject({ isRunning: false, isStopped: true, blocked: new Map() })
    expect(proxy.calls).toHaveLength(1)
  })
})

describe('being offline', () => {
  test('stops all, which goes on by itself once Keyring answers', async () => {
    // Waits between tries are as short as they get.
    vi.spyOn(Math, 'random').mockReturnValue(0)
    proxy.openWhm('root', 'bob', 'carol')
    proxy.openCpanel('erin')
    proxy.refuses = () => {
      throw new TypeError('Failed to fetch')
    }
    await load()
    expect(isKeyringAway.current()).toBe(true)
    expect(['bob', 'carol', 'erin'].map((user) => proxy.shown(user))).toEqual([undefined, undefined, undefined])
    proxy.refuses = () => null
    noteReach(null)
    await loadEnded()
    expect(proxy.shown('carol')).toEqual(['token-of-carol'])
    expect(proxy.shown('erin')).toEqual(['token-of-erin'])
    expect(waiting()).toEqual([])
    vi.restoreAllMocks()
  })

  test('wakes neither what had failed otherwise nor what had come', async () => {
    const root = proxy.openWhm('root', 'bob', 'carol')
    const resell = proxy.openWhm('resell', 'erin')
    proxy.account('carol').always.set('list', 'refuses')
    proxy.refuses = (call) => (call.startsWith('whm.resell') ? UNREADABLE : null)
    await load()
    const { calls } = proxy
    noteReach(new CpanelError('offline'))
    noteReach(null)
    await loadEnded()
    expect(calls).toEqual([`whm.root tokens bob carol`, 'whm.resell tokens erin'])
    expect([...loading.current().blocked.keys()]).toEqual([resell])
    expect(allTokens.routesOf(proxy.numberOf('bob'))).toEqual([root])
  })

  test('wakes nothing that somebody stopped', async () => {
    proxy.openWhm('root', 'bob')
    proxy.refuses = () => {
      throw new TypeError('Failed to fetch')
    }
    await load()
    loading.stop()
    proxy.refuses = () => null
    noteReach(null)
    await loadEnded()
    expect(waiting()).toEqual(['bob'])
  })
})

describe('a login in trouble', () => {
  test('stops its own accounts and no others; they are asked once somebody tries it again', async () => {
    const root = proxy.openWhm('root', 'bob', 'carol')
    proxy.openWhm('resell', 'erin')
    proxy.refuses = (call) => (call.startsWith('whm.root') ? UNREADABLE : null)
    await load()
    expect(proxy.shown('erin')).toEqual(['token-of-erin'])
    expect(waiting()).toEqual(['bob', 'carol'])
    expect(loading.current().blocked.get(root)?.kind).toBe('unreachable')
    expect([...unreachableConnections.current()]).toEqual([root])
    await load()
    expect(proxy.calls).toHaveLength(2)
    proxy.refuses = () => null
    loading.unblock(root)
    await loadEnded()
    expect(waiting()).toEqual([])
    expect(loading.current().blocked.size).toBe(0)
  })

  test('keeps what came before it failed', async () => {
    proxy.holdsStreams = true
    const root = proxy.openWhm('root', 'bob', 'carol')
    loading.start()
    const stream = await proxy.stream(1)
    stream.say(await proxy.line('bob'), { error: { kind: 'too_many_requests', message: '', retryAfter: 7 } })
    await loadEnded()
    expect(proxy.shown('bob')).toEqual(['token-of-bob'])
    expect(waiting()).toEqual(['carol'])
    expect(loading.current().blocked.get(root)).toMatchObject({ retryAfterSeconds: 7 })
  })

  test('is the same where the answer breaks off: nobody knows of the rest', async () => {
    proxy.holdsStreams = true
    const root = proxy.openWhm('root', 'bob', 'carol')
    loading.start()
    const stream = await proxy.stream(1)
    stream.say(await proxy.line('bob'))
    await arrived('bob')
    stream.cut()
    await loadEnded()
    expect(loading.current().blocked.get(root)?.kind).toBe('offline')
    expect(waiting()).toEqual(['carol'])
  })

  test('leaves its accounts to another login that reaches them', async () => {
    proxy.openWhm('root', 'bob', 'carol')
    proxy.openWhm('resell', 'bob')
    proxy.refuses = (call) => (call.startsWith('whm.root') ? UNREADABLE : null)
    await load()
    expect(proxy.calls).toEqual(['whm.root tokens bob carol', 'whm.resell tokens bob'])
    expect(proxy.shown('bob')).toEqual(['token-of-bob'])
    expect(waiting()).toEqual(['carol'])
  })

  test.each(['whm', 'cpanel'])(
    'whose session has ended asks for a sign-in, and goes on after it (%s)',
    async (kind) => {
      const connection = kind === 'whm' ? proxy.openWhm('root', 'bob') : proxy.openCpanel('bob')
      proxy.refuses = () => SESSION_ENDED
      await load()
      expect([...endedConnections.current()]).toEqual([connection])
      proxy.refuses = () => null
      await load()
      expect(proxy.calls).toHaveLength(1)
      endedConnections.remove(connection)
      loading.unblock(connection)
      await loadEnded()
      expect(proxy.shown('bob')).toEqual(['token-of-bob'])
    },
  )

  test('that somebody else found ended is not asked, and goes on after the sign-in', async () => {
    const root = proxy.openWhm('root', 'bob')
    endedConnections.add(root)
    await load()
    expect(proxy.calls).toEqual([])
    endedConnections.remove(root)
    loading.unblock(root)
    await loadEnded()
    expect(proxy.shown('bob')).toEqual(['token-of-bob'])
  })

  test('is tried again when somebody asks for its accounts again', async () => {
    proxy.openWhm('root', 'bob')
    proxy.refuses = () => UNREADABLE
    await load()
    proxy.refuses = () => null
    loading.retry([proxy.numberOf('bob')])
    await loadEnded()
    expect(proxy.shown('bob')).toEqual(['token-of-bob'])
  })
})
