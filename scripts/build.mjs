/** dist/: built by Vite (browser app and server in one go) when it is missing or older than what it is made from. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Stamp, fingerprint } from './fingerprint.mjs'
import { ROOT, runTool, say, secondsSince } from './run.mjs'

const stamp = new Stamp(join(ROOT, 'dist', '.keyring-build'))

/** What must be there after a build, else `npm start` could not run it. */
const OUTPUTS = ['client/index.html', 'server/server.js', 'server/main.js', 'server/demo.js']

const INPUTS = [
  'src',
  'proxy',
  'demo',
  'public',
  'scripts',
  'index.html',
  'vite.config.ts',
  'tailwind.config.js',
  'tsconfig.json',
  'package.json',
  'package-lock.json',
]

/** The scripts that take part in a build are the TypeScript ones: Vite's plugins. */
const NO_PART = /\.test\.tsx?$|\.mjs$/

/** Whether dist/ is what the sources would give now. */
export function isBuilt() {
  return stamp.matches(wanted()) && OUTPUTS.every((file) => existsSync(join(ROOT, 'dist', file)))
}

function wanted() {
  return fingerprint(ROOT, INPUTS, { skip: (path) => NO_PART.test(path) })
}

/** Builds if needed. Throws with Vite's own words when that fails. Answers what it did. */
export async function build() {
  if (isBuilt()) return 'dist/ is up to date'
  say('Building ...')
  const start = performance.now()
  // The sources as they are now: a file saved during the build makes the next start build again.
  const fresh = wanted()
  stamp.forget()
  const { code, output } = await runTool('vite', 'vite', ['build'], {
    env: { ...process.env, NODE_ENV: 'production' },
  })
  if (code !== 0) throw new Error(`vite build failed:\n${output.trim()}`)
  const missing = OUTPUTS.filter((file) => !existsSync(join(ROOT, 'dist', file)))
  if (missing.length > 0) throw new Error(`vite build made no ${missing.map((file) => `dist/${file}`).join(', ')}`)
  stamp.write(fresh)
  say(`Built in ${secondsSince(start)}.`)
  return output
}

// `node scripts/build.mjs`, as the check's build step does.
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    process.stdout.write(`${await build()}\n`)
  } catch (error) {
    process.stderr.write(`${error.message}\n`)
    process.exitCode = 1
  }
}
