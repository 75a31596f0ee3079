import { MutationObserver } from '@tanstack/react-query'
import * as fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { CpanelError } from '../cpanel/errors'
import { brokenText, odd, spoiled } from '../cpanel/garbage.testing'
import { accountsQuery, privilegesQuery } from './accounts'
import {
  addingQuery,
  aliveQuery,
  connectionQuery,
  connectionsQuery,
  demoLoginsQuery,
  serversQuery,
} from './connections'
import { SECRET, account, forgetSession } from './cpanel.testing'
import { createMutation } from './createToken'
import { ownTokenQuery } from './ownToken'
import { queryClient } from './queryClient'
import { accountOf, renameMutation, revokeMutation, tokensQuery, whmUserOf } from './tokens'
import { throughWhm, whmSays } from './whm.testing'

/** Whatever comes back, a page gets data or a CpanelError, and "done" only where the server's list says so. */

/** What the network answers to a function of the API. */
let answers: (name: string) => Response
beforeEach(() => {
  forgetSession()
  vi.stubGlobal('fetch', async (url: string) => answers(url.split('/').at(-1) ?? ''))
})
afterEach(() => vi.unstubAllGlobals())

function flat(data: unknown) {
  return { status: 1, errors: null, data }
}
const rows = [{ name: 'one', create_time: 1, expires_at: null, features: [] }]
const whmRows = { one: { name: 'one', acls: { quota: 1 }, create_time: 1, expires_at: null, whitelist_ips: null } }
const hosted = { user: 'bob', domain: 'b.example', owner: 'root', plan: 'p', suspended: 0 }
const bob = { id: 'main.cpanel.bob', server: 'main', kind: 'cpanel', username: 'bob', hasEnded: false } as const
const root = { ...bob, id: 'main.whm.root', kind: 'whm' } as const
const anew = { staleTime: 0, retry: false } as const

/** Every question that a page asks, with an answer to it. */
const ASKED: readonly (readonly [what: string, answer: unknown, ask: () => Promise<unknown>])[] = [
  ['tokens', flat(rows), () => queryClient.fetchQuery({ ...tokensQuery(account), ...anew })],
  [
    'tokens through WHM',
    throughWhm(flat(rows)),
    () => queryClient.fetchQuery({ ...tokensQuery(accountOf(root.id, 'bob')), ...anew }),
  ],
  [
    'tokens of WHM',
    whmSays({ tokens: whmRows }),
    () => queryClient.fetchQuery({ ...tokensQuery(whmUserOf(root.id)), ...anew }),
  ],
  ['accounts', whmSays({ acct: [hosted] }), () => queryClient.fetchQuery({ ...accountsQuery(root.id), ...anew })],
  [
    'privileges',
    whmSays({ privileges: [{ all: 1 }] }),
    () => queryClient.fetchQuery({ ...privilegesQuery(root.id), ...anew }),
  ],
  ['the own token', whmSays(whmRows.one), () => queryClient.fetchQuery({ ...ownTokenQuery(root.id), ...anew })],
  ['whether it lives', flat(rows), () => queryClient.fetchQuery({ ...aliveQuery(bob), ...anew })],
  ['whether WHM lives', whmSays({ version: '1' }), () => queryClient.fetchQuery({ ...aliveQuery(root), ...anew })],
  ['connections', [bob, root], () => queryClient.fetchQuery({ ...connectionsQuery, ...anew })],
  ['a connection', { ...bob, urls: {} }, () => queryClient.fetchQuery({ ...connectionQuery(bob.id), ...anew })],
  ['servers', [{ id: 'a', name: 'A', kinds: ['whm'] }], () => queryClient.fetchQuery({ ...serversQuery, ...anew })],
  ['adding', { isPossible: true }, () => queryClient.fetchQuery({ ...addingQuery, ...anew })],
  [
    'logins',
    [{ server: 'a', kind: 'whm', username: 'r', password: 'p' }],
    () => queryClient.fetchQuery({ ...demoLoginsQuery, ...anew }),
  ],
]

