import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

/** The tests that scripts/mutate.mjs runs for each change; without the plugins of the app, which none of them needs. */
export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  test: {
    include: [process.env['MUTATE_TESTS'] ?? 'src/cpanel/*.test.ts'],
    // They would notice more, and cost seconds for each change.
    exclude: ['**/garbage*.test.ts', '**/belief.test.ts'],
    environment: 'node',
    testTimeout: 20_000,
    expect: { poll: { timeout: 10_000 } },
  },
})
