import { expect, test } from 'vitest'
import { accountFunctions, whmFunctions } from './testing/fuzz/listed'
import { runCases } from './testing/fuzz/run'

// The same cases each time; fuzzAnew.test.ts sends others. FUZZ_RUNS=N is how many.
const CASES = Number(process.env['FUZZ_RUNS'] ?? 50_000)

test(
  'whatever comes, only what is listed passes, and for nobody but who is signed in',
  { timeout: CASES * 20 },
  async () => {
    const { cases, seen } = await runCases(20_261_124, CASES)
    expect(cases).toBeGreaterThanOrEqual(CASES)
    // What only knocks at the door proves nothing: all that is behind it was reached, too.
    const functions = [
      ...[...accountFunctions.keys()].map((name) => `Tokens::${name}`),
      ...whmFunctions.keys(),
      'batch',
      'token test',
    ]
    const statuses = ['200', '201', '204', '400', '401', '403', '404', '413', '421', '502']
    const reached = [...functions, 'login', 'logout', ...statuses].filter(
      (what) => (seen.get(what) ?? 0) >= cases / 10_000,
    )
    expect(reached).toEqual([...functions, 'login', 'logout', ...statuses])
  },
)
