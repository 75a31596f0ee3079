import { beforeEach, describe, expect, test, vi } from 'vitest'
import { CpanelError, type CpanelErrorKind } from '../cpanel/errors'
import { noteAnswer, noteFailure, unreachableConnections } from './health'

const ALICE = 'main.cpanel.alice'
const ROOT = 'main.whm.root'

beforeEach(() => {
  for (const connection of unreachableConnections.current()) noteAnswer(connection)
})

function fails(connection: string, kind: CpanelErrorKind): void {
  noteFailure(connection, new CpanelError(kind))
}

const unreachable = () => [...unreachableConnections.current()]

describe('a login whose server gave no proper answer', () => {
  test.each(['unreachable', 'paused', 'timeout', 'upstream_failed', 'untrusted_certificate', 'redirected'] as const)(
    '(%s) is marked, and no other is',
    (kind) => {
      fails(ALICE, kind)
      expect(unreachable()).toEqual([ALICE])
      fails(ROOT, kind)
      expect(unreachable()).toEqual([ALICE, ROOT])
    },
  )

  test('is well again as soon as it answers', () => {
    for (const connection of [ALICE, ROOT]) fails(connection, 'timeout')
    noteAnswer(ALICE)
    expect(unreachable()).toEqual([ROOT])
  })

  test.each(['rejected', 'forbidden'] as const)('is well again also where it only says no (%s)', (kind) => {
    fails(ALICE, 'timeout')
    fails(ALICE, kind)
    expect(unreachable()).toEqual([])
  })

  test.each([
    'offline',
    'cancelled',
    'garbled',
    'unauthenticated',
    'too_many_requests',
    'store_unavailable',
    'refused',
    'unchanged',
  ] as const)('is neither better nor worse for what says nothing of it (%s)', (kind) => {
    fails(ALICE, kind)
    expect(unreachable()).toEqual([])
    fails(ALICE, 'timeout')
    fails(ALICE, kind)
    expect(unreachable()).toEqual([ALICE])
  })
})

test('a page is drawn anew only where something changed', () => {
  const draw = vi.fn<() => void>()
  const stop = unreachableConnections.subscribe(draw)
  noteAnswer(ALICE)
  fails(ALICE, 'offline')
  expect(draw).not.toHaveBeenCalled()
  fails(ALICE, 'timeout')
  fails(ALICE, 'unreachable')
  expect(draw).toHaveBeenCalledTimes(1)
  stop()
  noteAnswer(ALICE)
  expect(draw).toHaveBeenCalledTimes(1)
})
