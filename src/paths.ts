/** One builder per URL of the app; no URL is spelled anywhere else. */

/** Whose tokens a page is about: see Account in cpanel/tokens.ts. */
export type Place = { connection: string } & ({ user?: string; isWhmUser?: never } | { user?: never; isWhmUser: true })

/** A character no token name has by cPanel's rules, so a marked name can't be taken for a page's. */
const MARK = '~'

export const paths = {
  home: '/',
  signIn: (next?: string) => (next === undefined ? '/sign-in' : `/sign-in?${new URLSearchParams({ next })}`),
  accounts: (connection: string) => `/c/${encodeURIComponent(connection)}/accounts`,
  tokens: ({ connection, user, isWhmUser }: Place) =>
    user === undefined
      ? `/c/${encodeURIComponent(connection)}/${isWhmUser ? 'whm-tokens' : 'tokens'}`
      : `${paths.accounts(connection)}/${encodeURIComponent(user)}/tokens`,
  /** Every token of every account of every connection. */
  allTokens: '/tokens',
  /** One token, created on many accounts. */
  createOnMany: '/tokens/create',
  createToken: (place: Place) => `${paths.tokens(place)}/create`,
  token: (place: Place, name: string) => `${paths.tokens(place)}/${tokenSegment(name)}`,
  /** A successor for one token. */
  rotate: (place: Place, name: string) => `${paths.token(place, name)}/rotate`,
}

/** Where a connection begins: its list of tokens, or the accounts of a WHM user. */
export function startOf({ id, kind }: { id: string; kind: 'cpanel' | 'whm' }): string {
  return kind === 'whm' ? paths.accounts(id) : paths.tokens({ connection: id })
}

/** A token may be called "create", and a broken server may send "..": both would be another page's URL. */
function tokenSegment(name: string): string {
  const needsMark = name === 'create' || name.startsWith(MARK) || /^\.*$/.test(name)
  return encodeURIComponent(needsMark ? MARK + name : name)
}

/** The token's name from the last segment of its URL, as the router hands it over (decoded). */
export function tokenNameFrom(segment: string): string {
  return segment.startsWith(MARK) ? segment.slice(MARK.length) : segment
}

/** A `next` target from the address bar: only a path of this app, so that nobody is sent elsewhere after signing in. */
export function safeNext(next: string | null): string | null {
  // Browsers take a backslash for a slash, and leave tabs and line breaks out before they read.
  if (next === null || !/^\/(?!\/)[^\\\t\n\r]*$/.test(next)) return null
  const { pathname, search } = new URL(next, 'http://app.invalid')
  // "/.//elsewhere" becomes "//elsewhere", which names a host.
  return pathname.startsWith('//') ? null : pathname + search
}

/** The connection a path of this app is about, or null. */
export function connectionIn(path: string): string | null {
  const [, segment] = /^\/c\/([^/?]+)/.exec(path) ?? []
  try {
    return segment === undefined ? null : decodeURIComponent(segment)
  } catch {
    return null
  }
}
