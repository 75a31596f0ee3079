import { EXPIRY_STATES, NO_FILTER, REVIEWS, type Filter, type Span } from './filter'
import { SORT_KEYS, type Order } from './order'

/** What is chosen on the page of all tokens. The URL is its home, so that a link or a saved view is the whole of it. */
export type Choice = { filter: Filter; order: Order; isGrouped: boolean }

export const FIRST_CHOICE: Choice = {
  filter: NO_FILTER,
  order: { by: 'account', isDescending: false },
  isGrouped: false,
}

/** The choice a query string makes; what it has wrong is left out. */
export function choiceFrom(search: URLSearchParams): Choice {
  const text = (key: string) => search.get(key) || null
  const suspended = search.get('suspended')
  return {
    filter: {
      query: search.get('q') ?? '',
      state: EXPIRY_STATES.find((state) => state === search.get('state')) ?? null,
      created: spanFrom(search, 'created'),
      expires: spanFrom(search, 'expires'),
      server: text('server'),
      account: text('account'),
      plan: text('package'),
      isSuspended: suspended === 'yes' ? true : suspended === 'no' ? false : null,
      review: REVIEWS.filter((review) => search.get('review')?.split(',').includes(review)),
    },
    order: {
      by: SORT_KEYS.find((key) => key === search.get('sort')) ?? FIRST_CHOICE.order.by,
      isDescending: search.get('dir') === 'desc',
    },
    isGrouped: search.get('group') === 'account',
  }
}

/** The query string of a choice; what is as at first is not said. */
export function choiceTo({ filter, order, isGrouped }: Choice): URLSearchParams {
  const said: readonly (readonly [key: string, value: string | null])[] = [
    ['q', filter.query],
    ['state', filter.state],
    ...spanTo('created', filter.created),
    ...spanTo('expires', filter.expires),
    ['server', filter.server],
    ['account', filter.account],
    ['package', filter.plan],
    ['suspended', filter.isSuspended === null ? null : filter.isSuspended ? 'yes' : 'no'],
    ['review', filter.review.join(',')],
    ['sort', order.by === FIRST_CHOICE.order.by ? null : order.by],
    ['dir', order.isDescending ? 'desc' : null],
    ['group', isGrouped ? 'account' : null],
  ]
  const search = new URLSearchParams()
  for (const [key, value] of said) if (value) search.set(key, value)
  return search
}

/** Moments in URLs are in UTC and to the minute, so that a link means the same to everybody. */
function spanFrom(search: URLSearchParams, name: string): Span {
  return { from: secondsFrom(search.get(`${name}_from`)), to: secondsFrom(search.get(`${name}_to`)) }
}

function spanTo(name: string, { from, to }: Span): [string, string | null][] {
  return [
    [`${name}_from`, momentText(from)],
    [`${name}_to`, momentText(to)],
  ]
}

/** Only what this page would write itself: Date.parse takes a 30 February for the 2nd of March. */
function secondsFrom(text: string | null): number | null {
  const seconds = Date.parse(text ?? '') / 1000
  return Number.isNaN(seconds) || momentText(seconds) !== text ? null : seconds
}

/** A moment as URLs have it. @param seconds since epoch, of years that have four digits */
function momentText(seconds: number | null): string | null {
  if (seconds === null) return null
  return `${new Date(seconds * 1000).toISOString().slice(0, 16)}Z`
}
