import * as fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { CpanelError, type CpanelErrorKind } from '../cpanel/errors'
import { endedConnections } from '../session/ended'
import { unreachableConnections } from '../session/health'
import { failedBefore, workAcross, type Result } from './acrossAccounts'
import { forgetSession } from './cpanel.testing'

beforeEach(forgetSession)
afterEach(forgetSession)

type Piece = { key: number; connection: string }
type Outcome = 'done' | CpanelErrorKind

/** So many pieces of a connection, numbered from `first` on. */
function pieces(connection: string, count: number, first = 0): Piece[] {
  return Array.from({ length: count }, (_piece, index) => ({ key: first + index, connection }))
}

/** A piece of work that ends like this. Its value is its own key. */
async function end(outcome: Outcome, key: number): Promise<number> {
  if (outcome === 'done') return key
  throw new CpanelError(outcome)
}

/** Results by key, in short: all kinds a piece went through, with the value or the kind of failure at its end. */
function storyBook() {
  const stories = new Map<number, string[]>()
  return {
    put: ({ key }: Piece, result: Result<number>): void => {
      const more = result.kind === 'done' ? ` ${result.value}` : result.kind === 'failed' ? ` ${result.error.kind}` : ''
      stories.set(key, [...(stories.get(key) ?? []), result.kind + more])
    },
    of: (key: number) => stories.get(key)?.join(', '),
    lasts: () => [...stories.values()].map((story) => story.at(-1)),
  }
}

const never = new AbortController().signal

/** Does pieces that end as `outcomes` says in their order, the last outcome over and over. */
async function work(all: readonly Piece[], ...outcomes: Outcome[]) {
  const stories = storyBook()
  let begun = 0
  await workAcross(
    all,
    ({ key }) => end(outcomes[Math.min(begun++, outcomes.length - 1)] ?? 'done', key),
    stories.put,
    never,
  )
  return { stories, begun }
}

/** Work that ends when the test says so. */
function heldWork() {
  const held: { piece: Piece; end: (outcome: Outcome) => void }[] = []
  return {
    held,
    work: (piece: Piece) =>
      new Promise<number>((resolve, reject) =>
        held.push({ piece, end: (outcome) => void end(outcome, piece.key).then(resolve, reject) }),
      ),
  }
}

/** Lets everything that can go on without the outside do so. */
const settle = () => new Promise((resolve) => setImmediate(resolve))

test('every piece has a result of its own, whatever becomes of the others', async () => {
  const { stories } = await work(pieces('a', 3), 'done', 'rejected', 'done')
  expect([0, 1, 2].map(stories.of)).toEqual([
    'waiting, working, done 0',
    'waiting, working, failed rejected',
    'waiting, working, done 2',
  ])
})

test('what failed before is told apart from what was done, skipped or never tried', () => {
  const failed = { kind: 'failed', error: new CpanelError('timeout') } as const
  const results = new Map<number, Result<null>>([
    [0, failed],
    [1, { kind: 'done', value: null }],
    [2, { kind: 'skipped' }],
    [9, failed],
  ])
  expect([...failedBefore(pieces('a', 4), results)]).toEqual([[0, failed]])
})

test('nothing to do is done at once', async () => {
  expect((await work([])).begun).toBe(0)
})

test('a fault of our own is a failure like others, and never stops the work', async () => {
  const stories = storyBook()
  await workAcross(
    pieces('a', 12),
    (): Promise<number> => Promise.reject(new TypeError('x is not a function')),
    stories.put,
    never,
  )
  expect(stories.lasts()).toEqual(Array.from({ length: 12 }, () => 'failed garbled'))
})

test('each connection has four calls under way, however many wait', async () => {
  const { held, work } = heldWork()
  const whole = workAcross([...pieces('a', 9), ...pieces('b', 9, 100)], work, () => {}, never)
  const begun = () => held.map(({ piece }) => piece.key)
  expect(begun()).toEqual([0, 1, 2, 3, 100, 101, 102, 103])
  held[5]?.end('done')
  await settle()
  expect(begun().slice(8)).toEqual([104])
  for (let next = 0; next < 18; next += 1) {
    held[next]?.end('done')
    await settle()
  }
  await whole
  expect(held).toHaveLength(18)
})

