import { beforeEach, describe, expect, test, vi } from 'vitest'
import { rowOf } from '../inventory/inventory'
import { endedConnections } from '../session/ended'
import type { Result } from './acrossAccounts'
import { allTokens } from './allTokens'
import { SESSION_ENDED, TIMEOUT, UNREADABLE, type FakeCpanel } from './cpanel.testing'
import { fakeProxyForEach, load, soon, type FakeProxy } from './manyAccounts.testing'
import { doomedFrom, revokeAcross, type Doomed } from './revokeAcross'
import { openAllTokens } from './sources'

// Waiting is tested in doubt.test.ts.
vi.mock('./backoff', async (original) => ({ ...(await original<object>()), pause: async () => {} }))

const fake = fakeProxyForEach()
let proxy: FakeProxy
let bob: FakeCpanel
let carol: FakeCpanel
beforeEach(async () => {
  proxy = fake.current
  bob = proxy.account('bob', 'one', 'two', 'keep')
  carol = proxy.account('carol', 'one')
  proxy.openWhm('root', 'bob', 'carol')
  await load()
  forgetCalls()
})

function forgetCalls(): void {
  for (const account of proxy.accounts.values()) account.calls.length = 0
}

function rows(user: string, ...names: string[]): number[] {
  return names.map((name) => rowOf(allTokens.inventory, proxy.numberOf(user), name) ?? -1)
}

/** Somebody who chose these tokens, with a page that keeps the results over a retry. */
function person(doomed: readonly Doomed[]) {
  const results = new Map<number, Result<null>>()
  return {
    results,
    async revoke(which = doomed, signal = new AbortController().signal) {
      await revokeAcross(which, { results, put: (key, result) => results.set(key, result), signal })
    },
    /** Where each token stands: `done`, `skipped`, or the kind of its failure with a ? where nobody knows. */
    said: () =>
      doomed.map(({ user, name, key }) => {
        const result = results.get(key)
        const end =
          result?.kind === 'failed' ? result.error.kind + (result.error.isUnresolved ? '?' : '') : result?.kind
        return `${user} ${name}: ${end}`
      }),
  }
}

const chosen = () => doomedFrom([...rows('bob', 'one', 'two'), ...rows('carol', 'one')])

describe('what will be revoked', () => {
  test('is named with all there is to tell it by', () => {
    expect(doomedFrom(rows('carol', 'one'))).toMatchObject([
      {
        connection: `${proxy.server}.whm.root`,
        reach: { user: 'carol' },
        name: 'one',
        user: 'carol',
        isWhmUser: false,
        domain: 'carol.example',
        server: 'North',
      },
    ])
  })

  test('is nothing that is gone meanwhile, or that nobody reaches any more', () => {
    const all = [...rows('bob', 'one'), ...rows('carol', 'one')]
    allTokens.put(proxy.numberOf('bob'), { tokens: [], clockSkewMs: 0 }, Date.now())
    expect(doomedFrom([...all, -1, 1e9]).map(({ user }) => user)).toEqual(['carol'])
    allTokens.dropConnection(`${proxy.server}.whm.root`)
    expect(doomedFrom(all)).toEqual([])
  })
})

test('all are revoked, and each account’s list is read once as the proof', async () => {
  const root = person(chosen())
  await root.revoke()
  expect(root.said()).toEqual(['bob one: done', 'bob two: done', 'carol one: done'])
  expect(bob.calls).toEqual(['revoke one', 'revoke two', 'list'])
  expect(carol.calls).toEqual(['revoke one', 'list'])
  expect([...bob.rows.keys()]).toEqual(['keep'])
})

test('the table shows it at once', async () => {
  await openAllTokens()
  await person(chosen()).revoke()
  expect([proxy.shown('bob'), proxy.shown('carol')]).toEqual([['keep'], []])
})

describe('the list is the proof', () => {
  test('“revoked” that is still listed is not', async () => {
    bob.faults.set('revoke', ['lies'])
    const root = person(chosen())
    await root.revoke()
    expect(root.said()).toEqual(['bob one: unchanged', 'bob two: done', 'carol one: done'])
  })

  test.each(['lost-answer', 'done-late'] as const)(
    'what is gone was done, though its answer never came (%s)',
    async (fault) => {
      bob.faults.set('revoke', [fault])
      const root = person(chosen())
      await root.revoke()
      expect(root.said()[0]).toBe('bob one: done')
      expect(bob.calls.filter((call) => call === 'revoke one')).toHaveLength(1)
    },
  )

  test('what was refused and is gone after all was revoked by somebody else', async () => {
    bob.faults.set('revoke', ['refuses'])
    bob.beforeAnswer = async () => void bob.rows.delete('one')
    const root = person(chosen())
    await root.revoke()
    expect(root.said()[0]).toBe('bob one: done')
  })

  test('where it can’t be read, what was said stands, and what was lost is not known', async () => {
    bob.faults.set('revoke', ['lost-answer'])
    bob.always.set('list', UNREADABLE)
    const root = person(chosen())
    await root.revoke()
    expect(root.said()).toEqual(['bob one: offline?', 'bob two: done', 'carol one: done'])
  })

  test('is not read where nothing was claimed to be done', async () => {
    bob.always.set('revoke', 'refuses')
    const root = person(doomedFrom(rows('bob', 'one', 'two')))
    await root.revoke()
    expect(root.said()).toEqual(['bob one: rejected', 'bob two: rejected'])
    expect(bob.calls).toEqual(['revoke one', 'revoke two'])
  })
})

