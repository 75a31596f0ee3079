import type { Reporter, TestCase } from '@playwright/test/reporter'
import { mishaps } from '../demo/mishap'

/** Prints the fault matrix: what each operation came to under each mishap, and how many cells of it were seen. */
export default class MatrixReporter implements Reporter {
  readonly #rows = new Map<string, Map<string, string>>()

  onTestEnd({ annotations }: TestCase): void {
    for (const { type, description } of annotations) {
      if (type !== 'matrix' || description === undefined) continue
      const [operation, mishap, ended]: string[] = JSON.parse(description)
      if (operation === undefined || mishap === undefined || ended === undefined) continue
      const row = this.#rows.get(operation) ?? new Map<string, string>()
      this.#rows.set(operation, row.set(mishap, ended))
    }
  }

  onEnd(): void {
    if (this.#rows.size === 0) return
    const width = Math.max(...[...this.#rows.keys()].map(({ length }) => length)) + 2
    const line = (name: string, cells: readonly string[]) => [name.padEnd(width), ...cells].join('')
    const seen = [...this.#rows.values()].reduce((sum, { size }) => sum + size, 0)
    const table = [
      line(
        'Fault matrix',
        mishaps.map((mishap) => mishap.padEnd(14)),
      ),
      ...[...this.#rows].map(([operation, row]) =>
        line(
          operation,
          mishaps.map((mishap) => (row.get(mishap) ?? '-').padEnd(14)),
        ),
      ),
      `${seen} of ${this.#rows.size * mishaps.length} cells of the fault matrix: ${this.#rows.size} operations, ${mishaps.length} mishaps`,
    ]
    process.stdout.write(`\n${table.map((one) => one.trimEnd()).join('\n')}\n`)
  }

  printsToStdio(): boolean {
    return false
  }
}
