import type { Columns } from './columns'
import type { Span } from './filter'

/** When tokens expire, counted: what has, each of the next twelve months, what comes later, and what never does. */
export type Timeline = { expired: number; months: readonly number[]; later: number; never: number }

const MONTHS = 12

/**
 * The months of a timeline as spans of seconds: the first from now to the end of this month, in this machine's zone.
 * @param now seconds since epoch
 */
export function timelineMonths(now: number): Required<Span>[] {
  const at = new Date(now * 1000)
  const startOf = (month: number) => new Date(at.getFullYear(), at.getMonth() + month, 1).getTime() / 1000
  return Array.from({ length: MONTHS }, (_month, index) => ({
    from: index === 0 ? now : startOf(index),
    to: startOf(index + 1),
  }))
}

/** @param months as timelineMonths gives them: the edges must be the same ones that a bar filters by */
export function countTimeline(columns: Columns, rows: Int32Array, months: readonly Span[]): Timeline {
  const ends = Float64Array.from(months, ({ to }) => to ?? Number.POSITIVE_INFINITY)
  const start = months[0]?.from ?? 0
  const counts = new Int32Array(ends.length)
  let [expired, later, never] = [0, 0, 0]
  for (const row of rows) {
    const time = columns.expires[row] ?? Number.NaN
    if (time === Number.POSITIVE_INFINITY) never += 1
    else if (time <= start) expired += 1
    else {
      let month = 0
      while (month < ends.length && time >= (ends[month] ?? 0)) month += 1
      if (month === ends.length) later += 1
      else counts[month] = (counts[month] ?? 0) + 1
    }
  }
  return { expired, months: [...counts], later, never }
}
