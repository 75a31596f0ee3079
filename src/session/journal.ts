/**
 * What is being written just now, noted in this browser's storage: who, which token, when, and never a secret. A note goes
 * as soon as the write's end is known. What is left after a crash or a reload, or where nobody could tell the end, is told to
 * a person by the page that finds it (data/unfinished.ts).
 *
 * A note is locked while its write runs, and by the page that settles it. So it belongs to one tab while that lives, and to
 * the next one that looks when it doesn't.
 */
import * as v from 'valibot'
import { CpanelError } from '../cpanel/errors'
import type { Account } from '../cpanel/tokens'
import { observable, type Observable } from './observable'
import { tellTabs } from './tabs'

const whose = {
  /** The server has said no: it is only to be told. */
  isRefused: v.exactOptional(v.literal(true)),
  connection: v.string(),
  user: v.exactOptional(v.string()),
  isWhmUser: v.exactOptional(v.literal(true)),
}
const noteSchema = v.variant('kind', [
  v.object({
    kind: v.picklist(['create-many', 'revoke-many']),
    name: v.literal(''),
    count: v.number(),
    at: v.number(),
    ...whose,
  }),
  v.object({ kind: v.picklist(['create', 'revoke']), name: v.string(), at: v.number(), ...whose }),
  v.object({
    kind: v.picklist(['rename', 'save']),
    name: v.string(),
    newName: v.string(),
    at: v.number(),
    ...whose,
  }),
])

/** A write that was begun. `at`: milliseconds, by this browser's clock. */
export type Note = v.InferOutput<typeof noteSchema>

/** A note of a single write. */
export type SingleNote = Exclude<Note, { count: number }>

/**
 * What is written; `save` is WHM's change of everything but the secret. `…-many` is work on so many tokens, each of which
 * is noted for itself as well while its turn lasts.
 */
export type Write =
  | { kind: 'create-many' | 'revoke-many'; name: ''; count: number }
  | { kind: 'create' | 'revoke'; name: string }
  | { kind: 'rename' | 'save'; name: string; newName: string }

const PREFIX = 'keyring.unfinished.'
/** More are not noted: so many at once have a screen that lists them anyway, and storage is small. */
const MOST = 100
const OLDEST_MS = 7 * 86_400_000
/** Longer than any call and the reading after it may take: for browsers without locks. */
const SURELY_OVER_MS = 180_000

const left = observable(0)

/** Changes each time a write of this page ended without its end being known. */
export const leftBehind: Observable<number> = left

/**
 * Does a write and keeps a note of it meanwhile. The note stays where the write's failure says that nobody knows its end.
 * Other tabs are told that it has ended.
 */
export async function noted<Result>(account: Account, write: Write, act: () => Promise<Result>): Promise<Result> {
  const { connection, user, isWhmUser } = account
  const of = { connection, ...(user !== undefined && { user }), ...(isWhmUser && { isWhmUser }) }
  const at = Date.now()
  const key = newKey(at)
  let outcome: Promise<Result> | undefined
  const run = () => (outcome ??= watched(key, { ...write, ...of, at }, act))
  // What a lock's holder returns is kept by the browser for a while, and a created token's secret must not be.
  await globalThis.navigator?.locks?.request(key, () => run().then(nothing, nothing)).catch(nothing)
  try {
    return await run()
  } catch (thrown) {
    if (thrown instanceof CpanelError && thrown.isUnresolved) left.set(left.current() + 1)
    throw thrown
  } finally {
    tellTabs({ kind: 'wrote', ...of })
  }
}

/** A page that began a write was left before its end: it is told all the same, by the list. `isRefused`: the server said no. */
export function leaveNote(account: Account, write: Write, isRefused: boolean): void {
  const { connection, user, isWhmUser } = account
  const at = Date.now()
  const of = { connection, ...(user !== undefined && { user }), ...(isWhmUser && { isWhmUser }) }
  put(newKey(at), { ...write, ...of, at, ...(isRefused && { isRefused }) })
  left.set(left.current() + 1)
}

async function watched<Result>(key: string, note: Note, act: () => Promise<Result>): Promise<Result> {
  begin(key)
  put(key, note)
  try {
    const result = await act()
    forgetNote(key)
    // Done, so what nobody knew of that token before is of no interest any more.
    for (const [other, earlier] of readNotes())
      if (!underWay.has(other) && earlier.name === note.name && isSameAccount(earlier, note)) forgetNote(other)
    return result
  } catch (thrown) {
    if (!(thrown instanceof CpanelError && thrown.isUnresolved)) forgetNote(key)
    throw thrown
  } finally {
    end(key)
  }
}

function nothing(): void {}

function newKey(at: number): string {
  return `${PREFIX}${at.toString(36)}${Math.random().toString(36).slice(2)}`
}

type Whose = Pick<Note, 'connection' | 'user' | 'isWhmUser'>

function isSameAccount(one: Whose, other: Whose): boolean {
  return one.connection === other.connection && one.user === other.user && one.isWhmUser === other.isWhmUser
}

const underWay = new Set<string>()
const ask = (event: BeforeUnloadEvent) => event.preventDefault()

/** Closing or reloading the page asks first while a write is under way. */
function begin(key: string): void {
  underWay.add(key)
  globalThis.window?.addEventListener('beforeunload', ask)
}

function end(key: string): void {
  underWay.delete(key)
  if (underWay.size === 0) globalThis.window?.removeEventListener('beforeunload', ask)
}

function put(key: string, note: Note): void {
  try {
    if (keys().length < MOST) localStorage.setItem(key, JSON.stringify(note))
  } catch {
    // Storage is forbidden or full: the write is worth more than the note of it.
  }
}

function keys(): string[] {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(PREFIX))
  } catch {
    return []
  }
}

/** All notes by their key, the oldest first, this page's own included. What is none, or too old to matter, is thrown away. */
export function readNotes(): Map<string, Note> {
  const notes = new Map<string, Note>()
  for (const key of keys().toSorted()) {
    const read = v.safeParse(v.pipe(v.string(), v.parseJson(), noteSchema), localStorage.getItem(key))
    const isOld = read.success && Math.abs(Date.now() - read.output.at) > OLDEST_MS
    if (read.success && !isOld) notes.set(key, read.output)
    else forgetNote(key)
  }
  return notes
}

export function forgetNote(key: string): void {
  try {
    localStorage.removeItem(key)
  } catch {
    // What can't be removed could not be written either.
  }
}

/**
 * Takes a note over from a page that is gone, for as long as this page lives or until it is given back.
 * @returns what gives it back; null where it belongs to a page that lives
 */
export async function takeNote(key: string, { at }: Note): Promise<(() => void) | null> {
  if (navigator.locks === undefined) return Date.now() - at > SURELY_OVER_MS ? nothing : null
  return new Promise((resolve) => {
    const held = navigator.locks.request(key, { ifAvailable: true }, (lock) => {
      if (lock === null) return resolve(null)
      return new Promise<void>((giveBack) => resolve(giveBack))
    })
    held.catch(() => resolve(null))
  })
}
