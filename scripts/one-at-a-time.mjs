/**
 * A lock between processes, so that two `npm start` at once do not install into the same folder. A folder is the lock
 * (making one is atomic everywhere), its time is the holder's sign of life.
 */
import { mkdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

/**
 * Runs `work` while no other process runs work under the same lock; waits as long as the other shows signs of life.
 *
 * @template T
 * @param {string} lock the folder to be made
 * @param {() => Promise<T>} work
 * @param {{ onWait?: () => void, beatMs?: number, deadMs?: number }} [options] `deadMs`: how long a holder may be watched
 *   without a sign of life before its lock counts as left behind
 * @returns {Promise<T>}
 */
export async function oneAtATime(lock, work, { onWait = () => {}, beatMs = 2000, deadMs = 30_000 } = {}) {
  let waited = false
  let seen = { beat: undefined, since: 0 }
  while (!take(lock)) {
    if (!waited) onWait()
    waited = true
    const beat = beatOf(lock)
    // How long the beat stood still while we looked on; comparing its time with our clock would mistake a laptop that
    // slept, or another machine's clock, for a dead holder.
    if (beat !== seen.beat) seen = { beat, since: performance.now() }
    if (holderIsDead(lock) || performance.now() - seen.since > deadMs) removeStale(lock, beat)
    await sleep(Math.min(250, beatMs))
  }

  const beating = setInterval(() => beatOf(lock) && utimesSync(lock, new Date(), new Date()), beatMs)
  const release = () => rmSync(lock, { recursive: true, force: true })
  process.once('exit', release)
  try {
    return await work()
  } finally {
    clearInterval(beating)
    process.off('exit', release)
    release()
  }
}

function take(lock) {
  try {
    mkdirSync(lock)
  } catch (error) {
    if (error.code === 'EEXIST') return false
    throw error
  }
  writeFileSync(join(lock, 'holder'), JSON.stringify({ pid: process.pid, host: hostname() }))
  return true
}

function beatOf(lock) {
  return statSync(lock, { throwIfNoEntry: false })?.mtimeMs
}

/** Only of a holder on this machine can it be known that it is gone. */
function holderIsDead(lock) {
  try {
    const { pid, host } = JSON.parse(readFileSync(join(lock, 'holder'), 'utf8'))
    if (host !== hostname()) return false
    process.kill(pid, 0)
    return false
  } catch (error) {
    return error.code === 'ESRCH'
  }
}

/**
 * Removes a lock that was left behind. Two waiters may find that out together, and the slower must not remove the new
 * lock of the faster: so only one may remove at a time, and it looks again first.
 */
function removeStale(lock, beat) {
  const guard = `${lock}-removing`
  try {
    mkdirSync(guard)
  } catch {
    const guardAge = Date.now() - (beatOf(guard) ?? Date.now())
    if (guardAge > 10_000) rmSync(guard, { recursive: true, force: true })
    return
  }
  try {
    if (beatOf(lock) === beat) rmSync(lock, { recursive: true, force: true })
  } finally {
    rmSync(guard, { recursive: true, force: true })
  }
}
