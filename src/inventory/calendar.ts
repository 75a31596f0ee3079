/** Reminders as a calendar file, by hand: the part of iCalendar (RFC 5545) that one event without repetition needs. */

/** What a calendar is to remember. The texts are words for people; `uid` as reminderUid makes it. */
export type Reminder = { uid: string; at: Date; summary: string; description: string; url: string | null }

const DAY_MS = 86_400_000
/** How many days before its end a token is reminded of (GUIDANCE.md, what people ask of token pages). */
const ALARM_DAYS = [30, 14, 7, 1] as const
/** Within how many days tokens are said to expire soon. The filters by state have the same steps (filter.ts). */
export const REMINDER_DAYS = [7, 14, 30] as const
/** A line has no more octets than this, its end aside (RFC 5545, 3.1). */
const LINE_OCTETS = 75

/**
 * A calendar with an event at each moment, for programs that read iCalendar. A file of later holds the same events: their
 * UIDs are the same and their SEQUENCE is higher, so that a calendar takes the news instead of a second event.
 * @param reminders at least one: a calendar without events is none (RFC 5545, 3.6)
 * @param now when the file is made, by the clock that decides about the tokens
 */
export function calendarFile(reminders: readonly Reminder[], now: Date): string {
  return [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Keyring for cPanel//Reminders//EN',
    'CALSCALE:GREGORIAN',
    ...reminders.map((reminder) => eventLines(reminder, now).join('\r\n')),
    'END:VCALENDAR',
    '',
  ].join('\r\n')
}

/** The event has no length: it is the moment itself, and nobody is busy at it. */
function eventLines({ uid, at, summary, description, url }: Reminder, now: Date): string[] {
  const what = text(summary)
  return [
    'BEGIN:VEVENT',
    `UID:${uid}`,
    `DTSTAMP:${utc(now)}`,
    `SEQUENCE:${Math.max(0, Math.floor(now.getTime() / 60_000))}`,
    `DTSTART:${utc(at)}`,
    folded(`SUMMARY:${what}`),
    folded(`DESCRIPTION:${text(description)}`),
    ...(url === null ? [] : [folded(`URL:${url}`)]),
    'TRANSP:TRANSPARENT',
    ...alarmDays(at, now).flatMap((days) => [
      'BEGIN:VALARM',
      'ACTION:DISPLAY',
      folded(`DESCRIPTION:${what}`),
      days === 0 ? 'TRIGGER:PT0S' : `TRIGGER:-P${days}D`,
      'END:VALARM',
    ]),
    'END:VEVENT',
  ]
}

/** Some calendars ring at once for every alarm whose time is over. Where all are, the moment itself is rung for. */
function alarmDays(at: Date, now: Date): readonly number[] {
  const ahead = ALARM_DAYS.filter((days) => at.getTime() - days * DAY_MS > now.getTime())
  return ahead.length > 0 ? ahead : [0]
}

/** The last moment that has a year of four digits, as the format wants it; expiries go to the end of 9999 in any zone. */
const LAST = Date.UTC(9999, 11, 31, 23, 59, 59)

/** A moment as `20270531T120000Z`. */
function utc(at: Date): string {
  return new Date(Math.min(at.getTime(), LAST)).toISOString().replaceAll(/[-:]|\.\d+/g, '')
}

/** A value of the type TEXT (RFC 5545, 3.3.11). Other control characters than a line's end have no place in it. */
function text(value: string): string {
  if (/^[ !-+\--:<-[\]-~]*$/.test(value)) return value
  return value
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll(/(?!\n)[\p{Cc}\u2028\u2029]/gu, '')
    .replaceAll(/\p{Surrogate}/gu, '\ufffd')
    .replaceAll(/[\\;,]/g, String.raw`\$&`)
    .replaceAll('\n', String.raw`\n`)
}

/** One line as several, each after the first led by a space that is not part of it. No character is cut in two. */
function folded(line: string): string {
  if (line.length <= LINE_OCTETS && /^[ -~]*$/.test(line)) return line
  const pieces: string[] = []
  let [start, at, octets] = [0, 0, 0]
  while (at < line.length) {
    const code = line.codePointAt(at) ?? 0
    const length = octetsOf(code)
    if (octets + length > LINE_OCTETS) {
      pieces.push(line.slice(start, at))
      start = at
      octets = 1
    }
    octets += length
    at += code > 0xffff ? 2 : 1
  }
  return [...pieces, line.slice(start)].join('\r\n ')
}

/** How many octets UTF-8 has for a character. */
function octetsOf(code: number): number {
  if (code < 0x80) return 1
  if (code < 0x800) return 2
  return code < 0x10000 ? 3 : 4
}

/**
 * A name as texts of a calendar show it: without characters that turn the direction of what stands around it, or break
 * the line. Legal names have none of these (CPANEL_API.md 1.1); a broken server may send anything.
 */
export function shownName(name: string): string {
  return name.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, '')
}
