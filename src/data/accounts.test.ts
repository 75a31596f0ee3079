import { MutationObserver } from '@tanstack/react-query'
import { beforeEach, expect, test, vi } from 'vitest'
import { endedConnections } from '../session/ended'
import { accountsQuery, privilegesQuery } from './accounts'
import { findBySecretMutation, ownTokenOf, ownTokenQuery, staleOwnToken } from './ownToken'
import { queryClient } from './queryClient'
import { accountOf, whmUserOf } from './tokens'

const ROOT = 'main.whm.root'

let asked: string[]
let answer: (call: string) => Response
beforeEach(() => {
  asked = []
  queryClient.clear()
  for (const connection of endedConnections.current()) endedConnections.remove(connection)
  vi.stubGlobal('fetch', async (url: string) => {
    asked.push(url)
    return answer(url.split('/').at(-1) ?? '')
  })
  return () => vi.unstubAllGlobals()
})

const whmSays = (data: object) => Response.json({ metadata: { result: 1, reason: 'OK' }, data })
const refuses = (status: number, kind: string) => () => Response.json({ error: { kind } }, { status })

const asking = [
  ['accounts', () => queryClient.fetchQuery(accountsQuery(ROOT))],
  ['privileges', () => queryClient.fetchQuery(privilegesQuery(ROOT))],
  ['own-token', () => queryClient.fetchQuery(ownTokenQuery(ROOT))],
] as const

test.each(asking)('the %s of a connection are kept under it, and asked for once', async (name, ask) => {
  answer = (call) => {
    if (call === 'listaccts') return whmSays({ acct: [] })
    return call === 'myprivs' ? whmSays({ privileges: [{ all: 1 }] }) : Response.json(null)
  }
  const first = await ask()
  expect(await ask()).toBe(first)
  expect(asked).toHaveLength(1)
  expect(queryClient.getQueryData(['connection', ROOT, name])).toBe(first)
})

test.each(asking)('the %s that can’t be asked for without a login say that it has ended', async (_name, ask) => {
  answer = refuses(401, 'unauthenticated')
  await expect(ask()).rejects.toMatchObject({ kind: 'unauthenticated' })
  expect([...endedConnections.current()]).toEqual([ROOT])
})

test('accounts and privileges are asked of WHM', async () => {
  answer = (call) => (call === 'listaccts' ? whmSays({ acct: [] }) : whmSays({ privileges: [{ all: 1 }] }))
  expect(await queryClient.fetchQuery(accountsQuery(ROOT))).toEqual([])
  expect(await queryClient.fetchQuery(privilegesQuery(ROOT))).toBeDefined()
  expect(asked.map((url) => url.split('/').slice(-2).join('/'))).toEqual(['json-api/listaccts', 'json-api/myprivs'])
})

test('nobody asks for the token of a login that is none of WHM’s, and who can’t be told is told as nobody', async () => {
  answer = refuses(502, 'unreachable')
  expect(await ownTokenOf(accountOf(ROOT, 'bob'))).toBeNull()
  expect(asked).toEqual([])
  expect(await ownTokenOf(whmUserOf(ROOT))).toBeNull()
  // Not again by itself: whoever waits for it wants to revoke.
  expect(asked).toHaveLength(1)
})

const isStale = (connection: string) => queryClient.getQueryState(ownTokenQuery(connection).queryKey)?.isInvalidated

test('after a change of names the token of that login alone is asked for anew', () => {
  for (const connection of [ROOT, 'main.whm.resell'])
    queryClient.setQueryData(ownTokenQuery(connection).queryKey, 'ours')
  staleOwnToken(ROOT)
  expect([isStale(ROOT), isStale('main.whm.resell')]).toEqual([true, false])
})

test('who asks which token a secret is of learns that nobody is logged in any more, and leaves no secret behind', async () => {
  answer = refuses(401, 'unauthenticated')
  const find = new MutationObserver(queryClient, findBySecretMutation(whmUserOf(ROOT)))
  await expect(find.mutate(() => 'S3CRET')).rejects.toMatchObject({ kind: 'unauthenticated' })
  expect([...endedConnections.current()]).toEqual([ROOT])
  find.reset()
  await vi.waitFor(() => expect(queryClient.getMutationCache().getAll()).toEqual([]))
})
