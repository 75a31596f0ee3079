// @vitest-environment jsdom
import { MutationObserver } from '@tanstack/react-query'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { isWhmToken } from '../cpanel/tokens'
import { whmAccess, type WhmToken } from '../cpanel/whmTokens'
import { endedConnections } from '../session/ended'
import { readNotes } from '../session/journal'
import { SESSION_ENDED, TIMEOUT, UNREADABLE, type Fault } from './cpanel.testing'
import { editMutation, type WhmWish } from './editWhmToken'
import { queryClient } from './queryClient'
import { readBack, tokensQuery } from './tokens'
import { fakeWhmForEach, whmUser, type FakeWhm, type WhmRow } from './whm.testing'

// Waiting is tested in doubt.test.ts.
vi.mock('./backoff', async (original) => ({ ...(await original<object>()), pause: async () => {} }))

const fake = fakeWhmForEach()
let whm: FakeWhm
let opened: WhmToken
const UPDATE = 'api_token_update'
const LIST = 'api_token_list'
const SAVED = [LIST, `${UPDATE} one`, LIST]
const WANTED: WhmWish = {
  name: 'one',
  expiry: { kind: 'at', at: new Date('2030-12-31T23:59:59Z') },
  access: whmAccess(['create-acct', 'list-accts'], ['192.0.2.1']),
}

beforeEach(async () => {
  whm = fake.current
  whm.add('one', 'two')
  const token = (await readBack(whmUser)).tokens.filter(isWhmToken).find(({ name }) => name === 'one')
  if (token === undefined) throw new Error('no token')
  opened = token
  whm.calls.length = 0
})

async function save(wanted = WANTED) {
  const saving = new MutationObserver(queryClient, editMutation(whmUser)).mutate({ opened, wanted })
  await saving.catch(() => {})
  expect(whm.incompleteUpdates()).toEqual([])
  return (await saving).edited
}

/** From the update on, its own look at the list included. */
function afterwards(change: () => void): void {
  whm.beforeAnswer = async (call) => void (call.startsWith(UPDATE) && change())
}

function isStale(): boolean | undefined {
  return queryClient.getQueryState(tokensQuery(whmUser).queryKey)?.isInvalidated
}

test('a save is noted while it runs, with both names, and no longer', async () => {
  const notes: unknown[] = []
  whm.beforeAnswer = async () => void notes.push(...readNotes().values())
  await save({ ...WANTED, name: 'uno' })
  expect(notes[0]).toMatchObject({ kind: 'save', name: 'one', newName: 'uno', connection: whmUser.connection })
  expect(readNotes().size).toBe(0)
})

const others: [string, Partial<WhmRow>][] = [
  ['expiry', { expires_at: null }],
  ['privileges', { acls: ['list-accts'] }],
  ['privileges', { acls: ['all', 'create-acct', 'list-accts'] }],
  ['addresses', { whitelist_ips: null }],
  ['addresses', { whitelist_ips: ['192.0.2.1', '192.0.2.2'] }],
  ['missing', { name: 'another' }],
]

describe('what the server stored otherwise than asked is told', () => {
  test.each(others)('from its list: %s of %j', async (difference, row) => {
    whm.stores = (asked) => ({ ...asked, ...row })
    // By its answer all is well.
    whm.tells = (stored) => ({ ...stored, ...rowOf(WANTED) })
    const edited = await save()
    expect(edited).toMatchObject({ kind: 'saved', differences: [difference] })
    expect(edited).toMatchObject(difference === 'missing' ? { stored: null } : { stored: { name: 'one' } })
  })

  test.each(others)('from its answer, where the list can’t be read: %s of %j', async (difference, row) => {
    whm.tells = (stored) => ({ ...stored, ...row })
    afterwards(() => whm.always.set(LIST, UNREADABLE))
    expect(await save()).toMatchObject({ kind: 'saved', stored: row.name ? row : {}, differences: [difference] })
  })

  test.each(others)('from its answer, where the list says what was asked for: %s of %j', async (difference, row) => {
    whm.tells = (stored) => ({ ...stored, ...row })
    // What it is said to be is what the answer says, or the words would name what was asked for.
    expect(await save()).toMatchObject({ kind: 'saved', stored: readOf(row), differences: [difference] })
  })

  test('once, where both say it, and each beside the other', async () => {
    whm.stores = (asked) => ({ ...asked, expires_at: null, acls: ['all'] })
    whm.tells = (stored) => ({ ...stored, acls: rowOf(WANTED).acls, whitelist_ips: null })
    expect(await save()).toMatchObject({ differences: ['expiry', 'privileges', 'addresses'] })
  })

  test('as a server tells that knows no addresses', async () => {
    whm.stores = (asked) => ({ ...asked, whitelist_ips: null })
    whm.tells = ({ whitelist_ips: _none, ...stored }) => stored
    expect(await save()).toMatchObject({ differences: ['addresses'] })
  })
})

