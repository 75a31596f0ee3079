import { MutationObserver } from '@tanstack/react-query'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { CpanelError } from '../cpanel/errors'
import { endedConnections } from '../session/ended'
import { SESSION_ENDED, TIMEOUT, UNREADABLE, account, fakeCpanelForEach, type FakeCpanel } from './cpanel.testing'
import { queryClient } from './queryClient'
import { accountOf, readBack, renameMutation, revokeMutation, tokensQuery, whmUserOf } from './tokens'

// Waiting is tested in doubt.test.ts.
vi.mock('./backoff', async (original) => ({ ...(await original<object>()), pause: async () => {} }))

const fake = fakeCpanelForEach()
let cpanel: FakeCpanel
beforeEach(() => {
  cpanel = fake.current
  cpanel.add('one', 'two')
})

function rename(name = 'one', newName = 'three') {
  return new MutationObserver(queryClient, renameMutation(account)).mutate({ name, newName })
}

function revoke(name = 'one') {
  return new MutationObserver(queryClient, revokeMutation(account)).mutate(name)
}

/** The names the page shows now, or undefined where it has no list. */
function shown(): string[] | undefined {
  return queryClient.getQueryData(tokensQuery(account).queryKey)?.tokens.map(({ name }) => name)
}

function isStale(): boolean | undefined {
  return queryClient.getQueryState(tokensQuery(account).queryKey)?.isInvalidated
}

describe('the list', () => {
  test('comes with how far the server’s clock is ahead', async () => {
    cpanel.clockSkewMs = 600_000
    const list = await queryClient.fetchQuery(tokensQuery(account))
    expect(list.tokens).toHaveLength(2)
    // A Date header has whole seconds.
    expect(Math.abs(list.clockSkewMs - 600_000)).toBeLessThan(2000)
  })

  test('is asked for again by itself where that may help, and twice at most', async () => {
    cpanel.always.set('list', UNREADABLE)
    const asking = queryClient.fetchQuery({ ...tokensQuery(account), retryDelay: 0 })
    await expect(asking).rejects.toMatchObject({ kind: 'unreachable' })
    expect(cpanel.calls).toEqual(['list', 'list', 'list'])
  })

  test.each(['refuses', 'null-answer', TIMEOUT, SESSION_ENDED] as const)(
    'is asked for once where it does not: %j',
    async (fault) => {
      cpanel.always.set('list', fault)
      await expect(queryClient.fetchQuery({ ...tokensQuery(account), retryDelay: 0 })).rejects.toBeInstanceOf(
        CpanelError,
      )
      expect(cpanel.calls).toEqual(['list'])
    },
  )

  test('of an ended session asks for a sign-in', async () => {
    cpanel.always.set('list', SESSION_ENDED)
    await queryClient.prefetchQuery(tokensQuery(account))
    expect([...endedConnections.current()]).toEqual([account.connection])
  })

  test('of one account is not that of another', () => {
    const root = 'main.whm.root'
    const all = [account, whmUserOf(root), accountOf(root), ...['bob', 'root'].map((user) => accountOf(root, user))]
    const keys = all.map((one) => JSON.stringify(tokensQuery(one).queryKey))
    expect(new Set(keys).size).toBe(all.length)
  })

  test('that is read back is never the answer to an earlier question', async () => {
    const release: (() => void)[] = []
    cpanel.beforeAnswer = () => new Promise((resolve) => release.push(resolve))
    const early = queryClient.fetchQuery(tokensQuery(account)).catch(() => 'cancelled')
    await vi.waitFor(() => expect(release).toHaveLength(1))
    cpanel.rows.delete('one')
    const late = readBack(account)
    await vi.waitFor(() => expect(release).toHaveLength(2))
    release.toReversed().forEach((answer) => answer())
    expect((await late).tokens.map(({ name }) => name)).toEqual(['two'])
    await early
    expect(shown()).toEqual(['two'])
  })
})

