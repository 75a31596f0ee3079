/** What is being rotated among all tokens. The names tell it (cpanel/rotation.ts), and only the page has names. */
import { generationOf, rotationPairs, type Rotation } from '../cpanel/rotation'
import { rowOf, tokensOf } from '../inventory/inventory'
import { allTokens } from './allTokens'
import { skewOfAccount } from './serverClocks'

/** Of a list without a numbered name, at any time. */
const NONE: readonly Rotation[] = []

/** What was found in a list, and by which moment. A list that comes anew has another array of rows. */
const found = new WeakMap<readonly number[], { at: number; rotations: readonly Rotation[] }>()

/**
 * The rotations of an account, by the clock of its server; the same array as before where nothing has changed.
 * @param now by this machine's clock
 */
export function rotationsOf(account: number, now: Date): readonly Rotation[] {
  const { inventory } = allTokens
  const rows = inventory.rowsOf.get(account)
  if (rows === undefined) return NONE
  const at = now.getTime() + skewOfAccount(account)
  const known = found.get(rows)
  // Each row is asked about when it is drawn, and most accounts rotate nothing.
  if (known !== undefined && (known.rotations === NONE || known.at === at)) return known.rotations
  const isNumbered = rows.some((row) => generationOf(inventory.columns.names[row] ?? '').number > 1)
  const rotations = isNumbered ? rotationPairs(tokensOf(inventory, account), new Date(at)) : NONE
  found.set(rows, { at, rotations })
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
