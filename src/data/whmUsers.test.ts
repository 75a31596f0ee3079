import { beforeEach, describe, expect, test, vi } from 'vitest'
import { rowOf, tokenAt } from '../inventory/inventory'
import { privilegesQuery } from './accounts'
import { allTokens } from './allTokens'
import { SESSION_ENDED, TIMEOUT } from './cpanel.testing'
import { loading } from './loadAllTokens'
import { OF_WHM, fakeProxyForEach, loadEnded, type FakeProxy } from './manyAccounts.testing'
import { queryClient } from './queryClient'
import { openAllTokens, refreshOlderThan, tokenSources } from './sources'
import { accountOf, readBack, tokensQuery, whmUserOf } from './tokens'

const fake = fakeProxyForEach()
let proxy: FakeProxy
beforeEach(() => {
  proxy = fake.current
})

async function open(): Promise<void> {
  await openAllTokens()
  await loadEnded()
}

const OWN_LIST = 'whm.root api_token_list'
const asked = (user: string, more = {}) => allTokens.askedOf(proxy.numberOf(user, more))

/** The questions about tokens alone. */
function questions(): string[] {
  return proxy.calls.filter((call) => /list$| tokens /.test(call))
}

/** What is wrong with each login, in short. */
function troubles(): (string | undefined)[] {
  return tokenSources.current().map(({ trouble }) => trouble?.kind)
}

describe('the tokens of a WHM login itself', () => {
  test('stand beside those of its accounts, as ones of a WHM user, and are asked once', async () => {
    const root = proxy.whm('root', ['bob', 'carol'])
    proxy.whmUser('root').put({ name: 'billing', acls: ['list-accts', 'passwd'], whitelist_ips: ['192.0.2.1'] })
    proxy.whmUser('root').clockSkewMs = 600_000
    await open()
    await open()
    expect(questions()).toEqual([OWN_LIST, 'whm.root tokens bob carol'])
    expect([proxy.shown('root', OF_WHM), proxy.shown('bob')]).toEqual([['billing'], ['token-of-bob']])
    const number = proxy.numberOf('root', OF_WHM)
    expect(allTokens.inventory.columns.accounts[number]).toEqual({
      server: proxy.server,
      serverName: 'North',
      user: 'root',
      domain: '',
      owner: '',
      plan: '',
      isSuspended: false,
      isWhmUser: true,
    })
    expect(tokenAt(allTokens.inventory, rowOf(allTokens.inventory, number, 'billing') ?? -1)).toMatchObject({
      access: { kind: 'whm', privileges: ['list-accts', 'passwd'], addresses: ['192.0.2.1'] },
    })
    expect(allTokens.reach(number)).toEqual(whmUserOf(root.id))
    expect(Math.abs((asked('root', OF_WHM)?.clockSkewMs ?? 0) - 600_000)).toBeLessThan(2000)
  })

  test('are not those of the account of its name, whichever login reaches that', async () => {
    const resell = proxy.whm('resell', ['resell'])
    const own = proxy.cpanel('resell')
    proxy.whmUser('resell', 'of-whm')
    await open()
    expect([proxy.shown('resell'), proxy.shown('resell', OF_WHM)]).toEqual([['token-of-resell'], ['of-whm']])
    expect(allTokens.reach(proxy.numberOf('resell'))).toEqual(accountOf(own.id))
    expect(allTokens.reach(proxy.numberOf('resell', OF_WHM))).toEqual(whmUserOf(resell.id))
    allTokens.dropConnection(resell.id)
    expect([proxy.shown('resell'), proxy.shown('resell', OF_WHM)]).toEqual([['token-of-resell'], undefined])
  })

  test('are those of each login, where there are several', async () => {
    for (const user of ['root', 'resell']) {
      proxy.whm(user, ['bob'])
      proxy.whmUser(user, `of-${user}`)
    }
    await open()
    expect(['root', 'resell'].map((user) => proxy.shown(user, OF_WHM))).toEqual([['of-root'], ['of-resell']])
  })

  test.each([
    ['asked for, with its privilege alone', { 'manage-api-tokens': 1 }, ['of-root'], ['list-accts']],
    [
      'asked for beside a missing cpanel-api',
      { 'manage-api-tokens': '1', 'list-accts': 1 },
      ['of-root'],
      ['cpanel-api'],
    ],
    [
      'left out without the privilege',
      { 'list-accts': 1, 'cpanel-api': 1, 'manage-api-tokens': 0 },
      undefined,
      [undefined],
    ],
    ['left out without any', {}, undefined, ['list-accts']],
  ])('are %s', async (_what, privileges, shown, trouble) => {
    proxy.whm('root', ['bob'])
    proxy.whmUser('root', 'of-root')
    proxy.privileges = privileges
    await open()
    expect(proxy.shown('root', OF_WHM)).toEqual(shown)
    expect(questions().includes(OWN_LIST)).toBe(shown !== undefined)
    expect(troubles()).toEqual(trouble)
    expect(proxy.shown('bob')).toEqual(trouble[0] === undefined ? ['token-of-bob'] : undefined)
  })

  test('are tried where nobody may ask for the privileges', async () => {
    proxy.whm('root', ['bob'])
    proxy.whmUser('root', 'of-root')
    proxy.refuses = (call) => (call.endsWith('myprivs') ? { kind: 'forbidden', status: 403 } : null)
    await open()
    expect([proxy.shown('root', OF_WHM), proxy.shown('bob')]).toEqual([['of-root'], ['token-of-bob']])
  })

  test('come where the accounts can’t be listed, and go when the privilege does', async () => {
    const root = proxy.whm('root', ['bob'])
    proxy.whmUser('root', 'of-root')
    proxy.refuses = (call) => (call.endsWith('listaccts') ? TIMEOUT : null)
    await open()
    expect([proxy.shown('root', OF_WHM), troubles()]).toEqual([['of-root'], ['failed']])
    proxy.refuses = () => null
    proxy.privileges = { 'list-accts': 1, 'cpanel-api': 1 }
    await queryClient.invalidateQueries({ queryKey: privilegesQuery(root.id).queryKey })
    await open()
    expect([proxy.shown('root', OF_WHM), proxy.shown('bob')]).toEqual([undefined, ['token-of-bob']])
  })
})

