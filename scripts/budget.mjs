/**
 * The check that the token list stays light: what a browser fetches until the list can be shown, from Vite's manifest.
 * Compressed bytes are what counts on the wire; 1 kB is 1000 bytes.
 */
import { readFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { ROOT } from './run.mjs'

const CLIENT = join(ROOT, 'dist', 'client')
const MOST = { scriptBytes: 150_000, styleBytes: 12_000, requests: 8 }
/** What the screens of WHM's own tokens may cost on top of the list, each with all that it imports. */
const MOST_OF_WHM = 28_500
const WHM_PAGES = [
  'src/pages/GenerateWhmTokenPage.tsx',
  'src/pages/EditWhmTokenPage.tsx',
  'src/components/WhmExtras.tsx',
]

/** The session and the tokens: the calls that the list waits for. */
const API_CALLS = 3

/**
 * The files of the token list's route: the page, the entry and the list's own chunk with everything they import
 * statically, the English messages if they are a chunk of their own, and what index.html names itself.
 *
 * @param {Record<string, ManifestChunk>} manifest Vite's `.vite/manifest.json`
 * @param {string} html the built index.html
 * @returns {string[]} paths below dist/client
 * @throws {Error} when the manifest has no entry or no list page: then the check would measure something else
 *
 * @typedef {{ file: string, src?: string, isEntry?: boolean, isDynamicEntry?: boolean, imports?: string[],
 *   css?: string[], assets?: string[] }} ManifestChunk
 */
export function filesOfTokenList(manifest, html) {
  const chunks = Object.entries(manifest)
  const named = [...html.matchAll(/(?:src|href)="\/([^"/][^"]*)"/g)].map(([, path]) => path)
  // The app's chunk may be named by the configuration, and then the manifest calls nothing an entry: the page knows.
  const entry = chunks.filter(([, { file }]) => file.endsWith('.js') && named.includes(file))
  const page = chunks.filter(
    ([, { isDynamicEntry, src }]) => isDynamicEntry && src?.endsWith('pages/ListTokensPage.tsx'),
  )
  if (entry.length === 0) throw new Error('The page loads no script of the manifest.')
  const english = chunks.filter(
    ([key, { isDynamicEntry, src }]) => isDynamicEntry && /messages\/(?:.*[/.-])?en\b/.test(src ?? key),
  )

  const files = filesReached(
    manifest,
    [...entry, ...page, ...english].map(([key]) => key),
  )
  return [...new Set(['index.html', ...files, ...named])]
}

/** The files of these chunks and of everything they import statically. */
function filesReached(manifest, keys) {
  const reached = new Set()
  const reach = (key) => {
    if (reached.has(key)) return
    reached.add(key)
    manifest[key].imports?.forEach(reach)
  }
  keys.forEach(reach)
  return [...reached].flatMap((key) => {
    const { file, css = [], assets = [] } = manifest[key]
    return [file, ...css, ...assets]
  })
}

/**
 * The scripts that a page loads which comes when it is opened, without what is there already.
 *
 * @param {Record<string, ManifestChunk>} manifest
 * @param {string} src the page's module, as the manifest names it
 * @param {string[]} loaded files that the list has loaded
 * @returns {string[]}
 * @throws {Error} when the manifest has no such page
 */
export function scriptsOnTop(manifest, src, loaded) {
  const [key] = Object.entries(manifest).find(([, chunk]) => chunk.src === src) ?? []
  if (key === undefined) throw new Error(`The manifest has no ${src}.`)
  return [...new Set(filesReached(manifest, [key]))].filter((file) => file.endsWith('.js') && !loaded.includes(file))
}

/**
 * What is over budget, in sentences; empty when nothing is.
 *
 * @param {{ file: string, gzip: number }[]} sizes
 */
export function budgetFaults(sizes) {
  const gzipOf = (extension) =>
    sizes.filter(({ file }) => extname(file) === extension).reduce((sum, { gzip }) => sum + gzip, 0)
  const spent = { scriptBytes: gzipOf('.js'), styleBytes: gzipOf('.css'), requests: sizes.length + API_CALLS }
  return Object.entries(MOST)
    .filter(([what, most]) => spent[what] > most)
    .map(([what, most]) => `Over budget: ${what} is ${spent[what]}, ${most} is the most.`)
}

function measure(file) {
  const bytes = readFileSync(join(CLIENT, file))
  return {
    file,
    raw: bytes.length,
    gzip: gzipSync(bytes, { level: 9 }).length,
    brotli: brotliCompressSync(bytes).length,
  }
}

function row(name, numbers) {
  return name.padEnd(48) + numbers.map((number) => String(number).padStart(9)).join('')
}

function sum(sizes) {
  return ['raw', 'gzip', 'brotli'].map((kind) => sizes.reduce((total, size) => total + size[kind], 0))
}

function table(sizes) {
  const ofKind = (extension) => sizes.filter(({ file }) => extname(file) === extension)
  return [
    row('file, in bytes', ['raw', 'gzip', 'brotli']),
    ...sizes.map((size) => row(size.file, sum([size]))),
    row('all JavaScript', sum(ofKind('.js'))),
    row('all CSS', sum(ofKind('.css'))),
    row(`all, in ${sizes.length + API_CALLS} requests with ${API_CALLS} API calls`, sum(sizes)),
  ].join('\n')
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const manifest = JSON.parse(readFileSync(join(CLIENT, '.vite', 'manifest.json'), 'utf8'))
  const files = filesOfTokenList(manifest, readFileSync(join(CLIENT, 'index.html'), 'utf8'))
  const sizes = files.map(measure)
  const onTop = WHM_PAGES.map((src) => ({ src, sizes: scriptsOnTop(manifest, src, files).map(measure) }))
  const tooMuch = onTop.filter((page) => sum(page.sizes)[1] > MOST_OF_WHM)
  const faults = [
    ...budgetFaults(sizes),
    ...tooMuch.map(({ src }) => `Over budget: ${src} adds more than ${MOST_OF_WHM} to the list.`),
  ]
  const rows = onTop.map((page) => row(`on top: ${page.src.replace('src/', '')}`, sum(page.sizes)))
  process.stdout.write(`${[table(sizes), ...rows, ...faults].join('\n')}\n`)
  process.exitCode = faults.length > 0 ? 1 : 0
}
