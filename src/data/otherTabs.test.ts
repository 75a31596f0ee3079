import { beforeEach, describe, expect, test, vi } from 'vitest'
import { endedConnections } from '../session/ended'
import { openOtherTab } from '../session/tabs.testing'
import { account, fakeCpanelForEach, type FakeCpanel } from './cpanel.testing'
import { connectionsQuery } from './connections'
import { followOtherTabs } from './otherTabs'
import { queryClient } from './queryClient'
import { readBack, tokensQuery } from './tokens'

const fake = fakeCpanelForEach()
let cpanel: FakeCpanel
let other: ReturnType<typeof openOtherTab>
beforeEach(() => {
  cpanel = fake.current
  cpanel.add('one', 'two')
  other = openOtherTab()
  const stop = followOtherTabs()
  return () => {
    stop()
    other.close()
  }
})

const shown = () => queryClient.getQueryData(tokensQuery(account).queryKey)?.tokens.map(({ name }) => name)

const of = (connection: string) => ['connection', connection, 'details']
const isStale = (queryKey: readonly string[]) => queryClient.getQueryState(queryKey)?.isInvalidated

describe('another tab', () => {
  test('that wrote has this one read the list anew, once for many writes', async () => {
    await readBack(account)
    cpanel.rows.delete('one')
    for (let count = 0; count < 20; count += 1) other.say({ kind: 'wrote', connection: account.connection })
    await vi.waitFor(() => expect(shown()).toEqual(['two']))
    expect(cpanel.calls).toEqual(['list', 'list'])
  })

  test('that wrote elsewhere has this one read nothing', async () => {
    await readBack(account)
    other.say({ kind: 'wrote', connection: account.connection, user: 'bob' })
    other.say({ kind: 'wrote', connection: account.connection })
    await vi.waitFor(() => expect(cpanel.calls).toEqual(['list', 'list']))
  })

  test('that learns of a session’s end tells it, and who logs in there is logged in here', async () => {
    other.say({ kind: 'ended', connection: account.connection })
    await vi.waitFor(() => expect([...endedConnections.current()]).toEqual([account.connection]))
    other.say({ kind: 'logged-in', connection: account.connection })
    await vi.waitFor(() => expect([...endedConnections.current()]).toEqual([]))
  })

  test('where somebody logs out makes this one ask who is logged in', async () => {
    queryClient.setQueryData(connectionsQuery.queryKey, [])
    other.say({ kind: 'logged-out' })
    await vi.waitFor(() => expect(queryClient.getQueryState(connectionsQuery.queryKey)?.isInvalidated).toBe(true))
  })

  test('where somebody logs in makes this one ask anew what is of that login, and nothing of others', async () => {
    const keys = [[...connectionsQuery.queryKey], of(account.connection), of('main.cpanel.bob')]
    for (const key of keys) queryClient.setQueryData(key, [])
    other.say({ kind: 'logged-in', connection: account.connection })
    await vi.waitFor(() => expect(keys.map(isStale)).toEqual([true, true, false]))
  })

  test('where somebody logs out leaves what is of a login to those who ask', async () => {
    queryClient.setQueryData(connectionsQuery.queryKey, [])
    queryClient.setQueryData(['connection', account.connection, 'details'], [])
    other.say({ kind: 'logged-out' })
    await vi.waitFor(() => expect(queryClient.getQueryState(connectionsQuery.queryKey)?.isInvalidated).toBe(true))
    expect(queryClient.getQueryState(['connection', account.connection, 'details'])?.isInvalidated).toBe(false)
  })

  test('that wrote while the list can’t be read leaves it stale', async () => {
    await readBack(account)
    cpanel.faults.set('list', [{ status: 502, kind: 'unreachable' }])
    other.say({ kind: 'wrote', connection: account.connection })
    await vi.waitFor(() => expect(queryClient.getQueryState(tokensQuery(account).queryKey)?.isInvalidated).toBe(true))
  })
})
