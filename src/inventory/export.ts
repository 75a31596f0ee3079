import { ACCESS, type Columns } from './columns'

/** A token as an export has it: what the table shows, with moments in ISO 8601 and empty for what is not known. */
type ExportedToken = {
  token: string
  account: string
  domain: string
  server: string
  created: string
  expires: string
  access: string
  suspended: boolean
}

const accessNames = new Map<number, string>(Object.entries(ACCESS).map(([name, number]) => [number, name]))

function exportedToken(columns: Columns, row: number): ExportedToken {
  const facts = columns.accounts[columns.account[row] ?? -1]
  const expires = columns.expires[row] ?? Number.NaN
  return {
    token: columns.names[row] ?? '',
    account: facts?.user ?? '',
    domain: facts?.domain ?? '',
    server: facts?.serverName ?? '',
    created: moment(columns.created[row] ?? Number.NaN),
    expires: expires === Number.POSITIVE_INFINITY ? 'never' : moment(expires),
    access: accessNames.get(columns.access[row] ?? ACCESS.full) ?? '',
    suspended: facts?.isSuspended ?? false,
  }
}

function moment(seconds: number): string {
  return Number.isNaN(seconds) ? '' : new Date(seconds * 1000).toISOString()
}

const FIELDS = ['token', 'account', 'domain', 'server', 'created', 'expires', 'access', 'suspended'] as const

/** The rows as CSV for spreadsheets (RFC 4180). Secrets can't be in it: nobody knows them. */
export function tokensAsCsv(columns: Columns, rows: Iterable<number>): string {
  const lines = Array.from(rows, (row) => {
    const token = exportedToken(columns, row)
    return FIELDS.map((field) => String(token[field]))
  })
  return csv([FIELDS, ...lines])
}

/** The rows as a JSON array of objects. */
export function tokensAsJson(columns: Columns, rows: Iterable<number>): string {
  return `${JSON.stringify(
    Array.from(rows, (row) => exportedToken(columns, row)),
    null,
    2,
  )}\n`
}

/**
 * Lines of cells as CSV. A cell that a spreadsheet would take for a formula is led by an apostrophe: a legal token name may
 * begin with "-", and a broken server may send anything (GUIDANCE.md, OWASP on CSV injection).
 */
export function csv(lines: readonly (readonly string[])[]): string {
  return lines.map((cells) => `${cells.map(cell).join(',')}\r\n`).join('')
}

function cell(text: string): string {
  const harmless = /^[=+\-@\t\r\n＝＋－＠]/.test(text.trimStart()) || /^[\t\r\n]/.test(text) ? `'${text}` : text
  return `"${harmless.replaceAll('"', '""')}"`
}
