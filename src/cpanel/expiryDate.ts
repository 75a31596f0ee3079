import {
  CalendarDate,
  CalendarDateTime,
  parseDate,
  toCalendarDate,
  fromAbsolute,
  toZoned,
} from '@internationalized/date'

/** A calendar day as people type it: `YYYY-MM-DD`, no time and no zone. */
export type IsoDay = string

/**
 * The last second of a day in a named zone. cPanel's own form means 23:59:59 of the picked day without saying where;
 * we always name the zone. Days that are 23 or 25 hours long end where the zone says they end.
 * @returns null where the text is no real day (`2026-02-30`) or outside the years 1970 to 9999
 */
export function endOfDay(day: IsoDay, zone: string): Date | null {
  const date = parseDay(day)
  if (date === null) return null
  const end = new CalendarDateTime(date.year, date.month, date.day, 23, 59, 59)
  // 'later': where clocks are put back across midnight, 23:59:59 comes twice and the day ends with the second.
  const at = toZoned(end, zone, 'later').toDate()
  if (dayIn(zone, at) === day) return at
  // Greenland puts its clocks forward from 23:00 to midnight: that day has no 23:59:59 and ends at 22:59:59.
  return toZoned(end, zone, 'earlier').toDate()
}

/** The day it is in a zone at a moment. */
export function dayIn(zone: string, at: Date): IsoDay {
  return toCalendarDate(fromAbsolute(at.getTime(), zone)).toString()
}

/** `day` plus a number of days or years, as a calendar counts (29 February plus a year is 28 February). */
export function addToDay(day: IsoDay, amount: { days: number } | { years: number }): IsoDay {
  return (parseDay(day) ?? new CalendarDate(1970, 1, 1)).add(amount).toString()
}

export type DayProblem = 'empty' | 'not-a-day' | 'past'

/** What is wrong with a typed expiry day, or null. `today` itself is allowed: it ends in the future. */
export function dayProblem(day: string, today: IsoDay): DayProblem | null {
  if (day.trim() === '') return 'empty'
  const date = parseDay(day.trim())
  if (date === null) return 'not-a-day'
  return date.compare(parseDate(today)) < 0 ? 'past' : null
}

function parseDay(day: string): CalendarDate | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) return null
  try {
    const date = parseDate(day)
    return date.year >= 1970 ? date : null
  } catch {
    return null
  }
}
