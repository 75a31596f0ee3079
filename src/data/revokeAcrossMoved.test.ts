// @vitest-environment jsdom
import { beforeEach, expect, test, vi } from 'vitest'
import { CpanelError } from '../cpanel/errors'
import { rowOf } from '../inventory/inventory'
import type { Result } from './acrossAccounts'
import { allTokens } from './allTokens'
import { readNotes } from '../session/journal'
import { UNREADABLE, type FakeCpanel } from './cpanel.testing'
import { loading } from './loadAllTokens'
import { fakeProxyForEach, load, loadEnded, type FakeProxy } from './manyAccounts.testing'
import { doomedFrom, isLeftAlone, revokeAcross, type Doomed } from './revokeAcross'

const fake = fakeProxyForEach()
let proxy: FakeProxy
let bob: FakeCpanel
beforeEach(async () => {
  proxy = fake.current
  bob = proxy.account('bob', 'one', 'two', 'keep')
  proxy.openWhm('root', 'bob')
  await load()
  bob.calls.length = 0
  return () => void vi.useRealTimers()
})

/** Younger lists are what the server has (moved.ts). */
function later(): void {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 10_000 })
}

function choose(...names: string[]): Doomed[] {
  return doomedFrom(names.map((name) => rowOf(allTokens.inventory, proxy.numberOf('bob'), name) ?? -1))
}

/** What became of each, or the kind of its failure. */
async function revoke(doomed: readonly Doomed[]): Promise<(string | undefined)[]> {
  const results = new Map<number, Result<null>>()
  const put = (key: number, result: Result<null>) => results.set(key, result)
  await revokeAcross(doomed, { results, put, signal: new AbortController().signal })
  return doomed.map(({ key }) => {
    const result = results.get(key)
    return result?.kind === 'failed' ? result.error.kind : result?.kind
  })
}

const revocations = () => bob.calls.filter((call) => call.startsWith('revoke'))

test('what was renamed or replaced since it was chosen is left alone, and said to be', async () => {
  const chosen = choose('one', 'two')
  later()
  bob.rows.delete('one')
  bob.rows.set('renamed', { name: 'renamed', create_time: 1_600_000_000, expires_at: null })
  bob.rows.set('two', { name: 'two', create_time: 1_700_000_000, expires_at: null })
  expect(await revoke(chosen)).toEqual(['moved', 'moved'])
  expect([...bob.rows.keys()]).toEqual(['two', 'keep', 'renamed'])
  expect(revocations()).toEqual([])
})

test('what somebody else revoked is done, without a call', async () => {
  const chosen = choose('one', 'two')
  later()
  bob.rows.delete('one')
  expect(await revoke(chosen)).toEqual(['done', 'done'])
  expect(revocations()).toEqual(['revoke two'])
})

test('what somebody else revoked is done also where no list proves it in the end', async () => {
  const chosen = choose('one')
  later()
  bob.rows.delete('one')
  // The first reading tells; none after it is answered.
  bob.beforeAnswer = async () => void bob.always.set('list', UNREADABLE)
  expect(await revoke(chosen)).toEqual(['done'])
  expect(revocations()).toEqual([])
})

test('the old token goes where its successor has expired by the server’s clock: that was none any more', async () => {
  const ends = Math.floor(Date.now() / 1000) + 300
  bob.clockSkewMs = 600_000
  bob.rows.set('one-r2', { name: 'one-r2', create_time: 1_600_000_009, expires_at: ends })
  loading.retry([proxy.numberOf('bob')])
  await loadEnded()
  const chosen = choose('one')
  later()
  bob.rows.delete('one-r2')
  expect(await revoke(chosen)).toEqual(['done'])
})

test('while it runs it is noted, with how many there are', async () => {
  const notes: unknown[] = []
  bob.beforeAnswer = async () => void notes.push(...readNotes().values())
  await revoke(choose('one', 'two'))
  expect(notes).toContainEqual(expect.objectContaining({ kind: 'revoke-many', name: '', count: 2, connection: '' }))
  expect(readNotes().size).toBe(0)
})

test('a list that was read just now, after the choice, tells as well, and is not read again', async () => {
  const chosen = choose('one')
  const [token] = (chosen[0]?.seen ?? []).filter(({ name }) => name === 'one')
  if (token === undefined) throw new Error('bob has a token of that name')
  allTokens.put(proxy.numberOf('bob'), { tokens: [{ ...token, name: 'renamed' }], clockSkewMs: 0 }, Date.now())
  expect(await revoke(chosen)).toEqual(['moved'])
  expect(bob.calls).toEqual([])
})

test('the old token of a rotation stays where the new one is gone, and all others go', async () => {
  proxy.account('bob', 'one-r2', 'two-r2', 'keep-r2')
  loading.retry([proxy.numberOf('bob')])
  await loadEnded()
  const chosen = choose('one', 'two', 'keep', 'keep-r2')
  later()
  bob.rows.delete('one-r2')
  expect(await revoke(chosen)).toEqual(['unsucceeded', 'done', 'done', 'done'])
  expect([...bob.rows.keys()]).toEqual(['one', 'two-r2'])
})

test('where the list can’t be read, what was asked for is done', async () => {
  const chosen = choose('one')
  later()
  bob.faults.set('list', [{ status: 502, kind: 'unreachable' }])
  expect(await revoke(chosen)).toEqual(['done'])
  expect(revocations()).toEqual(['revoke one'])
})

test.each([
  ['moved', true],
  ['unsucceeded', true],
  ['rejected', false],
  ['timeout', false],
] as const)('what failed as %s is left alone: %s', (kind, expected) => {
  expect(isLeftAlone({ kind: 'failed', error: new CpanelError(kind) })).toBe(expected)
})

test('what is done, not tried or unknown is not left alone', () => {
  const others = [{ kind: 'done', value: null }, { kind: 'skipped' }, undefined] as const
  expect(others.map(isLeftAlone)).toEqual([false, false, false])
})
