import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ApiToken } from '../cpanel/token'
import { ACCESS } from './columns'
import {
  accountIndex,
  forgetTokens,
  newInventory,
  putAccounts,
  putTokens,
  rowOf,
  tokenAt,
  tokenCount,
  type Inventory,
} from './inventory'
import { NOW, anyHistory, facts, followed, token } from './rows.testing'

function withTokens(...names: string[]): Inventory {
  const inventory = newInventory()
  putAccounts(inventory, [facts('ada')])
  putTokens(
    inventory,
    0,
    names.map((name) => token(name)),
  )
  return inventory
}

describe('accounts', () => {
  test('keep their number, whichever connection tells of them and in whatever order', () => {
    const inventory = newInventory()
    putAccounts(inventory, [facts('ada'), facts('bob'), facts('ada', { server: 's2' })])
    putAccounts(inventory, [facts('eve'), facts('bob'), facts('ada', { domain: '', plan: '' })])
    const numbers = ['ada', 'bob', 'eve'].map((user) => accountIndex(inventory, { server: 's1', user }))
    expect(numbers).toEqual([0, 1, 3])
    expect(accountIndex(inventory, { server: 's2', user: 'ada' })).toBe(2)
    expect(accountIndex(inventory, { server: 's3', user: 'ada' })).toBeUndefined()
    expect(inventory.columns.accounts[0]).toEqual(facts('ada', { domain: '', plan: '' }))
  })

  test('of which nothing new is told are not sent anywhere', () => {
    const inventory = newInventory()
    putAccounts(inventory, [facts('ada'), facts('bob')])
    expect(putAccounts(inventory, [facts('ada'), facts('bob')]).accounts).toEqual([])
    const suspended = facts('bob', { isSuspended: true })
    expect(putAccounts(inventory, [facts('ada'), suspended]).accounts).toEqual([[1, suspended]])
  })

  test('that were never asked have no count, those without tokens have none', () => {
    const inventory = newInventory()
    putAccounts(inventory, [facts('ada'), facts('bob')])
    putTokens(inventory, 1, [])
    expect(tokenCount(inventory, 0)).toBeUndefined()
    expect(tokenCount(inventory, 1)).toBe(0)
  })
})

describe('a WHM user', () => {
  const whm = facts('root', { domain: '', owner: '', plan: '', isWhmUser: true })

  test('is another one than the account of its name, and one on each server', () => {
    const inventory = newInventory()
    const elsewhere = { ...whm, server: 's2' }
    putAccounts(inventory, [whm, facts('root'), elsewhere, whm, facts('root')])
    const ids = [{}, { isWhmUser: true as const }].flatMap((more) =>
      ['s1', 's2'].map((server) => accountIndex(inventory, { server, user: 'root', ...more })),
    )
    expect(ids).toEqual([1, undefined, 0, 2])
    expect(inventory.columns.accounts).toEqual([whm, facts('root'), elsewhere])
  })

  test('has tokens of its own, of the same names too', () => {
    const inventory = newInventory()
    putAccounts(inventory, [whm, facts('root')])
    for (const account of [0, 1]) putTokens(inventory, account, [token('ci')])
    forgetTokens(inventory, 0)
    expect([tokenCount(inventory, 0), tokenCount(inventory, 1)]).toEqual([undefined, 1])
  })

  test('has tokens that know what each may do and from where, through changes and others’ ends', () => {
    const inventory = newInventory()
    putAccounts(inventory, [whm])
    const quota = { kind: 'whm', privileges: ['quota'], addresses: ['192.0.2.1', '2001:db8::/32'] } as const
    const all = { kind: 'whm', privileges: ['all'], addresses: [] } as const
    putTokens(inventory, 0, [token('one', null, { access: quota }), token('two', null, { access: all })])
    expect([0, 1].map((row) => tokenAt(inventory, row).access)).toEqual([quota, all])
    putTokens(inventory, 0, [token('two', null, { access: quota }), token('new', null, { access: all })])
    expect([1, 2].map((row) => tokenAt(inventory, row).access)).toEqual([quota, all])
    expect([...inventory.limits.keys()]).toEqual([1, 2])
    expect(inventory.columns.access.slice(0, 3)).toEqual(Uint8Array.of(ACCESS.gone, ACCESS.whm, ACCESS.whm))
    forgetTokens(inventory, 0)
    expect(inventory.limits.size).toBe(0)
  })
})