describe('a refusal of them', () => {
  test('fails them alone, and asking again asks them alone', async () => {
    proxy.whm('root', ['bob'])
    proxy.whmUser('root', 'of-root').faults.set('api_token_list', ['refuses'])
    await open()
    expect(asked('root', OF_WHM)?.error).toMatchObject({ kind: 'rejected', reasons: ['No.'] })
    expect([proxy.shown('root', OF_WHM), proxy.shown('bob')]).toEqual([undefined, ['token-of-bob']])
    expect(troubles()).toEqual([undefined])
    proxy.calls.length = 0
    loading.retry([proxy.numberOf('root', OF_WHM)])
    await loadEnded()
    expect([questions(), proxy.shown('root', OF_WHM)]).toEqual([[OWN_LIST], ['of-root']])
  })

  test('of a session that ended stops the whole login, and they still wait', async () => {
    const root = proxy.whm('root', ['bob'])
    proxy.whmUser('root').always.set('api_token_list', SESSION_ENDED)
    await open()
    expect([...loading.current().blocked.keys()]).toEqual([root.id])
    expect(asked('root', OF_WHM)).toMatchObject({ isWaiting: true, error: null })
  })

  test('that never comes holds up none of the accounts', async () => {
    proxy.whm('root', ['bob'])
    const held: (() => void)[] = []
    proxy.whmUser('root', 'of-root').beforeAnswer = () => new Promise((resolve) => held.push(resolve))
    await openAllTokens()
    await vi.waitFor(() => expect(proxy.shown('bob')).toEqual(['token-of-bob']))
    expect(proxy.shown('root', OF_WHM)).toBeUndefined()
    for (const release of held) release()
    await loadEnded()
    expect(proxy.shown('root', OF_WHM)).toEqual(['of-root'])
  })

  test('of an account fails that account alone', async () => {
    proxy.whm('root', ['bob'])
    proxy.whmUser('root', 'of-root')
    proxy.account('bob').always.set('list', 'refuses')
    await open()
    expect(asked('bob')?.error?.kind).toBe('rejected')
    expect(proxy.shown('root', OF_WHM)).toEqual(['of-root'])
  })
})

describe('what a screen of the WHM user reads', () => {
  test('is in the table at once, under the WHM user and nobody else', async () => {
    const root = proxy.whm('root', ['root', 'bob'])
    await open()
    proxy.whmUser('root', 'made-elsewhere')
    await readBack(whmUserOf(root.id))
    expect([proxy.shown('root', OF_WHM), proxy.shown('root')]).toEqual([['made-elsewhere'], ['token-of-root']])
    proxy.account('root', 'of-the-account')
    await readBack(accountOf(root.id, 'root'))
    expect(proxy.shown('root', OF_WHM)).toEqual(['made-elsewhere'])
    expect(proxy.shown('root')).toEqual(['token-of-root', 'of-the-account'])
  })

  test('is not asked again just afterwards', async () => {
    const root = proxy.whm('root', ['bob'])
    proxy.whmUser('root', 'of-root')
    await queryClient.fetchQuery(tokensQuery(whmUserOf(root.id)))
    await open()
    expect(questions()).toEqual([OWN_LIST, 'whm.root tokens bob'])
    expect(proxy.shown('root', OF_WHM)).toEqual(['of-root'])
    refreshOlderThan(0)
    await loadEnded()
    expect(questions().filter((call) => call === OWN_LIST)).toHaveLength(1)
  })

  test('is of nobody where that login does not have them', async () => {
    const root = proxy.whm('root', ['root'])
    proxy.privileges = { 'list-accts': 1, 'cpanel-api': 1 }
    await open()
    proxy.whmUser('root', 'of-root')
    await readBack(whmUserOf(root.id))
    expect([proxy.shown('root', OF_WHM), proxy.shown('root')]).toEqual([undefined, ['token-of-root']])
  })
})
