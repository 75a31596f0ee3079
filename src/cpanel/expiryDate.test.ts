import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addToDay, dayIn, dayProblem, endOfDay } from './expiryDate'

const ZONES = [...Intl.supportedValuesOf('timeZone'), 'UTC']

/** Where the date line was moved, and with it a day lost: there nobody can mean the end of that day. */
const SKIPPED = [
  'Pacific/Apia 2011-12-30',
  'Pacific/Fakaofo 2011-12-30',
  'Pacific/Kwajalein 1993-08-21',
  'Pacific/Enderbury 1994-12-31',
  'Pacific/Kanton 1994-12-31',
  'Pacific/Kiritimati 1994-12-31',
]

/** Zones whose clocks change at or about midnight, and others that are odd. */
const AWKWARD = [
  'America/Sao_Paulo',
  'America/Havana',
  'America/Santiago',
  'America/St_Johns',
  'America/Asuncion',
  'America/Nuuk',
  'Africa/Cairo',
  'Africa/Monrovia',
  'Asia/Beirut',
  'Asia/Amman',
  'Asia/Tehran',
  'Asia/Kathmandu',
  'Atlantic/Azores',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'Pacific/Chatham',
  'Pacific/Kiritimati',
]

const text = (year: number, month: number, day: number) =>
  `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`

/** A day that exists, the last of its month as often as not. */
function dayBetween(first: number, last: number) {
  return fc
    .tuple(fc.integer({ min: first, max: last }), fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 62 }))
    .map(([year, month, day]) => text(year, month, Math.min(day, new Date(Date.UTC(year, month, 0)).getUTCDate())))
}

const formats = new Map<string, Intl.DateTimeFormat>()

/** `YYYY-MM-DD HH:MM:SS` in a zone, as Intl has it: an authority independent of the library that is tested. */
function wallClock(at: Date, timeZone: string): string {
  const format =
    formats.get(timeZone) ??
    new Intl.DateTimeFormat('en-US', {
      timeZone,
      calendar: 'gregory',
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    })
  formats.set(timeZone, format)
  const parts = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]))
  const { year, month, day, hour, minute, second } = parts
  return `${year?.padStart(4, '0')}-${month}-${day} ${hour}:${minute}:${second}`
}

/** What is wrong with the end of a day, in sentences; empty where it is the day's last second. */
function faults(day: string, zone: string): string[] {
  const end = endOfDay(day, zone)
  if (end === null) return [`${day} has no end in ${zone}`]
  const [today, time] = wallClock(end, zone).split(' ')
  const [next, nextTime] = wallClock(new Date(end.getTime() + 1000), zone).split(' ')
  // Where clocks are put forward to midnight there is no 23:59:59: then midnight follows on an earlier second.
  const isLast = time === '23:59:59' || nextTime === '00:00:00'
  const isRight = today === day && isLast && next === dayAfter(day, zone) && dayIn(zone, end) === day
  return isRight ? [] : [`${day} in ${zone} ends at ${today} ${time}, followed by ${next} ${nextTime}`]
}

function dayAfter(day: string, zone: string): string {
  // The calendar of the library ends there.
  if (day === '9999-12-31') return '10000-01-01'
  const next = addToDay(day, { days: 1 })
  return SKIPPED.includes(`${zone} ${next}`) ? addToDay(day, { days: 2 }) : next
}

describe('the end of a day in a zone', () => {
  test('is 23:59:59 there, and a second later it is the next day', () => {
    fc.assert(
      fc.property(dayBetween(1970, 9999), fc.constantFrom(...ZONES), (day, zone) => {
        fc.pre(!SKIPPED.includes(`${zone} ${day}`))
        expect(faults(day, zone)).toEqual([])
      }),
      { numRuns: 1500 },
    )
  })

  test('holds where clocks change about midnight, in the years they did', () => {
    fc.assert(
      fc.property(dayBetween(1970, 2037), fc.constantFrom(...AWKWARD), (day, zone) => {
        fc.pre(!SKIPPED.includes(`${zone} ${day}`))
        expect(faults(day, zone)).toEqual([])
      }),
      { numRuns: 3000 },
    )
  })

  test.each([
    ['2018-02-17', 'America/Sao_Paulo', 'put back from midnight to 23:00: 23:59:59 comes twice'],
    ['2018-11-03', 'America/Sao_Paulo', 'the next day starts at 1:00'],
    ['2024-10-31', 'Africa/Cairo', 'put back from midnight to 23:00'],
    ['2025-10-25', 'Asia/Beirut', 'put back from midnight to 23:00'],
    ['2026-03-28', 'Asia/Beirut', 'the next day starts at 1:00'],
    ['2010-11-06', 'America/St_Johns', 'put back at one minute past midnight'],
    ['2027-03-27', 'America/Nuuk', 'put forward from 23:00 to midnight: there is no 23:59:59'],
    ['1981-12-31', 'Asia/Singapore', 'put forward by half an hour to midnight'],
    ['2011-12-29', 'Pacific/Apia', 'the day after it was left out'],
    ['2011-12-31', 'Pacific/Apia', 'the day before it was left out'],
    ['1972-01-06', 'Africa/Monrovia', 'an offset with seconds'],
    ['2038-01-19', 'UTC', 'the last second that fits into 32 bits lies in it'],
    ['9999-12-31', 'Pacific/Kiritimati', 'the last day there is, first'],
    ['9999-12-31', 'Etc/GMT+12', 'the last day there is, last'],
  ])('%s in %s: %s', (day, zone) => {
    expect(faults(day, zone)).toEqual([])
  })

  test('is one second before New Year, said in numbers once', () => {
    expect(endOfDay('2026-12-31', 'UTC')?.getTime()).toBe(Date.UTC(2027, 0, 1) - 1000)
    expect(endOfDay('2026-12-31', 'America/New_York')?.toISOString()).toBe('2027-01-01T04:59:59.000Z')
    expect(endOfDay('2026-07-01', 'Asia/Kathmandu')?.toISOString()).toBe('2026-07-01T18:14:59.000Z')
  })

  test('the second of two 23:59:59 is meant', () => {
    expect(endOfDay('2018-02-17', 'America/Sao_Paulo')?.toISOString()).toBe('2018-02-18T02:59:59.000Z')
    expect(endOfDay('2010-11-06', 'America/St_Johns')?.toISOString()).toBe('2010-11-07T03:29:59.000Z')
  })

  test('the last second before the gap is meant where 23:59:59 lies in one', () => {
    expect(endOfDay('2027-03-27', 'America/Nuuk')?.toISOString()).toBe('2027-03-28T00:59:59.000Z')
  })
})

