import { createHash } from 'node:crypto'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { calendarFile, shownName, type Reminder } from './calendar'
import { momentOf, readCalendar, textOf, valueOf } from './calendar.testing'
import { reminderUid, sha256 } from './calendarUid'

const NOW = new Date('2027-05-31T12:00:00Z')
const DAY_MS = 86_400_000
const inDays = (days: number) => new Date(NOW.getTime() + days * DAY_MS)

const plain: Reminder = { uid: 'one', at: inDays(90), summary: 'It ends', description: 'Renew it', url: null }

/** Words with everything that could break a line, an escape or a character in two. */
const hostile = fc.string({
  unit: fc.oneof(
    fc.constantFrom(
      ...Array.from('\\;,:"\r\n\t\0\u0007\u007f\u0085\u2028\u2029\u202e\u2067'),
      '\r\n',
      '\n ',
      '\\n',
      '👩‍👩‍👧‍👦',
      '🔑',
      'é',
      '�',
    ),
    fc.constantFrom('END:VEVENT', '<b>', '\ud83d', '\udd11', 'ش', 'abc def ghi'),
    fc.string({ unit: 'binary', minLength: 1, maxLength: 3 }),
  ),
  maxLength: 120,
})

/** What is left of a text in a calendar. */
function kept(text: string): string {
  return text
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll(/[^\P{Cc}\n]|\u2028|\u2029/gu, '')
    .replaceAll(/\p{Surrogate}/gu, '\ufffd')
}

const moment = fc.date({ min: NOW, max: new Date('9999-12-31T23:59:59Z'), noInvalidDate: true })
const anyReminder = fc.record({
  uid: fc.uuid(),
  at: moment,
  summary: hostile,
  description: hostile,
  url: fc.option(fc.webUrl({ withQueryParameters: true })),
})

function alarms(at: Date): string[] {
  const [event] = readCalendar(calendarFile([{ ...plain, at }], NOW)).parts
  return event?.parts.map((alarm) => valueOf(alarm, 'TRIGGER')) ?? []
}

/** The lines of a summary of so many letters. */
function lines(length: number): string[] | undefined {
  const file = calendarFile([{ ...plain, summary: 'a'.repeat(length) }], NOW)
  return /SUMMARY:.*?(?=\r\nDESCRIPTION)/s.exec(file)?.[0].split('\r\n')
}

describe('a calendar file', () => {
  test('is read back as it was meant, whatever the words are, in lines of 75 octets at most', () => {
    fc.assert(
      fc.property(fc.array(anyReminder, { minLength: 1, maxLength: 4 }), (reminders) => {
        const calendar = readCalendar(calendarFile(reminders, NOW))
        expect(calendar.name).toBe('VCALENDAR')
        expect(calendar.properties.map(([name]) => name)).toEqual(['VERSION', 'PRODID', 'CALSCALE'])
        expect(calendar.parts.map(({ name }) => name)).toEqual(reminders.map(() => 'VEVENT'))
        for (const [index, event] of calendar.parts.entries()) {
          const { uid, at, summary, description, url } = reminders[index] ?? plain
          expect(valueOf(event, 'UID')).toBe(uid)
          expect(momentOf(event, 'DTSTART')).toBe(Math.floor(at.getTime() / 1000) * 1000)
          expect(momentOf(event, 'DTSTAMP')).toBe(NOW.getTime())
          expect(textOf(event, 'SUMMARY')).toBe(kept(summary))
          expect(textOf(event, 'DESCRIPTION')).toBe(kept(description))
          expect(event.properties.filter(([name]) => name === 'URL')).toEqual(url === null ? [] : [['URL', url]])
          expect(valueOf(event, 'TRANSP')).toBe('TRANSPARENT')
          for (const alarm of event.parts) {
            expect(alarm.name).toBe('VALARM')
            expect(valueOf(alarm, 'ACTION')).toBe('DISPLAY')
            expect(textOf(alarm, 'DESCRIPTION')).toBe(kept(summary))
          }
        }
      }),
      { numRuns: 500 },
    )
  })

  test.each(Array.from({ length: 8 }, (_, index) => index + 60))(
    'cuts no character in two where a line ends after %i letters',
    (length) => {
      const summary = `${'a'.repeat(length)}🔑👩‍👩‍👧‍👦é${'ش'.repeat(80)}`
      const [event] = readCalendar(calendarFile([{ ...plain, summary }], NOW)).parts
      expect(event && textOf(event, 'SUMMARY')).toBe(summary)
    },
  )

  test('fills its lines: one of 75 octets stays whole, one more octet makes a second', () => {
    expect(lines(75 - 'SUMMARY:'.length)).toEqual([`SUMMARY:${'a'.repeat(67)}`])
    expect(lines(76 - 'SUMMARY:'.length)).toEqual([`SUMMARY:${'a'.repeat(67)}`, ' a'])
    expect(lines(67 + 74 + 1)).toEqual([`SUMMARY:${'a'.repeat(67)}`, ` ${'a'.repeat(74)}`, ' a'])
  })

  test('says in order what it is, as the format is written', () => {
    const reminder = {
      uid: 'u-1',
      at: inDays(2),
      summary: 'a, b; c\\d',
      description: 'one\ntwo',
      url: 'https://k.example/t',
    }
    expect(calendarFile([reminder], NOW).split('\r\n')).toEqual([
      'BEGIN:VCALENDAR',
      'VERSION:2.0',
      'PRODID:-//Keyring for cPanel//Reminders//EN',
      'CALSCALE:GREGORIAN',
      'BEGIN:VEVENT',
      'UID:u-1',
      'DTSTAMP:20270531T120000Z',
      'SEQUENCE:30196080',
      'DTSTART:20270602T120000Z',
      String.raw`SUMMARY:a\, b\; c\\d`,
      String.raw`DESCRIPTION:one\ntwo`,
      'URL:https://k.example/t',
      'TRANSP:TRANSPARENT',
      'BEGIN:VALARM',
      'ACTION:DISPLAY',
      String.raw`DESCRIPTION:a\, b\; c\\d`,
      'TRIGGER:-P1D',
      'END:VALARM',
      'END:VEVENT',
      'END:VCALENDAR',
      '',
    ])
  })
})