describe('tokens', () => {
  test('keep their row as long as they live, so a selection stays what it was', () => {
    const inventory = withTokens('ci', 'backup', 'deploy')
    const deploy = rowOf(inventory, 0, 'deploy')
    putTokens(inventory, 0, [token('new'), token('deploy', NOW), token('ci')])
    expect(rowOf(inventory, 0, 'deploy')).toBe(deploy)
    expect(rowOf(inventory, 0, 'backup')).toBeUndefined()
    expect(tokenCount(inventory, 0)).toBe(3)
  })

  test('that are gone and come again are others: what was selected is not selected again', () => {
    const inventory = withTokens('ci')
    const before = rowOf(inventory, 0, 'ci')
    putTokens(inventory, 0, [])
    putTokens(inventory, 0, [token('ci')])
    expect(rowOf(inventory, 0, 'ci')).not.toBe(before)
    expect(inventory.columns.access[before ?? -1]).toBe(ACCESS.gone)
  })

  test('are told apart by case', () => {
    const inventory = withTokens('CI', 'ci')
    putTokens(inventory, 0, [token('ci')])
    expect([rowOf(inventory, 0, 'CI'), rowOf(inventory, 0, 'ci')]).toEqual([undefined, 1])
  })

  test('of another account stay where an account loses its own', () => {
    const inventory = withTokens('ci')
    putAccounts(inventory, [facts('bob')])
    putTokens(inventory, 1, [token('ci')])
    forgetTokens(inventory, 0)
    expect(tokenCount(inventory, 0)).toBeUndefined()
    expect(tokenCount(inventory, 1)).toBe(1)
    expect(inventory.columns.access.slice(0, 2)).toEqual(Uint8Array.of(ACCESS.gone, ACCESS.full))
  })

  test('that lose a limit lose what they were limited to', () => {
    const inventory = withTokens()
    putTokens(inventory, 0, [token('ci', null, { access: { kind: 'limited', features: ['email'] } })])
    expect(tokenAt(inventory, 0).access).toEqual({ kind: 'limited', features: ['email'] })
    putTokens(inventory, 0, [token('ci')])
    expect(tokenAt(inventory, 0).access).toEqual({ kind: 'full' })
    expect(inventory.limits.size).toBe(0)
  })

  test('that are gone leave no limits behind', () => {
    const inventory = withTokens()
    putTokens(inventory, 0, [token('ci', null, { access: { kind: 'limited', features: ['email'] } })])
    putTokens(inventory, 0, [])
    expect(inventory.limits.size).toBe(0)
  })
})

test('every token reads as the server told it, after whatever happened', () => {
  fc.assert(
    fc.property(anyHistory, (history) => {
      const all = followed()
      for (const [facts, tokens] of history) all.tell(facts, tokens)
      const { inventory } = all
      const rows = all.rows()
      expect(new Set(rows.map(({ row }) => row)).size).toBe(rows.length)
      for (const { row, account, facts, token } of rows) {
        expect(tokenAt(inventory, row)).toEqual(token)
        expect(inventory.columns.account[row]).toBe(account)
        expect(inventory.columns.accounts[account]).toEqual(facts)
      }
      const { access, length } = inventory.columns
      expect(access.subarray(0, length).filter((kind) => kind !== ACCESS.gone)).toHaveLength(rows.length)
    }),
    { numRuns: 60 },
  )
})

test('the Worker, told only what changed, has the same columns as the page', () => {
  fc.assert(
    fc.property(anyHistory, (history) => {
      const all = followed()
      for (const [facts, tokens] of history) all.tell(facts, tokens)
      const { names: _, ...page } = all.inventory.columns
      expect(all.viewer.columns).toEqual({ ...page, names: [] })
    }),
    { numRuns: 30 },
  )
})

test('moments before 1970 and between seconds come back', () => {
  const odd: ApiToken[] = [token('a', -1.5, { created: new Date(-86_400_001) }), token('b', 0.25)]
  const inventory = newInventory()
  putTokens(inventory, 0, odd)
  expect([tokenAt(inventory, 0), tokenAt(inventory, 1)]).toEqual(odd)
})
