import * as v from 'valibot'

/**
 * A known trick, as the files in tricks/ hold it: the bytes to send, or what differs from a plain call, and what must
 * come of it. Every character is a byte. In braces stands what is known only when it runs; see `expand`.
 *
 * `answers` are the sequences of statuses that may come back, '' being none at all. `reaches` is all that may reach
 * a server, as `USER PATH FORM`: usually nothing.
 */
const schema = v.strictObject({
  name: v.string(),
  answers: v.array(v.string()),
  reaches: v.optional(v.array(v.string()), []),
  method: v.optional(v.string()),
  send: v.optional(v.array(v.string())),
  /** The connection is ended behind what is sent. */
  cut: v.optional(v.boolean(), false),
  as: v.optional(v.picklist(['alice', 'bob', 'wendy']), 'alice'),
  path: v.optional(v.string(), ''),
  headers: v.optional(v.array(v.tuple([v.string(), v.string()])), []),
  body: v.optional(v.string(), '{}'),
})

export type Trick = v.InferOutput<typeof schema>

/** @throws when a file holds something else */
export function readTricks(file: unknown): Trick[] {
  return v.parse(v.array(schema), file)
}

/** The bytes of a trick, for people with these cookies. */
export function bytesOf(trick: Trick, cookies: ReadonlyMap<string, string>): string {
  if (trick.send !== undefined) return expand(trick.send.join(''), cookies)
  const body = expand(trick.body, cookies)
  const own = new Set(trick.headers.map(([name]) => name))
  const plain = [
    ['Host', 'localhost'],
    ['Cookie', `keyring={${trick.as}}`],
    ['Content-Type', 'application/json'],
    ['Content-Length', String(body.length)],
    ['Connection', 'close'],
  ].filter(([name = '']) => !own.has(name))
  const lines = [
    `${trick.method ?? 'POST'} ${trick.path} HTTP/1.1`,
    ...[...plain, ...trick.headers].map((one) => one.join(': ')),
  ]
  return `${expand(lines.join('\r\n'), cookies)}\r\n\r\n${body}`
}

/** Puts in a person's cookie or a part of it, the path of a call, or something long. */
function expand(text: string, cookies: ReadonlyMap<string, string>): string {
  return text.replaceAll(/\{([a-z]+)(?:\.(\w+))?\}/g, (all, who: string, what: string | undefined) => {
    const cookie = cookies.get(who)
    if (cookie !== undefined) return partOf(cookie, what) ?? `/api/connections/${idOfName(who)}/execute/Tokens/${what}`
    if (who === 'long') return 'a'.repeat(Number(what))
    if (who === 'deep') return '['.repeat(Number(what)) + ']'.repeat(Number(what))
    if (who === 'many' && what === 'cookies') return 'a=b; '.repeat(200)
    if (who === 'many') return 'X-Odd: a\r\n'.repeat(Number(what))
    return all
  })
}

function partOf(cookie: string, what: string | undefined): string | undefined {
  const middle = Math.floor(cookie.length / 2)
  const last = cookie.charAt(cookie.length - 1)
  switch (what) {
    case undefined:
      return cookie
    case 'head':
      return cookie.slice(0, middle)
    case 'tail':
      return cookie.slice(middle)
    case 'capitals':
      return cookie.toUpperCase()
    case 'encoded':
      return cookie.charCodeAt(0).toString(16) + cookie.slice(1)
    case 'bits':
      // The last of 43 letters holds two bits that mean nothing: lenient decoders would read the same secret.
      return cookie.slice(0, -1) + (alphabet[alphabet.indexOf(last) ^ 1] ?? '')
    default:
      return undefined
  }
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

function idOfName(name: string): string {
  return `main.cpanel.${name}`
}
