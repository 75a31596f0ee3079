#!/usr/bin/env node
/**
 * `npm test`: sets up what is missing, then runs every check, two at a time where that is faster, and reports each.
 * All run even when one fails, so that one round shows everything there is to mend.
 *
 * `node scripts/check.mjs lint unit` runs only these (and what they need). Ends with `N passed, N failed` on a line of
 * its own; exit code 1 if any failed.
 */
import { setUp } from './setup.mjs'

const { whenToEnd } = await import('./ending.mjs')
const { secondsSince, stopAll } = await import('./run.mjs')
const { STEPS } = await import('./steps.mjs')

/** The reference machine's. More would make the timings of the browser tests a matter of luck. */
const CORES = 2

/** The steps of these names with all they need, in STEPS' order. */
function chosen(names) {
  if (names.length === 0) return STEPS
  const unknown = names.filter((name) => !STEPS.some((step) => step.name === name))
  if (unknown.length > 0) {
    const list = STEPS.map(({ name, about }) => `  ${name.padEnd(10)} ${about}`).join('\n')
    process.stderr.write(`No such check: ${unknown.join(', ')}. There are:\n${list}\n`)
    process.exit(1)
  }
  const wanted = new Set(names)
  for (const { name, needs = [] } of STEPS.toReversed()) if (wanted.has(name)) needs.forEach((need) => wanted.add(need))
  return STEPS.filter(({ name }) => wanted.has(name))
}

/** Runs one step and prints its line, with all its words if it failed. */
async function perform({ name, about, result, work }) {
  const start = performance.now()
  const { code, output } = await work()
  const words = code === 0 ? result && output.match(result)?.join('\n') : output
  report(code === 0, name, about, secondsSince(start), words)
  return code === 0
}

function report(passed, name, about, time, words) {
  print(`${passed ? 'ok    ' : 'FAILED'} ${name.padEnd(10)} ${time.padStart(7)}  ${about}`)
  if (words) print(words.trim().replace(/^/gm, '       | '))
}

function print(line) {
  process.stdout.write(`${line}\n`)
}

/** Starts steps in order as cores and needs allow, until all have ended. Answers the outcome of each by name. */
async function performAll(steps) {
  /** @type {Map<string, boolean>} */
  const outcome = new Map()
  const waiting = new Set(steps)
  const underWay = new Set()
  let free = CORES

  const begin = async (step) => {
    free -= step.cores
    outcome.set(step.name, await perform(step))
    free += step.cores
  }
  while (waiting.size > 0 || underWay.size > 0) {
    for (const step of waiting) {
      const needs = step.needs ?? []
      const lacking = needs.find((need) => outcome.get(need) === false)
      if (lacking !== undefined) {
        waiting.delete(step)
        outcome.set(step.name, false)
        report(false, step.name, step.about, '-', `not run: it needs the ${lacking}, which failed`)
      } else if (step.cores <= free && needs.every((need) => outcome.has(need))) {
        waiting.delete(step)
        const ended = begin(step).finally(() => underWay.delete(ended))
        underWay.add(ended)
      }
    }
    if (underWay.size > 0) await Promise.race(underWay)
  }
  return outcome
}

const steps = chosen(process.argv.slice(2))
await setUp(steps.some(({ name }) => name === 'browser') ? 'test' : 'dev')

whenToEnd(async (code) => {
  await stopAll()
  process.exit(code)
})

const start = performance.now()
const outcome = await performAll(steps)
const failed = [...outcome.values()].filter((passed) => !passed).length
print(`\n${secondsSince(start)} in all`)
print(`${outcome.size - failed} passed, ${failed} failed`)
process.exitCode = failed > 0 ? 1 : 0
