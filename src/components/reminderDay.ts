import type { Account } from '../cpanel/tokens'
import { remember, remembered } from '../ui/remember'

/** Where reminders are shown: on the tokens of an account, or on those of all. */
type ReminderPlace = Account | 'all'

/** Whether the reminders of a place were dismissed on the day it is here. */
export function isDismissed(place: ReminderPlace, now: Date): boolean {
  return dismissedOn(now).includes(mark(place))
}

/** Dismisses the reminders of a place until the day is over. What is kept are a date and numbers, and no name. */
export function dismissReminders(place: ReminderPlace, now: Date): void {
  remember('reminders', [now.toDateString(), ...dismissedOn(now), mark(place)].join('|'))
}

function dismissedOn(now: Date): string[] {
  const [day, ...marks] = (remembered('reminders') ?? '').split('|')
  return day === now.toDateString() ? marks : []
}

/** A number that stands for a place. That two share one is unlikely, and would be no harm. */
function mark(place: ReminderPlace): string {
  const text = place === 'all' ? place : [place.connection, place.isWhmUser ? 'whm' : '', place.user ?? ''].join('/')
  let sum = 0
  for (const character of text) sum = (Math.imul(sum, 31) + (character.codePointAt(0) ?? 0)) | 0
  return (sum >>> 0).toString(36)
}
