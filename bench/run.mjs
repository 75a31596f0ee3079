#!/usr/bin/env node
/**
 * `npm run bench`: measures what the product promises and prints each figure with its limit and their ratio. Never part of
 * the tests: machines are noisy. `npm run bench -- fetch` runs one. Ends with exit code 1 when a figure is over its limit.
 */
import { setUp } from '../scripts/setup.mjs'

await setUp('bench')

const { stopAll } = await import('./programs.mjs')
const benches = {
  fetch: async () => (await import('./fetch.mjs')).benchFetch(),
  table: async () => (await import('./table.mjs')).benchTable(),
  batch: async () => (await import('./batch.mjs')).benchBatch(),
}

const names = process.argv.slice(2)
const unknown = names.filter((name) => !(name in benches))
if (unknown.length > 0) {
  console.error(`No such bench: ${unknown.join(', ')}. There are: ${Object.keys(benches).join(', ')}`)
  process.exit(1)
}

let isOver = false
try {
  for (const [name, bench] of Object.entries(benches)) {
    if (names.length > 0 && !names.includes(name)) continue
    console.log(`\n${name}`)
    for (const figure of await bench()) {
      console.log(line(figure))
      isOver ||= isOverLimit(figure)
    }
  }
} finally {
  await stopAll()
}
process.exitCode = isOver ? 1 : 0

/** @typedef {{ what: string, value: number, unit: string, limit?: number, plain?: number }} Figure */

/** @param {Figure} figure */
function isOverLimit({ value, limit }) {
  return limit !== undefined && value > limit
}

/** @param {Figure} figure */
function line(figure) {
  const { what, value, unit, limit, plain } = figure
  const parts = [what.padEnd(58), `${round(value)} ${unit}`.padStart(12)]
  if (limit !== undefined) parts.push(`  limit ${round(limit)} ${unit}, ratio ${ratio(value, limit)}`)
  if (plain !== undefined) parts.push(`  plain ${round(plain)} ${unit}, ${ratio(value, plain)} of it`)
  if (isOverLimit(figure)) parts.push('  OVER')
  return parts.join('')
}

/** Of nothing there is no ratio: nothing of nothing is as it should be. */
function ratio(value, of) {
  return of === 0 ? (value === 0 ? 'none' : 'all') : (value / of).toFixed(2)
}

function round(value) {
  return value >= 100 ? Math.round(value) : Number(value.toPrecision(3))
}
