// @vitest-environment jsdom
import { act } from 'react'
import { beforeEach, expect, test, vi } from 'vitest'
import { endedConnections } from '../session/ended'
import { readNotes } from '../session/journal'
import { account, fakeCpanelForEach, type FakeCpanel } from './cpanel.testing'
import { runHook } from './hook.testing'
import { useRevokeMany } from './revokeMany'
import { readBack } from './tokens'

const fake = fakeCpanelForEach()
let cpanel: FakeCpanel
beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date'] })
  localStorage.clear()
  cpanel = fake.current
  const at = (name: string, create_time: number) => cpanel.rows.set(name, { name, create_time, expires_at: null })
  for (const [index, name] of ['a', 'b', 'c', 'd', 'e', 'f'].entries()) at(name, 1_600_000_000 + index)
  await readBack(account)
  cpanel.calls.length = 0
  // The list is old enough to be looked at again.
  vi.setSystemTime(Date.now() + 6_000)
  return () => void vi.useRealTimers()
})

async function open() {
  const hook = await runHook(() => useRevokeMany(account))
  return {
    start: (...names: string[]) => act(() => hook.current.start(names)),
    /** Without waiting for its end. */
    begin: (...names: string[]) => hook.current.start(names),
    changes: () => hook.current.changes,
    kind: () => hook.current.work.kind,
    said: () => {
      const { work } = hook.current
      return work.kind === 'idle' ? [] : [...work.results].map(([name, { kind }]) => `${name} ${kind}`)
    },
  }
}

const revocations = () => cpanel.calls.filter((call) => call.startsWith('revoke'))

test('nothing is done where one was renamed meanwhile; asked once more, the rest is', async () => {
  const many = await open()
  expect(many.changes()).toEqual([])
  cpanel.rows.delete('a')
  cpanel.rows.set('z', { name: 'z', create_time: 1_600_000_000, expires_at: null })
  expect(await many.start('a', 'b')).toBeNull()
  expect(many.changes()).toEqual([{ kind: 'renamed', name: 'a', newNames: ['z'] }])
  expect(many.kind()).toBe('idle')
  expect(revocations()).toEqual([])
  expect(await many.start('b')).not.toBeNull()
  expect(revocations()).toEqual(['revoke b'])
  expect(many.changes()).toHaveLength(1)
  expect(many.said()).toEqual(['b revoked'])
})

test('what somebody else revoked meanwhile is told, and holds up nothing', async () => {
  const many = await open()
  cpanel.rows.delete('a')
  await many.start('a', 'b')
  expect(many.changes()).toEqual([{ kind: 'revoked', name: 'a' }])
  expect(many.said()).toEqual(['a revoked', 'b revoked'])
})

test('nothing is done where what was to work in the place of one is gone; asked once more, it is', async () => {
  for (const name of ['a-r2', 'b-r2']) cpanel.rows.set(name, { name, create_time: 1_600_000_009, expires_at: null })
  await readBack(account)
  vi.setSystemTime(Date.now() + 6_000)
  const many = await open()
  cpanel.rows.delete('a-r2')
  expect(await many.start('a', 'b')).toBeNull()
  expect(many.changes()).toEqual([{ kind: 'unsucceeded', name: 'a-r2' }])
  expect(revocations()).toEqual([])
  expect(await many.start('a', 'b')).not.toBeNull()
  expect(many.said()).toEqual(['a revoked', 'b revoked'])
})

test('who tries what failed again is not asked about the list once more', async () => {
  const many = await open()
  cpanel.faults.set('revoke', ['refuses'])
  await many.start('a', 'b')
  expect(many.said()).toEqual(['a failed', 'b revoked'])
  // A no is no end of a session.
  expect([...endedConnections.current()]).toEqual([])
  vi.setSystemTime(Date.now() + 60_000)
  cpanel.calls.length = 0
  await many.start('a')
  expect(cpanel.calls).toEqual(['revoke a', 'list'])
  expect(many.said()).toEqual(['a revoked', 'b revoked'])
})

test('while it runs each says where it stands, four at a time, and the work is noted', async () => {
  const many = await open()
  const gates: (() => void)[] = []
  cpanel.beforeAnswer = (call) =>
    call.startsWith('revoke') ? new Promise((resolve) => gates.push(resolve)) : Promise.resolve()
  const names = ['a', 'b', 'c', 'd', 'e', 'f']
  const work = many.begin(...names)
  await vi.waitFor(() => expect(gates).toHaveLength(4))
  await act(async () => {})
  expect(many.kind()).toBe('running')
  expect(many.said()).toEqual([...names.slice(0, 4).map((name) => `${name} working`), 'e waiting', 'f waiting'])
  const notes = [...readNotes().values()].filter(({ kind }) => kind === 'revoke-many')
  expect(notes).toMatchObject([{ name: '', count: 6 }])
  while (revocations().length < 6 || gates.length > 0) {
    gates.shift()?.()
    await act(async () => new Promise(setImmediate))
  }
  await work
  expect(many.kind()).toBe('done')
})
