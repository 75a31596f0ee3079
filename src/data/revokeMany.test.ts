// @vitest-environment jsdom
import { act } from 'react'
import { beforeEach, expect, test, vi } from 'vitest'
import { endedConnections } from '../session/ended'
import { SESSION_ENDED, TIMEOUT, UNREADABLE, account, fakeCpanelForEach, type FakeCpanel } from './cpanel.testing'
import { runHook } from './hook.testing'
import { useRevokeMany, type RevokeWork } from './revokeMany'
import { FakeWhm, whmUser } from './whm.testing'

// Waiting is tested in doubt.test.ts.
vi.mock('./backoff', async (original) => ({ ...(await original<object>()), pause: async () => {} }))

const fake = fakeCpanelForEach()
let cpanel: FakeCpanel
beforeEach(() => {
  cpanel = fake.current
  cpanel.add('a', 'b', 'c', 'd', 'e', 'f')
})

async function revokeMany() {
  const result = await runHook(() => useRevokeMany(account))
  return {
    start: (...names: string[]) => act(() => result.current.start(names)),
    startNow: (...names: string[]) => result.current.start(names),
    work: () => result.current.work,
    said: () => words(result.current.work),
  }
}

/** Each name with where it stands: `revoked`, or the kind of its failure with a ? where nobody knows. */
function words(work: RevokeWork): Record<string, string> {
  const results = work.kind === 'idle' ? [] : [...work.results]
  return Object.fromEntries(
    results.map(([name, result]) => [
      name,
      result.kind === 'failed' ? result.error.kind + (result.error.isUnresolved ? '?' : '') : result.kind,
    ]),
  )
}

test('the token that a WHM login hangs on goes last, alone', async () => {
  const whm = new FakeWhm()
  whm.add('a', 'b', 'c', 'd', 'e', 'f')
  whm.own = 'b'
  vi.stubGlobal('fetch', whm.fetch)
  const result = await runHook(() => useRevokeMany(whmUser))
  await act(() => result.current.start(['a', 'b', 'c', 'd', 'e', 'f']))
  expect(whm.calls.filter((call) => call.includes('revoke')).at(-1)).toBe('api_token_revoke b')
  expect([...whm.rows.keys()]).toEqual([])
  expect(Object.values(words(result.current.work))).toEqual(Array.from({ length: 6 }, () => 'revoked'))
})

test('all are revoked, and the list is read once as the proof', async () => {
  const many = await revokeMany()
  expect(many.work()).toEqual({ kind: 'idle' })
  await many.start('a', 'b', 'c')
  expect(many.work().kind).toBe('done')
  expect(many.said()).toEqual({ a: 'revoked', b: 'revoked', c: 'revoked' })
  expect(cpanel.calls).toEqual(['revoke a', 'revoke b', 'revoke c', 'list'])
  expect([...cpanel.rows.keys()]).toEqual(['d', 'e', 'f'])
})

test('at most four are under way at a time, each shows where it stands', async () => {
  const many = await revokeMany()
  const release: (() => void)[] = []
  cpanel.beforeAnswer = (call) =>
    call === 'list' ? Promise.resolve() : new Promise((resolve) => release.push(resolve))
  const whole = act(() => many.startNow('a', 'b', 'c', 'd', 'e', 'f'))
  await vi.waitFor(() => expect(release).toHaveLength(4))
  release.shift()?.()
  await vi.waitFor(() => expect(release).toHaveLength(4))
  expect(cpanel.calls).toHaveLength(5)
  while (cpanel.calls.at(-1) !== 'list') {
    release.shift()?.()
    await new Promise((resolve) => setTimeout(resolve, 1))
  }
  await whole
  expect(cpanel.mostUnderWay).toBe(4)
  expect(Object.values(many.said())).toEqual(Array.from({ length: 6 }, () => 'revoked'))
})

test('one failure hides nobody else’s outcome, and a retry takes up only that', async () => {
  const many = await revokeMany()
  cpanel.faults.set('revoke', ['refuses'])
  await many.start('a', 'b', 'c')
  expect(many.said()).toEqual({ a: 'rejected', b: 'revoked', c: 'revoked' })
  cpanel.calls.length = 0
  await many.start('a')
  expect(many.said()).toEqual({ a: 'revoked', b: 'revoked', c: 'revoked' })
  expect(cpanel.calls).toEqual(['revoke a', 'list'])
})

test.each([
  ['lost-answer', 'revoked'],
  ['lost-request', 'offline'],
  ['lies', 'unchanged'],
  ['done-late', 'revoked'],
  [TIMEOUT, 'timeout?'],
  [UNREADABLE, 'unreachable'],
] as const)('one that ends with %j is told as “%s”', async (fault, expected) => {
  const many = await revokeMany()
  cpanel.faults.set('revoke', [fault])
  await many.start('a', 'b')
  expect(many.said()).toEqual({ a: expected, b: 'revoked' })
})

test('one that was refused and is gone was revoked by somebody else', async () => {
  const many = await revokeMany()
  cpanel.faults.set('revoke', ['refuses'])
  cpanel.beforeAnswer = async () => void cpanel.rows.delete('a')
  await many.start('a')
  cpanel.beforeAnswer = async () => {}
  await many.start('a')
  expect(many.said()).toEqual({ a: 'revoked' })
})

test('where the list can’t be read, what was said stands, and what was lost is not known', async () => {
  const many = await revokeMany()
  cpanel.faults.set('revoke', ['lost-answer'])
  cpanel.always.set('list', UNREADABLE)
  await many.start('a', 'b')
  expect(many.said()).toEqual({ a: 'offline?', b: 'revoked' })
})

test('an ended session fails each and asks for a sign-in', async () => {
  const many = await revokeMany()
  cpanel.always.set('revoke', SESSION_ENDED)
  await many.start('a', 'b')
  expect(many.said()).toEqual({ a: 'unauthenticated', b: 'unauthenticated' })
  expect([...endedConnections.current()]).toEqual([account.connection])
})

test('a second press while it runs starts nothing', async () => {
  const many = await revokeMany()
  const [first, second] = await act(() => Promise.all([many.startNow('a'), many.startNow('a')]))
  expect(first?.get('a')).toEqual({ kind: 'revoked' })
  expect(second).toBeNull()
  expect(cpanel.calls).toEqual(['revoke a', 'list'])
})
