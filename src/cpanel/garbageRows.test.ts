import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { odd } from './garbage.testing'
import { tokenRows } from './wire'

/**
 * A row is shown as the documentation (CPANEL_API.md 1.2, 2.3) would have it read, or counted as unreadable; it is never
 * shown as something else. What is expected is spelled out here once more, by other means than the client's.
 */

const LATEST = 253_402_343_999

const whole = (value: unknown) => (typeof value === 'string' && /^[0-9]+$/.test(value) ? Number(value) : value)
const isYes = (value: unknown) => [1, '1', true].some((yes) => yes === value)
const isTexts = (value: unknown) => Array.isArray(value) && value.every((one) => typeof one === 'string')
const isEmpty = (value: unknown) => typeof value === 'object' && value !== null && Object.keys(value).length === 0

function nameOf(value: unknown): string | null {
  if (typeof value === 'number') return String(value)
  return typeof value === 'string' && value !== '' && value.length <= 1000 && !/[\0\p{Surrogate}]/u.test(value)
    ? value
    : null
}

/** In seconds; undefined where it says no moment. */
function expiryOf(value: unknown): number | 'never' | undefined {
  if (value === undefined || value === null || value === '') return 'never'
  const seconds = whole(value)
  if (typeof seconds !== 'number' || !Number.isInteger(seconds)) return undefined
  return seconds === 0 ? 'never' : Math.min(Math.max(seconds, 0), LATEST)
}

function createdOf(value: unknown): number | null {
  const seconds = whole(value)
  return typeof seconds === 'number' && Number.isInteger(seconds) && seconds >= 0 && seconds <= LATEST ? seconds : null
}

function accessOf(features: unknown, readonly: unknown): unknown {
  if (features === undefined || features === null || isEmpty(features)) return isYes(readonly) ? 'read-only' : 'full'
  return isTexts(features) ? features : undefined
}

/** What a row means, in plain words, or null where it can't be read. */
function meaning(row: unknown): { name: string; expiry: unknown; created: unknown; access: unknown } | null {
  if (typeof row !== 'object' || row === null) return null
  const fields: Record<string, unknown> = Object.fromEntries(
    ['name', 'create_time', 'expires_at', 'features', 'readonly'].flatMap((key) =>
      Object.entries(row).filter(([own]) => own === key),
    ),
  )
  const name = nameOf(fields['name'])
  const expiry = expiryOf(fields['expires_at'])
  const access = accessOf(fields['features'], fields['readonly'])
  if (name === null || expiry === undefined || access === undefined) return null
  return { name, expiry, created: createdOf(fields['create_time']), access }
}

/** The same of what the client made of it. */
function shown(rows: unknown[]) {
  const { tokens, unreadable } = tokenRows(rows)
  const said = tokens.map(({ name, created, expiry, access }) => ({
    name,
    expiry: expiry.kind === 'never' ? 'never' : expiry.at.getTime() / 1000,
    created: created === null ? null : created.getTime() / 1000,
    access: access.kind === 'limited' ? access.features : access.kind,
  }))
  return { said, unreadable }
}

const time = fc.oneof(odd, fc.integer(), fc.integer({ min: 0, max: 4e9 }), fc.nat().map(String), fc.double())
const row = fc.oneof(
  odd,
  fc.record(
    {
      name: fc.oneof(fc.constantFrom('a', 'b', 'c'), fc.string(), odd),
      create_time: time,
      expires_at: time,
      features: fc.oneof(odd, fc.array(fc.string(), { maxLength: 2 })),
      readonly: odd,
    },
    { requiredKeys: [] },
  ),
)

test('no row is shown as anything but what it says, and none disappears without being counted', () => {
  let read = 0
  fc.assert(
    fc.property(fc.array(row, { maxLength: 6 }), (list) => {
      // As it comes over the wire: no undefined, no -0, no NaN.
      const rows: unknown[] = JSON.parse(JSON.stringify(list))
      const meant = rows.map(meaning)
      const first = new Map<string, string>()
      let unreadable = 0
      for (const one of meant) {
        const known = one === null ? undefined : first.get(one.name)
        if (one === null || (known !== undefined && known !== JSON.stringify(one))) unreadable += 1
        else if (known === undefined) first.set(one.name, JSON.stringify(one))
      }
      const found = shown(rows)
      expect(found.said.map((one) => JSON.stringify(one))).toEqual([...first.values()])
      expect(found.unreadable).toBe(unreadable)
      read += first.size
    }),
    { numRuns: 3000 },
  )
  expect(read).toBeGreaterThan(1000)
})

test('one broken row changes nothing about the others', () => {
  const good = ['a', 'b', 'c'].map((name) => ({ name, create_time: 1, expires_at: 2_000_000_000, features: [] }))
  fc.assert(
    fc.property(row, fc.nat(3), (broken, at) => {
      const rows: unknown[] = JSON.parse(JSON.stringify(good.toSpliced(at, 0, Object(broken))))
      const others = shown(rows).said.filter(({ name }) => name !== meaning(rows[at])?.name)
      const unbroken = shown(good).said.filter(({ name }) => name !== meaning(rows[at])?.name)
      expect(others).toEqual(unbroken)
    }),
    { numRuns: 1000 },
  )
})
