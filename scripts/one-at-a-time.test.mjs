// @vitest-environment node
import { existsSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { oneAtATime } from './one-at-a-time.mjs'

let folder
let lock
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'keyring-lock-'))
  lock = join(folder, 'lock')
})
afterEach(() => rmSync(folder, { recursive: true }))

/** A lock that some other process left, or holds. */
function lockOf(holder) {
  mkdirSync(lock)
  writeFileSync(join(lock, 'holder'), JSON.stringify(holder))
}

test('two at once work one after the other, and leave nothing behind', async () => {
  const events = []
  const work = (name) => async () => {
    events.push(`${name} begins`)
    await sleep(50)
    events.push(`${name} ends`)
  }
  await Promise.all(['a', 'b', 'c'].map((name) => oneAtATime(lock, work(name), { beatMs: 10 })))
  expect(events.map((event) => event.split(' ')[1])).toEqual(['begins', 'ends', 'begins', 'ends', 'begins', 'ends'])
  expect(existsSync(lock)).toBe(false)
})

test('an error in the work reaches the caller and frees the lock', async () => {
  await expect(oneAtATime(lock, () => Promise.reject(new Error('npm ci failed')))).rejects.toThrow('npm ci failed')
  expect(existsSync(lock)).toBe(false)
})

test('the lock of a process that is gone is taken over at once', async () => {
  lockOf({ pid: 2 ** 22 + 1, host: hostname() })
  expect(await oneAtATime(lock, async () => 'done', { beatMs: 10 })).toBe('done')
})

test('a holder on another machine is waited for while it shows signs of life, and not longer', async () => {
  lockOf({ pid: 1, host: 'elsewhere' })
  let beats = 0
  const beating = setInterval(() => {
    beats += 1
    if (beats <= 5) utimesSync(lock, new Date(), new Date())
  }, 40)
  const start = performance.now()
  await oneAtATime(lock, async () => {}, { beatMs: 10, deadMs: 150 })
  clearInterval(beating)
  expect(performance.now() - start).toBeGreaterThan(300)
})

test('of many that find a lock left behind, only one at a time takes it over', async () => {
  lockOf({ pid: 2 ** 22 + 1, host: hostname() })
  let inside = 0
  let most = 0
  const work = async () => {
    inside += 1
    most = Math.max(most, inside)
    await sleep(5)
    inside -= 1
  }
  await Promise.all(Array.from({ length: 20 }, () => oneAtATime(lock, work, { beatMs: 5 })))
  expect(most).toBe(1)
})
