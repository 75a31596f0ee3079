import { useEffect, useSyncExternalStore } from 'react'
import { Link } from 'react-router'
import {
  accountOfNote,
  dismissAll,
  followUnfinished,
  isOfMany,
  isSettled,
  lookAgain,
  unfinished,
  type State,
  type Unfinished,
} from '../data/unfinished'
import { t } from '../messages/catalogue'
import { paths } from '../paths'
import { connectionParts } from '../session/connections'
import type { Note } from '../session/journal'
import { Button } from '../ui/Button'
import { Notice } from '../ui/Notice'
import { errorWords } from './ErrorNotice'
import { ageOf } from './Freshness'
import { useServerNow } from './useServerNow'

/** What an earlier page left open, or this one could not find out: how each ended, and what to do about it. */
export function UnfinishedNotice() {
  useEffect(followUnfinished, [])
  const items = useSyncExternalStore(unfinished.subscribe, unfinished.current)
  if (items.length === 0) return null
  const isAllWell = items.every(({ state }) => state.kind === 'read' && state.ending === 'done')
  return (
    <Notice
      tone={isAllWell ? 'ok' : 'warn'}
      title={t('unfinished.title')}
      dismiss={{ label: t('unfinished.dismiss'), onDismiss: dismissAll }}
      actions={
        !items.every(isSettled) && (
          <Button size="small" onClick={lookAgain}>
            {t('unfinished.look')}
          </Button>
        )
      }
    >
      {!isAllWell && <p>{t('unfinished.intro')}</p>}
      <ul className="flex max-h-96 list-disc flex-col gap-1 overflow-y-auto pl-5">
        {items.map((item) => (
          <Line key={item.key} item={item} />
        ))}
      </ul>
    </Notice>
  )
}

function Line({ item: { note, state } }: { item: Unfinished }) {
  const now = useServerNow(0)
  const age = ageOf(note.at, now)
  return (
    <li>
      {wordsFor(note, state)} <WayOn note={note} state={state} />
      <span className="block text-sm text-muted">
        {note.connection === '' ? age : t('unfinished.of', { user: userOf(note), age })}
      </span>
    </li>
  )
}

const linkClass = 'text-accent underline underline-offset-2'

function WayOn({ note, state }: { note: Note; state: State }) {
  const account = accountOfNote(note)
  if (state.kind === 'signed-out') {
    return (
      <Link to={paths.signIn(paths.tokens(account))} className={linkClass}>
        {t('unfinished.logIn')}
      </Link>
    )
  }
  if (state.kind !== 'read' && !isOfMany(note)) return null
  if (state.kind === 'read' && (state.ending === 'exists' || state.ending === 'compare')) {
    return (
      <Link to={paths.token(account, note.name)} className={linkClass}>
        {t('list.manageToken', { name: note.name })}
      </Link>
    )
  }
  return (
    <Link to={note.connection === '' ? paths.allTokens : paths.tokens(account)} className={linkClass}>
      {t('unfinished.list')}
    </Link>
  )
}

function userOf({ connection, user }: Note): string {
  return user ?? connectionParts(connection)?.username ?? connection
}

function wordsFor(note: Note, state: State): string {
  const what = whatOf(note)
  if (isOfMany(note)) return t(`unfinished.brokenOff.${note.kind}`, { what })
  switch (state.kind) {
    case 'looking':
      return t('unfinished.looking', { what })
    case 'signed-out':
      return t('unfinished.signed-out', { what, user: connectionParts(note.connection)?.username ?? note.connection })
    case 'unreadable':
      return t('unfinished.unreadable', { what, reason: errorWords(state.error).happened })
    case 'read':
      return state.ending === 'open' || state.ending === 'not-done'
        ? t(`unfinished.${state.ending}.${note.kind}`, { what })
        : t(`unfinished.${state.ending}`, { what })
  }
}

function whatOf(note: Note): string {
  switch (note.kind) {
    case 'create':
    case 'revoke':
      return t(`unfinished.${note.kind}`, { name: note.name })
    case 'create-many':
    case 'revoke-many':
      return t(`unfinished.${note.kind}`, { count: note.count })
    case 'rename':
      return t('unfinished.rename', { name: note.name, newName: note.newName })
    case 'save':
      return t('unfinished.save', { name: note.newName })
  }
}
