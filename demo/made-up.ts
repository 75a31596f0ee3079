import type { NewToken } from './new-account'
import { between, pick, seededRandom, type Random } from './random'

const day = 86_400

const uses = [
  'deploy',
  'backup',
  'ci',
  'dns',
  'acme',
  'monitor',
  'mail-sync',
  'cron',
  'billing',
  'import',
  'stats',
  'restore',
] as const
const places = [
  'web',
  'staging',
  'prod',
  'nightly',
  'office',
  'laptop',
  'gitlab',
  'github',
  'jenkins',
  'worker',
  'old',
  'eu-1',
] as const
const firsts = [
  'amber',
  'birch',
  'cedar',
  'delta',
  'ember',
  'fjord',
  'grove',
  'harbor',
  'inlet',
  'juniper',
  'kestrel',
  'lumen',
] as const
const seconds = [
  'bakery',
  'books',
  'clinic',
  'design',
  'events',
  'garden',
  'labs',
  'media',
  'optics',
  'studio',
  'tours',
  'works',
] as const

/** Generated tokens with names of their own and every state of expiry. `now` in seconds since epoch. */
export function makeUpTokens(random: Random, count: number, now: number, taken: readonly string[] = []): NewToken[] {
  const names = new Set(taken)
  const before = names.size
  while (names.size < before + count) {
    const name = `${pick(random, uses)}${pick(random, ['-', '_'])}${pick(random, places)}`
    names.add(names.has(name) || names.size > 80 ? `${name}-${names.size + 1}` : name)
  }
  return [...names].slice(before).map((name) => {
    const createTime = now - between(random, 1, 700) * day - between(random, 0, day)
    return { name, createTime, expiresAt: makeUpExpiry(random, createTime, now), readonly: random() < 0.1 }
  })
}

function makeUpExpiry(random: Random, createTime: number, now: number): number | null {
  const lot = random()
  if (lot < 0.35) return null
  if (lot < 0.48) return between(random, createTime + 3600, now - 3600)
  if (lot < 0.54) return now + between(random, 1, 23) * 3600
  if (lot < 0.64) return now + between(random, 1, 7) * day
  if (lot < 0.8) return now + between(random, 8, 30) * day
  return now + between(random, 31, 365) * day
}

/** User name and domain of the generated account with that number. */
export function makeUpCustomer(seed: string, number: number): { username: string; domain: string } {
  const random = seededRandom(`${seed}:customer:${number}`)
  const [first, second] = [pick(random, firsts), pick(random, seconds)]
  return {
    username: `${first.slice(0, 5)}${second.slice(0, 4)}${number}`,
    domain: `${first}-${second}-${number}.example`,
  }
}
