import { Refusal } from './refusals'

/** One element of a list in an answer. */
export type Row = Readonly<Record<string, unknown>>

/** How a list is to be sorted (section 3.8). */
export interface SortRule {
  readonly field: string
  readonly isReverse: boolean
  readonly method: string
}

/** One condition on a list (section 3.8). `*` is any field. */
export interface FilterRule {
  readonly field: string
  readonly type: string
  readonly term: string
}

/** Sorts by the rules, the first one weighing most. Numbers need a numeric method, or the call fails (section 3.8). */
export function sortRows(rows: readonly Row[], rules: readonly SortRule[]): readonly Row[] {
  return rules.toReversed().reduce<readonly Row[]>((sorted, rule) => {
    const compare = comparison(rule.method, sorted, rule.field)
    return sorted.toSorted((a, b) => (rule.isReverse ? -1 : 1) * compare(a[rule.field], b[rule.field]))
  }, rows)
}

/** Keeps the rows that fit every rule. */
export function filterRows(rows: readonly Row[], rules: readonly FilterRule[]): readonly Row[] {
  return rows.filter((row) =>
    rules.every(({ field, type, term }) =>
      field === '*' ? Object.values(row).some((value) => fits(value, type, term)) : fits(row[field], type, term),
    ),
  )
}

/** A value as text, for comparing and filtering. */
export function textOf(value: unknown): string {
  if (typeof value === 'string') return value
  return value === null || value === undefined ? '' : JSON.stringify(value)
}

function comparison(method: string, rows: readonly Row[], field: string): (a: unknown, b: unknown) => number {
  if (method === 'numeric') return (a, b) => Number(a) - Number(b)
  if (method === 'numeric_zero_as_max') return (a, b) => (Number(a) || Infinity) - (Number(b) || Infinity) || 0
  if (method === 'ipv4') return (a, b) => ipv4(a) - ipv4(b)
  if (method !== 'lexicographic') throw new Refusal(`The sort method “${method}” is not known.`)
  if (rows.some((row) => typeof row[field] === 'number')) {
    throw new Refusal(`The field “${field}” is numeric and needs a numeric sort method.`)
  }
  return (a, b) => (textOf(a) < textOf(b) ? -1 : Number(textOf(a) > textOf(b)))
}

function fits(value: unknown, type: string, term: string): boolean {
  const text = textOf(value)
  const unlimited = text === 'unlimited' ? Infinity : Number(text)
  switch (type) {
    case 'contains':
      return text.includes(term)
    case 'begins':
      return text.startsWith(term)
    case 'ends':
      return text.endsWith(term)
    case 'matches':
      return new RegExp(term).test(text)
    case 'eq':
      return text === term
    case 'ne':
      return text !== term
    case '==':
      return Number(text) === Number(term)
    case 'lt':
      return Number(text) < Number(term)
    case 'lt_equal':
      return Number(text) <= Number(term)
    case 'gt':
      return Number(text) > Number(term)
    case 'gt_equal':
      return Number(text) >= Number(term)
    case 'lt_handle_unlimited':
      return unlimited < Number(term)
    case 'gt_handle_unlimited':
      return unlimited > Number(term)
    case 'defined':
      return value !== null && value !== undefined
    case 'undefined':
      return value === null || value === undefined
    default:
      throw new Refusal(`The filter type “${type}” is not known.`)
  }
}

function ipv4(value: unknown): number {
  return textOf(value)
    .split('.')
    .reduce((sum, part) => sum * 256 + Number(part), 0)
}