const NO_DAYS = [
  '2026-02-29',
  '2026-02-30',
  '2100-02-29',
  '2026-13-01',
  '2026-00-10',
  '2026-04-31',
  '2026-01-00',
  '1969-12-31',
  '0000-01-01',
  '10000-01-01',
  '+02026-01-01',
  '2026-1-1',
  '26-01-01',
  '01/02/2026',
  '2026-01-01T00:00:00',
  ' 2026-01-01',
  '2026-01-01\n',
  '２０２６-01-01',
]

test.each(NO_DAYS)('“%s” has no end', (day) => {
  expect(endOfDay(day, 'UTC')).toBeNull()
})

test('whatever is typed is a real day or none, and never an error', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ unit: 'binary' }),
        fc.tuple(fc.nat(9999), fc.nat(14), fc.nat(33)).map(([year, month, day]) => text(year, month, day)),
      ),
      (day) => {
        const end = endOfDay(day, 'UTC')
        expect(end === null || end.toISOString() === `${day}T23:59:59.000Z`).toBe(true)
      },
    ),
    { numRuns: 300 },
  )
})

describe('the day it is', () => {
  test('depends on where', () => {
    const at = new Date('2026-06-01T11:00:00Z')
    expect(dayIn('UTC', at)).toBe('2026-06-01')
    expect(dayIn('Pacific/Kiritimati', at)).toBe('2026-06-02')
    expect(dayIn('Pacific/Pago_Pago', at)).toBe('2026-06-01')
    expect(dayIn('Pacific/Pago_Pago', new Date('2026-06-01T10:59:59Z'))).toBe('2026-05-31')
  })

  test('ends at the end of the day it is', () => {
    const moment = fc.date({ min: new Date('1971-01-01'), max: new Date('9998-01-01'), noInvalidDate: true })
    fc.assert(
      fc.property(moment, fc.constantFrom(...ZONES), (at, zone) => {
        const end = endOfDay(dayIn(zone, at), zone)
        expect(end?.getTime()).toBeGreaterThan(at.getTime() - 1000)
      }),
      { numRuns: 500 },
    )
  })
})

test('a calendar adds days and years', () => {
  expect(addToDay('2026-12-31', { days: 1 })).toBe('2027-01-01')
  expect(addToDay('2028-02-28', { days: 1 })).toBe('2028-02-29')
  expect(addToDay('2028-02-29', { years: 1 })).toBe('2029-02-28')
  expect(addToDay('2026-11-24', { years: 1 })).toBe('2027-11-24')
  fc.assert(
    fc.property(dayBetween(1970, 9900), fc.nat(20_000), (day, days) => {
      const added = Date.parse(addToDay(day, { days })) - Date.parse(day)
      expect(added).toBe(days * 86_400_000)
    }),
  )
})

describe('what is wrong with a typed day', () => {
  const today = '2026-11-24'

  test.each([
    ['', 'empty'],
    ['   ', 'empty'],
    ['2026-11-23', 'past'],
    ['1970-01-01', 'past'],
    ['tomorrow', 'not-a-day'],
    ['24.11.2026', 'not-a-day'],
    ['2026-11-31', 'not-a-day'],
    ['1969-07-20', 'not-a-day'],
    ['10000-01-01', 'not-a-day'],
    ['2026-11-24', null],
    [' 2026-11-24 ', null],
    ['2026-11-25', null],
    ['2038-01-20', null],
    ['9999-12-31', null],
  ])('“%s”: %s', (day, problem) => {
    expect(dayProblem(day, today)).toBe(problem)
  })

  test('any day is past or not, as the alphabet has it', () => {
    fc.assert(
      fc.property(dayBetween(1970, 9999), dayBetween(1970, 9999), (day, today) => {
        expect(dayProblem(day, today)).toBe(day < today ? 'past' : null)
      }),
    )
  })
})
