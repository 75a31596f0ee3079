/**
 * Real parts for the tests of several proxies together: a Redis and an nginx. Installed where that disturbs nobody: as root
 * on a Debian that runs no services by itself, such as a container. Elsewhere their package would start a server at once,
 * so nothing is installed, the tests that need them are skipped, and a loud line says so.
 */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { isDebian, isRoot } from './browser.mjs'
import { run, say, secondsSince } from './run.mjs'

/** Names of each part's program, and the option that shows that it starts. */
const parts = {
  redis: { programs: ['redis-server', 'valkey-server'], option: '--version', debian: 'redis-server' },
  nginx: { programs: ['nginx'], option: '-v', debian: 'nginx' },
}

let hasTried = false

/**
 * The program file of a part, or undefined where there is none.
 *
 * @param {keyof typeof parts} part
 * @returns {string | undefined}
 */
export function findPart(part) {
  const { programs, option } = parts[part]
  // Not everybody has the folders of servers in PATH.
  const folders = [...(process.env.PATH ?? '').split(delimiter).filter(Boolean), '/usr/sbin', '/usr/local/sbin']
  return programs
    .flatMap((name) => folders.map((folder) => join(folder, name)))
    .find((file) => existsSync(file) && spawnSync(file, [option]).status === 0)
}

/** Whether there is nothing (more) to do: all is there, or can't be had. */
export function hasParts() {
  return hasTried || missing().length === 0
}

/** Installs what is missing where it may; says loudly what will not be tested where it may not. */
export async function ensureParts() {
  hasTried = true
  if (isRoot() && isDebian() && !existsSync('/run/systemd/system')) {
    const start = performance.now()
    const packages = missing().map((part) => parts[part].debian)
    say(`Installing the Debian packages ${packages.join(' and ')} for the tests of several proxies ...`)
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    const options = ['-q', '-y', '-o', 'DPkg::Lock::Timeout=120']
    await run('apt-get', [...options, 'update'], { env, limitMs: 180_000 })
    await run('apt-get', [...options, 'install', '--no-install-recommends', ...packages], { env, limitMs: 300_000 })
    if (missing().length === 0) say(`Installed in ${secondsSince(start)}.`)
  }
  for (const part of missing()) {
    const advice = isDebian() ? `: apt-get install ${parts[part].debian}` : ''
    say(`!! SKIPPED: there is no ${part} here${advice}. What several proxies do together is NOT tested.`)
  }
}

function missing() {
  return ['redis', 'nginx'].filter((part) => findPart(part) === undefined)
}
