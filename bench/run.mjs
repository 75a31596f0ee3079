#!/usr/bin/env node
/**
 * `npm run bench`: measures what the product promises and prints each figure with its limit and their ratio. Never part of
 * the tests: machines are noisy. `npm run bench -- fetch` runs one; memory, which takes ten minutes, runs by name only.
 * Ends with exit code 1 when a figure is beyond its limit.
 */
import { setUp } from '../scripts/setup.mjs'

await setUp('bench')

const { whenToEnd } = await import('../scripts/ending.mjs')
const { stopAll } = await import('./programs.mjs')
const benches = {
  fetch: async () => (await import('./fetch.mjs')).benchFetch(),
  table: async () => (await import('./table.mjs')).benchTable(),
  batch: async () => (await import('./batch.mjs')).benchBatch(),
  load: async () => (await import('./load.mjs')).benchLoad(),
  memory: async () => (await import('./memory.mjs')).benchMemory(),
}
const byNameOnly = ['memory']

const names = process.argv.slice(2)
const unknown = names.filter((name) => !(name in benches))
if (unknown.length > 0) {
  console.error(`No such bench: ${unknown.join(', ')}. There are: ${Object.keys(benches).join(', ')}`)
  process.exit(1)
}

const done = whenToEnd(async (code) => {
  await stopAll()
  process.exit(code)
})
let isBeyond = false
for (const [name, bench] of Object.entries(benches)) {
  if (names.length > 0 ? !names.includes(name) : byNameOnly.includes(name)) continue
  console.log(`\n${name}`)
  try {
    for (const figure of await bench()) {
      console.log(line(figure))
      isBeyond ||= isBeyondLimit(figure)
    }
  } finally {
    // What one bench left running would slow the next one down.
    await stopAll()
  }
}
if (names.length === 0) console.log(`\nNot run, since it takes long: npm run bench -- ${byNameOnly.join(' ')}`)
done()
process.exitCode = isBeyond ? 1 : 0

/**
 * `limit` is the most there may be, with `atLeast` the least.
 *
 * @typedef {{ what: string, value: number, unit: string, limit?: number, atLeast?: boolean, plain?: number }} Figure
 */

/** @param {Figure} figure */
function isBeyondLimit({ value, limit, atLeast = false }) {
  // What is no number fails as well.
  return limit !== undefined && !(atLeast ? value >= limit : value <= limit)
}

/** @param {Figure} figure */
function line(figure) {
  const { what, value, unit, limit, atLeast, plain } = figure
  const parts = [what.padEnd(58), `${round(value)} ${unit}`.padStart(12)]
  const bound = atLeast ? 'at least' : 'limit'
  if (limit !== undefined) parts.push(`  ${bound} ${round(limit)} ${unit}, ratio ${ratio(value, limit)}`)
  if (plain !== undefined) parts.push(`  plain ${round(plain)} ${unit}, ${ratio(value, plain)} of it`)
  if (isBeyondLimit(figure)) parts.push(atLeast ? '  UNDER' : '  OVER')
  return parts.join('')
}

/** Of nothing there is no ratio: nothing of nothing is as it should be. */
function ratio(value, of) {
  return of === 0 ? (value === 0 ? 'none' : 'all') : (value / of).toFixed(2)
}

function round(value) {
  return value >= 100 ? Math.round(value) : Number(value.toPrecision(3))
}
