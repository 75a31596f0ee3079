import { expect, test } from 'vitest'
import { rotationPlan } from './rotationPlan'
import type { ApiToken } from './token'

const NOW = new Date('2026-11-29T12:00:00Z')
const MADE = new Date('2026-11-01T08:00:00Z')

function token(name: string, change: Partial<ApiToken> = {}): ApiToken {
  return { name, created: MADE, expiry: { kind: 'never' }, access: { kind: 'full' }, ...change }
}

function plan(names: readonly string[], tokens: readonly ApiToken[]) {
  return rotationPlan(names, tokens, { now: NOW, zone: 'America/New_York' })
}

const until = (day: string) => ({ kind: 'at' as const, at: new Date(`${day}T23:59:59-05:00`) })
const whm = { kind: 'whm' as const, privileges: ['list-accts'], addresses: ['192.0.2.1'] }

test('each chosen token gets a successor of its lifetime and access, and no other one does', () => {
  const tokens = [
    token('a'),
    token('b', { access: { kind: 'read-only' } }),
    token('c', { expiry: until('2026-12-01') }),
    token('d', { access: whm }),
    token('not-chosen'),
  ]
  expect(plan(['d', 'a', 'b', 'c', 'gone'], tokens)).toEqual({
    successions: [
      { old: 'a', token: { name: 'a-r2', expiry: { kind: 'never' }, access: 'full' } },
      { old: 'b', token: { name: 'b-r2', expiry: { kind: 'never' }, access: 'read-only' } },
      { old: 'c', token: { name: 'c-r2', expiry: until('2026-12-29'), access: 'full' } },
      { old: 'd', token: { name: 'd-r2', expiry: { kind: 'never' }, access: whm } },
    ],
    leftOut: [],
  })
})

test.each<[string, ApiToken, string]>([
  ['expired', token('a', { expiry: until('2026-11-28') }), 'expired'],
  ['of unknown lifetime', token('a', { created: null, expiry: until('2026-12-28') }), 'lifetime'],
  ['limited to features', token('a', { access: { kind: 'limited', features: ['ftp'] } }), 'access'],
  ['without privileges', token('a', { access: { ...whm, privileges: [] } }), 'access'],
  ['with a name that can’t be continued', token('a'.repeat(48)), 'name'],
])('a token is left out that is %s, the others are not', (_what, odd, why) => {
  const { successions, leftOut } = plan([odd.name, 'b'], [odd, token('b')])
  expect(successions.map(({ old }) => old)).toEqual(['b'])
  expect(leftOut).toEqual([{ old: odd.name, why }])
})

test('a family that is being rotated already is left out, with what is older in it', () => {
  const tokens = [token('a'), token('a-r2'), token('a-r3'), token('b')]
  const { successions, leftOut } = plan(['a', 'a-r2', 'a-r3', 'b'], tokens)
  expect(successions.map(({ old, token: { name } }) => [old, name])).toEqual([['b', 'b-r2']])
  expect(leftOut).toEqual([
    { old: 'a', why: 'rotating' },
    { old: 'a-r2', why: 'rotating' },
    { old: 'a-r3', why: 'rotating' },
  ])
})

test('a successor takes no name that is in the list, be it expired, nor one that another of them takes', () => {
  const tokens = [token('a'), token('a-r2', { expiry: until('2026-11-28') }), token('b')]
  const { successions } = plan(['a', 'b'], tokens)
  expect(successions.map(({ token: { name } }) => name)).toEqual(['a-r3', 'b-r2'])
})
