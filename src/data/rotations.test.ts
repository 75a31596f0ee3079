import { beforeEach, expect, test } from 'vitest'
import type { ApiToken } from '../cpanel/token'
import { allTokens } from './allTokens'
import { fakeProxyForEach, type FakeProxy } from './manyAccounts.testing'
import { rotationsOf, rowsWithSuccessor } from './rotations'

const NOW = new Date('2026-11-30T12:00:00Z')
const MINUTE = 60_000

const fake = fakeProxyForEach()
let proxy: FakeProxy
beforeEach(() => {
  proxy = fake.current
  proxy.openWhm('root', 'bob', 'carol')
})

/** A token that expires so many minutes after NOW. */
function token(name: string, minutes = 1_000): ApiToken {
  const expiry = { kind: 'at' as const, at: new Date(NOW.getTime() + minutes * MINUTE) }
  return { name, created: null, expiry, access: { kind: 'full' } }
}

function put(user: string, tokens: readonly ApiToken[], clockSkewMs = 0): void {
  allTokens.put(proxy.numberOf(user), { tokens, clockSkewMs }, NOW.getTime())
}

/** What is being rotated, as people say it. */
function said(user: string, now = NOW): string[] {
  return rotationsOf(proxy.numberOf(user), now).map(
    ({ old, successor, older }) => `${[...older, old].map(({ name }) => name).join(', ')} by ${successor.name}`,
  )
}

/** The names of the rows that have a successor. */
function names(now = NOW): string[] {
  const { columns } = allTokens.inventory
  return rowsWithSuccessor(now).map((row) => columns.names[row] ?? 'no row')
}

test('what one account rotates is told by its names, and is nothing of another account', () => {
  put('bob', [token('app'), token('ci'), token('ci-r2'), token('ci-r3'), token('App-r2')])
  put('carol', [token('app-r2')])
  expect([said('bob'), said('carol')]).toEqual([['ci, ci-r2 by ci-r3'], []])
})

test('what has a successor is the old token, and those left over before it', () => {
  put('bob', [token('app'), token('app-r2'), token('app-r3'), token('other')])
  put('carol', [token('web-r4'), token('web')])
  expect(names()).toEqual(['app-r2', 'app', 'web'])
})

test('a successor that has expired succeeds nothing any more, from that minute on', () => {
  put('bob', [token('app'), token('app-r2', 10)])
  expect(names()).toEqual(['app'])
  expect(names(new Date(NOW.getTime() + 9 * MINUTE))).toEqual(['app'])
  expect(names(new Date(NOW.getTime() + 10 * MINUTE))).toEqual([])
  expect(said('bob')).toEqual(['app by app-r2'])
})

test('the server’s own clock decides what has expired', () => {
  put('bob', [token('app'), token('app-r2', 10)], 11 * MINUTE)
  expect(names()).toEqual([])
})

test('a list that comes anew is looked at anew', () => {
  put('bob', [token('app')])
  expect(names()).toEqual([])
  put('bob', [token('app'), token('app-r2')])
  expect(names()).toEqual(['app'])
  put('bob', [token('app-r2')])
  expect(names()).toEqual([])
})

test('nothing is worked out twice for the same list and minute, and without a numbered name at no other minute', () => {
  const later = new Date(NOW.getTime() + MINUTE)
  put('bob', [token('app'), token('app-r2')])
  put('carol', [token('app'), token('web')])
  const [bob, carol] = [proxy.numberOf('bob'), proxy.numberOf('carol')]
  expect(rotationsOf(bob, NOW)).toBe(rotationsOf(bob, NOW))
  expect(rotationsOf(bob, later)).not.toBe(rotationsOf(bob, NOW))
  expect(rotationsOf(carol, later)).toBe(rotationsOf(carol, NOW))
})

test('an account whose list nobody has rotates nothing', () => {
  expect([said('bob'), names()]).toEqual([[], []])
})
