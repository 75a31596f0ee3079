import { beforeEach, describe, expect, test } from 'vitest'
import { CpanelError } from '../cpanel/errors'
import { noteFailure, unreachableConnections } from '../session/health'
import { allTokens } from './allTokens'
import { TIMEOUT, UNREADABLE } from './cpanel.testing'
import { loading } from './loadAllTokens'
import { fakeProxyForEach, load, loadEnded, soon, type FakeProxy } from './manyAccounts.testing'
import { queryClient } from './queryClient'
import { accountOf, readBack, tokensQuery } from './tokens'

const fake = fakeProxyForEach()
let proxy: FakeProxy
beforeEach(() => {
  proxy = fake.current
})

const asked = (user: string) => allTokens.askedOf(proxy.numberOf(user))

describe('every account that waits is asked once', () => {
  test('all of a WHM login in one request', async () => {
    proxy.openWhm('root', 'bob', 'carol')
    proxy.account('bob').clockSkewMs = 600_000
    await load()
    expect(proxy.calls).toEqual(['whm.root tokens bob carol'])
    expect([proxy.shown('bob'), proxy.shown('carol')]).toEqual([['token-of-bob'], ['token-of-carol']])
    expect(Math.abs((asked('bob')?.clockSkewMs ?? 0) - 600_000)).toBeLessThan(2000)
  })

  test('and what a line was late by is no difference of clocks', async () => {
    proxy.openWhm('root', 'bob')
    proxy.account('bob').clockSkewMs = 8_000
    await load()
    expect(asked('bob')?.clockSkewMs).toBe(0)
  })

  test('the one of a cPanel login by a call of its own', async () => {
    proxy.openCpanel('bob')
    await load()
    expect(proxy.calls).toEqual(['cpanel.bob list'])
    expect(proxy.shown('bob')).toEqual(['token-of-bob'])
  })

  test('however often it is begun', async () => {
    proxy.openWhm('root', 'bob')
    proxy.openCpanel('carol')
    loading.start()
    await load()
    await load()
    expect(proxy.calls.toSorted()).toEqual(['cpanel.carol list', 'whm.root tokens bob'])
  })

  test('through its own login where both reach it', async () => {
    proxy.openWhm('root', 'bob', 'carol')
    proxy.openCpanel('bob')
    await load()
    expect(proxy.calls.toSorted()).toEqual(['cpanel.bob list', 'whm.root tokens carol'])
  })

  test('those that are known while others are under way come next', async () => {
    proxy.holdsStreams = true
    proxy.openWhm('root', 'bob')
    loading.start()
    proxy.openWhm('root', 'bob', 'carol')
    loading.start()
    for (const number of [1, 2]) await proxy.sayAll(await proxy.stream(number))
    await loadEnded()
    expect(proxy.calls).toEqual(['whm.root tokens bob', 'whm.root tokens carol'])
  })

  test('in requests of 20,000 at most, as the proxy takes no more', async () => {
    const users = Array.from({ length: 20_001 }, (_user, index) => `u${index}`)
    const root = proxy.whm('root', [])
    proxy.reached.set(root.id, users)
    proxy.route(root)
    proxy.holdsStreams = true
    loading.start()
    for (const number of [1, 2]) (await proxy.stream(number)).end()
    await loadEnded()
    expect(proxy.streams.map((stream) => stream.users.length)).toEqual([20_000, 1])
  })
})

describe('what a screen of one account has just fetched', () => {
  test.each(['whm', 'cpanel'])('is taken from there (%s)', async (kind) => {
    const account = kind === 'whm' ? accountOf(proxy.openWhm('root', 'bob'), 'bob') : accountOf(proxy.openCpanel('bob'))
    await queryClient.fetchQuery(tokensQuery(account))
    proxy.calls.length = 0
    await load()
    expect(proxy.calls).toEqual([])
    expect(proxy.shown('bob')).toEqual(['token-of-bob'])
  })

  test('is asked again where it is stale or old', async () => {
    const root = proxy.openWhm('root', 'bob', 'carol')
    const [bob, carol] = ['bob', 'carol'].map((user) => tokensQuery(accountOf(root, user)))
    if (bob === undefined || carol === undefined) throw new Error('no queries')
    const nothing = { tokens: [], unreadable: 0, knowsReadOnly: false, clockSkewMs: 0 }
    queryClient.setQueryData(bob.queryKey, nothing)
    await queryClient.invalidateQueries({ queryKey: bob.queryKey })
    queryClient.setQueryData(carol.queryKey, nothing, { updatedAt: Date.now() - 15_001 })
    await load()
    expect(proxy.calls).toEqual(['whm.root tokens bob carol'])
    expect([proxy.shown('bob'), proxy.shown('carol')]).toEqual([['token-of-bob'], ['token-of-carol']])
  })

  test('says nothing of whether the server is well now', async () => {
    const root = proxy.openWhm('root', 'bob')
    await queryClient.fetchQuery(tokensQuery(accountOf(root, 'bob')))
    noteFailure(root, new CpanelError('unreachable'))
    await load()
    expect([...unreachableConnections.current()]).toEqual([root])
  })
})