describe('alarms', () => {
  test.each([
    ['in a year', inDays(365), ['-P30D', '-P14D', '-P7D', '-P1D']],
    ['a moment after 30 days', new Date(inDays(30).getTime() + 1), ['-P30D', '-P14D', '-P7D', '-P1D']],
    ['in 30 days to the second', inDays(30), ['-P14D', '-P7D', '-P1D']],
    ['in ten days', inDays(10), ['-P7D', '-P1D']],
    ['in two days', inDays(2), ['-P1D']],
    ['within a day', inDays(0.5), ['PT0S']],
  ])('are the steps still ahead of what ends %s', (_when, at, expected) => {
    expect(alarms(at)).toEqual(expected)
  })
})

describe('moments', () => {
  test.each([
    ['2028-02-29T23:59:59Z', '20280229T235959Z', 'the leap day'],
    ['2038-01-19T03:14:08Z', '20380119T031408Z', 'more than 32 bits hold'],
    ['2027-03-28T00:59:59Z', '20270328T005959Z', 'the end of a day without 23:59:59 in Nuuk'],
    ['2027-04-03T14:59:59Z', '20270403T145959Z', 'half an hour taken back on Lord Howe'],
    ['9999-12-31T23:59:59Z', '99991231T235959Z', 'the last second of four digits'],
    ['+010000-01-01T11:59:59Z', '99991231T235959Z', 'the end of 9999 far in the west'],
  ])('%s is %s: %s', (at, expected) => {
    const file = calendarFile([{ ...plain, at: new Date(at) }], NOW)
    expect(file).toContain(`\r\nDTSTART:${expected}\r\n`)
    readCalendar(file)
  })
})

describe('a file of later', () => {
  test('has the same events, newer', () => {
    const [before, after] = [NOW, new Date(NOW.getTime() + 60_000)].map((now) => {
      const [event] = readCalendar(calendarFile([plain], now)).parts
      if (event === undefined) throw new Error('no event')
      return { uid: valueOf(event, 'UID'), sequence: Number(valueOf(event, 'SEQUENCE')) }
    })
    expect(after?.uid).toBe(before?.uid)
    expect(after?.sequence).toBeGreaterThan(before?.sequence ?? Infinity)
  })
})

describe('the UID of a reminder', () => {
  const id = { page: 'keyring.example', server: 'eu', user: 'ada', isWhmUser: false, name: 'deploy-bot' }

  test('is a UUID of version 8, and the same for the same token', () => {
    const text = fc.string({ unit: 'binary' })
    fc.assert(
      fc.property(fc.record({ page: text, server: text, user: text, isWhmUser: fc.boolean(), name: text }), (any) => {
        expect(reminderUid(any)).toMatch(/^[\da-f]{8}-[\da-f]{4}-8[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/)
        expect(reminderUid({ ...any })).toBe(reminderUid(any))
      }),
    )
  })

  test('is another one for every other token', () => {
    const others = [
      { ...id, page: 'other.example' },
      { ...id, server: 'us' },
      { ...id, user: 'ad' },
      { ...id, isWhmUser: true },
      { ...id, name: 'Deploy-bot' },
      { ...id, user: 'adadeploy', name: '-bot' },
    ]
    expect(new Set([id, ...others].map(reminderUid)).size).toBe(7)
  })

  test('is made with the same SHA-256 as everybody’s', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        expect(sha256(text)).toBe(createHash('sha256').update(text).digest('hex'))
      }),
      { numRuns: 400 },
    )
  })
})

test('a name in words turns nothing around and breaks no line', () => {
  expect(shownName('deploy-bot_2')).toBe('deploy-bot_2')
  expect(shownName('a\u202eb\u2066c\u200fd\r\ne\u2028f\u0000')).toBe('abcdef')
  expect(shownName('🔑 schlüssel شمس')).toBe('🔑 schlüssel شمس')
})
