/**
 * Rotation, which cPanel does not know: a token and its successor, both alive until the old one is revoked. There is nowhere
 * to write down that two tokens belong together, so their names say it: `app`, `app-r2`, `app-r3` are one family. The list
 * alone tells, on any browser, after any sign-out (docs/decisions/0009-rotation-by-name.md).
 */
import { tokenState, type ApiToken } from './token'

/** What a name says: `app` is number 1 of the family `app`, `app-r2` its number 2. */
export type Generation = { base: string; number: number }

/** `older` are further living tokens of the family, newest first: rotations that nobody finished. */
export type Rotation = { old: ApiToken; successor: ApiToken; older: readonly ApiToken[] }

/** Only the last `-rN` counts, written as we write it: from 2 to 9999, no zero before it. */
const NUMBERED = /^(.+)-r([2-9]|[1-9]\d{1,3})$/

/** The family of a name and its place in it. Every name is of exactly one family, if only of its own. */
export function generationOf(name: string): Generation {
  const [, base, number] = NUMBERED.exec(name) ?? []
  return base === undefined ? { base: name, number: 1 } : { base, number: Number(number) }
}

/**
 * The families with two living tokens or more. The two with the highest numbers are the rotation. Expired tokens are none,
 * since no program can use them; and what was made before the token that it is to replace is no successor of it.
 * @param now the server's clock where it is known
 * @returns by name of the family
 */
export function rotationPairs(tokens: readonly ApiToken[], now: Date): Rotation[] {
  const families = new Map<string, { token: ApiToken; number: number }[]>()
  for (const token of tokens) {
    if (tokenState(token.expiry, now).kind === 'expired') continue
    const { base, number } = generationOf(token.name)
    const family = families.get(base)
    if (family) family.push({ token, number })
    else families.set(base, [{ token, number }])
  }
  const rotations: Rotation[] = []
  for (const [, family] of [...families].toSorted(([one], [other]) => (one < other ? -1 : 1))) {
    const [successor, ...rest] = family.toSorted((one, other) => other.number - one.number)
    // A broken server may list a name twice: one name is not its own successor.
    const [old, ...older] = rest.filter(({ number }) => number !== successor?.number).map(({ token }) => token)
    if (successor === undefined || old === undefined || isMadeBefore(successor.token, old)) continue
    rotations.push({ old, successor: successor.token, older })
  }
  return rotations
}

/** Whether one was made before the other; not where a server doesn't say. */
function isMadeBefore(one: ApiToken, other: ApiToken): boolean {
  return one.created !== null && other.created !== null && one.created < other.created
}

/** The rotation of a token's family, whether it is one of the two, older, or none of the list. */
export function rotationOfFamily(name: string, rotations: readonly Rotation[]): Rotation | undefined {
  const { base } = generationOf(name)
  return rotations.find(({ successor }) => generationOf(successor.name).base === base)
}

/** The other of the two where a token is one of a rotation; null where it is none of any. */
export function rotatingWith(
  name: string,
  rotations: readonly Rotation[],
): { is: 'old' | 'successor'; other: string } | null {
  for (const { old, successor } of rotations) {
    if (name === old.name) return { is: 'old', other: successor.name }
    if (name === successor.name) return { is: 'successor', other: old.name }
  }
  return null
}

/** From when on somebody should be reminded to finish. */
const LONG_MS = 7 * 86_400_000

/** Whether both have been alive for more than a week; not where the server does not say since when. */
export function isLong({ successor }: Rotation, now: Date): boolean {
  return successor.created !== null && now.getTime() - successor.created.getTime() > LONG_MS
}