describe('renaming', () => {
  test('is done when the list says so, and the page shows that list', async () => {
    await rename()
    expect(cpanel.calls).toEqual(['rename one three', 'list'])
    expect(shown()).toEqual(['two', 'three'])
  })

  test.each(['lost-answer', 'done-late'] as const)(
    'whose answer never came (%s) is done all the same',
    async (fault) => {
      cpanel.faults.set('rename', [fault])
      expect((await rename())?.tokens.map(({ name }) => name)).toEqual(['two', 'three'])
    },
  )

  test('that never reached the server has failed, and is not tried again', async () => {
    await readBack(account)
    cpanel.calls.length = 0
    cpanel.faults.set('rename', ['lost-request'])
    await expect(rename()).rejects.toMatchObject({ kind: 'offline', isUnresolved: false })
    expect(cpanel.calls).toEqual(['rename one three', 'list', 'list'])
    expect(isStale()).toBe(true)
  })

  test('that is refused has failed; nothing else is asked', async () => {
    cpanel.faults.set('rename', ['refuses'])
    await expect(rename()).rejects.toMatchObject({ kind: 'rejected', reasons: ['No.'] })
    expect(cpanel.calls).toEqual(['rename one three'])
  })

  test('that took too long may still happen: nobody can tell', async () => {
    cpanel.faults.set('rename', [TIMEOUT])
    await expect(rename()).rejects.toMatchObject({ kind: 'timeout', isUnresolved: true })
  })

  test('that the server says it did and did not is unchanged', async () => {
    cpanel.faults.set('rename', ['lies'])
    await expect(rename()).rejects.toMatchObject({ kind: 'unchanged' })
  })
})

describe('revoking', () => {
  test('is done when the list says so', async () => {
    await revoke()
    expect(shown()).toEqual(['two'])
  })

  test('what was not there any more is done', async () => {
    await revoke('gone')
    expect(shown()).toEqual(['one', 'two'])
  })

  test('whose answer is lost is done all the same', async () => {
    cpanel.faults.set('revoke', ['lost-answer'])
    await revoke()
    expect(shown()).toEqual(['two'])
  })

  test('that the server says it did and did not is unchanged', async () => {
    cpanel.faults.set('revoke', ['lies'])
    await expect(revoke()).rejects.toMatchObject({ kind: 'unchanged', isUnresolved: false })
  })

  test('whose request is lost has failed', async () => {
    cpanel.faults.set('revoke', ['lost-request'])
    await expect(revoke()).rejects.toMatchObject({ kind: 'offline', isUnresolved: false })
  })

  test.each(['lost-request', 'lost-answer', UNREADABLE, TIMEOUT] as const)(
    'that ended with %j, and the list can’t be read: nobody can tell',
    async (fault) => {
      cpanel.faults.set('revoke', [fault])
      cpanel.always.set('list', UNREADABLE)
      await expect(revoke()).rejects.toMatchObject({ isUnresolved: true })
      expect(cpanel.calls).toEqual(['revoke one', 'list', 'list', 'list'])
    },
  )

  test('whose list has rows since that can’t be read: the token may be one of them, so nobody can tell', async () => {
    await readBack(account)
    cpanel.faults.set('revoke', [{ status: 502, kind: 'upstream_failed' }])
    cpanel.rows.set('one', { name: '', create_time: 1_600_000_000, expires_at: null })
    await expect(revoke()).rejects.toMatchObject({ kind: 'upstream_failed', isUnresolved: true })
  })

  test('that the server says it did is believed where the list can’t be read, and the shown list is stale', async () => {
    await readBack(account)
    cpanel.always.set('list', UNREADABLE)
    expect(await revoke()).toBeNull()
    expect(isStale()).toBe(true)
  })

  test('in an ended session asks for a sign-in', async () => {
    cpanel.faults.set('revoke', [SESSION_ENDED])
    await expect(revoke()).rejects.toMatchObject({ kind: 'unauthenticated', isUnresolved: false })
    expect([...endedConnections.current()]).toEqual([account.connection])
    expect(cpanel.rows.has('one')).toBe(true)
  })
})
