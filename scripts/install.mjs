/** node_modules: made with `npm ci` when it is missing or not what package.json and the lock file ask for. */
import { existsSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { Stamp, fingerprint } from './fingerprint.mjs'
import { ROOT, run, say, secondsSince } from './run.mjs'

// Inside node_modules, so that it goes when node_modules goes.
const stamp = new Stamp(join(ROOT, 'node_modules', '.keyring-setup'))

// With NODE_ENV=production in the environment npm would leave out what the build needs.
const CI = ['ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund']

/** What may be over in a moment: the network, or the rest of an installation that was killed and is still writing. */
const PASSING = /\b(?:ENOTEMPTY|EBUSY|ECONNRESET|ETIMEDOUT|EAI_AGAIN|ERR_SOCKET_TIMEOUT)\b/

/** Platform and Node's major version belong to it: a folder copied from another machine holds other binaries. */
function wanted() {
  const extra = [process.platform, process.arch, process.versions.node.split('.')[0]]
  return fingerprint(ROOT, ['package.json', 'package-lock.json'], { extra })
}

/** Whether node_modules is what package.json, lock file and platform ask for. */
export function isInstalled() {
  return stamp.matches(wanted())
}

/** Installs what is missing. Throws with npm's own words when that fails. */
export async function install() {
  if (isInstalled()) return
  if (installedByHand()) {
    stamp.write(wanted())
    return
  }
  say('Installing the packages (npm ci), about 20 s the first time ...')
  const start = performance.now()
  stamp.forget()
  let { code, output } = await npm(CI)
  if (code !== 0 && PASSING.test(output)) {
    say('That did not work at first; trying once more ...')
    ;({ code, output } = await npm(CI))
  }
  if (code !== 0) throw new Error(`npm ci failed:\n${output.trim()}`)
  stamp.write(wanted())
  say(`Installed in ${secondsSince(start)}.`)
}

/**
 * Whether somebody ran `npm ci` or `npm install` already: npm keeps what it installed in a hidden lock file. Saves
 * a second installation where the first was not ours.
 */
function installedByHand() {
  const hidden = join(ROOT, 'node_modules', '.package-lock.json')
  if (!existsSync(hidden)) return false
  const installed = readPackages(hidden)
  const asked = readPackages(join(ROOT, 'package-lock.json'))
  delete asked['']
  const complete = Object.entries(asked).every(([path, entry]) => {
    const found = installed[path]
    if (!found) return entry.optional === true && !isOurs(entry)
    return found.version === entry.version && found.integrity === entry.integrity
  })
  return complete && Object.entries(installed).every(([path, entry]) => path in asked && fits(entry))
}

/** Whether a package is made for this machine. */
function fits({ os, cpu }) {
  return allows(os, process.platform) && allows(cpu, process.arch)
}

/** Whether an optional package is surely for this machine. Which C library that has, npm alone knows. */
function isOurs(entry) {
  return entry.os !== undefined && entry.libc === undefined && fits(entry)
}

/** npm's lists of platforms: `["linux", "darwin"]` or `["!win32"]`, or nothing for all of them. */
function allows(list, value) {
  if (list === undefined) return true
  return list.includes(value) || (list.every((item) => item.startsWith('!')) && !list.includes(`!${value}`))
}

function readPackages(file) {
  return JSON.parse(readFileSync(file, 'utf8')).packages
}

/** The npm that called us, else the one on the PATH. */
function npm(args) {
  const caller = process.env.npm_execpath
  if (caller && /^npm(-cli)?\.c?js$/.test(basename(caller))) return run(process.execPath, [caller, ...args])
  // npm is a .cmd file on Windows, which only a shell starts.
  if (process.platform === 'win32') return run('cmd.exe', ['/d', '/s', '/c', 'npm', ...args])
  return run('npm', args)
}
