import { MutationObserver } from '@tanstack/react-query'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import type { Expiry } from '../cpanel/token'
import { isWhmToken } from '../cpanel/tokens'
import { whmAccess, type WhmToken } from '../cpanel/whmTokens'
import { endedConnections } from '../session/ended'
import { SESSION_ENDED, UNREADABLE } from './cpanel.testing'
import { editMutation, isSameToken, type WhmWish } from './editWhmToken'
import { ownTokenOf } from './ownToken'
import { queryClient } from './queryClient'
import { fetchList, readBack, tokensQuery } from './tokens'
import { fakeWhmForEach, whmUser, type FakeWhm, type WhmRow } from './whm.testing'

// Waiting is tested in doubt.test.ts.
vi.mock('./backoff', async (original) => ({ ...(await original<object>()), pause: async () => {} }))

const fake = fakeWhmForEach()
let whm: FakeWhm
let opened: WhmToken
const LOOKED_ONLY = ['api_token_list']
const SAVED = ['api_token_list', 'api_token_update one', 'api_token_list']
const EXPIRY: Expiry = { kind: 'at', at: new Date('2030-12-31T23:59:59Z') }

/** A token as a form has opened it, and another one. */
beforeEach(async () => {
  whm = fake.current
  whm.put({ name: 'one', expires_at: 1_900_000_000, acls: ['list-accts', 'passwd'], whitelist_ips: ['192.0.2.1'] })
  whm.add('two')
  opened = await tokenNow('one')
  whm.calls.length = 0
})

async function tokenNow(name: string): Promise<WhmToken> {
  const token = (await fetchList(whmUser)).tokens.filter(isWhmToken).find((one) => one.name === name)
  if (token === undefined) throw new Error(`no ${name}`)
  return token
}

/** Everything at once, unless the test says less. */
function wish(more: Partial<WhmWish> = {}): WhmWish {
  return { name: 'one', expiry: EXPIRY, access: whmAccess(['create-acct'], ['192.0.2.1', '2001:db8::7']), ...more }
}

/** Whatever it is for and however it ends, nothing is left out. */
async function save(wanted = wish()) {
  const saving = new MutationObserver(queryClient, editMutation(whmUser)).mutate({ opened, wanted })
  await saving.catch(() => {})
  expect(whm.incompleteUpdates()).toEqual([])
  return (await saving).edited
}

/** The names the page shows now, or undefined where it has no list. */
function shown(): string[] | undefined {
  return queryClient.getQueryData(tokensQuery(whmUser).queryKey)?.tokens.map(({ name }) => name)
}

function isStale(): boolean | undefined {
  return queryClient.getQueryState(tokensQuery(whmUser).queryKey)?.isInvalidated
}

describe('saving', () => {
  test('says everything in one call between two looks at the list, and what the server has is what was asked for', async () => {
    const wanted = wish({ access: whmAccess(['create-acct', 'kill-acct'], ['192.0.2.0/24']) })
    expect(await save(wanted)).toEqual({
      kind: 'saved',
      wanted,
      stored: { ...wanted, created: opened.created },
      differences: [],
    })
    expect(whm.calls).toEqual(SAVED)
    expect(whm.updates()).toEqual([
      {
        token_name: 'one',
        acl: ['create-acct', 'kill-acct'],
        expires_at: 1_924_991_999,
        whitelist_ip: ['192.0.2.0/24'],
      },
    ])
  })

  test('what is not limited says so: for ever, from anywhere', async () => {
    expect(await save(wish({ expiry: { kind: 'never' }, access: whmAccess(['all'], []) }))).toMatchObject({
      differences: [],
      stored: { expiry: { kind: 'never' }, access: whmAccess(['all'], []) },
    })
    expect(whm.updates()).toEqual([{ token_name: 'one', acl: ['all'], expires_at: 0, whitelist_ip: 'any' }])
  })

  test('a name alone says all the rest as well', async () => {
    const edited = await save({ ...opened, name: 'renamed' })
    expect(edited).toMatchObject({ kind: 'saved', stored: { ...opened, name: 'renamed' }, differences: [] })
    expect(whm.updates()).toEqual([
      {
        token_name: 'one',
        new_name: 'renamed',
        acl: ['list-accts', 'passwd'],
        expires_at: 1_900_000_000,
        whitelist_ip: ['192.0.2.1'],
      },
    ])
  })

  test('shows the list that proves it at once', async () => {
    await readBack(whmUser)
    await save(wish({ name: 'renamed' }))
    expect(shown()).toEqual(['two', 'renamed'])
    expect(isStale()).toBe(false)
  })

  test('is believed where the list can’t be read afterwards, by the answer alone; the shown list is stale', async () => {
    await readBack(whmUser)
    whm.beforeAnswer = async (call) => void (call.includes('update') && whm.always.set('api_token_list', UNREADABLE))
    expect(await save()).toMatchObject({ kind: 'saved', stored: { ...wish() }, differences: [] })
    expect(isStale()).toBe(true)
  })

  test('without a privilege sends nothing: the server would grant everything', async () => {
    await expect(save(wish({ access: whmAccess([], []) }))).rejects.toMatchObject({ kind: 'refused' })
    expect(whm.calls).toEqual(LOOKED_ONLY)
  })
})

