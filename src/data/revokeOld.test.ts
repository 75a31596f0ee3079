import { MutationObserver } from '@tanstack/react-query'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { UNREADABLE, account, fakeCpanelForEach, type FakeCpanel } from './cpanel.testing'
import { revokeUnlessMovedMutation } from './moved'
import { queryClient } from './queryClient'
import { readBack } from './tokens'

const revoke = () => new MutationObserver(queryClient, revokeUnlessMovedMutation(account)).mutate('app')

describe('revoking the old token of a rotation, some seconds after the page showed both', () => {
  const fake = fakeCpanelForEach()
  let cpanel: FakeCpanel
  beforeEach(async () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    cpanel = fake.current
    cpanel.add('app', 'app-r2')
    await readBack(account)
    cpanel.calls.length = 0
    vi.setSystemTime(Date.now() + 6_000)
    return () => vi.useRealTimers()
  })
  test('is done while its successor is there', async () => {
    await revoke()
    expect([...cpanel.rows.keys()]).toEqual(['app-r2'])
  })

  test('is not done once the successor is gone: nothing would be left', async () => {
    cpanel.rows.delete('app-r2')
    await expect(revoke()).rejects.toMatchObject({ change: { kind: 'unsucceeded', name: 'app-r2' } })
    expect(cpanel.calls).not.toContain('revoke app')
  })

  test('is not done where another token has the successor’s name', async () => {
    cpanel.rows.set('app-r2', { name: 'app-r2', create_time: 1_700_000_000, expires_at: null })
    await expect(revoke()).rejects.toMatchObject({ change: { kind: 'unsucceeded', name: 'app-r2' } })
    expect(cpanel.calls).not.toContain('revoke app')
  })

  test('is done where the successor has another name now: its secret works as before', async () => {
    cpanel.rows.set('app-r2', { name: 'app-r2', create_time: 1_700_000_000, expires_at: null })
    await readBack(account)
    vi.setSystemTime(Date.now() + 6_000)
    cpanel.rows.delete('app-r2')
    cpanel.rows.set('web', { name: 'web', create_time: 1_700_000_000, expires_at: null })
    await revoke()
    expect([...cpanel.rows.keys()]).toEqual(['web'])
  })

  test('is done where the successor has expired by the clock of the server: it was none any more', async () => {
    const ends = Math.floor(Date.now() / 1000) + 300
    cpanel.rows.set('app-r2', { name: 'app-r2', create_time: 1_600_000_000, expires_at: ends })
    cpanel.clockSkewMs = 600_000
    await readBack(account)
    vi.setSystemTime(Date.now() + 6_000)
    cpanel.rows.delete('app-r2')
    await revoke()
    expect([...cpanel.rows.keys()]).toEqual([])
  })

  test('needs nothing more where somebody else did it', async () => {
    cpanel.rows.delete('app')
    await revoke()
    expect(cpanel.calls).not.toContain('revoke app')
  })

  test('is done on what the page showed where the list can’t be read', async () => {
    cpanel.faults.set('list', [UNREADABLE])
    await revoke()
    expect([...cpanel.rows.keys()]).toEqual(['app-r2'])
  })
})
