import { beforeEach, expect, test } from 'vitest'
import { CpanelError } from '../cpanel/errors'
import { isKeyringAway, noteReach } from './reach'

beforeEach(() => noteReach(null))

test('Keyring is away from a call that did not reach it until one that did', () => {
  noteReach(new CpanelError('offline'))
  expect(isKeyringAway.current()).toBe(true)
  noteReach(null)
  expect(isKeyringAway.current()).toBe(false)
})

test.each(['rejected', 'unreachable', 'unauthenticated'] as const)(
  'its own words (%s) show that it is there',
  (kind) => {
    noteReach(new CpanelError('offline'))
    noteReach(new CpanelError(kind))
    expect(isKeyringAway.current()).toBe(false)
  },
)

test.each(['timeout', 'cancelled'] as const)('a call that ended with %s says nothing of it', (kind) => {
  noteReach(new CpanelError(kind))
  expect(isKeyringAway.current()).toBe(false)
  noteReach(new CpanelError('offline'))
  noteReach(new CpanelError(kind))
  expect(isKeyringAway.current()).toBe(true)
})
