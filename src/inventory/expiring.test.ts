import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { REMINDER_DAYS } from './calendar'
import { countExpiring } from './expiring'
import { NO_FILTER } from './filter'
import { DAY, NOW, anyHistory, facts, followed, token } from './rows.testing'
import { timelineMonths } from './timeline'
import { viewOf } from './view'

test('what is said to expire soon is what the filter of that name shows, whatever came and went, by any clock', () => {
  const anySkews = fc.array(fc.tuple(fc.nat(3), fc.constantFrom(-600, 600, 2 * DAY)), { maxLength: 3 })
  fc.assert(
    fc.property(anyHistory, anySkews, (history, skews) => {
      const all = followed()
      for (const [facts, tokens] of history) all.tell(facts, tokens)
      const shown = REMINDER_DAYS.map((days) => {
        const filter = { ...NO_FILTER, state: `within${days}` as const }
        const order = { by: 'name', isDescending: false } as const
        const rest = { isGrouped: false, now: NOW, months: timelineMonths(NOW), succeeded: [] }
        return viewOf(all.viewer, { filter, order, skews, ...rest }).total
      })
      expect(countExpiring(all.inventory.columns, NOW, skews)).toEqual(shown)
    }),
  )
})

test('each step counts those before it', () => {
  const all = followed()
  const days = [0, 1, 7, 8, 14, 29, 30].map((day) => token(`t${day}`, NOW + day * DAY))
  all.tell(facts('ada'), [...days, token('never')])
  expect(countExpiring(all.inventory.columns, NOW, [])).toEqual([1, 3, 5])
})
