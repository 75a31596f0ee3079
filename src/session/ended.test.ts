import { afterEach, expect, test, vi } from 'vitest'
import { endedConnections } from './ended'

const ALICE = 'main.cpanel.alice'
const ROOT = 'main.whm.root'

afterEach(() => {
  for (const connection of endedConnections.current()) endedConnections.remove(connection)
})

test('a login that ended is remembered until somebody signs in to it again; others stay ended', () => {
  for (const connection of [ALICE, ROOT]) endedConnections.add(connection)
  expect([...endedConnections.current()]).toEqual([ALICE, ROOT])
  endedConnections.remove(ALICE)
  expect([...endedConnections.current()]).toEqual([ROOT])
})

test('what was drawn once is not changed behind the page’s back', () => {
  endedConnections.add(ALICE)
  const drawn = endedConnections.current()
  endedConnections.add(ROOT)
  endedConnections.remove(ALICE)
  expect([...drawn]).toEqual([ALICE])
})

test('a page is drawn anew only where something changed', () => {
  const draw = vi.fn<() => void>()
  const stop = endedConnections.subscribe(draw)
  endedConnections.remove(ALICE)
  expect(draw).not.toHaveBeenCalled()
  endedConnections.add(ALICE)
  endedConnections.add(ALICE)
  expect(draw).toHaveBeenCalledTimes(1)
  endedConnections.remove(ALICE)
  expect(draw).toHaveBeenCalledTimes(2)
  stop()
  endedConnections.add(ALICE)
  expect(draw).toHaveBeenCalledTimes(2)
})
