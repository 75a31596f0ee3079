import * as fc from 'fast-check'
import { beforeEach, expect, test } from 'vitest'
import { odd } from '../cpanel/garbage.testing'
import { allTokens } from './allTokens'
import { loading } from './loadAllTokens'
import { fakeProxyForEach, loadEnded, type FakeProxy } from './manyAccounts.testing'

const fake = fakeProxyForEach()
let proxy: FakeProxy
beforeEach(() => {
  proxy = fake.current
})

/** A line of the stream: right, about somebody else, or anything at all. */
const line = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom('bob', 'carol', 'erin') },
  { weight: 2, arbitrary: fc.tuple(fc.constantFrom('bob', 'carol', 'erin', 'nobody', '__proto__'), odd) },
  { weight: 1, arbitrary: odd.map((value) => ({ value })) },
)

test('whatever a stream says, each account has its own tokens or a failure, and asking again gets all of them', async () => {
  const root = proxy.openWhm('root', 'bob', 'carol', 'erin')
  const users = ['bob', 'carol', 'erin']
  const ends = { shown: 0, failed: 0, blocked: 0 }
  proxy.holdsStreams = true
  await fc.assert(
    fc.asyncProperty(fc.array(line, { maxLength: 5 }), fc.boolean(), async (lines, isCut) => {
      const before = proxy.streams.length
      loading.retry(users.map((user) => proxy.numberOf(user)))
      const stream = await proxy.stream(before + 1)
      for (const one of lines) {
        if (typeof one === 'string') stream.say(await proxy.line(one))
        else if (Array.isArray(one)) stream.say({ account: one[0], date: null, envelope: one[1] })
        else stream.say(one.value)
      }
      if (isCut) stream.cut()
      else stream.end()
      await loadEnded()
      const isBlocked = loading.current().blocked.has(root)
      for (const user of users) {
        const { error, isWaiting } = allTokens.askedOf(proxy.numberOf(user)) ?? {}
        // Nobody waits for ever: what was not said failed, or is held back by what stopped the whole.
        expect(isWaiting).toBe(isWaiting === true && isBlocked)
        expect([undefined, [], [`token-of-${user}`]]).toContainEqual(proxy.shown(user))
        ends.shown += error === null && isWaiting === false ? 1 : 0
        ends.failed += error instanceof Error ? 1 : 0
      }
      ends.blocked += isBlocked ? 1 : 0
    }),
    { numRuns: 60 },
  )
  expect(Object.entries(ends).filter(([, count]) => count === 0)).toEqual([])

  proxy.holdsStreams = false
  loading.retry(users.map((user) => proxy.numberOf(user)))
  await loadEnded()
  expect(users.map((user) => proxy.shown(user))).toEqual(users.map((user) => [`token-of-${user}`]))
})
