import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'

const HOME = process.env['TZ']
afterAll(() => {
  if (HOME === undefined) delete process.env['TZ']
  else process.env['TZ'] = HOME
})

/** The modules as a page in a zone has them: they keep their formatters. */
async function pageIn(zone: string) {
  process.env['TZ'] = zone
  vi.resetModules()
  const [moment, field, when, timeline] = await Promise.all([
    import('./localMoment'),
    import('./ExpiryField'),
    import('./When'),
    import('../inventory/timeline'),
  ])
  return { ...moment, ...field, ...when, ...timeline }
}

type PageInZone = Awaited<ReturnType<typeof pageIn>>

const HOUR = 3600
const DAY = 24 * HOUR
const seconds = (iso: string) => Date.parse(iso) / 1000

/** Zones on both sides of UTC, with clocks that change by an hour or by half of one, at night or at midnight, or never. */
const ZONES = [
  'UTC',
  'America/New_York',
  'America/Sao_Paulo',
  'America/Asuncion',
  'America/St_Johns',
  'America/Nuuk',
  'Africa/Cairo',
  'Asia/Beirut',
  'Asia/Kathmandu',
  'Asia/Tehran',
  'Australia/Lord_Howe',
  'Europe/Berlin',
  'Pacific/Chatham',
  'Pacific/Kiritimati',
  'Pacific/Pago_Pago',
]

/**
 * To the last year there is, and often about the hours at which clocks change. Not before 1996: when Kiritimati went over
 * the date line, a day was left out, and seven days on were six.
 */
const anySecond = fc.oneof(
  fc.integer({ min: seconds('1996-01-01T00:00Z'), max: seconds('2037-12-30T00:00Z') }),
  fc.integer({ min: seconds('2038-01-19T00:00Z'), max: seconds('2038-01-21T00:00Z') }),
  fc.integer({ min: seconds('9998-01-01T00:00Z'), max: seconds('9999-12-29T00:00Z') }),
  fc
    .tuple(
      fc.constantFrom('2018-02-18T02:00Z', '2018-11-04T03:00Z', '2027-03-14T07:00Z', '2027-11-07T06:00Z'),
      fc.integer({ min: -2 * DAY, max: 2 * DAY }),
    )
    .map(([change, after]) => seconds(change) + after),
  fc
    .tuple(
      fc.constantFrom('2027-03-28T01:00Z', '2027-04-03T15:00Z', '2027-10-02T15:30Z', '2028-02-29T12:00Z'),
      fc.integer({ min: -2 * DAY, max: 2 * DAY }),
    )
    .map(([change, after]) => seconds(change) + after),
)

describe.each(ZONES)('in %s', (zone) => {
  let page: PageInZone
  beforeAll(async () => {
    page = await pageIn(zone)
  })

  test('the page knows where it is', () => {
    // Some zones have an older name as well.
    expect(page.localZone()).toBe(new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone)
  })

  test('an exact moment names the second and the zone, once', () => {
    const text = page.exactMoment(new Date('2026-11-30T12:00:07Z'))
    expect(text).toMatch(/2026.*:\d\d:07/)
    expect(text.split(page.localZone())).toHaveLength(2)
  })

  test('a moment in a field is the same moment again; of an hour that comes twice it is one of the two', () => {
    fc.assert(
      fc.property(anySecond, (second) => {
        const minute = Math.floor(second / 60) * 60
        const shown = page.localMoment(minute)
        expect(shown).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d$/)
        const read = page.momentFrom(shown) ?? Number.NaN
        expect(page.localMoment(read)).toBe(shown)
        expect(Math.abs(read - second)).toBeLessThanOrEqual(HOUR + 60)
      }),
    )
  })

  test('today may be chosen to its last second by the server’s clock, yesterday not, and presets count from today', () => {
    fc.assert(
      fc.property(anySecond, fc.constantFrom(7, 30, 60, 90), (second, days) => {
        const now = new Date(second * 1000)
        const today = page.localMoment(second).slice(0, 10)
        const end = page.expiryOf({ kind: 'at', day: today }, undefined, now)
        const left = end?.kind === 'at' ? end.at.getTime() / 1000 - second : Number.NaN
        expect(left).toBeGreaterThanOrEqual(0)
        expect(left).toBeLessThan(25 * HOUR)
        const yesterday = new Date(Date.parse(today) - DAY * 1000).toISOString().slice(0, 10)
        expect(page.expiryOf({ kind: 'at', day: yesterday }, undefined, now)).toBeNull()
        // Not in the last weeks of 9999, after which no calendar goes.
        fc.pre(second < seconds('9999-09-01T00:00Z'))
        const day = new Date(Date.parse(today) + days * DAY * 1000).toISOString().slice(0, 10)
        const preset = page.expiryOf({ kind: 'at', day }, undefined, now)
        const length = preset?.kind === 'at' ? preset.at.getTime() / 1000 - second : Number.NaN
        expect(Math.abs(length - left - days * DAY)).toBeLessThanOrEqual(HOUR)
      }),
    )
  })

  test('“in N days” claims no more time than there is, whatever the clocks do meanwhile', () => {
    fc.assert(
      fc.property(anySecond, fc.integer({ min: 0, max: 400 * DAY }), (second, left) => {
        const [, count = '0', unit = 'second'] =
          /^in (\d+) (second|minute|hour|day)/.exec(
            page.fromNow(new Date((second + left) * 1000), new Date(second * 1000), 'day'),
          ) ?? []
        const length = { second: 1, minute: 60, hour: HOUR, day: DAY }[unit] ?? Number.NaN
        expect(Number(count) * length).toBeLessThanOrEqual(left)
      }),
    )
  })

  test('the months of the timeline begin where the days of a field do', () => {
    fc.assert(
      fc.property(anySecond, (second) => {
        fc.pre(second < seconds('9998-06-01T00:00Z'))
        const months = page.timelineMonths(second)
        expect(months).toHaveLength(12)
        for (const { to } of months) {
          const end = to ?? Number.NaN
          expect(page.localMoment(end).slice(8, 10)).toBe('01')
          expect(page.localMoment(end - 1).slice(5, 7)).not.toBe(page.localMoment(end).slice(5, 7))
        }
      }),
      { numRuns: 40 },
    )
  })
})

