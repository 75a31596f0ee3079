import * as fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { CpanelError } from '../cpanel/errors'
import { json, playProxy, text, type PlayedProxy } from '../cpanel/proxy.testing'
import {
  connectionParts,
  listConnections,
  listDemoLogins,
  listServers,
  readConnection,
  signIn,
  signOut,
  signOutOfAll,
} from './connections'

let proxy: PlayedProxy
beforeEach(async () => {
  proxy = await playProxy()
})
afterEach(() => proxy.close())

const ALICE = { id: 'main.cpanel.alice', server: 'main', kind: 'cpanel', username: 'alice', hasEnded: false } as const

/** What was asked, without its headers. */
function asked(): object[] {
  return proxy.received.map(({ method, path, body }) => ({ method, path, body }))
}

describe('who is signed in', () => {
  test('is told with whether each login has ended, and nothing the proxy says besides', async () => {
    const { hasEnded: _unsaid, ...older } = ALICE
    proxy.answer(json([{ ...ALICE, hasEnded: true, signedInAt: 1 }, older]))
    expect(await listConnections(proxy.api)).toEqual([{ ...ALICE, hasEnded: true }, ALICE])
    expect(asked()).toEqual([{ method: 'GET', path: '/api/connections', body: undefined }])
  })

  test('comes for one login with the addresses of its server', async () => {
    const urls = { cpanel: 'https://north.example:2083' }
    proxy.answer(json({ ...ALICE, urls, address: '192.0.2.7' }))
    expect(await readConnection(proxy.api, ALICE.id)).toEqual({ ...ALICE, urls, address: '192.0.2.7' })
    expect(asked()).toMatchObject([{ method: 'GET', path: '/api/connections/main.cpanel.alice' }])
  })

  test.each([null, {}, [null], [{ ...ALICE, kind: 'ftp' }], [{ ...ALICE, id: 1 }]])(
    'told as %j is garbled',
    async (body) => {
      proxy.answer(json(body))
      await expect(listConnections(proxy.api)).rejects.toMatchObject({ name: 'CpanelError', kind: 'garbled' })
    },
  )

  test('is not waited for by somebody who has left', async () => {
    for (const ask of [listConnections, listServers, listDemoLogins]) {
      await expect(ask(proxy.api, AbortSignal.abort())).rejects.toMatchObject({ kind: 'cancelled' })
    }
    await expect(readConnection(proxy.api, ALICE.id, AbortSignal.abort())).rejects.toMatchObject({ kind: 'cancelled' })
    expect(proxy.received).toEqual([])
  })
})

test('the servers and the logins of the simulated one are told as they are', async () => {
  const server = { id: 'main', name: 'Main', kinds: ['cpanel', 'whm'] }
  proxy.answer(json([server]))
  expect(await listServers(proxy.api)).toEqual([server])
  const login = { server: 'main', kind: 'cpanel', username: 'alice', password: 'shown-to-everybody' }
  proxy.answer(json([login, { ...login, code: '123456' }]))
  expect(await listDemoLogins(proxy.api)).toEqual([login, { ...login, code: '123456' }])
  expect(asked()).toMatchObject([{ path: '/api/servers' }, { path: '/api/demo-logins' }])
})

describe('signing in', () => {
  const request = { server: 'main', kind: 'cpanel', username: 'alice', password: 'a secret phrase' } as const

  test('sends the credential in the body alone, and keeps nothing of it', async () => {
    proxy.answer(json({ ...ALICE, password: request.password }, 201))
    expect(await signIn(proxy.api, request)).toEqual(ALICE)
    expect(asked()).toEqual([{ method: 'POST', path: '/api/connections', body: request }])
  })

  test('by a proxy that says the credential back in an error does not carry it on', async () => {
    const error = { kind: 'wrong_credentials', message: `“${request.password}” is wrong` }
    proxy.answer(json({ error }, 401))
    const failure: unknown = await signIn(proxy.api, request).catch((thrown: unknown) => thrown)
    expect(failure).toMatchObject({ kind: 'wrong_credentials' })
    expect(failure instanceof CpanelError && `${failure.message} ${failure.reasons.join()}`).not.toContain(
      request.password,
    )
  })
})

describe('signing out', () => {
  test('is of one login, whatever its name is made of', async () => {
    proxy.answer(text('', 204))
    await signOut(proxy.api, 'main.cpanel.a/../b')
    expect(asked()).toEqual([{ method: 'DELETE', path: '/api/connections/main.cpanel.a%2F..%2Fb', body: undefined }])
  })

  test('is of all only where all is meant: of no login in particular it is refused', async () => {
    await expect(signOut(proxy.api, '')).rejects.toMatchObject({ kind: 'refused' })
    expect(proxy.received).toEqual([])
    proxy.answer(text('', 204))
    await signOutOfAll(proxy.api)
    expect(asked()).toMatchObject([{ method: 'DELETE', path: '/api/connections' }])
  })

  test('that fails says so', async () => {
    proxy.answer(json({ error: { kind: 'internal', message: 'For logs.' } }, 500))
    await expect(signOut(proxy.api, ALICE.id)).rejects.toMatchObject({ kind: 'upstream_failed' })
  })
})

test('the parts of a login’s id are those it was made of, whatever dots its user name has', () => {
  const server = fc.stringMatching(/^[a-z0-9-]+$/)
  fc.assert(
    fc.property(server, fc.constantFrom('cpanel', 'whm'), fc.string({ minLength: 1 }), (server, kind, username) => {
      expect(connectionParts([server, kind, username].join('.'))).toEqual({ server, kind, username })
    }),
  )
})
