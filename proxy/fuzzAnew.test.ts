import { expect, test } from 'vitest'
import { runCases } from './testing/fuzz/run'

// Other cases each time: FUZZ_SEED=N repeats those of a run that failed, FUZZ_RUNS=N is how many.
const CASES = Number(process.env['FUZZ_RUNS'] ?? 50_000)
const seed = Number(process.env['FUZZ_SEED'] ?? Math.trunc(Math.random() * 2 ** 31))

test(`so it is for cases that nobody has tried before (FUZZ_SEED=${seed})`, { timeout: CASES * 20 }, async () => {
  process.stdout.write(`FUZZ_SEED=${seed}\n`)
  const { cases } = await runCases(seed, CASES)
  expect(cases).toBeGreaterThanOrEqual(CASES)
})
