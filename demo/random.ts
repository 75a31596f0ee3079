import { createHash, randomInt } from 'node:crypto'

/** A source of numbers from 0 up to 1. */
export type Random = () => number

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'
const secretLength = 32

/** Numbers that are the same for the same seed (mulberry32). Not for secrets that are made over the API. */
export function seededRandom(seed: string): Random {
  let state = createHash('sha256').update(seed).digest().readUInt32LE(0)
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** A whole number from `min` to `max`, both included. */
export function between(random: Random, min: number, max: number): number {
  return min + Math.floor(random() * (max - min + 1))
}

/** One element of a list that is not empty. */
export function pick<Item>(random: Random, items: readonly [Item, ...Item[]]): Item {
  return items[between(random, 0, items.length - 1)] ?? items[0]
}

/** A new secret: 32 upper-case letters and digits (section 0), from the system's secure random numbers. */
export function newSecret(): string {
  return Array.from({ length: secretLength }, () => alphabet.charAt(randomInt(alphabet.length))).join('')
}

/** A secret that follows from the seed: for tokens that exist at start. */
export function seededSecret(random: Random): string {
  return Array.from({ length: secretLength }, () => alphabet.charAt(between(random, 0, alphabet.length - 1))).join('')
}

/** What the store keeps of a secret. */
export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url')
}
