/**
 * The browser that the tests drive. Looked for in this order: PLAYWRIGHT_CHROMIUM, a Chrome or Chromium on the
 * machine, Playwright's own download, and, as root on Debian, its package. Needs no package until it downloads.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, realpathSync } from 'node:fs'
import { homedir } from 'node:os'
import { delimiter, join } from 'node:path'
import { run, runTool, say, secondsSince } from './run.mjs'

/** Chromium without windows, as Debian packages it. */
const SHELL = 'chromium-headless-shell'

/**
 * The program file of a Chrome or Chromium, or undefined: then only Playwright's own download can serve, which
 * Playwright finds by itself.
 *
 * @returns {string | undefined}
 * @throws {Error} when PLAYWRIGHT_CHROMIUM names no file: an explicit wish is not passed over in silence
 */
export function findBrowser() {
  const asked = process.env.PLAYWRIGHT_CHROMIUM
  if (asked) {
    if (existsSync(asked)) return asked
    throw new Error(`PLAYWRIGHT_CHROMIUM is ${asked}, which is not there. Set it to a Chrome or Chromium, or unset it.`)
  }
  return usualPlaces().find(isUsable)
}

function usualPlaces() {
  const { env } = process
  if (process.platform === 'darwin') {
    return ['/Applications', join(homedir(), 'Applications')].flatMap((folder) =>
      ['Google Chrome', 'Chromium'].map((name) => join(folder, `${name}.app`, 'Contents', 'MacOS', name)),
    )
  }
  if (process.platform === 'win32') {
    const folders = [env.ProgramFiles, env['ProgramFiles(x86)'], env.LOCALAPPDATA].filter(Boolean)
    return folders.flatMap((folder) =>
      [join('Google', 'Chrome'), 'Chromium'].map((name) => join(folder, name, 'Application', 'chrome.exe')),
    )
  }
  const folders = new Set([...(env.PATH ?? '').split(delimiter).filter(Boolean), '/usr/local/bin', '/usr/bin'])
  // The shell first: without windows to draw, tests take a third less time in it.
  const names = [SHELL, 'google-chrome', 'google-chrome-stable', 'chromium', 'chromium-browser']
  return [...names.flatMap((name) => [...folders].map((folder) => join(folder, name))), '/opt/google/chrome/chrome']
}

/** A file that is there and starts. Windows' chrome.exe would open a window when asked for its version. */
function isUsable(file) {
  if (!existsSync(file) || isSnap(file)) return false
  if (process.platform === 'win32') return true
  const { status, stdout } = spawnSync(file, ['--version'], { encoding: 'utf8', timeout: 10_000 })
  return status === 0 && /Chrom\w+ \d+/.test(stdout)
}

/** A browser from a snap has a /tmp of its own and so can't see the profile that Playwright makes for it. */
function isSnap(file) {
  const real = realpathSync(file)
  if (real.endsWith('/snap')) return true
  const start = readFileSync(real).subarray(0, 4096).toString('latin1')
  return start.startsWith('#!') && start.includes('/snap/')
}

/**
 * Makes sure that a browser is there.
 *
 * @throws {Error} with the one command to run when it can't be had
 */
export async function ensureBrowser() {
  const found = findBrowser()
  if (found !== undefined) {
    // Where Debian has the shell, it is worth the few seconds; where it doesn't come, the browser that is there will do.
    if (isRoot() && isDebian() && !process.env.PLAYWRIGHT_CHROMIUM && !found.endsWith(SHELL)) await installFromDebian()
    return
  }
  if (await downloadWorks()) return
  const start = performance.now()
  say('No Chrome or Chromium here; asking Playwright for its own ...')
  const download = await runTool('@playwright/test', 'playwright', ['install', '--only-shell', 'chromium'], {
    env: { ...process.env, PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT: '10000' },
    limitMs: 600_000,
    idleMs: 45_000,
  })
  if (await downloadWorks()) {
    say(`Browser downloaded in ${secondsSince(start)}.`)
    return
  }
  const apt = isRoot() && isDebian() ? await installFromDebian() : undefined
  if (findBrowser() === undefined) {
    throw new Error([...tail(download), ...tail(apt), '', 'No browser for the tests. ' + wayOut()].join('\n'))
  }
  say(`Browser installed in ${secondsSince(start)}.`)
}

/** Starts it for real: a download without the system's libraries is there and yet of no use. */
async function downloadWorks() {
  const { chromium } = await import('@playwright/test')
  try {
    const browser = await chromium.launch()
    await browser.close()
    return true
  } catch {
    return false
  }
}

async function installFromDebian() {
  say(`Installing the Debian package ${SHELL}, about 20 s ...`)
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const options = ['-q', '-y', '-o', 'DPkg::Lock::Timeout=120']
  const update = await run('apt-get', [...options, 'update'], { env, limitMs: 180_000 })
  const packages = [SHELL, 'fonts-liberation']
  const installed = await run('apt-get', [...options, 'install', '--no-install-recommends', ...packages], {
    env,
    limitMs: 600_000,
  })
  return installed.code === 0 ? installed : { ...installed, output: update.output + installed.output }
}

/** @param {{ output: string } | undefined} result */
function tail(result) {
  return result === undefined ? [] : result.output.trim().split('\n').slice(-8)
}

/** True as root, where Chromium runs only without its sandbox. */
export function isRoot() {
  return process.getuid?.() === 0
}

/** Whether its packages can be asked for by their names. */
export function isDebian() {
  return existsSync('/etc/os-release') && /^ID=debian$/m.test(readFileSync('/etc/os-release', 'utf8'))
}

function wayOut() {
  if (process.platform !== 'linux') return 'Install Chrome, or run:  npx playwright install chromium'
  if (isDebian()) return `Run:  ${isRoot() ? '' : 'sudo '}apt-get install -y ${SHELL}`
  return 'Install Chrome or Chromium (not as a snap), or run:  npx playwright install --with-deps chromium'
}
