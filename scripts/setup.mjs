#!/usr/bin/env node
/**
 * Everything that must be there before a command can run, on a fresh clone with only Node. `npm start` and `npm test`
 * call it themselves, because `prestart` and `pretest` are skipped where npm is set to ignore scripts; by hand it is
 * `node scripts/setup.mjs start|dev|test`. It says what it does on stderr, and is quick and silent when all is there.
 *
 * Imports nothing but what an old Node can read, so that it can say that it is too old.
 */
import { fileURLToPath } from 'node:url'
import { nodeComplaint } from './node-version.mjs'

const INSTALL = async () => {
  const { install, isInstalled } = await import('./install.mjs')
  return { isThere: isInstalled, make: install }
}
const BUILD = async () => {
  const { build, isBuilt } = await import('./build.mjs')
  return { isThere: isBuilt, make: build }
}
const BROWSER = async () => {
  const { ensureBrowser, findBrowser } = await import('./browser.mjs')
  return { isThere: () => findBrowser() !== undefined, make: ensureBrowser }
}

const PARTS = async () => {
  const { ensureParts, hasParts } = await import('./serverParts.mjs')
  return { isThere: hasParts, make: ensureParts }
}

/** What each command needs, in order. */
const NEEDS = {
  start: [INSTALL, BUILD],
  dev: [INSTALL],
  test: [INSTALL, BROWSER, PARTS],
  bench: [INSTALL, BUILD, BROWSER],
}

/**
 * Makes what a command needs. Ends the process with a message when that can't be done.
 *
 * @param {keyof typeof NEEDS} command
 */
export async function setUp(command) {
  const complaint = nodeComplaint(process.versions.node)
  if (complaint !== undefined) fail(complaint)

  const { stopAll } = await import('./run.mjs')
  const { whenToEnd } = await import('./ending.mjs')
  const done = whenToEnd(async (code) => {
    await stopAll()
    process.exit(code)
  })
  try {
    await makeAll(await Promise.all(NEEDS[command].map((need) => need())))
  } catch (error) {
    fail(error instanceof Error ? error.message : String(error))
  }
  done()
}

/** @param {{ isThere: () => boolean, make: () => Promise<unknown> }[]} needs */
async function makeAll(needs) {
  if (needs.every(({ isThere }) => isThere())) return
  const { ROOT, say } = await import('./run.mjs')
  const { oneAtATime } = await import('./one-at-a-time.mjs')
  await oneAtATime(
    `${ROOT}/.keyring-setup.lock`,
    async () => {
      // Another process may have done it while this one waited, so each need looks again.
      for (const { isThere, make } of needs) if (!isThere()) await make()
    },
    { onWait: () => say('Another start is setting up; waiting for it ...') },
  )
}

function fail(message) {
  process.stderr.write(`${message}\n`)
  process.exit(1)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const command = process.argv[2] ?? ''
  if (!(command in NEEDS)) fail(`Usage: node scripts/setup.mjs ${Object.keys(NEEDS).join('|')}`)
  await setUp(command)
}
