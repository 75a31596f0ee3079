import type { Patch } from './columns'

/**
 * What searching and sorting need besides the columns: by row names in lower case, and keys that order as people count (a
 * name without digits is its own key); by account user and domain in lower case. `version` tells how often any changed.
 */
export type SearchTexts = { names: string[]; keys: string[]; accounts: string[]; version: number }

export function newSearchTexts(): SearchTexts {
  return { names: [], keys: [], accounts: [], version: 0 }
}

/** Keeps the search texts up with a patch of the columns. */
export function addSearchTexts(texts: SearchTexts, patch: Pick<Patch, 'accounts' | 'rows' | 'names'>): void {
  for (const [index, { user, domain }] of patch.accounts) texts.accounts[index] = `${user}\n${domain}`.toLowerCase()
  for (const [at, row] of patch.rows.entries()) {
    const name = (patch.names[at] ?? '').toLowerCase()
    texts.names[row] = name
    texts.keys[row] = naturalKey(name)
  }
  texts.version += 1
}

/** Text in lower case that orders as people count: "ci-9" before "ci-10". A run of digits is led by how many there are. */
export function naturalKey(text: string): string {
  const lower = text.toLowerCase()
  if (!/\d/.test(lower)) return lower
  return lower.replaceAll(/0*(\d+)/g, (_run, digits: string) => String.fromCharCode(digits.length) + digits)
}