describe('a line of a stream', () => {
  test('that is a failure is one of that account alone', async () => {
    proxy.openWhm('root', 'bob', 'carol')
    proxy.account('bob').always.set('list', 'refuses')
    await load()
    expect(asked('bob')?.error).toMatchObject({ kind: 'rejected', reasons: ['No.'] })
    expect(proxy.shown('carol')).toEqual(['token-of-carol'])
  })

  test('of an account that nobody asked for, or of one that had its line, is nobody’s', async () => {
    proxy.openWhm('root', 'bob')
    proxy.holdsStreams = true
    loading.start()
    const stream = await proxy.stream(1)
    const { accounts } = allTokens.inventory.columns
    const count = accounts.length
    proxy.account('mallory', 'evil')
    stream.say(await proxy.line('mallory'), await proxy.line('bob'))
    proxy.account('bob', 'later')
    stream.say(await proxy.line('bob'))
    stream.end()
    await loadEnded()
    expect(accounts).toHaveLength(count)
    expect(proxy.shown('bob')).toEqual(['token-of-bob'])
  })

  test('that is late does not undo what was read of its account meanwhile', async () => {
    const root = proxy.openWhm('root', 'bob')
    proxy.holdsStreams = true
    loading.start()
    const stream = await proxy.stream(1)
    const late = await proxy.line('bob')
    proxy.account('bob').rows.clear()
    const list = await readBack(accountOf(root, 'bob'))
    allTokens.put(proxy.numberOf('bob'), list, Date.now())
    stream.say(late)
    stream.end()
    await loadEnded()
    expect(proxy.shown('bob')).toEqual([])
  })

  test('that is missing is a failure of its account, and not asked for over and over', async () => {
    proxy.openWhm('root', 'bob', 'carol', 'erin')
    proxy.holdsStreams = true
    loading.start()
    const stream = await proxy.stream(1)
    stream.say(await proxy.line('bob'))
    // Of erin a screen of her own has read meanwhile.
    allTokens.put(proxy.numberOf('erin'), { tokens: [], clockSkewMs: 0 }, Date.now())
    stream.end()
    await loadEnded()
    expect(proxy.streams).toHaveLength(1)
    expect(proxy.shown('bob')).toEqual(['token-of-bob'])
    expect(asked('erin')).toMatchObject({ isWaiting: false, error: null })
    expect(asked('carol')).toMatchObject({ isWaiting: false, error: { kind: 'garbled' } })
  })
})

describe('whether a server is well', () => {
  test('is told by an answer through its login', async () => {
    const root = proxy.openWhm('root', 'bob')
    noteFailure(root, new CpanelError('unreachable'))
    await load()
    expect([...unreachableConnections.current()]).toEqual([])
  })

  test.each(['whm', 'cpanel'])('is not taken for true where it gave no answer (%s)', async (kind) => {
    const connection = kind === 'whm' ? proxy.openWhm('root', 'bob') : proxy.openCpanel('bob')
    proxy.refuses = () => TIMEOUT
    await load()
    expect([...unreachableConnections.current()]).toEqual([connection])
  })

  test('is not told by a proxy that has no answer of any account', async () => {
    const root = proxy.openWhm('root', 'bob')
    noteFailure(root, new CpanelError('unreachable'))
    proxy.account('bob').always.set('list', UNREADABLE)
    await load()
    expect([...unreachableConnections.current()]).toEqual([root])
  })
})

test('asking again while others still come is a question of its own, and no failure', async () => {
  proxy.openWhm('root', 'bob', 'carol')
  proxy.holdsStreams = true
  loading.start()
  const stream = await proxy.stream(1)
  stream.say(await proxy.line('bob'))
  await soon(() => expect(proxy.shown('bob')).toBeDefined())
  proxy.account('bob', 'later')
  loading.retry([proxy.numberOf('bob')])
  stream.say(await proxy.line('carol'))
  stream.end()
  await proxy.sayAll(await proxy.stream(2))
  await loadEnded()
  expect(proxy.calls).toEqual(['whm.root tokens bob carol', 'whm.root tokens bob'])
  expect(proxy.shown('bob')).toEqual(['token-of-bob', 'later'])
})

test('asking again asks only those that failed', async () => {
  proxy.openWhm('root', 'bob', 'carol')
  proxy.openCpanel('erin')
  for (const user of ['carol', 'erin']) proxy.account(user).faults.set('list', ['refuses'])
  await load()
  proxy.calls.length = 0
  loading.retry([proxy.numberOf('carol'), proxy.numberOf('erin')])
  await loadEnded()
  expect(proxy.calls.toSorted()).toEqual(['cpanel.erin list', 'whm.root tokens carol'])
  expect([proxy.shown('carol'), proxy.shown('erin')]).toEqual([['token-of-carol'], ['token-of-erin']])
})
