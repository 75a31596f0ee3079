import { uapiOk, type UapiResult } from './envelopes'
import { valueOf, type Params } from './params'
import { filterRows, sortRows, type Row } from './table'

/** A list, filtered, sorted and paged as UAPI's `api.…` parameters ask (section 3.8). Null stays null. */
export function uapiTable(rows: readonly Row[] | null, params: Params): UapiResult {
  if (rows === null) return uapiOk(null, { transformed: 1 })
  const filters = suffixes(params, 'api.filter_column').map((suffix) => ({
    field: valueOf(params, `api.filter_column${suffix}`) ?? '',
    type: valueOf(params, `api.filter_type${suffix}`) ?? 'contains',
    term: valueOf(params, `api.filter_term${suffix}`) ?? '',
  }))
  // The official JS client sends filters without `api.filter=1`, so only sorting and paging need their switch.
  const sorts = isOn(params, 'api.sort') ? suffixes(params, 'api.sort_column') : []
  const rules = sorts.map((suffix) => ({
    field: valueOf(params, `api.sort_column${suffix}`) ?? '',
    isReverse: valueOf(params, `api.sort_reverse${suffix}`) === '1',
    method: valueOf(params, `api.sort_method${suffix}`) ?? 'lexicographic',
  }))
  const kept = sortRows(filterRows(rows, filters), rules)
  const filter = filters.length === 0 ? {} : { filter: { records_before_filter: rows.length } }
  if (!isOn(params, 'api.paginate')) return uapiOk(kept, { transformed: 1, ...filter })
  const { page, paginate } = pageOf(kept, params)
  return uapiOk(page, { transformed: 1, ...filter, paginate })
}

function pageOf(rows: readonly Row[], params: Params): { page: readonly Row[]; paginate: unknown } {
  const asked = valueOf(params, 'api.paginate_start')
  const size = asked === '-1' ? Math.max(rows.length, 1) : Number(valueOf(params, 'api.paginate_size') ?? '20')
  const byPage = (Number(valueOf(params, 'api.paginate_page') ?? '1') - 1) * size + 1
  const start = asked === undefined ? byPage : Math.max(Number(asked), 1)
  return {
    page: rows.slice(start - 1, start - 1 + size),
    paginate: {
      total_pages: Math.ceil(rows.length / size),
      total_results: rows.length,
      current_page: Math.ceil(start / size),
      results_per_page: size,
      // As a string where it came in as one (section 3.8).
      start_result: asked === undefined ? start : String(start),
    },
  }
}

function isOn(params: Params, name: string): boolean {
  return valueOf(params, name) === '1'
}

/** `_0`, `_1` … or nothing: what follows the name in the parameters. */
function suffixes(params: Params, name: string): string[] {
  return params
    .map(([key]) => key)
    .filter((key) => key.startsWith(name))
    .map((key) => key.slice(name.length))
    .sort()
}