/** `data`, or the kind of the failure. Anything thrown that is no CpanelError is thrown on. */
async function ending(asking: Promise<unknown>): Promise<string> {
  try {
    await asking
    return 'data'
  } catch (thrown) {
    if (thrown instanceof CpanelError) return thrown.kind
    throw thrown
  }
}

describe.each(ASKED)('%s', (_what, answer, ask) => {
  test('come as they are', async () => {
    answers = () => Response.json(answer)
    expect(await ending(ask())).toBe('data')
  })

  test('come, or a failure that has a name, whatever the answer is', async () => {
    const text = fc.oneof(
      spoiled(answer).map(({ body }) => JSON.stringify(body)),
      odd.map((body) => JSON.stringify(body)),
      brokenText(answer),
    )
    const seen = new Set<string>()
    await fc.assert(
      fc.asyncProperty(text, fc.constantFrom(200, 200, 200, 401, 404, 502), async (body, status) => {
        answers = () => new Response(body, { status })
        seen.add(await ending(ask()))
      }),
      { numRuns: 150 },
    )
    expect([...seen].filter((kind) => !['data', 'garbled', 'rejected', 'upstream_failed'].includes(kind))).toEqual([])
    expect(seen.size).toBeGreaterThan(1)
  })
})

/** A server whose answer to a write is anything, and which did it or not; its list is the truth. */
function server(did: boolean, before: string[], after: string[], answer: unknown): void {
  let isAsked = false
  answers = (name) => {
    if (name !== 'list') isAsked = true
    const names = did && isAsked ? after : before
    return Response.json(
      name === 'list' ? flat(names.map((one) => ({ name: one, create_time: Date.now() / 1000 + 1 }))) : answer,
    )
  }
}

function mutation<Result, Variables>(options: { mutationFn: (variables: Variables) => Promise<Result> }) {
  return new MutationObserver<Result, Error, Variables>(queryClient, options)
}

const rename = () => mutation(renameMutation(account)).mutate({ name: 'one', newName: 'two' })
const revoke = () => mutation(revokeMutation(account)).mutate('one')

describe('a write', () => {
  test.each([
    ['a new name', ['two'], rename],
    ['a revocation', [], revoke],
  ] as const)('%s is done only where the list says so, whatever the answer is', async (_what, after, write) => {
    const answer = fc.oneof(
      spoiled(flat(1)).map(({ body }) => body),
      odd,
    )
    await fc.assert(
      fc.asyncProperty(answer, fc.boolean(), async (answer, did) => {
        server(did, ['one'], [...after], answer)
        const found = await ending(write())
        // Only where the server refuses in so many words is it believed without a look.
        expect(did ? ['data', 'rejected'] : ['garbled', 'rejected', 'unchanged']).toContain(found)
      }),
      { numRuns: 200 },
    )
  })

  test('a creation has the secret that came, or says that it is lost, and never another', async () => {
    const token = { name: 'two', expiry: { kind: 'never' }, access: 'full' } as const
    const answer = fc.oneof(
      spoiled(flat({ token: SECRET })).map(({ body }) => body),
      odd,
    )
    await fc.assert(
      fc.asyncProperty(answer, fc.boolean(), async (answer, did) => {
        queryClient.clear()
        server(did, ['one'], ['one', 'two'], answer)
        const outcome = await mutation(createMutation(account))
          .mutate({ token, replace: false })
          .catch((thrown: unknown) => thrown)
        const found = outcome instanceof CpanelError ? outcome.kind : JSON.stringify(outcome)
        const said = JSON.stringify(answer)
        const secrets = /"secret":("(?:[^"\\]|\\.)*")/.exec(found) ?? []
        expect(secrets[1] === undefined || said.includes(`"token":${secrets[1]}`)).toBe(true)
        expect(secrets[1] !== undefined || /"lost"|garbled|rejected/.test(found)).toBe(true)
      }),
      { numRuns: 200 },
    )
  })
})
