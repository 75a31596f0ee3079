import { describe, expect, test } from 'vitest'
import type { ApiToken } from '../cpanel/token'
import type { SingleNote } from '../session/journal'
import type { TokenList } from './tokens'
import { endingOf } from './unfinishedEnding'

const AT = Date.UTC(2026, 5, 1)
const SOON = AT + 10_000
const LATER = AT + 121_000

function listOf(names: readonly string[], created: number | null = AT - 86_400_000, clockSkewMs = 0): TokenList {
  const token = (name: string): ApiToken => ({
    name,
    created: created === null ? null : new Date(created),
    expiry: { kind: 'never' },
    access: { kind: 'full' },
  })
  return { tokens: names.map(token), unreadable: 0, knowsReadOnly: false, clockSkewMs }
}

const of = { connection: 'main.cpanel.alice', at: AT }
const revoke: SingleNote = { kind: 'revoke', name: 'a', ...of }
const create: SingleNote = { kind: 'create', name: 'a', ...of }
const rename: SingleNote = { kind: 'rename', name: 'a', newName: 'b', ...of }
const save: SingleNote = { kind: 'save', name: 'a', newName: 'a', ...of }

describe('a write whose page is gone', () => {
  test.each([
    ['revoking what is gone', revoke, [], 'done'],
    ['revoking what is there', revoke, ['a'], 'open'],
    ['creating what is not there', create, ['b'], 'open'],
    ['renaming what has its new name', rename, ['b'], 'done'],
    ['renaming what has its old name', rename, ['a'], 'open'],
    ['renaming where both names are there', rename, ['a', 'b'], 'open'],
    ['renaming what has neither name', rename, ['c'], 'gone'],
    ['saving what is there under its name', save, ['a'], 'compare'],
    ['saving what is gone', save, [], 'gone'],
    ['saving what has its new name', { ...save, newName: 'b' }, ['b'], 'done'],
  ] as const)('%s', (_what, note, names, ending) => {
    expect(endingOf(note, listOf(names), SOON)).toBe(ending)
    // Nothing but an open end changes with time.
    expect(endingOf(note, listOf(names), LATER)).toBe(ending === 'open' ? 'not-done' : ending)
  })

  test('that was refused is not waited for', () => {
    expect(endingOf({ ...revoke, isRefused: true }, listOf(['a']), SOON)).toBe('not-done')
  })
})

describe('creating what is there', () => {
  test.each([
    ['made since', AT + 1_000, 0, 'exists'],
    ['made long before', AT - 3_600_000, 0, 'taken'],
    ['made since, by a clock that is an hour behind', AT - 3_599_000, -3_600_000, 'exists'],
    ['made long before, by a clock that is an hour ahead', AT, 3_600_000, 'taken'],
    ['made nobody knows when', null, 0, 'exists'],
  ] as const)('%s', (_what, created, skew, ending) => {
    expect(endingOf(create, listOf(['a'], created, skew), SOON)).toBe(ending)
  })
})