describe('a server that seems dead', () => {
  const signs = ['paused', 'store_unavailable', 'unreachable', 'timeout', 'upstream_failed', 'offline'] as const

  test.each([...signs, 'untrusted_certificate', 'redirected'] as const)(
    'by “%s” is left alone after four in a row, and those under way',
    async (kind) => {
      const { stories, begun } = await work(pieces('a', 40), kind)
      expect(begun).toBe(7)
      expect(stories.lasts().filter((last) => last === 'skipped')).toHaveLength(33)
      expect(stories.of(39)).toBe('waiting, skipped')
    },
  )

  test('stops only its own connection', async () => {
    const stories = storyBook()
    await workAcross(
      [...pieces('a', 20), ...pieces('b', 20, 100)],
      ({ key, connection }) => end(connection === 'a' ? 'timeout' : 'done', key),
      stories.put,
      never,
    )
    expect(stories.lasts().filter((last) => last === 'skipped')).toHaveLength(13)
    expect(stories.lasts().slice(20)).toEqual(pieces('b', 20, 100).map(({ key }) => `done ${key}`))
    expect([...unreachableConnections.current()]).toEqual(['a'])
  })

  test.each(['done', 'rejected', 'forbidden'] as const)('is alive as soon as one is %s', async (sign) => {
    const threeDead: Outcome[] = ['timeout', 'timeout', 'timeout', sign]
    const { stories } = await work(pieces('a', 24), ...Array.from({ length: 6 }, () => threeDead).flat())
    expect(stories.lasts()).not.toContain('skipped')
    expect([...unreachableConnections.current()]).toEqual([])
  })

  test('is none where it only says no', async () => {
    const { stories } = await work(pieces('a', 12), 'rejected')
    expect(stories.lasts()).not.toContain('skipped')
  })
})

test('whose session has ended is asked nothing more on that connection, and asked to sign in', async () => {
  const stories = storyBook()
  await workAcross(
    [...pieces('a', 9), ...pieces('b', 9, 100)],
    ({ key }) => end(key === 1 ? 'unauthenticated' : 'done', key),
    stories.put,
    never,
  )
  expect(stories.of(1)).toBe('waiting, working, failed unauthenticated')
  expect(stories.of(8)).toBe('waiting, skipped')
  expect(stories.lasts().slice(9)).toEqual(pieces('b', 9, 100).map(({ key }) => `done ${key}`))
  expect([...endedConnections.current()]).toEqual(['a'])
})

describe('who stops the work', () => {
  test('gets the outcome of what is under way, and nothing new begins', async () => {
    const { held, work } = heldWork()
    const stories = storyBook()
    const stopping = new AbortController()
    const whole = workAcross(pieces('a', 6), work, stories.put, stopping.signal)
    stopping.abort()
    for (const { end } of held) end('done')
    await whole
    expect(stories.lasts()).toEqual(['done 0', 'done 1', 'done 2', 'done 3', 'skipped', 'skipped'])
    expect(held).toHaveLength(4)
  })

  test('before it begins has nothing done', async () => {
    const { held, work } = heldWork()
    const stories = storyBook()
    await workAcross(pieces('a', 3), work, stories.put, AbortSignal.abort())
    expect([0, 1, 2].map(stories.of)).toEqual(['waiting, skipped', 'waiting, skipped', 'waiting, skipped'])
    expect(held).toEqual([])
  })
})

test('whatever happens in whatever order, each piece is worked on once at most and has one honest end', async () => {
  const deadKinds: readonly string[] = ['timeout', 'unreachable']
  const outcome = fc.constantFrom<Outcome[]>('done', 'done', 'rejected', 'timeout', 'unreachable', 'unauthenticated')
  const wish = fc.record({ connection: fc.constantFrom('a', 'b', 'c'), outcome })
  await fc.assert(
    fc.asyncProperty(
      fc.scheduler(),
      fc.array(wish, { maxLength: 40 }),
      fc.option(fc.nat(40)),
      async (order, wishes, stopAt) => {
        forgetSession()
        const all = wishes.map((one, key) => ({ ...one, key }))
        const stories = storyBook()
        const stopping = new AbortController()
        const underWay = new Map<string, number>()
        const ends = new Map<string, Outcome[]>()
        const begun: number[] = []
        const work = async ({ key, connection, outcome }: (typeof all)[number]) => {
          begun.push(key)
          if (begun.length === stopAt) stopping.abort()
          underWay.set(connection, (underWay.get(connection) ?? 0) + 1)
          expect(underWay.get(connection)).toBeLessThanOrEqual(4)
          await order.schedule(Promise.resolve())
          underWay.set(connection, (underWay.get(connection) ?? 0) - 1)
          ends.set(connection, [...(ends.get(connection) ?? []), outcome])
          return end(outcome, key)
        }
        await order.waitFor(workAcross(all, work, stories.put, stopping.signal))

        expect(new Set(begun).size).toBe(begun.length)
        for (const { key, outcome } of all) {
          const worked = outcome === 'done' ? `done ${key}` : `failed ${outcome}`
          expect(stories.of(key)).toBe(`waiting, ${begun.includes(key) ? `working, ${worked}` : 'skipped'}`)
        }
        for (const connection of new Set(all.map((one) => one.connection))) {
          const mine = ends.get(connection) ?? []
          const isEnded = mine.includes('unauthenticated')
          expect(endedConnections.current().has(connection)).toBe(isEnded)
          const isDead = mine.some((_one, at) => {
            const four = mine.slice(at, at + 4)
            return four.length === 4 && four.every((one) => deadKinds.includes(one))
          })
          if (isEnded || isDead || stopping.signal.aborted) continue
          expect(mine).toHaveLength(all.filter((one) => one.connection === connection).length)
        }
      },
    ),
    { numRuns: 200 },
  )
})