/** What a changed row of the answer is read as, as far as it was changed. */
function readOf({ name, expires_at, acls, whitelist_ips }: Partial<WhmRow>): object {
  if (name !== undefined) return { name }
  if (expires_at !== undefined) return { expiry: { kind: 'never' } }
  return acls === undefined ? { access: { addresses: whitelist_ips ?? [] } } : { access: { privileges: acls } }
}

function rowOf({ access, expiry }: WhmWish) {
  const expires_at = expiry.kind === 'at' ? expiry.at.getTime() / 1000 : null
  return { name: 'one', acls: [...access.privileges], expires_at, whitelist_ips: [...access.addresses] }
}

describe('whose answer never came', () => {
  const renamed = { ...WANTED, name: 'renamed' }

  test.each<[Fault, WhmWish]>([
    ['lost-answer', WANTED],
    ['lost-answer', renamed],
    ['done-late', WANTED],
    ['null-answer', renamed],
  ])('is saved all the same, as the list says (%s)', async (fault, wanted) => {
    whm.faults.set(UPDATE, [fault])
    expect(await save(wanted)).toEqual({
      kind: 'saved',
      wanted,
      stored: { ...wanted, created: opened.created },
      differences: [],
    })
    expect(whm.calls.filter((call) => call.startsWith(UPDATE))).toHaveLength(1)
    expect(queryClient.getQueryData(tokensQuery(whmUser).queryKey)?.tokens.map(({ name }) => name)).toContain(
      wanted.name,
    )
  })

  test('is saved with what differs', async () => {
    whm.faults.set(UPDATE, ['lost-answer'])
    whm.stores = (asked) => ({ ...asked, expires_at: null })
    expect(await save()).toMatchObject({ kind: 'saved', differences: ['expiry'] })
  })

  test.each<Fault>(['lost-request', 'null-answer', UNREADABLE])(
    'is not saved where the list says that nothing happened (%j)',
    async (fault) => {
      whm.faults.set(UPDATE, [fault])
      // Null-answer: it is said to be done, and is not.
      if (fault === 'null-answer') afterwards(() => whm.put({ name: 'one' }))
      await expect(save()).rejects.toMatchObject({ isUnresolved: false })
      // The server may be at it still where the connection broke: the list is read once more.
      expect(whm.calls).toEqual(fault === 'null-answer' ? SAVED : [...SAVED, LIST])
      expect(isStale()).toBe(true)
    },
  )

  test.each([WANTED, renamed])('after too long may still happen: nobody can tell (as $name)', async (wanted) => {
    whm.faults.set(UPDATE, [TIMEOUT])
    await expect(save(wanted)).rejects.toMatchObject({ kind: 'timeout', isUnresolved: true })
    expect(whm.calls).toHaveLength(3)
    expect(isStale()).toBe(true)
  })

  test.each<[string, Fault]>([
    ['offline', 'lost-answer'],
    ['offline', 'lost-request'],
    ['timeout', 'done-late'],
    ['garbled', 'null-answer'],
    ['unreachable', UNREADABLE],
  ])('and the list can’t be read either: nobody can tell (%s, %j)', async (kind, fault) => {
    whm.faults.set(UPDATE, [fault])
    afterwards(() => whm.always.set(LIST, UNREADABLE))
    await expect(save()).rejects.toMatchObject({ kind, isUnresolved: true })
    expect(whm.calls).toEqual([...SAVED, LIST, LIST])
    expect(isStale()).toBe(true)
  })

  test('is not saved by a token of the new name that was somebody else’s all along', async () => {
    whm.add('renamed')
    whm.faults.set(UPDATE, ['lost-request'])
    await expect(save(renamed)).rejects.toMatchObject({ kind: 'offline', isUnresolved: false })
    expect([...whm.rows.keys()]).toEqual(['one', 'two', 'renamed'])
  })
})

describe('a refusal stands', () => {
  test('with the server’s words, and nothing else is read', async () => {
    whm.faults.set(UPDATE, ['refuses'])
    await expect(save()).rejects.toMatchObject({ kind: 'rejected', reasons: ['No.'], isUnresolved: false })
    expect(whm.calls).toEqual([LIST, `${UPDATE} one`])
    expect(isStale()).toBe(true)
  })

  test('of a session that ended asks for a sign-in', async () => {
    whm.faults.set(UPDATE, [SESSION_ENDED])
    await expect(save()).rejects.toMatchObject({ kind: 'unauthenticated', isUnresolved: false })
    expect([...endedConnections.current()]).toEqual([whmUser.connection])
    expect(whm.calls).toEqual([LIST, `${UPDATE} one`])
  })
})
