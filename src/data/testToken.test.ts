import { MutationObserver } from '@tanstack/react-query'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Account } from '../cpanel/tokens'
import { endedConnections } from '../session/ended'
import { unreachableConnections } from '../session/health'
import { SECRET, forgetSession, proxySays } from './cpanel.testing'
import { queryClient } from './queryClient'
import { testTokenMutation } from './testToken'
import { accountOf, whmUserOf } from './tokens'

let answer: () => Response
const fetched = vi.fn<(url: string, init: { body: string }) => Promise<Response>>(async () => answer())

beforeEach(() => {
  forgetSession()
  fetched.mockClear()
  vi.stubGlobal('fetch', fetched)
  answer = () => Response.json({ verdict: 'works' })
})
afterEach(() => vi.unstubAllGlobals())

const own = accountOf('main.cpanel.alice')
const ofWhm = accountOf('main.whm.root', 'alice')

/** All that is remembered of what was asked. */
const caches = () => [...queryClient.getQueryCache().getAll(), ...queryClient.getMutationCache().getAll()]

function ask(account: Account) {
  return new MutationObserver(queryClient, testTokenMutation(account)).mutate(() => SECRET)
}

test('the secret goes to the server once and is in no cache meanwhile, and what asked leaves with who asked', async () => {
  const observer = new MutationObserver(queryClient, testTokenMutation(own))
  const unsubscribe = observer.subscribe(() => {})
  answer = () => {
    expect(JSON.stringify(caches().map(({ state }) => state))).not.toContain(SECRET)
    return Response.json({ verdict: 'works' })
  }
  expect(await observer.mutate(() => SECRET)).toEqual({ verdict: 'works' })
  expect(fetched.mock.calls.map(([url, { body }]) => [url, JSON.parse(body)])).toEqual([
    ['/api/connections/main.cpanel.alice/test-token', { token: SECRET }],
  ])
  expect(caches()).toHaveLength(1)
  expect(JSON.stringify(caches().map(({ state }) => state))).not.toContain(SECRET)
  unsubscribe()
  await vi.waitFor(() => expect(caches()).toEqual([]))
})

test('a token that is not accepted is an answer, and ends no login', async () => {
  answer = () => Response.json({ verdict: 'refused' })
  expect(await ask(own)).toEqual({ verdict: 'refused' })
  expect(endedConnections.current().size).toBe(0)
})

describe.each([
  ['one’s own', own],
  ['an account of WHM', ofWhm],
  ['a WHM user', whmUserOf('main.whm.root')],
])('for %s', (_whose, account) => {
  test.each(['timeout', 'too_many_requests'])('a test that fails as %s ends no login', async (kind) => {
    answer = () => proxySays(kind, 504)
    await expect(ask(account)).rejects.toMatchObject({ kind })
    expect(endedConnections.current().size).toBe(0)
  })

  test('a login that has ended is noticed', async () => {
    answer = () => proxySays('unauthenticated', 401)
    await expect(ask(account)).rejects.toMatchObject({ kind: 'unauthenticated' })
    expect([...endedConnections.current()]).toEqual([account.connection])
  })

  test('a failure is not tried again by itself', async () => {
    answer = () => proxySays('unreachable', 502)
    await expect(ask(account)).rejects.toMatchObject({ kind: 'unreachable' })
    expect(fetched).toHaveBeenCalledTimes(1)
  })
})

test('a server that can’t be reached is noted, but not WHM’s for what cPanel’s door failed with', async () => {
  answer = () => proxySays('unreachable', 502)
  await expect(ask(ofWhm)).rejects.toThrow('unreachable')
  expect(unreachableConnections.current().size).toBe(0)
  await expect(ask(own)).rejects.toThrow('unreachable')
  expect([...unreachableConnections.current()]).toEqual([own.connection])
})
