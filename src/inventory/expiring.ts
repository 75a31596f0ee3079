import { REMINDER_DAYS } from './calendar'
import { ACCESS, type Columns } from './columns'
import type { Skew } from './view'

const DAY = 86_400

/**
 * How many tokens expire within each of REMINDER_DAYS, those of the smaller ones included.
 * @param now seconds since epoch, by this machine's clock, and
 * @param skews the accounts whose server has another
 */
export function countExpiring(columns: Columns, now: number, skews: readonly Skew[]): number[] {
  const { account, expires, access, length } = columns
  const ahead = new Map(skews)
  const counts = REMINDER_DAYS.map(() => 0)
  for (let row = 0; row < length; row += 1) {
    if (access[row] === ACCESS.gone) continue
    const left = (expires[row] ?? Number.NaN) - (ahead.get(account[row] ?? -1) ?? 0) - now
    if (!(left > 0)) continue
    for (const [step, days] of REMINDER_DAYS.entries()) if (left < days * DAY) counts[step] = (counts[step] ?? 0) + 1
  }
  return counts
}
