/** The steps of `npm test`. Their names are what `node scripts/check.mjs NAME ...` takes. */
import { join } from 'node:path'
import { ROOT, run, runTool } from './run.mjs'

/** No step may hang for ever; the slowest takes a fraction of this. */
const LIMIT_MS = 30 * 60_000

const env = { ...process.env, FORCE_COLOR: '0', NO_COLOR: '1' }
const script = (name) => () => run(process.execPath, [join(ROOT, 'scripts', `${name}.mjs`)], { env, limitMs: LIMIT_MS })
const tool =
  (packageName, bin, ...args) =>
  () =>
    runTool(packageName, bin, args, { env, limitMs: LIMIT_MS })

/**
 * In the order in which they start. `cores` is how many of two the step keeps busy; `needs` names the steps that must
 * have passed first, `result` what of its output is worth showing when it passed. The long ones are last, each with the machine to itself: what people wait for in them is time.
 *
 * @type {{ name: string, about: string, cores: 1 | 2, needs?: string[], result?: RegExp, work: () => Promise<{ code: number, output: string }> }[]}
 */
export const STEPS = [
  { name: 'build', about: 'the product can be built', cores: 1, work: script('build') },
  { name: 'types', about: 'TypeScript finds no fault', cores: 1, work: tool('typescript', 'tsc', '--noEmit') },
  {
    name: 'lint',
    about: 'oxlint, with types, finds no fault',
    cores: 1,
    work: tool('oxlint', 'oxlint', '--type-aware', '--deny-warnings'),
  },
  {
    name: 'imports',
    about: 'the import rule catches a planted fault in every room',
    cores: 1,
    work: script('imports'),
  },
  {
    name: 'format',
    about: 'oxfmt would change nothing',
    cores: 1,
    work: tool('oxfmt', 'oxfmt', '--check'),
  },
  { name: 'dead-code', about: 'every file, export and dependency is used', cores: 1, work: tool('knip', 'knip') },
  { name: 'lockfile', about: 'the lock file installs on every platform', cores: 1, work: script('lockfile') },
  { name: 'lengths', about: 'files are short', cores: 1, work: script('lengths') },
  {
    name: 'budget',
    about: 'the token list is light',
    cores: 1,
    needs: ['build'],
    work: script('budget'),
    result: /^all.*/gm,
  },
  {
    name: 'unit',
    about: 'Vitest',
    cores: 2,
    // Dots, so that what failed is not lost among what passed.
    work: tool('vitest', 'vitest', 'run', '--configLoader', 'runner', '--reporter', 'dot'),
    result: /Tests .*|FUZZ_SEED=\d+/g,
  },
  {
    name: 'browser',
    about: 'Playwright',
    cores: 2,
    needs: ['build'],
    work: tool('@playwright/test', 'playwright', 'test'),
    result: /\d+ (?:passed|skipped|flaky).*|^Fault matrix[^]*? of the fault matrix.*/gm,
  },
]
