/**
 * Running other programs: their output is collected, never mixed into ours, so that stdout stays clean and a report
 * shows a program's words only when it failed.
 */
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { stripVTControlCharacters } from 'node:util'

/** The folder of package.json. */
export const ROOT = dirname(dirname(fileURLToPath(import.meta.url)))

/**
 * What runs now, and the promise of its end.
 *
 * @type {Map<import('node:child_process').ChildProcess, Promise<unknown>>}
 */
const running = new Map()
let ending = false
const NEVER = new Promise(() => {})

/**
 * Runs a program to its end. Never throws: a program that is missing, killed or too slow has a code other than 0 and
 * says so in `output`.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, limitMs?: number, idleMs?: number }} [options] `limitMs` bounds the
 *   whole run, `idleMs` the silence between two pieces of output (a slow download goes on, a dead one does not)
 * @returns {Promise<{ code: number, output: string }>} stdout and stderr together, in the order they came
 */
export function run(command, args, { cwd = ROOT, env = process.env, limitMs, idleMs } = {}) {
  const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], windowsHide: true })
  const ended = new Promise((resolve) => {
    let output = ''
    let limit, idle
    const giveUp = (reason) => {
      output += `\n${command}: ${reason}\n`
      stop(child)
    }
    const heard = (chunk) => {
      output += chunk
      if (!idleMs) return
      clearTimeout(idle)
      idle = setTimeout(giveUp, idleMs, `stopped, silent for ${idleMs / 1000} s`)
    }
    const done = (code) => {
      running.delete(child)
      clearTimeout(limit)
      clearTimeout(idle)
      resolve({ code, output: stripVTControlCharacters(output) })
    }
    if (limitMs) limit = setTimeout(giveUp, limitMs, `stopped, not done after ${limitMs / 1000} s`)
    heard('')
    child.stdout.setEncoding('utf8').on('data', heard)
    child.stderr.setEncoding('utf8').on('data', heard)
    child.on('error', (error) => {
      heard(`${command}: ${error.message}\n`)
      done(127)
    })
    child.on('close', (code) => done(code ?? 1))
  })
  running.set(child, ended)
  // Once we are to end, nobody may take a program's death for its result and go on.
  return ended.then((result) => (ending ? NEVER : result))
}

/** Asks a program to end, and makes it if it does not: npm may take long to tidy up. */
function stop(child) {
  child.kill('SIGTERM')
  setTimeout(() => child.kill('SIGKILL'), 3000).unref()
}

/** Ends every program that {@link run} started, for our own end by a signal. Done when they are gone. */
export async function stopAll() {
  ending = true
  const ends = Promise.all(running.values())
  for (const child of running.keys()) stop(child)
  // Longer than `stop` takes; a grandchild that holds on to a pipe must not keep us.
  await Promise.race([ends, sleep(4000)])
}

/**
 * Runs a tool of node_modules with the Node that runs this. Its script is looked up in the package instead of
 * node_modules/.bin, whose files need a shell on Windows.
 *
 * @param {string} packageName
 * @param {string} tool its name under `bin`
 * @param {string[]} args
 * @param {Parameters<typeof run>[2]} [options]
 */
export function runTool(packageName, tool, args, options) {
  const folder = join(ROOT, 'node_modules', packageName)
  const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  return run(process.execPath, [join(folder, bin[tool]), ...args], options)
}

/** One line for whoever waits. To stderr: stdout belongs to the product's own `Ready:` line. */
export function say(line) {
  process.stderr.write(`${line}\n`)
}

/** Seconds since `start` (milliseconds of `performance.now()`), for people. */
export function secondsSince(start) {
  return `${((performance.now() - start) / 1000).toFixed(1)} s`
}
