import { beforeEach, describe, expect, test, vi } from 'vitest'
import { noteReach } from '../session/reach'
import { accountsQuery } from './accounts'
import { allTokens } from './allTokens'
import { TIMEOUT, UNREADABLE } from './cpanel.testing'
import { fakeProxyForEach, loadEnded, soon, type FakeProxy } from './manyAccounts.testing'
import { connectionsQuery } from './connections'
import { queryClient } from './queryClient'
import { openAllTokens, openConnection, refreshAll, refreshOlderThan, tokenSources } from './sources'
import { accountOf, readBack } from './tokens'

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

describe('opening all tokens', () => {
  test('gathers what each login reaches, and asks each account once', async () => {
    proxy.whm('root', ['bob', 'carol'])
    proxy.cpanel('erin')
    await open()
    expect(said().toSorted()).toEqual(['cpanel.erin', 'whm.root'])
    expect(['bob', 'carol', 'erin'].map((user) => proxy.shown(user))).toEqual([
      ['token-of-bob'],
      ['token-of-carol'],
      ['token-of-erin'],
    ])
    expect(tokenSources.current()[0]?.serverName).toBe('North')
    const before = proxy.calls.filter((call) => / list$| tokens /.test(call))
    await open()
    expect(proxy.calls.filter((call) => / list$| tokens /.test(call))).toEqual(before)
  })

  test('keeps what WHM told of an account that its own login tells nothing of', async () => {
    const root = proxy.whm('root', ['bob'])
    const own = proxy.cpanel('bob')
    for (const connection of [root, own]) await openConnection(connection)
    const { accounts } = allTokens.inventory.columns
    expect(accounts[proxy.numberOf('bob')]).toMatchObject({ domain: 'bob.example', plan: 'basic' })
    expect(allTokens.routesOf(proxy.numberOf('bob'))).toEqual([own.id, root.id])
  })

  test('again asks what is older than asked for, and nothing else', async () => {
    proxy.whm('root', ['bob', 'carol'])
    await open()
    proxy.calls.length = 0
    const { tokens } = await readBack(accountOf(`${proxy.server}.whm.root`, 'bob'))
    allTokens.put(proxy.numberOf('carol'), { tokens, clockSkewMs: 0 }, Date.now() - 60_000)
    proxy.calls.length = 0
    refreshOlderThan(30_000)
    await loadEnded()
    expect(proxy.calls).toEqual(['whm.root tokens carol'])
    expect(proxy.shown('carol')).toEqual(['token-of-carol'])
  })

  test('asks everything again when somebody says so, what failed before it had a list as well', async () => {
    proxy.whm('root', ['bob', 'carol'])
    proxy.account('carol').always.set('list', 'refuses')
    await open()
    proxy.account('carol').always.clear()
    proxy.calls.length = 0
    refreshOlderThan(0)
    await loadEnded()
    expect(proxy.calls).toEqual(['whm.root tokens bob'])
    proxy.calls.length = 0
    refreshAll()
    await loadEnded()
    expect(proxy.calls.filter((call) => call.includes('token'))).toEqual([
      'whm.root api_token_list',
      'whm.root tokens bob carol',
    ])
    expect(proxy.shown('carol')).toEqual(['token-of-carol'])
  })

  test('finds accounts that were made since when somebody asks for everything again', async () => {
    const root = proxy.whm('root', ['bob'])
    proxy.cpanel('erin')
    await open()
    proxy.account('dave', 'token-of-dave')
    proxy.reached.set(root.id, ['bob', 'dave'])
    refreshAll()
    await soon(() => expect(proxy.shown('dave')).toEqual(['token-of-dave']))
    expect(said().toSorted()).toEqual(['cpanel.erin', 'whm.root'])
  })

  test('calls a server by its id where its name can’t be had', async () => {
    proxy.refuses = (call) => (call === 'GET servers' ? TIMEOUT : null)
    proxy.cpanel('bob')
    await open()
    expect(tokenSources.current()[0]?.serverName).toBe(proxy.server)
    expect(proxy.shown('bob')).toEqual(['token-of-bob'])
  })
})

