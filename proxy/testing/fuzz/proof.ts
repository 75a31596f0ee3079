import type { Case } from './cases'
import { people, type Person } from './calls'

/**
 * What a request has a right to, read from its headers by rules of their own (RFC 6265 5.4, RFC 9110 7.2): to anything at
 * all (`isOurHost`), to be heard by the API (`isOurs`), to act for people.
 */
export type Proof = { isOurHost: boolean; isOurs: boolean; people: ReadonlySet<string> }

const ours = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::(\d{1,5}))?$/i

/** Who of those signed in is proven by a case's cookies; nobody where the request comes from elsewhere. */
export function proofOf({ headers }: Case): Proof {
  const all = (wanted: string) =>
    headers.filter(([name]) => name.trim().toLowerCase() === wanted).map(([, value]) => value.trim())
  const [host = '', ...otherHosts] = all('host')
  const named = ours.exec(host)
  const isOwnOrigin = (origin: string) => origin === `http://${host}` || origin === `https://${host}`
  const isOurHost = named !== null && otherHosts.length === 0
  const isOurs =
    isOurHost &&
    all('origin').every(isOwnOrigin) &&
    all('sec-fetch-site').every((site) => site === 'same-origin' || site === 'none')
  if (!isOurs) return { isOurHost, isOurs, people: new Set() }
  const cookieName = named?.[1] === undefined ? 'keyring' : `keyring-${named[1]}`
  return { isOurHost, isOurs, people: new Set(shownCookies(all('cookie'), cookieName)) }
}

function shownCookies(headers: readonly string[], wanted: string): Person[] {
  return headers
    .join(';')
    .split(';')
    .flatMap((pair): Person[] => {
      const [name = '', ...value] = pair.split('=')
      const shown = /^"?\{(\w+)\}"?$/.exec(value.join('=').trim())?.[1]
      return name.trim() === wanted && isPerson(shown) ? [shown] : []
    })
}

function isPerson(name: string | undefined): name is Person {
  return name !== undefined && Object.hasOwn(people, name)
}
