/** What the successor of a token is to be. Apart from rotation.ts: the list needs none of it. */
import { dayIn } from './expiryDate'
import { generationOf } from './rotation'
import { TOKEN_NAME_MAX, type ApiToken } from './token'

/**
 * The name that continues a family: above all numbers that the list has of it, those of expired tokens too. Where it would be
 * longer than cPanel allows, the base is cut, and the two are no pair any more (see `isSuccessorName`).
 * @param taken every name of the list
 */
export function successorName(name: string, taken: readonly string[]): string {
  const { base, number } = generationOf(name)
  const numbers = taken.map(generationOf).flatMap((one) => (one.base === base ? [one.number] : []))
  for (let next = Math.max(number, ...numbers) + 1; ; next += 1) {
    const ending = `-r${next}`
    const wanted = base.slice(0, TOKEN_NAME_MAX - ending.length) + ending
    if (!taken.includes(wanted)) return wanted
  }
}

/** Whether the names alone say that one token succeeds the other. */
export function isSuccessorName(name: string, old: string): boolean {
  const [successor, predecessor] = [generationOf(name), generationOf(old)]
  return successor.base === predecessor.base && successor.number > predecessor.number
}

const DAY_MS = 86_400_000

/**
 * For how many calendar days a token was made, so that its successor is made for as many. In days and not in hours, or each
 * rotation late in the day would add one.
 * @returns null where it never expires, or nobody knows since when it has been there
 */
export function lifetimeDays({ created, expiry }: ApiToken, zone: string): number | null {
  if (created === null || expiry.kind === 'never') return null
  const days = (Date.parse(dayIn(zone, expiry.at)) - Date.parse(dayIn(zone, created))) / DAY_MS
  return days < 0 ? null : days
}
