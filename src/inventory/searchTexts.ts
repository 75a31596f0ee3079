import type { Patch } from './columns'

/**
 * What searching and sorting need besides the columns. Many tokens share a name ("backup"), so each distinct one is kept and
 * searched once: `nameOf` is the number of a row's name; by that number `names` has it in lower case and `keys` what orders
 * as people count. `accounts` has user and domain in lower case. `version` tells how often any of it changed.
 */
export type SearchTexts = {
  nameOf: number[]
  names: string[]
  keys: string[]
  numbers: Map<string, number>
  accounts: string[]
  version: number
}

export function newSearchTexts(): SearchTexts {
  return { nameOf: [], names: [], keys: [], numbers: new Map(), accounts: [], version: 0 }
}

/** Keeps the search texts up with a patch of the columns. */
export function addSearchTexts(texts: SearchTexts, patch: Pick<Patch, 'accounts' | 'rows' | 'names'>): void {
  for (const [index, { user, domain }] of patch.accounts) texts.accounts[index] = `${user}\n${domain}`.toLowerCase()
  for (const [at, row] of patch.rows.entries())
    texts.nameOf[row] = numberOf(texts, (patch.names[at] ?? '').toLowerCase())
  texts.version += 1
}

function numberOf(texts: SearchTexts, name: string): number {
  const known = texts.numbers.get(name)
  if (known !== undefined) return known
  const number = texts.names.length
  texts.names.push(name)
  texts.keys.push(naturalKey(name))
  texts.numbers.set(name, number)
  return number
}

/** Text in lower case that orders as people count: "ci-9" before "ci-10". A run of digits is led by how many there are. */
export function naturalKey(text: string): string {
  const lower = text.toLowerCase()
  if (!/\d/.test(lower)) return lower
  return lower.replaceAll(/0*(\d+)/g, (_run, digits: string) => String.fromCharCode(digits.length) + digits)
}
