/** The check that files stay short: no file over 250 lines, at least half of them under 90. */
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ROOT } from './run.mjs'

const ROOMS = ['src', 'proxy', 'demo']
const MOST = 250
const SHORT = 90

/**
 * What is wrong with these lengths, in sentences; empty when nothing is.
 *
 * @param {{ file: string, lines: number }[]} files
 */
export function lengthFaults(files) {
  if (files.length === 0) return [`There is no TypeScript file in ${ROOMS.join(', ')}: nothing was checked.`]
  const long = files
    .filter(({ lines }) => lines > MOST)
    .map(({ file, lines }) => `${file} has ${lines} lines; ${MOST} is the most. Does it do two things?`)
  const short = files.filter(({ lines }) => lines < SHORT).length
  if (short * 2 >= files.length) return long
  return [...long, `Only ${short} of ${files.length} files have under ${SHORT} lines; at least half should.`]
}

function measure() {
  return ROOMS.flatMap((room) =>
    readdirSync(join(ROOT, room), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.tsx?$/.test(name) && !/\.test\.tsx?$/.test(name))
      .map((name) => {
        const text = readFileSync(join(ROOT, room, name), 'utf8')
        return { file: `${room}/${name}`, lines: text.split('\n').length - (text.endsWith('\n') ? 1 : 0) }
      }),
  )
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const files = measure()
  const faults = lengthFaults(files)
  const longest = files.toSorted((a, b) => b.lines - a.lines).slice(0, 3)
  process.stdout.write(`${files.length} files, longest: ${longest.map((f) => `${f.file} ${f.lines}`).join(', ')}\n`)
  process.stdout.write(faults.map((fault) => `${fault}\n`).join(''))
  process.exitCode = faults.length > 0 ? 1 : 0
}
