import { beforeEach, describe, expect, test, vi } from 'vitest'
import type { Result } from './acrossAccounts'
import { SECRET, UNREADABLE, account, fakeCpanelForEach, type FakeCpanel } from './cpanel.testing'
import { createEach, type Gift } from './createOnMany'

// Waiting is tested in doubt.test.ts.
vi.mock('./backoff', async (original) => ({ ...(await original<object>()), pause: async () => {} }))

const fake = fakeCpanelForEach()
let cpanel: FakeCpanel
beforeEach(() => {
  cpanel = fake.current
})

const CREATED = { kind: 'done', value: { kind: 'created', secret: SECRET, differs: [] } }
const NAMES = ['a-r2', 'b-r2', 'c-r2', 'd-r2', 'e-r2', 'f-r2']

/** Somebody who wishes for these tokens of one account, with a page that keeps the results over a retry. */
function person(names = NAMES) {
  const results = new Map<number, Result<Gift>>()
  return {
    results,
    async create(signal = new AbortController().signal) {
      const wishes = names.map((name, key) => ({
        key,
        connection: account.connection,
        reach: account,
        token: { name, expiry: { kind: 'never' as const }, access: 'full' as const },
      }))
      const left = wishes.filter(({ key }) => results.get(key)?.kind !== 'done')
      await createEach(left, { results, put: (key, result) => results.set(key, result), signal })
    },
    kinds: () => [...results.values()].map(({ kind }) => kind),
  }
}

describe('several tokens of one account', () => {
  test('are created once each, with results of their own', async () => {
    const ada = person()
    await ada.create()
    expect([...ada.results.values()]).toEqual(NAMES.map(() => CREATED))
    expect(cpanel.calls.filter((call) => call.startsWith('create')).toSorted()).toEqual(
      NAMES.map((name) => `create_full_access ${name}`),
    )
  })

  test('of which one is refused are created but for that one, which is tried again alone', async () => {
    cpanel.faults.set('create_full_access', ['refuses'])
    const ada = person()
    await ada.create()
    expect(ada.kinds()).toEqual(['failed', 'done', 'done', 'done', 'done', 'done'])
    const before = cpanel.calls.length
    await ada.create()
    expect(ada.kinds()).toEqual(NAMES.map(() => 'done'))
    expect(cpanel.calls.slice(before).filter((call) => call.startsWith('create'))).toEqual(['create_full_access a-r2'])
  })

  test('of which one is in doubt are never created twice: its name is looked for first', async () => {
    cpanel.faults.set('create_full_access', ['done-late'])
    cpanel.always.set('list', UNREADABLE)
    const ada = person(['a-r2'])
    await ada.create()
    expect(ada.results.get(0)).toMatchObject({ kind: 'failed', error: { isUnresolved: true } })
    cpanel.always.clear()
    await ada.create()
    expect(ada.results.get(0)).toEqual({ kind: 'done', value: { kind: 'lost' } })
    expect(cpanel.calls.filter((call) => call.startsWith('create'))).toEqual(['create_full_access a-r2'])
  })

  test('that are stopped end with those under way, and no further one begins', async () => {
    const controller = new AbortController()
    cpanel.beforeAnswer = async (call) => {
      if (call.startsWith('create')) controller.abort()
    }
    const ada = person()
    await ada.create(controller.signal)
    expect(ada.kinds()).toEqual(['done', 'done', 'done', 'done', 'skipped', 'skipped'])
    expect([...cpanel.rows.keys()]).toHaveLength(4)
  })
})
