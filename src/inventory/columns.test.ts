import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { ACCESS, applyPatch, newColumns, type Columns, type Patch } from './columns'
import { facts } from './rows.testing'

const NOTHING: Patch = { accounts: [], rows: [], names: [], account: [], created: [], expires: [], access: [] }

type Row = { name: string; account: number; created: number; expires: number; access: number }

function patchOf(rows: readonly (readonly [row: number, value: Row])[]): Patch {
  return {
    accounts: [],
    rows: rows.map(([row]) => row),
    names: rows.map(([, { name }]) => name),
    account: rows.map(([, { account }]) => account),
    created: rows.map(([, { created }]) => created),
    expires: rows.map(([, { expires }]) => expires),
    access: rows.map(([, { access }]) => access),
  }
}

function rowsOf(columns: Columns): Row[] {
  return Array.from({ length: columns.length }, (_, row) => ({
    name: columns.names[row] ?? 'missing',
    account: columns.account[row] ?? -1,
    created: columns.created[row] ?? -1,
    expires: columns.expires[row] ?? -1,
    access: columns.access[row] ?? -1,
  }))
}

const time = fc.oneof(fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY), fc.integer({ min: 0, max: 2e9 }))
const value: fc.Arbitrary<Row> = fc.record({
  name: fc.string(),
  account: fc.nat(2_000_000),
  created: time,
  expires: time,
  access: fc.constantFrom(...Object.values(ACCESS)),
})
/** A patch changes rows that are there, and adds up to so many. */
const patches = fc.array(fc.record({ added: fc.array(value, { maxLength: 400 }), changed: fc.array(value) }), {
  maxLength: 6,
})

test('the table holds what was told last of every row, however far it grows', () => {
  fc.assert(
    fc.property(patches, (patches) => {
      const columns = newColumns()
      const plain: Row[] = []
      for (const { added, changed } of patches) {
        const known = changed.slice(0, plain.length).map((value, row): [number, Row] => [plain.length - 1 - row, value])
        const rows = [...known, ...added.map((value, at): [number, Row] => [plain.length + at, value])]
        for (const [row, value] of rows) plain[row] = value
        applyPatch(columns, patchOf(rows))
        expect(columns.length).toBe(plain.length)
      }
      expect(rowsOf(columns)).toEqual(plain)
    }),
    { numRuns: 50 },
  )
})

test('growing copies what is there, with room to spare for what comes next', () => {
  const columns = newColumns()
  const row: Row = { name: 'ci', account: 3, created: 5, expires: 7, access: ACCESS.limited }
  applyPatch(columns, patchOf([[0, row]]))
  const room = columns.account
  for (let next = 1; next < room.length; next += 1) applyPatch(columns, patchOf([[next, row]]))
  expect(columns.account).toBe(room)
  applyPatch(columns, patchOf([[columns.length, row]]))
  expect(columns.account.length).toBeGreaterThan(room.length + 1)
  expect(new Set(rowsOf(columns).map((row) => JSON.stringify(row)))).toEqual(new Set([JSON.stringify(row)]))
})

test('an account that is told anew takes its own place, and no token changes', () => {
  const columns = newColumns()
  applyPatch(columns, {
    ...NOTHING,
    accounts: [
      [0, facts('ada')],
      [1, facts('bob')],
    ],
  })
  applyPatch(columns, patchOf([[0, { name: 'ci', account: 1, created: 5, expires: 7, access: ACCESS.full }]]))
  const before = rowsOf(columns)
  applyPatch(columns, { ...NOTHING, accounts: [[1, facts('bob', { isSuspended: true })]] })
  expect(columns.accounts).toEqual([facts('ada'), facts('bob', { isSuspended: true })])
  expect(rowsOf(columns)).toEqual(before)
})