describe('a login that gives less than it could says so, and hides no other', () => {
  beforeEach(() => void proxy.cpanel('erin'))

  test.each([
    ['list-accts', { 'list-accts': '', 'cpanel-api': 1 }],
    ['list-accts', {}],
    ['cpanel-api', { 'list-accts': '1', 'cpanel-api': 0 }],
  ])('without the privilege %s, its accounts are not asked', async (missing, privileges) => {
    proxy.whm('junior', ['bob'])
    proxy.privileges = privileges
    await open()
    expect(said().toSorted()).toEqual(['cpanel.erin', `whm.junior ${missing}`])
    expect(proxy.calls.filter((call) => call.startsWith('whm.junior tokens'))).toEqual([])
    expect(proxy.shown('erin')).toEqual(['token-of-erin'])
  })

  test('that may not even ask for its privileges is tried all the same', async () => {
    proxy.whm('junior', ['bob'])
    proxy.refuses = (call) => (call.endsWith('myprivs') ? { kind: 'forbidden', status: 403 } : null)
    await open()
    expect(said().toSorted()).toEqual(['cpanel.erin', 'whm.junior'])
    expect(proxy.shown('bob')).toEqual(['token-of-bob'])
  })

  test('where the accounts can’t be listed, and when it is tried again they are', async () => {
    const root = proxy.whm('root', ['bob'])
    proxy.refuses = (call) => (call.endsWith('listaccts') ? TIMEOUT : null)
    await open()
    expect(said().toSorted()).toEqual(['cpanel.erin', 'whm.root timeout'])
    proxy.refuses = () => null
    const held = proxy.hold('listaccts')
    const again = openConnection(root)
    await soon(() => expect(held).toHaveLength(1))
    expect(said()).toContain('whm.root timeout asking')
    held[0]?.()
    await again
    await loadEnded()
    expect(said()).toContain('whm.root')
    expect(proxy.shown('bob')).toEqual(['token-of-bob'])
  })

  test('where Keyring was away as they were to be listed, they are once it answers, and only then', async () => {
    vi.spyOn(Math, 'random').mockReturnValue(0)
    proxy.whm('resell', ['carol'])
    proxy.refuses = (call) => (call.endsWith('listaccts') ? TIMEOUT : null)
    await open()
    proxy.whm('root', ['bob'])
    proxy.refuses = () => {
      throw new TypeError('Failed to fetch')
    }
    queryClient.setQueryData(connectionsQuery.queryKey, proxy.connections)
    await soon(() => expect(said()).toEqual(['cpanel.erin', 'whm.resell timeout', 'whm.root offline']))
    proxy.refuses = () => null
    proxy.calls.length = 0
    noteReach(null)
    await soon(() => expect(proxy.shown('bob')).toEqual(['token-of-bob']))
    expect(said()).toEqual(['cpanel.erin', 'whm.resell timeout', 'whm.root'])
    expect(proxy.calls.filter((call) => call.endsWith('listaccts'))).toEqual(['whm.root listaccts'])
    vi.restoreAllMocks()
  })

  test('where the accounts can no longer be listed, those that it had stay', async () => {
    const root = proxy.whm('root', ['bob'])
    await open()
    proxy.refuses = (call) => (call.endsWith('listaccts') ? TIMEOUT : null)
    await queryClient.resetQueries({ queryKey: accountsQuery(root.id).queryKey })
    await open()
    expect(said()).toContain('whm.root timeout')
    expect(proxy.shown('bob')).toEqual(['token-of-bob'])
  })

  test('where it has ended, it is asked nothing', async () => {
    const root = proxy.whm('root', ['bob'])
    proxy.connections = proxy.connections.map((one) => ({ ...one, hasEnded: one.id === root.id }))
    await open()
    expect(proxy.calls.filter((call) => call.startsWith('whm.root'))).toEqual([])
    expect(tokenSources.current().find(({ connection }) => connection.id === root.id)?.connection.hasEnded).toBe(true)
    expect(proxy.shown('erin')).toEqual(['token-of-erin'])
  })
})

test('a list that a screen of one account reads is in the table at once', async () => {
  const root = proxy.whm('root', ['bob'])
  const own = proxy.cpanel('carol')
  await open()
  for (const user of ['bob', 'carol']) proxy.account(user, 'made-elsewhere')
  await readBack(accountOf(root.id, 'bob'))
  await readBack(accountOf(own.id))
  await readBack(accountOf(root.id, 'mallory'))
  expect(proxy.shown('bob')).toEqual(['token-of-bob', 'made-elsewhere'])
  expect(proxy.shown('carol')).toEqual(['token-of-carol', 'made-elsewhere'])
  proxy.refuses = () => UNREADABLE
  await readBack(accountOf(root.id, 'bob')).catch(() => {})
  expect(proxy.shown('bob')).toEqual(['token-of-bob', 'made-elsewhere'])
})
