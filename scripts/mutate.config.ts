import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { defineConfig, type Plugin } from 'vitest/config'

const root = fileURLToPath(new URL('..', import.meta.url))

/** Lines and columns count from 1. */
type Place = { line: number; column: number }
type Change = { file: string; start: Place; end: Place; replacement: string }

/** Writes the change that MUTATE_CHANGE names into its file, as it is loaded. */
function written(): Plugin {
  const change: Change | null = JSON.parse(process.env['MUTATE_CHANGE'] ?? 'null')
  return {
    name: 'keyring-change',
    enforce: 'pre',
    transform(code, id) {
      if (change === null || id !== join(root, change.file)) return undefined
      const lines = code.split('\n')
      const offsetOf = ({ line, column }: Place) =>
        lines.slice(0, line - 1).join('\n').length + column - (line > 1 ? 0 : 1)
      return code.slice(0, offsetOf(change.start)) + change.replacement + code.slice(offsetOf(change.end))
    },
  }
}

/** The tests that scripts/mutate.mjs runs for each change; without the plugins of the app, which none of them needs. */
export default defineConfig({
  root,
  plugins: [written()],
  test: {
    include: [process.env['MUTATE_TESTS'] ?? 'src/cpanel/*.test.ts'],
    // They would notice more, and cost seconds for each change.
    exclude: ['**/garbage*.test.ts', '**/belief.test.ts'],
    environment: 'node',
    testTimeout: 20_000,
    expect: { poll: { timeout: 10_000 } },
  },
})
