/** Settles what a write left open: the notes of pages that are gone, and of writes whose end nobody knew. */
import { asCpanelError, type CpanelError } from '../cpanel/errors'
import type { Account } from '../cpanel/tokens'
import { endedConnections } from '../session/ended'
import { forgetNote, leftBehind, readNotes, takeNote, type Note, type SingleNote } from '../session/journal'
import { observable, type Observable } from '../session/observable'
import { backoff } from './backoff'
import { connectionsQuery } from './connections'
import { noticeFailure, queryClient } from './queryClient'
import { accountOf, readBack, whmUserOf } from './tokens'
import { endingOf, type Ending } from './unfinishedEnding'

/** What is known of one. `signed-out`: nobody is logged in there, so the list can't be read. */
export type State =
  | { kind: 'looking' }
  | { kind: 'signed-out' }
  | { kind: 'unreadable'; error: CpanelError }
  | { kind: 'read'; ending: Ending }

export type Unfinished = { key: string; note: Note; state: State }

type Item = Unfinished & { giveBack: () => void }

const items = observable<readonly Item[]>([])

/** What was under way, in the order it was begun. What is settled stays until somebody dismisses it. */
export const unfinished: Observable<readonly Unfinished[]> = items

export function accountOfNote({ connection, user, isWhmUser }: Note): Account {
  return isWhmUser ? whmUserOf(connection) : accountOf(connection, user)
}

export function isOfMany(note: Note): note is Exclude<Note, SingleNote> {
  return 'count' in note
}

/** Whether nothing more is to be found out about it. Work on many was broken off, and what was sent is noted for itself. */
export function isSettled({ note, state }: Unfinished): boolean {
  return isOfMany(note) || (state.kind === 'read' && state.ending !== 'open')
}

/** Stops telling of all that is told; what is not settled yet is not followed any further. */
export function dismissAll(): void {
  for (const { key, giveBack } of items.current()) {
    forgetNote(key)
    giveBack()
  }
  items.set([])
}

/** Follows the notes that are left until the function it returns is called. */
export function followUnfinished(): () => void {
  let attempt = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  let isLooking = false

  async function look(): Promise<void> {
    if (isLooking) return
    isLooking = true
    clearTimeout(timer)
    await takeLeft()
    if (!document.hidden) await settleAll()
    isLooking = false
    if (items.current().every(isSettled)) attempt = 0
    else timer = setTimeout(again, backoff(attempt++, FIRST_MS, MOST_MS))
  }
  const again = () => void look()
  const start = () => {
    attempt = 0
    again()
  }

  start()
  const stops = [
    leftBehind.subscribe(start),
    // Somebody may have logged in.
    queryClient.getQueryCache().subscribe((event) => {
      if (event.type === 'updated' && event.action.type === 'success' && event.query.queryKey[0] === 'connections')
        start()
    }),
  ]
  document.addEventListener('visibilitychange', start)
  lookNow = start
  return () => {
    clearTimeout(timer)
    for (const stop of stops) stop()
    document.removeEventListener('visibilitychange', start)
  }
}

const FIRST_MS = 2_000
const MOST_MS = 30_000

let lookNow = () => {}

/** Reads the lists at once. */
export function lookAgain(): void {
  lookNow()
}

async function takeLeft(): Promise<void> {
  for (const [key, note] of readNotes()) {
    if (items.current().some((item) => item.key === key)) continue
    const giveBack = await takeNote(key, note)
    if (giveBack !== null) items.set([...items.current(), { key, note, state: { kind: 'looking' }, giveBack }])
  }
}

/** One reading for each account. */
async function settleAll(): Promise<void> {
  const notes = readNotes()
  // Another write of that token has been done since, or another tab dismissed it.
  items.set(items.current().filter((item) => isSettled(item) || notes.has(item.key)))
  const open = items.current().filter((item) => !isSettled(item))
  const accounts = new Map(open.map(({ note }) => [JSON.stringify(accountOfNote(note)), accountOfNote(note)]))
  for (const [id, account] of accounts) {
    const states = await read(account)
    items.set(
      items.current().map((item) => {
        const { note } = item
        const isMeant = !isSettled(item) && JSON.stringify(accountOfNote(note)) === id
        return isMeant && !isOfMany(note) ? { ...item, state: states(note) } : item
      }),
    )
  }
  for (const { key, giveBack } of items.current().filter(isSettled)) {
    forgetNote(key)
    giveBack()
  }
}

async function read(account: Account): Promise<(note: SingleNote) => State> {
  try {
    const connections = await queryClient.ensureQueryData(connectionsQuery)
    const isSignedIn = connections.some(({ id, hasEnded }) => id === account.connection && !hasEnded)
    if (!isSignedIn || endedConnections.current().has(account.connection)) return () => ({ kind: 'signed-out' })
    const list = await readBack(account)
    return (note) => ({ kind: 'read', ending: endingOf(note, list, Date.now()) })
  } catch (thrown) {
    const error = asCpanelError(thrown)
    noticeFailure(error, { connection: account.connection })
    return () => (error.kind === 'unauthenticated' ? { kind: 'signed-out' } : { kind: 'unreadable', error })
  }
}
