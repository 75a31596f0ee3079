/** Tokens as a file for a calendar, in words. */
import type { ApiToken } from '../cpanel/token'
import { calendarFile, shownName, type Reminder } from '../inventory/calendar'
import { reminderUid } from '../inventory/calendarUid'
import { t } from '../messages/catalogue'
import '../messages/reminders'
import { paths, type Place } from '../paths'
import { downloadText } from '../ui/clipboard'
import { toast } from '../ui/Toast'
import { exactMoment } from './When'

/** Whose tokens: `server` is its id; `place` is where its screens are, null where nobody is signed in to it any more. */
export type ReminderOwner = {
  server: string
  serverName: string
  user: string
  isWhmUser: boolean
  place: Place | null
}

/** A token and the time it is by the clock of its server. */
export type Reminded = { token: ApiToken; owner: ReminderOwner; now: Date }

/** Hands over the ends of these tokens as one file and says what is left out: what never ends, and what has. */
export function saveReminders(tokens: Iterable<Reminded>): void {
  const reminders: Reminder[] = []
  const made = new Date()
  const madeAt = exactMoment(made)
  let [never, expired] = [0, 0]
  for (const { token, owner, now } of tokens) {
    if (token.expiry.kind === 'never') never += 1
    else if (token.expiry.at <= now) expired += 1
    else reminders.push(reminderOf(token.name, token.expiry.at, owner, madeAt))
  }
  if (reminders.length === 0) return toast(t('reminders.nothing'))
  downloadText('api-token-reminders.ics', calendarFile(reminders, made), 'text/calendar')
  toast(
    [t('reminders.saved', { count: reminders.length }), t('reminders.open'), leftOut(never, expired)].join(' ').trim(),
  )
}

function leftOut(never: number, expired: number): string {
  if (never > 0 && expired > 0) return t('reminders.leftOut', { never, expired })
  if (never > 0) return t('reminders.leftOutNever', { count: never })
  return expired > 0 ? t('reminders.leftOutExpired', { count: expired }) : ''
}

function reminderOf(name: string, at: Date, owner: ReminderOwner, made: string): Reminder {
  const { server, serverName, user, isWhmUser, place } = owner
  const words = {
    name: shownName(name),
    account: isWhmUser ? t('whm.userNamed', { user: shownName(user) }) : shownName(user),
    server: shownName(serverName),
  }
  return {
    uid: reminderUid({ page: location.hostname, server, user, isWhmUser, name }),
    at,
    summary: t('reminders.event', words),
    description: t('reminders.eventText', { ...words, moment: exactMoment(at), made }),
    url: place === null ? null : pageOf(place, name),
  }
}

/** The address of a token's screen; null where none can be spelled: a broken server may send half a character. */
function pageOf(place: Place, name: string): string | null {
  return location.protocol.startsWith('http') && !/\p{Surrogate}/u.test(name)
    ? location.origin + paths.token(place, name)
    : null
}
