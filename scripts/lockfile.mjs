/**
 * The check that package-lock.json installs everywhere. An optional binding that is missing from it makes `npm ci`
 * fail on every platform, and a registry that lacks one leaves it out in silence; so does a host in `resolved` bind
 * the file to one registry, and a package for newer Node stop the oldest one we support.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { OLDEST_NODE } from './node-version.mjs'
import { ROOT } from './run.mjs'
import { satisfies } from './version-range.mjs'

/**
 * What is wrong, in sentences; empty when nothing is.
 *
 * @param {{ packages: Record<string, any> }} lock package-lock.json
 * @param {Record<string, any>} manifest package.json
 */
export function lockFaults(lock, manifest) {
  const { '': root, ...entries } = lock.packages
  return [
    ...Object.entries(lock.packages).flatMap(([path, entry]) => missing(lock.packages, path, entry)),
    ...Object.entries(entries).flatMap(([path, entry]) => unfit(path, entry)),
    ...disagreeing(root, manifest),
    ...unexplained(manifest, entries),
  ]
}

/** Every dependency has its entry where Node would find it: in the package's own folder or in one further up. */
function missing(packages, path, { dependencies = {}, optionalDependencies = {} }) {
  return Object.keys({ ...dependencies, ...optionalDependencies })
    .filter((name) => !folders(path).some((folder) => `${folder}node_modules/${name}` in packages))
    .map((name) => {
      const kind = name in optionalDependencies ? 'optional dependency' : 'dependency'
      return `${path || 'package.json'}: its ${kind} ${name} has no entry in package-lock.json, so npm ci fails.`
    })
}

/** `node_modules/a/node_modules/b` -> that folder, `node_modules/a/`, and the root. */
function folders(path) {
  if (path === '') return ['']
  return [`${path}/`, ...folders(path.slice(0, Math.max(0, path.lastIndexOf('node_modules/') - 1)))]
}

function unfit(path, { resolved, engines }) {
  const faults = []
  if (resolved !== undefined) faults.push(`${path}: names a download address (resolved). Is .npmrc in place?`)
  if (engines?.node !== undefined && !satisfies(engines.node, `${OLDEST_NODE}.0`)) {
    faults.push(`${path}: wants Node ${engines.node}, and Node ${OLDEST_NODE} must do.`)
  }
  return faults
}

/** npm ci refuses when package.json asks for something else than the lock file holds. */
function disagreeing(root, manifest) {
  return ['dependencies', 'devDependencies', 'optionalDependencies'].flatMap((kind) => {
    const asked = manifest[kind] ?? {}
    const locked = root[kind] ?? {}
    return Object.keys({ ...asked, ...locked })
      .filter((name) => asked[name] !== locked[name])
      .map((name) => `${name}: package.json says ${asked[name]}, package-lock.json ${locked[name]}. Run npm install.`)
  })
}

/** An override is an exception that nobody can guess the reason of: package.json says it under "//overrides". */
function unexplained({ overrides = {}, '//overrides': reasons = {} }, entries) {
  const without = Object.keys(overrides).filter((name) => !reasons[name])
  const idle = Object.keys(overrides).filter((name) => !Object.keys(entries).some((path) => path.endsWith(`/${name}`)))
  const left = Object.keys(reasons).filter((name) => !(name in overrides))
  return [
    ...without.map((name) => `package.json: say why ${name} is overridden, under "//overrides".`),
    ...idle.map((name) => `package.json: nothing needs ${name} any more; remove its override.`),
    ...left.map((name) => `package.json: "//overrides" explains ${name}, which is not overridden.`),
  ]
}

function read(name) {
  return JSON.parse(readFileSync(join(ROOT, name), 'utf8'))
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const faults = lockFaults(read('package-lock.json'), read('package.json'))
  process.stdout.write(faults.map((fault) => `${fault}\n`).join(''))
  process.exitCode = faults.length > 0 ? 1 : 0
}