describe('trying again', () => {
  test('sends nothing again that is done, nor what is gone meanwhile', async () => {
    bob.faults.set('revoke', ['refuses', TIMEOUT])
    const root = person(chosen())
    await root.revoke()
    expect(root.said()).toEqual(['bob one: rejected', 'bob two: timeout?', 'carol one: done'])
    bob.rows.delete('two')
    forgetCalls()
    await root.revoke()
    expect(root.said()).toEqual(['bob one: done', 'bob two: done', 'carol one: done'])
    expect(bob.calls).toEqual(['list', 'revoke one', 'list'])
    expect(carol.calls).toEqual([])
  })

  test('still sends what the list can’t tell of: revoking twice is revoking once', async () => {
    bob.faults.set('revoke', ['refuses'])
    const root = person(doomedFrom(rows('bob', 'one')))
    await root.revoke()
    forgetCalls()
    bob.faults.set('list', [UNREADABLE])
    await root.revoke()
    expect(root.said()).toEqual(['bob one: done'])
    expect(bob.calls).toEqual(['list', 'revoke one', 'list'])
  })

  test('and stopping it asks nothing more, and says of the rest what is known of it', async () => {
    for (const account of [bob, carol]) account.faults.set('revoke', [TIMEOUT, TIMEOUT])
    const root = person(chosen())
    await root.revoke()
    forgetCalls()
    await root.revoke(chosen(), AbortSignal.abort())
    expect([bob.calls, carol.calls]).toEqual([[], []])
    expect(root.said()).toEqual(['bob one: timeout?', 'bob two: timeout?', 'carol one: timeout?'])
  })

  test('looks at several accounts at a time, not at one after the other', async () => {
    for (const account of [bob, carol]) account.always.set('revoke', 'refuses')
    const root = person(chosen())
    await root.revoke()
    const held = proxy.hold(' list')
    const again = root.revoke()
    await soon(() => expect(held).toHaveLength(2))
    proxy.beforeAnswer = async () => {}
    for (const answer of held) answer()
    await again
    expect(root.said()).toEqual(['bob one: rejected', 'bob two: rejected', 'carol one: rejected'])
  })
})

test('a session that ends fails what was sent, leaves the rest alone and asks for a sign-in', async () => {
  bob.add('t1', 't2', 't3', 't4', 't5')
  await allTokensOf('bob')
  bob.always.set('revoke', SESSION_ENDED)
  const root = person(doomedFrom(rows('bob', 't1', 't2', 't3', 't4', 't5')))
  await root.revoke()
  expect(root.said().at(0)).toBe('bob t1: unauthenticated')
  expect(root.said().at(-1)).toBe('bob t5: skipped')
  expect([...endedConnections.current()]).toEqual([`${proxy.server}.whm.root`])
  expect(bob.rows.size).toBe(8)
})

test('stopping keeps what is under way honest, and leaves the rest untouched', async () => {
  bob.add('t1', 't2', 't3')
  await allTokensOf('bob')
  const held = proxy.hold(' revoke')
  const stopping = new AbortController()
  const root = person(doomedFrom(rows('bob', 'one', 'two', 't1', 't2', 't3')))
  const whole = root.revoke(undefined, stopping.signal)
  await soon(() => expect(held).toHaveLength(4))
  stopping.abort()
  for (const answer of held) answer()
  await whole
  expect(root.said().map((one) => one.split(': ')[1])).toEqual(['done', 'done', 'done', 'done', 'skipped'])
  expect([...bob.rows.keys()]).toEqual(['keep', 't3'])
  expect(bob.calls.filter((call) => call === 'list')).toHaveLength(1)
})

/** Asks an account again, so that the table has what its server has. */
async function allTokensOf(user: string): Promise<void> {
  allTokens.want([proxy.numberOf(user)])
  await load()
  forgetCalls()
}
