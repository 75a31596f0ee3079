import { valueOf, type Params } from './params'
import { filterRows, sortRows, type Row } from './table'

/** A list as WHM answers it: the rows asked for and what to say of them in `metadata`. */
export interface WhmTable {
  readonly rows: readonly Row[]
  readonly metadata: Row
}

/** A list, filtered, sorted, cut and reduced as WHM's `api.…` parameters ask (section 3.8). */
export function whmTable(all: readonly Row[], params: Params): WhmTable {
  const filters = letters(params, 'filter').map((letter) => ({
    field: valueOf(params, `api.filter.${letter}.field`) ?? '*',
    type: valueOf(params, `api.filter.${letter}.type`) ?? 'contains',
    term: valueOf(params, `api.filter.${letter}.arg0`) ?? '',
  }))
  const rules = letters(params, 'sort').map((letter) => ({
    field: valueOf(params, `api.sort.${letter}.field`) ?? '',
    isReverse: valueOf(params, `api.sort.${letter}.reverse`) === '1',
    method: valueOf(params, `api.sort.${letter}.method`) ?? 'lexicographic',
  }))
  const kept = sortRows(filterRows(all, filters), rules)
  const filter = valueOf(params, 'api.filter.verbose') === '1' ? { filter: { filtered: all.length - kept.length } } : {}
  const { rows, chunk } = chunkOf(kept, params)
  return { rows: columnsOf(rows, params), metadata: { ...filter, ...chunk } }
}

function chunkOf(rows: readonly Row[], params: Params): { rows: readonly Row[]; chunk: Row } {
  if (valueOf(params, 'api.chunk.enable') !== '1') return { rows, chunk: {} }
  const start = Math.max(Number(valueOf(params, 'api.chunk.start') ?? '1'), 1) // 1-based
  const size = Math.max(Number(valueOf(params, 'api.chunk.size') ?? '20'), 1)
  const chunk = {
    start,
    size,
    current: Math.ceil(start / size),
    chunks: Math.ceil(rows.length / size),
    records: rows.length,
  }
  const isVerbose = valueOf(params, 'api.chunk.verbose') === '1'
  return { rows: rows.slice(start - 1, start - 1 + size), chunk: isVerbose ? { chunk } : {} }
}

function columnsOf(rows: readonly Row[], params: Params): readonly Row[] {
  const columns = letters(params, 'columns').map((letter) => valueOf(params, `api.columns.${letter}`) ?? '')
  return columns.length === 0 ? rows : rows.map((row) => only(row, columns))
}

/** The row with these fields only. */
export function only(row: Row, fields: readonly string[]): Row {
  return Object.fromEntries(Object.entries(row).filter(([field]) => fields.includes(field)))
}

/** `a`, `b` … `z`, `za` …: the letters that are used, when the feature is enabled. */
function letters(params: Params, feature: string): string[] {
  if (valueOf(params, `api.${feature}.enable`) !== '1') return []
  const used = params.flatMap(([name]) => new RegExp(`^api\\.${feature}\\.(z*[a-z])(\\.|$)`).exec(name)?.[1] ?? [])
  return [...new Set(used)].sort()
}
