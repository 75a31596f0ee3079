import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ApiToken } from '../cpanel/token'
import { NO_FILTER, matchingRows } from './filter'
import { facts, followed, token } from './rows.testing'
import { countTimeline, timelineMonths } from './timeline'

/** Seconds since epoch of a moment in this machine's zone. */
function local(...[year, month, day = 1, ...time]: [year: number, month: number, day?: number, ...time: number[]]) {
  return new Date(year, month, day, ...time).getTime() / 1000
}

/** As the months end: at midnight in this machine's zone, wherever that is. */
function startsOfMonths(after: number): number[] {
  const [year, month] = [new Date(after * 1000).getFullYear(), new Date(after * 1000).getMonth()]
  return Array.from({ length: 12 }, (_, index) => {
    const next = month + index + 1
    return local(year + Math.floor(next / 12), next % 12)
  })
}

function counted(tokens: readonly ApiToken[], now: number) {
  const all = followed()
  all.tell(facts('ada'), tokens)
  const rows = Int32Array.from(tokens.keys())
  return { ...all, rows, timeline: countTimeline(all.viewer.columns, rows, timelineMonths(now)) }
}

const noMonths = Array.from({ length: 12 }, () => 0)
const moment = fc.integer({ min: Date.UTC(1971, 0) / 1000, max: Date.UTC(2100, 0) / 1000 })

describe('the months of the timeline', () => {
  test('are twelve without a gap, from now on, each to the end of a month, whenever that is', () => {
    fc.assert(
      fc.property(moment, (now) => {
        const months = timelineMonths(now)
        const ends = startsOfMonths(now)
        expect(months.map(({ to }) => to)).toEqual(ends)
        expect(months.map(({ from }) => from)).toEqual([now, ...ends.slice(0, -1)])
        for (const { from, to } of months) expect(to).toBeGreaterThan(from ?? Infinity)
      }),
    )
  })

  test('leave no short month out on the 31st', () => {
    const names = timelineMonths(local(2027, 0, 31, 12)).map(({ from }) => new Date((from ?? 0) * 1000).getMonth())
    expect(names).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11])
  })

  test('go over the turn of the year, and February has its 29th', () => {
    const months = timelineMonths(local(2027, 11, 31, 23, 59, 59))
    expect(months[0]).toEqual({ from: local(2027, 11, 31, 23, 59, 59), to: local(2028, 0) })
    expect(months[2]).toEqual({ from: local(2028, 1), to: local(2028, 2) })
    expect(months[2]?.to).toBeGreaterThan(local(2028, 1, 29, 12))
    expect(months[11]?.to).toBe(local(2028, 11))
  })

  test('begin with the whole month at its first moment', () => {
    expect(timelineMonths(local(2027, 4))[0]).toEqual({ from: local(2027, 4), to: local(2027, 5) })
  })
})

describe('a timeline', () => {
  const now = local(2027, 4, 31, 12)

  test('counts every token once', () => {
    const expires = fc.option(fc.integer({ min: now - 400 * 86_400, max: now + 800 * 86_400 }))
    fc.assert(
      fc.property(fc.array(expires, { maxLength: 60 }), (expires) => {
        const { timeline } = counted(
          expires.map((at, index) => token(`t${index}`, at)),
          now,
        )
        const { expired, months, later, never } = timeline
        expect(months).toHaveLength(12)
        expect(months.reduce((sum, count) => sum + count, expired + later + never)).toBe(expires.length)
        expect(never).toBe(expires.filter((at) => at === null).length)
        expect(expired).toBe(expires.filter((at) => at !== null && at <= now).length)
      }),
    )
  })

  test('has what ends with a month in that month, and what ends at midnight in the next', () => {
    const ends = [
      now,
      now + 1,
      local(2027, 5) - 1,
      local(2027, 5),
      local(2027, 6) - 1,
      local(2028, 4) - 1,
      local(2028, 4),
    ]
    const { timeline } = counted([...ends.map((at) => token(`t${at}`, at)), token('never')], now)
    expect(timeline).toEqual({ expired: 1, months: noMonths.with(0, 2).with(1, 2).with(11, 1), later: 1, never: 1 })
  })

  test('counts on a bar what the bar shows when it is pressed', () => {
    const days = fc.array(fc.integer({ min: 1, max: 500 * 24 }), { maxLength: 40 })
    fc.assert(
      fc.property(days, (hours) => {
        const ends = startsOfMonths(now)
        const tokens = [...hours.map((hour) => now + hour * 3600), ...ends].map((at, index) => token(`t${index}`, at))
        const { viewer, rows, timeline } = counted(tokens, now)
        const spans = [...timelineMonths(now), { from: ends.at(-1) ?? 0, to: null }]
        const shown = spans.map(
          (expires) => matchingRows(viewer.columns, viewer.texts, { ...NO_FILTER, expires }, now, rows).length,
        )
        expect([...timeline.months, timeline.later]).toEqual(shown)
      }),
      { numRuns: 50 },
    )
  })

  test('counts the rows it is given and no others', () => {
    const { viewer } = counted([token('a', now - 1), token('b')], now)
    expect(countTimeline(viewer.columns, Int32Array.of(1), timelineMonths(now))).toEqual({
      expired: 0,
      months: noMonths,
      later: 0,
      never: 1,
    })
  })
})
