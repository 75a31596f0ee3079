import { MutationObserver } from '@tanstack/react-query'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { endedConnections } from '../session/ended'
import { connectionQuery, connectionsQuery, serversQuery } from './connections'
import { queryClient } from './queryClient'
import { addServerMutation, forgetServerMutation, lookMutation } from './servers'

const login = (server: string) =>
  ({ id: `${server}.cpanel.alice`, server, kind: 'cpanel', username: 'alice', hasEnded: false }) as const

let asked: string[]
let answer: unknown
beforeEach(() => {
  asked = []
  queryClient.clear()
  vi.stubGlobal('fetch', async (url: string, { method = 'GET' }: RequestInit) => {
    asked.push(`${method} ${url}`)
    return Response.json(answer)
  })
  queryClient.setQueryData(serversQuery.queryKey, [])
  queryClient.setQueryData(connectionsQuery.queryKey, [login('north'), login('south')])
  return () => vi.unstubAllGlobals()
})

const isStale = (queryKey: readonly string[]) => queryClient.getQueryState(queryKey)?.isInvalidated
const staleNow = () => [isStale(serversQuery.queryKey), isStale(connectionsQuery.queryKey)]

const add = () => new MutationObserver(queryClient, addServerMutation).mutate({ cpanel: 'https://one.example:2083' })

describe('adding a server', () => {
  const server = { id: 'one', name: 'One', kinds: ['cpanel'] }

  test.each([
    [{ outcome: 'added', server }, [true, true]],
    [{ outcome: 'listed', server }, [true, false]],
    [{ outcome: 'not-kept', file: '/none' }, [false, false]],
  ])('has what it changes asked anew: %j', async (said, stale) => {
    answer = said
    expect(await add()).toEqual(said)
    expect(asked).toEqual(['POST /api/servers'])
    expect(staleNow()).toEqual(stale)
  })

  test('can be seen by whoever waits for it elsewhere', async () => {
    answer = { outcome: 'added', server }
    const adding = add()
    expect(queryClient.isMutating({ mutationKey: ['add-server'] })).toBe(1)
    await adding
  })
})

test('forgetting a server takes what belonged to its logins, and nothing of others', async () => {
  for (const server of ['north', 'south']) {
    const { id } = login(server)
    queryClient.setQueryData(connectionQuery(id).queryKey, { ...login(server), urls: {}, address: null })
    endedConnections.add(id)
  }
  answer = null
  await new MutationObserver(queryClient, forgetServerMutation).mutate('north')
  expect(asked).toEqual(['DELETE /api/servers/north'])
  expect(queryClient.getQueryData(connectionQuery(login('north').id).queryKey)).toBeUndefined()
  expect(queryClient.getQueryData(connectionQuery(login('south').id).queryKey)).toBeDefined()
  expect([...endedConnections.current()]).toEqual([login('south').id])
  expect(staleNow()).toEqual([true, true])
  endedConnections.remove(login('south').id)
})

test('forgetting works where nothing is known of any login', async () => {
  queryClient.removeQueries({ queryKey: connectionsQuery.queryKey })
  answer = null
  await new MutationObserver(queryClient, forgetServerMutation).mutate('north')
  expect(isStale(serversQuery.queryKey)).toBe(true)
})

test('a look at an address asks the proxy, and what was typed leaves with the form', async () => {
  answer = { outcome: 'wrong-address', why: 'no-host' }
  const look = new MutationObserver(queryClient, lookMutation)
  await look.mutate({ address: 'nowhere' }).catch(() => {})
  expect(asked).toEqual(['POST /api/servers/look'])
  look.reset()
  await vi.waitFor(() => expect(queryClient.getMutationCache().getAll()).toEqual([]))
})
