import { MutationObserver } from '@tanstack/react-query'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import type { ApiToken } from '../cpanel/token'
import { UNREADABLE, account, fakeCpanelForEach, type FakeCpanel } from './cpanel.testing'
import { changesBetween, lostSuccessors, revokeUnlessMovedMutation } from './moved'
import { queryClient } from './queryClient'
import { readBack, tokensQuery } from './tokens'

function token(name: string, created: number | null): ApiToken {
  const moment = created === null ? null : new Date(created)
  return { name, created: moment, expiry: { kind: 'never' }, access: { kind: 'full' } }
}

describe('what became of a token', () => {
  const before = [token('a', 1), token('b', 2), token('c', 2)]

  test.each([
    ['nothing', before, []],
    ['it is gone', [token('b', 2)], [{ kind: 'revoked', name: 'a' }]],
    ['it has another name', [token('z', 1), token('b', 2)], [{ kind: 'renamed', name: 'a', newNames: ['z'] }]],
    ['its name is another token’s', [token('a', 9)], [{ kind: 'replaced', name: 'a' }]],
    ['two may be it', [token('y', 1), token('z', 1)], [{ kind: 'renamed', name: 'a', newNames: ['y', 'z'] }]],
    ['one may be it', [token('y', null), token('b', 2)], [{ kind: 'renamed', name: 'a', newNames: ['y'] }]],
    ['when it was made is not told now', [token('a', null)], []],
  ] as const)('%s', (_what, now, changes) => {
    expect(changesBetween(before, now, ['a'])).toEqual(changes)
  })

  test('whose making was not told before is the token of that name', () => {
    expect(changesBetween([token('a', null)], [token('a', 9)], ['a'])).toEqual([])
  })

  test('that was listed already under the other name is no rename', () => {
    expect(changesBetween(before, [token('c', 2)], ['b'])).toEqual([{ kind: 'revoked', name: 'b' }])
  })
})

describe('what tokens to be revoked count on', () => {
  const at = new Date('2026-11-30T12:00:00Z')
  const app = token('app', 1)
  const [second, third] = [token('app-r2', 2), token('app-r3', 3)]
  const expired: ApiToken = { ...second, expiry: { kind: 'at', at } }

  test.each([
    ['is there', [app, second], [app, second], ['app'], []],
    ['is gone', [app, second], [app], ['app'], ['app: app-r2']],
    ['is another token now', [app, second], [app, token('app-r2', 9)], ['app'], ['app: app-r2']],
    ['has another name', [app, second], [app, token('new', 2)], ['app'], []],
    ['is to be revoked as well', [app, second], [app], ['app', 'app-r2'], []],
    ['is the old one, where the new one is revoked', [app, second], [second], ['app-r2'], ['app-r2: app']],
    ['is one of several', [app, second, third], [app, second], ['app'], []],
    ['is gone, and all the others', [app, second, third], [app], ['app'], ['app: app-r3']],
    ['is gone for two', [app, second, third], [app, second], ['app', 'app-r2'], ['app-r2: app-r3', 'app: app-r3']],
    ['had expired before', [app, expired], [app], ['app'], []],
    ['is nothing', [app, token('other', 2)], [app], ['app'], []],
  ] as const)('%s', (_what, before, now, names, expected) => {
    const lost = [...lostSuccessors(before, now, names, at)].map(([name, other]) => `${name}: ${other}`)
    expect(lost.toSorted()).toEqual(expected)
  })
})

const revoke = () => new MutationObserver(queryClient, revokeUnlessMovedMutation(account)).mutate('one')
const shown = () => queryClient.getQueryData(tokensQuery(account).queryKey)?.tokens.map(({ name }) => name)

describe('revoking what a page showed a while ago', () => {
  const fake = fakeCpanelForEach()
  let cpanel: FakeCpanel
  beforeEach(async () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    cpanel = fake.current
    cpanel.rows.set('one', { name: 'one', create_time: 1_600_000_000, expires_at: null })
    await readBack(account)
    cpanel.calls.length = 0
    vi.setSystemTime(Date.now() + 6_000)
    return () => vi.useRealTimers()
  })

  test('looks first, and revokes what is as it was', async () => {
    await revoke()
    expect(cpanel.calls).toEqual(['list', 'revoke one', 'list'])
  })

  test.each([
    [4_999, ['revoke one', 'list']],
    [5_000, ['list', 'revoke one', 'list']],
  ])('looks only where the list is five seconds old (%i ms)', async (age, calls) => {
    await readBack(account)
    cpanel.calls.length = 0
    vi.setSystemTime(Date.now() + age)
    await revoke()
    expect(cpanel.calls).toEqual(calls)
  })

  test('of which no list was read here just does it', async () => {
    queryClient.clear()
    await revoke()
    expect(cpanel.calls).toEqual(['revoke one', 'list'])
  })

  test('does nothing to a token that was renamed meanwhile, and the page shows the new name', async () => {
    cpanel.rows.delete('one')
    cpanel.rows.set('new', { name: 'new', create_time: 1_600_000_000, expires_at: null })
    await expect(revoke()).rejects.toMatchObject({ change: { kind: 'renamed', newNames: ['new'] } })
    expect(cpanel.calls).not.toContain('revoke one')
    expect(cpanel.rows.has('new')).toBe(true)
  })

  test('does nothing to another token of that name, and does it when asked once more', async () => {
    cpanel.rows.set('one', { name: 'one', create_time: 1_700_000_000, expires_at: null })
    await expect(revoke()).rejects.toMatchObject({ change: { kind: 'replaced' } })
    expect(cpanel.rows.has('one')).toBe(true)
    await revoke()
    expect(cpanel.rows.has('one')).toBe(false)
  })

  test('is done without a call where somebody else was quicker', async () => {
    cpanel.rows.delete('one')
    await revoke()
    expect(cpanel.calls).toEqual(['list'])
    expect(shown()).toEqual([])
  })

  test('does nothing where its successor is gone, and does it when asked once more', async () => {
    cpanel.rows.set('one-r2', { name: 'one-r2', create_time: 1_600_000_001, expires_at: null })
    await readBack(account)
    vi.setSystemTime(Date.now() + 6_000)
    cpanel.rows.delete('one-r2')
    await expect(revoke()).rejects.toMatchObject({ change: { kind: 'unsucceeded', name: 'one-r2' } })
    expect(cpanel.rows.has('one')).toBe(true)
    await revoke()
    expect(cpanel.rows.has('one')).toBe(false)
  })

  test('goes on where the list can’t be read', async () => {
    cpanel.faults.set('list', [UNREADABLE])
    await revoke()
    expect(cpanel.calls).toEqual(['list', 'revoke one', 'list'])
  })
})
