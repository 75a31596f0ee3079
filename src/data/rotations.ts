/** What is being rotated among all tokens. The names tell it (cpanel/rotation.ts), and only the page has names. */
import { generationOf, rotationPairs, type Rotation } from '../cpanel/rotation'
import { rowOf, tokensOf } from '../inventory/inventory'
import { allTokens } from './allTokens'
import { skewOfAccount } from './serverClocks'

/** What was found in a list, and by which moment; null where no name of it is numbered. A list that comes anew has another array. */
const found = new WeakMap<readonly number[], { at: number; rotations: readonly Rotation[] } | null>()

/** The rotations of an account, by the clock of its server. @param now by this machine's clock */
export function rotationsOf(account: number, now: Date): readonly Rotation[] {
  const { inventory } = allTokens
  const rows = inventory.rowsOf.get(account) ?? []
  const known = found.get(rows)
  const at = now.getTime() + skewOfAccount(account)
  if (known === null) return []
  if (known?.at === at) return known.rotations
  // Most accounts rotate nothing, and each row of each is asked about.
  const isAny = rows.some((row) => generationOf(inventory.columns.names[row] ?? '').number > 1)
  const rotations = isAny ? rotationPairs(tokensOf(inventory, account), new Date(at)) : []
  found.set(rows, isAny ? { at, rotations } : null)
  return rotations
}

/** The rows of tokens that work beside a successor, and were to be revoked once that is in use. */
export function rowsWithSuccessor(now: Date): number[] {
  const { inventory } = allTokens
  return [...inventory.rowsOf.keys()].flatMap((account) =>
    rotationsOf(account, now).flatMap(({ old, older }) =>
      [old, ...older].map(({ name }) => rowOf(inventory, account, name) ?? -1),
    ),
  )
}
