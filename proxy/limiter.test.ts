import { expect, test } from 'vitest'
import { createLimiter } from './limiter'

/** A limiter with a clock of its own, and tasks that end when told to. */
function createBench(most: number) {
  let now = 0
  const limiter = createLimiter({ most, judge: () => 'failing', clock: () => now })
  const begun: string[] = []
  const endings = new Map<string, { resolve: (value: string) => void; reject: (error: Error) => void }>()
  return {
    begun,
    wait: (ms: number) => (now += ms),
    run: (name: string, signal = new AbortController().signal) =>
      limiter.run(() => {
        begun.push(name)
        return new Promise<string>((resolve, reject) => endings.set(name, { resolve, reject }))
      }, signal),
    end: async (...names: string[]) => {
      for (const name of names) endings.get(name)?.resolve(name)
      await settle()
    },
    fail: async (...names: string[]) => {
      for (const name of names) endings.get(name)?.reject(new Error(name))
      await settle()
    },
  }
}
const settle = () => new Promise((resolve) => setImmediate(resolve))

test('as many as may run at once, the others in the order in which they came', async () => {
  const { run, begun, end } = createBench(2)
  const all = Promise.all(['a', 'b', 'c', 'd'].map((name) => run(name)))
  await settle()
  expect(begun).toEqual(['a', 'b'])
  await end('b')
  expect(begun).toEqual(['a', 'b', 'c'])
  await end('a', 'c')
  await end('d')
  expect(await all).toEqual(['a', 'b', 'c', 'd'])
})

test('who goes away while waiting is skipped', async () => {
  const { run, begun, end } = createBench(1)
  const [first, gone] = [run('a'), new AbortController()]
  const second = run('b', gone.signal)
  const third = run('c')
  gone.abort(new Error('gone'))
  await expect(second).rejects.toThrow('gone')
  await expect(run('d', gone.signal)).rejects.toThrow('gone')
  await end('a')
  await end('c')
  expect([await first, await third, begun]).toEqual(['a', 'c', ['a', 'c']])
})

test('a failure is handed on and leaves its place to the next', async () => {
  const { run, begun, fail } = createBench(1)
  const first = run('a')
  void run('b')
  await settle()
  const failed = first.catch((error: unknown) => error)
  await fail('a')
  expect(await failed).toEqual(new Error('a'))
  expect(begun).toEqual(['a', 'b'])
})

test('fewer run after failures, by what the clock says after slowness, not after what was cancelled', async () => {
  const cancelled = createBench(4)
  const gone = new AbortController()
  const calls = ['a', 'b', 'c', 'd'].map((name) => cancelled.run(name, gone.signal).catch(() => {}))
  await settle()
  gone.abort()
  await cancelled.fail('a', 'b', 'c', 'd')
  await Promise.all(calls)
  const next = ['e', 'f', 'g', 'h'].map((name) => cancelled.run(name).catch(() => {}))
  await settle()
  expect(cancelled.begun.slice(4)).toEqual(['e', 'f', 'g', 'h'])
  await cancelled.fail('e', 'f', 'g', 'h')
  await Promise.all(next)
  for (const name of ['i', 'j', 'k']) void cancelled.run(name)
  await settle()
  expect(cancelled.begun.slice(8)).toEqual(['i', 'j'])
})

test('a server that becomes slow is given fewer', async () => {
  const { run, begun, end, wait } = createBench(4)
  const round = async (number: number, ms: number) => {
    const names = ['a', 'b', 'c', 'd'].map((name) => `${name}${number}`)
    const running = names.map((name) => run(name))
    await settle()
    const sideBySide = begun.filter((name) => name.endsWith(String(number))).length
    wait(ms)
    while (begun.length < number * 4 + 4) await end(...names)
    await end(...names)
    await Promise.all(running)
    return sideBySide
  }
  for (let number = 0; number < 5; number += 1) expect(await round(number, 80)).toBe(4)
  await round(5, 5000)
  expect(await round(6, 80)).toBeLessThan(4)
})
