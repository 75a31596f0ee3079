// @vitest-environment jsdom
import { describe, expect, test, vi } from 'vitest'
import { CpanelError } from '../cpanel/errors'
import type { Account } from '../cpanel/tokens'
import { leaveNote, leftBehind, noted, readNotes, takeNote, type Note } from './journal'
import { locksForEach } from './locks.testing'

const locks = locksForEach()
const ALICE: Account = { api: { base: '/api' }, connection: 'main.cpanel.alice' }
const BOB: Account = { api: { base: '/api' }, connection: 'main.whm.root', user: 'bob' }
const ROOT: Account = { api: { base: '/api' }, connection: 'main.whm.root', isWhmUser: true }
const revoke = { kind: 'revoke', name: 'old-key' } as const

const unknown = new CpanelError('timeout', { isUnresolved: true })
const notes = () => [...readNotes().values()]
const firstNote = (): [string, Note] => {
  const [first] = readNotes()
  if (first === undefined) throw new Error('There is no note.')
  return first
}

function fail(): never {
  throw new Error('Not here.')
}

/** Leaves a note as a page that died would. */
async function leave(account: Account = ALICE): Promise<void> {
  await noted(account, revoke, () => Promise.reject(unknown)).catch(() => {})
}

function asksBeforeClosing(): boolean {
  return !window.dispatchEvent(new Event('beforeunload', { cancelable: true }))
}

describe('a write', () => {
  test('is noted while it runs, with whose and when, and not any more when it is done', async () => {
    const during = await noted(ALICE, { kind: 'rename', name: 'a', newName: 'b' }, async () => notes())
    const at: unknown = expect.closeTo(Date.now(), -4)
    expect(during).toEqual([{ kind: 'rename', name: 'a', newName: 'b', connection: 'main.cpanel.alice', at }])
    expect(notes()).toEqual([])
  })

  test.each([
    [BOB, { connection: 'main.whm.root', user: 'bob' }],
    [ROOT, { connection: 'main.whm.root', isWhmUser: true }],
  ])('of somebody else’s account is noted as such', async (account, whose) => {
    expect(await noted(account, revoke, async () => notes())).toMatchObject([whose])
  })

  test('answers what it did, and never writes that down', async () => {
    const written = vi.spyOn(Storage.prototype, 'setItem')
    expect(await noted(ALICE, { kind: 'create', name: 'deploy' }, async () => ({ secret: 'S3CRET' }))).toEqual({
      secret: 'S3CRET',
    })
    expect(JSON.stringify(written.mock.calls)).toContain('deploy')
    expect(JSON.stringify(written.mock.calls)).not.toContain('S3CRET')
    written.mockRestore()
  })

  test('that was refused is not noted any more', async () => {
    await expect(noted(ALICE, revoke, () => Promise.reject(new CpanelError('rejected')))).rejects.toThrow('rejected')
    expect(notes()).toEqual([])
  })

  test('whose end nobody knows leaves its note, and says so', async () => {
    const before = leftBehind.current()
    await leave()
    expect(notes()).toMatchObject([revoke])
    expect(leftBehind.current()).toBe(before + 1)
  })

  test('that is done settles what was unknown of that token, and of no other', async () => {
    await leave(ALICE)
    await leave(BOB)
    await noted(ALICE, { kind: 'create', name: 'other' }, async () => {})
    expect(notes()).toHaveLength(2)
    await noted(ALICE, { kind: 'create', name: 'old-key' }, async () => {})
    expect(notes()).toMatchObject([{ user: 'bob' }])
  })

  test('within a write leaves the outer one’s note', async () => {
    await noted(ALICE, { kind: 'create', name: 'old-key' }, async () => {
      await noted(ALICE, revoke, async () => {})
      expect(notes()).toMatchObject([{ kind: 'create' }])
    })
    expect(notes()).toEqual([])
  })

  test('makes closing the page ask, as long as one runs', async () => {
    expect(asksBeforeClosing()).toBe(false)
    await noted(ALICE, revoke, async () => {
      await noted(ALICE, { kind: 'revoke', name: 'two' }, async () => expect(asksBeforeClosing()).toBe(true))
      expect(asksBeforeClosing()).toBe(true)
    })
    expect(asksBeforeClosing()).toBe(false)
  })

  test.each(['no locks', 'locks that fail', 'no storage'])('is done once with %s', async (what) => {
    if (what === 'no locks') Reflect.deleteProperty(navigator, 'locks')
    if (what === 'locks that fail') locks.current.request = async () => fail()
    const storage = vi.spyOn(Storage.prototype, 'setItem')
    if (what === 'no storage') storage.mockImplementation(fail)
    const act = vi.fn<() => Promise<string>>(async () => 'done')
    expect(await noted(ALICE, revoke, act)).toBe('done')
    expect(act).toHaveBeenCalledTimes(1)
    storage.mockRestore()
  })
})

describe('a note', () => {
  test('belongs to the page that writes, while that lives', async () => {
    await noted(ALICE, revoke, async () => expect(await takeNote(...firstNote())).toBeNull())
  })

  test('of a page that is gone is taken by one page alone, until it is given back', async () => {
    await leave()
    const giveBack = await takeNote(...firstNote())
    expect(giveBack).not.toBeNull()
    expect(await takeNote(...firstNote())).toBeNull()
    giveBack?.()
    await vi.waitFor(() => expect(locks.current.held()).toEqual([]))
    expect(await takeNote(...firstNote())).not.toBeNull()
  })

  test('without locks is taken once no call can be under way any more', async () => {
    Reflect.deleteProperty(navigator, 'locks')
    await leave()
    const [key, note] = firstNote()
    expect(await takeNote(key, note)).toBeNull()
    expect(await takeNote(key, { ...note, at: note.at - 200_000 })).not.toBeNull()
  })

  test('of a screen that was left says whether the server said no', () => {
    leaveNote(ALICE, revoke, true)
    expect(notes()).toMatchObject([{ ...revoke, isRefused: true }])
  })

  test.each(['', 'null', '[]', '{"kind":"revoke"}', '{"kind":"explode","name":"a","at":1,"connection":"b"}', '{"ki'])(
    'that is none (%s) is thrown away',
    (garbage) => {
      localStorage.setItem('keyring.unfinished.x', garbage)
      localStorage.setItem('keyring.theme', 'dark')
      expect(notes()).toEqual([])
      expect(Object.keys(localStorage)).toEqual(['keyring.theme'])
    },
  )

  test('that is older than a week, or from the future, is thrown away', () => {
    for (const days of [8, -8]) {
      const note = { ...revoke, connection: 'main.cpanel.alice', at: Date.now() - days * 86_400_000 }
      localStorage.setItem(`keyring.unfinished.${days}`, JSON.stringify(note))
    }
    expect(notes()).toEqual([])
    expect(localStorage).toHaveLength(0)
  })

  test('is one of a hundred at most', () => {
    for (let count = 0; count < 120; count += 1) leaveNote(ALICE, revoke, false)
    expect(notes()).toHaveLength(100)
  })
})
