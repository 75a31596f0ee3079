import { beforeEach, expect, test } from 'vitest'
import { rowOf } from '../inventory/inventory'
import type { Result } from './acrossAccounts'
import { allTokens } from './allTokens'
import { UNREADABLE } from './cpanel.testing'
import { OF_WHM, fakeProxyForEach, loadEnded, type FakeProxy } from './manyAccounts.testing'
import { doomedFrom, revokeAcross } from './revokeAcross'
import { openAllTokens } from './sources'
import type { FakeWhm } from './whm.testing'

const fake = fakeProxyForEach()
let proxy: FakeProxy
let root: FakeWhm
beforeEach(async () => {
  proxy = fake.current
  proxy.whm('root', ['root'])
  root = proxy.whmUser('root', 'one', 'two', 'keep')
  proxy.account('root', 'one')
  await openAllTokens()
  await loadEnded()
  for (const account of [root, proxy.account('root')]) account.calls.length = 0
})

function rows(more: object, ...names: string[]): number[] {
  return names.map((name) => rowOf(allTokens.inventory, proxy.numberOf('root', more), name) ?? -1)
}

/** Revokes and says where each token stands. */
async function revoke(chosen: readonly number[]): Promise<string[]> {
  const results = new Map<number, Result<null>>()
  const { signal } = new AbortController()
  await revokeAcross(doomedFrom(chosen), { results, put: (key, result) => results.set(key, result), signal })
  return chosen.map((key) => {
    const result = results.get(key)
    return result?.kind === 'failed' ? result.error.kind : (result?.kind ?? 'nothing')
  })
}

test('revokes those of a WHM user in WHM, and reads its own list once as the proof', async () => {
  expect(await revoke([...rows(OF_WHM, 'one', 'two'), ...rows({}, 'one')])).toEqual(['done', 'done', 'done'])
  expect(root.calls).toEqual(['own-token', 'api_token_revoke one', 'api_token_revoke two', 'api_token_list'])
  expect(proxy.account('root').calls).toEqual(['revoke one', 'list'])
  expect(proxy.shown('root', OF_WHM)).toEqual(['keep'])
  expect(proxy.shown('root')).toEqual(['token-of-root'])
})

test('leaves the account’s token of the same name alone', async () => {
  await revoke(rows(OF_WHM, 'one'))
  expect(proxy.account('root').calls).toEqual([])
  expect(proxy.shown('root')).toEqual(['token-of-root', 'one'])
})

test('believes the list, not the answer', async () => {
  root.faults.set('api_token_revoke', ['lies', 'lost-answer'])
  expect(await revoke(rows(OF_WHM, 'one', 'two'))).toEqual(['unchanged', 'done'])
})

test('says so where a revocation is refused, and what is not known', async () => {
  root.faults.set('api_token_revoke', ['refuses', 'lost-answer'])
  root.always.set('api_token_list', UNREADABLE)
  expect(await revoke(rows(OF_WHM, 'one', 'two'))).toEqual(['rejected', 'offline'])
})

test('revokes the token that the login hangs on when all others are gone and proved', async () => {
  root.own = 'one'
  expect(await revoke([...rows(OF_WHM, 'one', 'two', 'keep'), ...rows({}, 'one')])).toEqual([
    'done',
    'done',
    'done',
    'done',
  ])
  expect(root.calls.filter((call) => call.includes('revoke')).at(-1)).toBe('api_token_revoke one')
  expect([...root.rows.keys()]).toEqual([])
})

test('names the one who is meant', () => {
  expect(doomedFrom(rows(OF_WHM, 'one'))).toMatchObject([
    { reach: { isWhmUser: true }, isWhmUser: true, name: 'one', user: 'root', domain: '', server: 'North' },
  ])
})