describe('what somebody else changed meanwhile is not overwritten', () => {
  test.each<[string, Partial<WhmRow>]>([
    ['its privileges', { acls: ['list-accts'] }],
    ['its privileges to all', { acls: ['all', 'list-accts', 'passwd'] }],
    ['its addresses', { whitelist_ips: ['192.0.2.1', '192.0.2.2'] }],
    ['its limit by address, which is gone', { whitelist_ips: null }],
    ['its expiry', { expires_at: 1_900_000_001 }],
    ['its expiry, which is gone', { expires_at: null }],
    ['the token itself, for another one of that name', { create_time: 1_600_000_001 }],
  ])('%s', async (_what, change) => {
    await readBack(whmUser)
    whm.calls.length = 0
    whm.rows.set('one', { ...row('one'), ...change })
    const edited = await save()
    expect(edited).toEqual({ kind: 'conflict', current: await tokenNow('one') })
    expect(whm.calls.filter((call) => call.includes('update'))).toEqual([])
    // The page compares with what it shows: an older list would be the next conflict.
    expect(queryClient.getQueryData(tokensQuery(whmUser).queryKey)?.tokens).toContainEqual(await tokenNow('one'))
  })

  test.each(['it is gone', 'it has another name'])('%s', async (what) => {
    await readBack(whmUser)
    whm.calls.length = 0
    const before = row('one')
    whm.rows.delete('one')
    if (what === 'it has another name') whm.put({ ...before, name: 'renamed' })
    expect(await save()).toEqual({ kind: 'conflict', current: null })
    expect(whm.calls).toEqual(LOOKED_ONLY)
    expect(shown()).toEqual([...whm.rows.keys()])
  })

  test('the same token in other words is no conflict', async () => {
    opened = { ...opened, access: whmAccess(['passwd', 'list-accts'], ['192.0.2.1']) }
    whm.put({ ...row('one'), acls: ['passwd', 'list-accts'] })
    expect(await save()).toMatchObject({ kind: 'saved' })
  })

  test('is not known where the list can’t be read before: nothing is sent, and nothing is in doubt', async () => {
    whm.always.set('api_token_list', UNREADABLE)
    await expect(save()).rejects.toMatchObject({ kind: 'unreachable', isUnresolved: false })
    expect(whm.calls).toEqual(LOOKED_ONLY)
  })

  test('nor where the session has ended: it asks for a sign-in', async () => {
    whm.always.set('api_token_list', SESSION_ENDED)
    await expect(save()).rejects.toMatchObject({ kind: 'unauthenticated', isUnresolved: false })
    expect([...endedConnections.current()]).toEqual([whmUser.connection])
  })
})

function row(name: string): WhmRow {
  const found = whm.rows.get(name)
  if (found === undefined) throw new Error(`no ${name}`)
  return found
}

/** Whether a token is the same as the opened one, but for this. */
function isSame(more: Partial<WhmToken>): boolean {
  return isSameToken({ ...opened, ...more }, opened)
}

describe('a token is the same', () => {
  test('as long as everything of it is, written in whatever way', () => {
    const long = '2001:0db8:0000:0000:0000:0000:0000:0007'
    const [one, two] = [
      [long, '192.0.2.1'],
      ['192.0.2.1', '2001:db8::7'],
    ].map((addresses) => ({
      ...opened,
      access: whmAccess(['all', 'passwd'], addresses),
    }))
    expect(one && two && isSameToken(one, two)).toBe(true)
    expect(isSame({ created: new Date(opened.created ?? 0) })).toBe(true)
    expect(isSameToken({ ...opened, created: null }, { ...opened, created: null })).toBe(true)
  })

  test('and not where anything is another', () => {
    expect(isSame({ name: 'One' })).toBe(false)
    expect(isSame({ created: null })).toBe(false)
    expect(isSame({ created: new Date(0) })).toBe(false)
    expect(isSame({ expiry: EXPIRY })).toBe(false)
    expect(isSame({ access: whmAccess(['list-accts'], ['192.0.2.1']) })).toBe(false)
    expect(isSame({ access: whmAccess(['list-accts', 'passwd'], []) })).toBe(false)
  })
})

test('after a rename of the token that the login hangs on, its new name is known at once', async () => {
  whm.own = 'one'
  expect(await ownTokenOf(whmUser)).toBe('one')
  await save(wish({ name: 'renamed' }))
  whm.own = 'renamed'
  expect(await ownTokenOf(whmUser)).toBe('renamed')
})
