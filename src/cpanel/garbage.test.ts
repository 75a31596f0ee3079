import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CpanelError, type CpanelErrorKind } from './errors'
import { brokenText, odd, spoiled } from './garbage.testing'
import { json, playProxy, text, type PlayedProxy } from './proxy.testing'
import { expectSound, expectSoundFailure } from './sound.testing'
import * as tokens from './tokens'
import { renameToken } from './uapi'
import { listAccounts, readPrivileges, readVersion } from './whm'
import { findBySecret, readOwnToken, updateToken, whmAccess } from './whmTokens'

/** Whatever the server sends ends in data that is sound, or in a failure of a known kind. */

let proxy: PlayedProxy
beforeAll(async () => {
  proxy = await playProxy()
})
afterAll(() => proxy.close())

const SECRET = 'JPQNSRU0DH448UJLGXH7KVJECC5QN9N9'
const NEVER = { kind: 'never' } as const
const account = () => ({ api: proxy.api, connection: 'main.cpanel.bob' })
const throughRoot = () => ({ api: proxy.api, connection: 'main.whm.root', user: 'bob' })
const whmUser = () => ({ api: proxy.api, connection: 'main.whm.root', isWhmUser: true }) as const
const wish = { name: 'one', expiry: NEVER, access: 'full' } as const
const whmWish = { name: 'one', expiry: NEVER, access: whmAccess(['list-accts'], []) }

// The documented bodies, CPANEL_API.md 1 to 3.
function flat(data: unknown) {
  return { data, errors: null, messages: null, metadata: { transformed: 1 }, status: 1, warnings: null }
}
function whm(data: unknown) {
  return { data, metadata: { command: 'x', reason: 'OK', result: 1, version: 1 } }
}
const rows = [
  { create_time: 1549471343, expires_at: 1609372800, features: [], has_full_access: 1, name: 'exampletoken' },
  { create_time: 1549471343, expires_at: null, features: ['zoneedit'], has_full_access: 0, name: 'zones', readonly: 0 },
]
const granted = {
  acls: ['kill-acct', 'list-accts'],
  create_time: 1483625276,
  expires_at: 1609372800,
  name: 'example',
  whitelist_ips: ['192.0.2.1', 'fc00:abcd:0000:0000:0000:0000:0000:000f'],
}
const whmRows = {
  controller: { ...granted, name: 'controller', acls: { 'create-acct': 0, 'list-accts': 1 } },
  reader: { acls: { 'list-accts': 1 }, create_time: 1490882281, expires_at: null, name: 'reader', whitelist_ips: null },
}
const hosted = {
  user: 'bob',
  domain: 'bob.example',
  owner: 'root',
  plan: 'p',
  suspended: 0,
  child_nodes: [{ alias: 'm' }],
}
const held = [{ 'list-accts': '1', 'suspend-acct': 1, all: 0, 'create-acct': '' }]

/** Each thing that is asked of a server, and the answer that it would be. */
const ASKED: readonly (readonly [what: string, answer: unknown, ask: () => Promise<unknown>])[] = [
  ['the list', flat(rows), () => tokens.listTokens(account())],
  ['the list, wrapped', { apiversion: 3, result: flat(rows) }, () => tokens.listTokens(account())],
  ['the list through WHM', whm({ uapi: flat(rows) }), () => tokens.listTokens(throughRoot())],
  ['the list of WHM', whm({ tokens: whmRows }), () => tokens.listTokens(whmUser())],
  ['a secret', flat({ create_time: 1, token: SECRET }), () => tokens.createToken(account(), wish)],
  ['a secret of WHM', whm({ ...granted, token: SECRET }), () => tokens.createToken(whmUser(), whmWish)],
  ['a new name', flat(null), () => renameToken(account(), 'one', 'two')],
  ['a revocation', flat(1), () => tokens.revokeToken(account(), 'one')],
  ['a revocation in WHM', whm(null), () => tokens.revokeToken(whmUser(), 'one')],
  ['a change', whm(granted), () => updateToken(whmUser(), 'one', whmWish)],
  ['whose secret it is', whm(granted), () => findBySecret(whmUser(), SECRET)],
  ['one’s own token', whm(granted), () => readOwnToken(whmUser())],
  ['the accounts', whm({ acct: [hosted, { ...hosted, user: 'eve' }] }), () => listAccounts(proxy.api, 'main.whm.root')],
  ['the privileges', whm({ privileges: held }), () => readPrivileges(proxy.api, 'main.whm.root')],
  ['the version', whm({ version: '11.138.0.1' }), () => readVersion(proxy.api, 'main.whm.root')],
]

/** How asking ended: `data`, or the kind of the failure. What came is checked here, of a failure what it holds. */
async function ending(ask: () => Promise<unknown>): Promise<'data' | CpanelErrorKind> {
  try {
    expectSound(await ask())
    return 'data'
  } catch (thrown) {
    if (!(thrown instanceof CpanelError)) throw thrown
    expectSoundFailure(thrown, SECRET)
    return thrown.kind
  }
}

/** An answer with 200 that is not what is documented can mean no more than these. */
const KNOWN = ['data', 'garbled', 'rejected']

describe.each(ASKED)('%s', (_what, answer, ask) => {
  test('is read as it is documented', async () => {
    proxy.answer(json(answer))
    expect(await ending(ask)).toBe('data')
  })

  test('with one odd place is sound, or refused', async () => {
    const seen = new Set<string>()
    await fc.assert(
      fc.asyncProperty(spoiled(answer), async ({ body }) => {
        proxy.answer(json(body))
        const found = await ending(ask)
        expect(KNOWN).toContain(found)
        seen.add(found)
      }),
      { numRuns: 150 },
    )
    // Both happen, or the property would say little.
    expect([...seen]).toEqual(expect.arrayContaining(['data', 'garbled']))
  })

  test('of any JSON is sound, or refused', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(odd, odd.map(flat), odd.map(whm)), async (body) => {
        proxy.answer(json(body))
        expect(KNOWN).toContain(await ending(ask))
      }),
      { numRuns: 60 },
    )
  })

  test('of text that is no JSON is garbled', async () => {
    await fc.assert(
      fc.asyncProperty(brokenText(answer), async (body) => {
        fc.pre(!isJson(body))
        proxy.answer(text(body))
        expect(await ending(ask)).toBe('garbled')
      }),
      { numRuns: 60 },
    )
  })

  test('with any status but 2xx is a failure, whatever comes along', async () => {
    const status = fc.constantFrom(400, 401, 403, 404, 408, 413, 418, 429, 500, 502, 503, 504)
    const error = fc.record({ kind: fc.oneof(fc.constantFrom('timeout', 'paused', 'toString'), odd), retryAfter: odd })
    const body = fc.oneof(
      spoiled(answer),
      error.map((one) => ({ body: { error: one } })),
    )
    await fc.assert(
      fc.asyncProperty(status, body, async (status, { body }) => {
        proxy.answer(json(body, status))
        expect(await ending(ask)).not.toBe('data')
      }),
      { numRuns: 60 },
    )
  })
})

/** What the client takes for JSON: an empty text is no answer, and a mark at the start is left out. */
function isJson(body: string): boolean {
  try {
    JSON.parse(body.replace(/^\uFEFF/, ''))
    return true
  } catch {
    return body.replace(/^\uFEFF/, '') === ''
  }
}
