import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { NO_FILTER } from './filter'
import { DAY } from './rows.testing'
import { HYGIENE, afterIncident, savedViewsFrom, withView, type SavedView } from './savedViews'
import { FIRST_CHOICE, choiceFrom, choiceTo, type Choice } from './viewUrl'

const NEVER: Choice = { ...FIRST_CHOICE, filter: { ...NO_FILTER, state: 'never' } }

describe('views that somebody kept', () => {
  test('are there again the next time', () => {
    const views = withView(withView([], 'Mine', NEVER), ' For cleaning up ', HYGIENE)
    const again = savedViewsFrom(JSON.stringify(views))
    expect(again).toEqual(views)
    expect(again.map(({ name }) => name)).toEqual(['Mine', 'For cleaning up'])
    expect(again.map(({ search }) => choiceFrom(new URLSearchParams(search)))).toEqual([NEVER, HYGIENE])
  })

  test('are one a name: the new one takes the place of the old', () => {
    const views = withView(withView(withView([], 'Mine', HYGIENE), 'Other', HYGIENE), ' Mine', NEVER)
    expect(views).toEqual([
      { name: 'Other', search: String(choiceTo(HYGIENE)) },
      { name: 'Mine', search: 'state=never' },
    ])
    expect(withView(views, 'mine', NEVER)).toHaveLength(3)
  })

  test('stay as they are while another list is made of them', () => {
    const views: SavedView[] = [{ name: 'Mine', search: '' }]
    withView(views, 'Mine', NEVER)
    expect(views).toEqual([{ name: 'Mine', search: '' }])
  })
})

describe('what is stored', () => {
  test.each([
    null,
    '',
    'null',
    '{',
    '{"name":"Mine","search":""}',
    '"Mine"',
    '[null, 1, "Mine", [], {"name":"Mine"}, {"search":""}, {"name":1,"search":""}, {"name":"Mine","search":null}]',
    '[{"name":"","search":"state=never"}, {"name":"  ","search":""}]',
  ])('as %s holds no view', (text) => {
    expect(savedViewsFrom(text)).toEqual([])
  })

  test('with something broken in it keeps the rest, and nothing but names and searches', () => {
    const mine = { name: 'Mine', search: 'q=ci', token: 'A'.repeat(32) }
    const stored = [null, 1, 'Mine', mine, { name: 'Broken' }, { name: 'b', search: '' }]
    expect(savedViewsFrom(JSON.stringify(stored))).toEqual([
      { name: 'Mine', search: 'q=ci' },
      { name: 'b', search: '' },
    ])
  })

  test('never stops the page, whatever it is', () => {
    const view = fc.record({ name: fc.anything(), search: fc.anything() }, { requiredKeys: [] })
    const stored = fc.oneof(fc.string(), fc.json(), fc.array(fc.oneof(view, fc.anything())).map(asJson))
    fc.assert(
      fc.property(stored, (text) => {
        for (const { name, search } of savedViewsFrom(text)) {
          expect(typeof name).toBe('string')
          expect(name.trim()).not.toBe('')
          expect(choiceFrom(new URLSearchParams(search))).toHaveProperty('filter')
        }
      }),
      { numRuns: 300 },
    )
  })
})

/** What can't be said in JSON is nothing. */
function asJson(value: unknown): string {
  try {
    return JSON.stringify(value)
  } catch {
    return 'null'
  }
}

describe('after a break-in', () => {
  test('somebody sees what the last 30 days made, newest first, up to this very minute', () => {
    const now = new Date(Date.UTC(2027, 2, 1, 10, 15, 30))
    const { filter, order } = afterIncident(now)
    const to = Date.UTC(2027, 2, 1, 10, 16) / 1000
    expect(filter).toEqual({ ...NO_FILTER, created: { from: to - 30 * DAY, to } })
    expect(order).toEqual({ by: 'created', isDescending: true })
  })

  test('the link to it, which has no seconds, shows the same', () => {
    for (const millisecond of [0, 1, 59_999]) {
      const choice = afterIncident(new Date(Date.UTC(2028, 1, 29, 23, 59) + millisecond))
      expect(choiceFrom(choiceTo(choice))).toEqual(choice)
    }
  })
})