describe('days on which clocks change', () => {
  test.each([
    // The end of the day that is typed, by the clock of the zone.
    ['America/New_York', '2027-03-14', '2027-03-15T03:59:59.000Z', 'has 23 hours'],
    ['America/New_York', '2027-11-07', '2027-11-08T04:59:59.000Z', 'has 25 hours'],
    ['America/Sao_Paulo', '2018-11-04', '2018-11-05T01:59:59.000Z', 'begins at one o’clock'],
    ['America/Sao_Paulo', '2018-02-17', '2018-02-18T02:59:59.000Z', 'ends twice'],
    ['Australia/Lord_Howe', '2027-04-04', '2027-04-04T13:29:59.000Z', 'has 24 hours and a half'],
    ['Australia/Lord_Howe', '2027-10-03', '2027-10-03T12:59:59.000Z', 'has 23 hours and a half'],
    ['Pacific/Pago_Pago', '2028-02-29', '2028-03-01T10:59:59.000Z', 'is the leap day'],
    ['Pacific/Kiritimati', '2038-01-19', '2038-01-19T09:59:59.000Z', 'is the last that 32 bits hold'],
    ['Europe/Berlin', '9999-12-31', '9999-12-31T22:59:59.000Z', 'is the last there is'],
  ])('in %s, %s ends at %s: it %s', async (zone, day, end) => {
    const { expiryOf } = await pageIn(zone)
    const expiry = expiryOf({ kind: 'at', day }, undefined, new Date('2015-01-01T00:00:00Z'))
    expect(expiry?.kind === 'at' && expiry.at.toISOString()).toBe(end)
  })

  test('a month whose first midnight does not exist begins with its first moment', async () => {
    const { timelineMonths } = await pageIn('America/Asuncion')
    const [september, october] = timelineMonths(seconds('2017-09-15T12:00:00Z'))
    expect(september?.to).toBe(seconds('2017-10-01T04:00:00Z'))
    expect(october?.from).toBe(seconds('2017-10-01T04:00:00Z'))
  })

  test('a server that is past midnight already does not take the day that is still here', async () => {
    const { expiryOf, startingExpiry } = await pageIn('America/New_York')
    const here = new Date('2027-06-01T03:55:00Z')
    const there = new Date('2027-06-01T04:05:00Z')
    expect(expiryOf({ kind: 'at', day: '2027-05-31' }, undefined, here)).not.toBeNull()
    expect(expiryOf({ kind: 'at', day: '2027-05-31' }, undefined, there)).toBeNull()
    expect([startingExpiry(here).day, startingExpiry(there).day]).toEqual(['2028-05-31', '2028-06-01'])
  })
})
