/** What of a token list is shown: search, order and page. Pure functions; the URL is their home. */
import type { ApiToken } from '../cpanel/token'

export type SortKey = 'name' | 'created' | 'expires'
export type ListView = { q: string; sort: SortKey; isDescending: boolean; page: number; size: number }

export const PAGE_SIZES = [20, 100, 500] as const
const SORT_KEYS: readonly SortKey[] = ['name', 'created', 'expires']

/** The view that a query string asks for; what it leaves open comes from `remembered`, what it has wrong is left out. */
export function listViewFrom(search: URLSearchParams, remembered: URLSearchParams): ListView {
  const ask = (key: string) => search.get(key) ?? remembered.get(key)
  const page = Number(search.get('page'))
  return {
    q: search.get('q') ?? '',
    sort: SORT_KEYS.find((key) => key === ask('sort')) ?? 'name',
    isDescending: ask('dir') === 'desc',
    page: Number.isSafeInteger(page) && page > 0 ? page : 1,
    size: PAGE_SIZES.find((size) => String(size) === ask('size')) ?? 20,
  }
}

/** The query string of a view. Order and size are always said, so that a shared link shows the same to everybody. */
export function listViewTo(view: ListView): URLSearchParams {
  const search = new URLSearchParams()
  if (view.q !== '') search.set('q', view.q)
  search.set('sort', view.sort)
  search.set('dir', view.isDescending ? 'desc' : 'asc')
  search.set('size', String(view.size))
  if (view.page > 1) search.set('page', String(view.page))
  return search
}

export type ShownTokens = {
  tokens: readonly ApiToken[]
  first: number
  last: number
  total: number
  page: number
  pages: number
}

/** The rows of a view. A page beyond the end is the last one: the list may have shrunk since the link was made. */
export function showTokens(all: readonly ApiToken[], view: ListView): ShownTokens {
  const query = view.q.trim().toLowerCase()
  const matching = query === '' ? all : all.filter(({ name }) => name.toLowerCase().includes(query))
  const sorted = [...matching].sort(order(view))
  const pages = Math.max(1, Math.ceil(sorted.length / view.size))
  const page = Math.min(view.page, pages)
  const start = (page - 1) * view.size
  const tokens = sorted.slice(start, start + view.size)
  return {
    tokens,
    first: tokens.length === 0 ? 0 : start + 1,
    last: start + tokens.length,
    total: sorted.length,
    page,
    pages,
  }
}

const names = new Intl.Collator('en', { numeric: true })

function order({ sort, isDescending }: ListView): (one: ApiToken, other: ApiToken) => number {
  const direction = isDescending ? -1 : 1
  // Ties fall back to the name upwards, so that a list doesn't shuffle from one refresh to the next.
  return (one, other) => direction * compare[sort](one, other) || byName(one, other)
}

function byName(one: ApiToken, other: ApiToken): number {
  return names.compare(one.name, other.name) || (one.name < other.name ? -1 : Number(one.name > other.name))
}

const compare: Record<SortKey, (one: ApiToken, other: ApiToken) => number> = {
  name: byName,
  created: (one, other) => (one.created?.getTime() ?? 0) - (other.created?.getTime() ?? 0),
  expires: (one, other) => Math.sign(expiresAt(one) - expiresAt(other)) || 0,
}

/** "Never" is later than any date. */
function expiresAt({ expiry }: ApiToken): number {
  return expiry.kind === 'never' ? Number.MAX_SAFE_INTEGER : expiry.at.getTime()
}
