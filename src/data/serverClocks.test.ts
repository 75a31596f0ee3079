import { describe, expect, test } from 'vitest'
import { allTokens } from './allTokens'
import { fakeProxyForEach } from './manyAccounts.testing'
import { otherClocks, skewOfAccount, skewsOfAccounts } from './serverClocks'

const fake = fakeProxyForEach()

/** What an account's list told of the clock of its server. */
function told(user: string, clockSkewMs: number): void {
  allTokens.put(fake.current.numberOf(user), { tokens: [], clockSkewMs }, 1)
}

describe('the clocks of servers', () => {
  test('are no matter while they differ by two minutes at most, or nobody knows', () => {
    const proxy = fake.current
    proxy.route(proxy.whm('root', ['bob', 'carol', 'dave']))
    told('bob', 120_000)
    told('carol', -120_000)
    expect(skewOfAccount(proxy.numberOf('bob'))).toBe(0)
    expect(skewsOfAccounts()).toEqual([])
    expect(otherClocks()).toEqual([])
  })

  test('that differ are told once for each server, by the largest difference', () => {
    const proxy = fake.current
    proxy.route(proxy.whm('root', ['bob', 'carol', 'dave']))
    told('bob', 600_000)
    told('carol', -900_000)
    told('dave', 30_000)
    expect(skewOfAccount(proxy.numberOf('carol'))).toBe(-900_000)
    expect(skewsOfAccounts()).toEqual([
      [proxy.numberOf('bob'), 600],
      [proxy.numberOf('carol'), -900],
    ])
    expect(otherClocks()).toEqual([{ server: proxy.server, name: expect.any(String), skewMs: -900_000 }])
  })

  test('are told by the largest difference, whichever answer showed it, and the first of equal ones', () => {
    const proxy = fake.current
    proxy.route(proxy.whm('root', ['bob', 'carol', 'dave']))
    told('bob', -900_000)
    told('carol', 600_000)
    told('dave', 900_000)
    expect(otherClocks().map(({ skewMs }) => skewMs)).toEqual([-900_000])
  })

  test('are not told of an account that nobody has asked, nor of one that nobody knows', () => {
    const proxy = fake.current
    proxy.route(proxy.whm('root', ['bob']))
    expect(skewOfAccount(proxy.numberOf('bob'))).toBe(0)
    expect(skewOfAccount(999)).toBe(0)
  })

  test('are no matter any more once nobody is signed in there', () => {
    const proxy = fake.current
    const root = proxy.whm('root', ['bob'])
    proxy.route(root)
    told('bob', 600_000)
    allTokens.dropConnection(root.id)
    expect(otherClocks()).toEqual([])
  })
})
