// @vitest-environment jsdom
import { beforeEach, expect, test } from 'vitest'
import { accountOf, whmUserOf } from '../data/tokens'
import { dismissReminders, isDismissed } from './reminderDay'

const TODAY = new Date(2027, 4, 31, 9)
const TONIGHT = new Date(2027, 4, 31, 23, 59, 59)
const TOMORROW = new Date(2027, 5, 1)

beforeEach(() => localStorage.clear())

test('what is dismissed stays so until the day is over', () => {
  dismissReminders('all', TODAY)
  expect(isDismissed('all', TONIGHT)).toBe(true)
  expect(isDismissed('all', TOMORROW)).toBe(false)
})

test('each place is dismissed by itself: an account, the same through WHM, the WHM user and all', () => {
  const places = [
    accountOf('eu.cpanel.ada'),
    accountOf('eu.whm.ada', 'ada'),
    accountOf('eu.whm.ada', 'bob'),
    whmUserOf('eu.whm.ada'),
    'all' as const,
  ]
  for (const [count, place] of places.entries()) {
    expect(places.map((one) => isDismissed(one, TODAY))).toEqual(places.map((_one, index) => index < count))
    dismissReminders(place, TODAY)
  }
  dismissReminders('all', TOMORROW)
  expect(places.map((one) => isDismissed(one, TOMORROW))).toEqual([false, false, false, false, true])
})

test('what is kept names nobody', () => {
  dismissReminders(accountOf('eu.whm.ada', 'bob'), TODAY)
  expect(localStorage.getItem('keyring.reminders')).toMatch(/^Mon May 31 2027\|[\da-z]{1,7}$/)
})

test.each(['', '|', 'Mon May 31 2027', 'nonsense|1', '{"a":1}'])('kept as “%s” it dismisses nothing', (text) => {
  localStorage.setItem('keyring.reminders', text)
  expect(isDismissed('all', TODAY)).toBe(false)
})
