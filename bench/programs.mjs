/** The programs a bench measures, each in a process of its own, so that none borrows another's processor time unseen. */
import { chromium } from '@playwright/test'
import { spawn } from 'node:child_process'
import { openSync } from 'node:fs'
import { findBrowser, isRoot } from '../scripts/browser.mjs'
import { ROOT } from '../scripts/run.mjs'

/** The built product. */
export const KEYRING = `${ROOT}/dist/server/main.js`

/** @type {(() => Promise<unknown>)[]} */
const stops = []

export async function stopAll() {
  for (const stop of stops.splice(0).reverse()) await stop()
}

/**
 * Starts a program and waits for a line of its output.
 *
 * @param {string} file its path
 * @param {Record<string, string>} env
 * @param {RegExp} ready
 * @param {string} [log] the file that takes what the program writes to stderr, instead of our own
 * @returns {Promise<{ output: string, pid: number }>} with all output up to then
 */
export function start(file, env, ready, log) {
  const child = spawn(process.execPath, [file], {
    // Nothing of what whoever measures has added is read.
    env: { PATH: process.env.PATH, ADD_SERVERS: 'no', ...env },
    stdio: ['ignore', 'pipe', log === undefined ? 'inherit' : openSync(log, 'a')],
  })
  stops.push(
    () =>
      new Promise((resolve) => {
        if (child.exitCode !== null || child.signalCode !== null) return resolve()
        child.once('exit', resolve)
        child.kill('SIGTERM')
      }),
  )
  let output = ''
  return new Promise((resolve, reject) => {
    child.stdout.on('data', (chunk) => {
      output += chunk
      if (ready.test(output)) resolve({ output, pid: child.pid })
    })
    child.once('exit', (code) => reject(new Error(`${file} ended with ${code}`)))
  })
}

/**
 * A demo server and a Keyring before it.
 *
 * @param {Record<string, string>} demoSettings DEMO_… variables
 */
export async function startServers(demoSettings) {
  const { output: demo } = await start(
    `${ROOT}/dist/server/demo-main.js`,
    { DEMO_CPANEL_PORT: '0', DEMO_WHM_PORT: '0', ...demoSettings },
    /Fingerprint .*\n/,
  )
  const [cpanel, whm, fingerprint] = ['cPanel', 'WHM', 'Fingerprint'].map(
    (name) => new RegExp(`^${name} +(\\S+)$`, 'm').exec(demo)?.[1] ?? '',
  )
  const { output: keyring } = await start(
    KEYRING,
    {
      HOST: '127.0.0.1',
      PORT: '0',
      LOG_LEVEL: 'warn',
      CPANEL_URL: cpanel,
      WHM_URL: whm,
      CPANEL_FINGERPRINT256: fingerprint,
    },
    /^Ready: .*\n/m,
  )
  return { url: /^Ready: (\S+)$/m.exec(keyring)?.[1] ?? '', whm }
}

/**
 * A page in a browser of its own, which notes tasks over 50 ms as `longTasks`, and what the product measures of its Worker
 * as `worked`, summed up by name. Milliseconds.
 */
export async function openPage() {
  const browser = await chromium.launch({
    executablePath: findBrowser(),
    args: [...(isRoot() ? ['--no-sandbox'] : []), '--disable-gpu', '--disable-background-networking'],
  })
  stops.push(() => browser.close())
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } })
  await page.addInitScript(() => {
    window.longTasks = []
    new PerformanceObserver((list) => {
      for (const { duration, startTime } of list.getEntries()) window.longTasks.push({ duration, startTime })
    }).observe({ type: 'longtask', buffered: true })
    window.worked = {}
    new PerformanceObserver((list) => {
      for (const { name, duration } of list.getEntries()) window.worked[name] = (window.worked[name] ?? 0) + duration
    }).observe({ type: 'measure', buffered: true })
  })
  return page
}

/** Signs root in to WHM and stays on the page of accounts. */
export async function signInAsRoot(page, url) {
  await page.goto(`${url}/sign-in`)
  await page.getByLabel('WHM').check()
  await page.getByLabel('Username').fill('root')
  await page.getByLabel('Password').fill('demo-password-1')
  await page.getByRole('button', { name: 'Log in', exact: true }).click()
  await page.waitForURL(/\/accounts/)
}

export function median(values) {
  const sorted = values.toSorted((one, other) => one - other)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}
