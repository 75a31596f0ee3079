/** Reads CSV as RFC 4180 has it, and nothing laxer: every line ends, and a quote stands in quotes twice. */
export function csvLines(text: string): string[][] {
  const lines: string[][] = []
  let cells: string[] = []
  let rest = text
  while (rest !== '') {
    const [all = '', quoted, plain = '', end] = /^(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/.exec(rest) ?? []
    if (all === '') throw new Error(`This is no CSV: ${rest.slice(0, 40)}`)
    cells.push(quoted?.replaceAll('""', '"') ?? plain)
    if (end === '\r\n') lines.push(cells.splice(0))
    rest = rest.slice(all.length)
  }
  if (cells.length > 0) throw new Error('The last line does not end.')
  return lines
}

/** What a spreadsheet would work out instead of showing. */
export function isFormula(cell: string): boolean {
  return /^[=+\-@＝＋－＠]/.test(cell.trimStart())
}
