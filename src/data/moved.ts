/** What somebody else did to tokens while a page asked whether to revoke them: noticed before anything is done. */
import { rotationPairs } from '../cpanel/rotation'
import type { ApiToken } from '../cpanel/token'
import type { Account } from '../cpanel/tokens'
import { queryClient } from './queryClient'
import { readBack, revokeMutation, tokensQuery, type TokenList } from './tokens'

/** `replaced`: the name is there, but it is another token's, made since. */
export type Change = { name: string } & (
  | { kind: 'revoked' }
  /** More than one where several tokens may be it. */
  | { kind: 'renamed'; newNames: readonly string[] }
  | { kind: 'replaced' }
  /** Gone, and nothing would be left of its rotation. */
  | { kind: 'unsucceeded' }
)

/** Nothing was done: the token is not what the person saw when they asked for it. */
export class Moved extends Error {
  readonly change: Change
  constructor(change: Change) {
    super(change.kind)
    this.name = 'Moved'
    this.change = change
  }
}

/** A list this young, in milliseconds, is what the server has. */
export const FRESH_MS = 5_000

/**
 * What became of tokens since the list on the page was read, and of those that were to work in their place (`lostSuccessors`).
 * The list is read anew where it is older than a few seconds; where that fails, nothing is known to have changed.
 */
export async function changesSince(account: Account, names: readonly string[]): Promise<Change[]> {
  const { queryKey } = tokensQuery(account)
  const shown = queryClient.getQueryData(queryKey)?.tokens
  const updatedAt = queryClient.getQueryState(queryKey)?.dataUpdatedAt ?? 0
  if (shown === undefined || Date.now() - updatedAt < FRESH_MS) return []
  const list = await readBack(account).catch(() => null)
  if (list === null) return []
  const lost = lostSuccessors(shown, list.tokens, names, new Date(Date.now() + list.clockSkewMs))
  const unsucceeded = [...new Set(lost.values())].map((name): Change => ({ kind: 'unsucceeded', name }))
  return [...changesBetween(shown, list.tokens, names), ...unsucceeded]
}

/**
 * A token is told by when it was made. Where several new names may be it, all are told: calling it revoked would be worse than
 * saying too much.
 */
export function changesBetween(
  before: readonly ApiToken[],
  now: readonly ApiToken[],
  names: readonly string[],
): Change[] {
  return names.flatMap((name): Change[] => {
    const known = before.find((token) => token.name === name)
    if (known === undefined) return []
    const current = now.find((token) => token.name === name)
    if (current !== undefined) return isSame(current, known) ? [] : [{ kind: 'replaced', name }]
    const candidates = now.filter((token) => isSame(token, known) && !before.some((one) => one.name === token.name))
    if (candidates.length === 0) return [{ kind: 'revoked', name }]
    return [{ kind: 'renamed', name, newNames: candidates.map((token) => token.name) }]
  })
}

/**
 * What was to work in the place of tokens of a rotation and is gone, where nothing of it would be left: whoever revokes the
 * old one counts on the new one. A new name harms nobody.
 * @param names those to be revoked
 * @param at by the server's clock
 * @returns by name of a token to be revoked, the name of the one it counted on
 */
export function lostSuccessors(
  before: readonly ApiToken[],
  now: readonly ApiToken[],
  names: readonly string[],
  at: Date,
): Map<string, string> {
  const found = new Map<string, string>()
  for (const { successor, old, older } of rotationPairs(before, at)) {
    const family = [successor, old, ...older]
    const kept = family.map(({ name }) => name).filter((name) => !names.includes(name))
    const lost = changesBetween(before, now, kept).filter(({ kind }) => kind !== 'renamed')
    const [first] = lost
    if (first && lost.length === kept.length)
      for (const { name } of family) if (names.includes(name)) found.set(name, first.name)
  }
  return found
}

/** As far as can be told: a server may not say when a token was made. */
function isSame(one: ApiToken, other: ApiToken): boolean {
  return one.created === null || other.created === null || one.created.getTime() === other.created.getTime()
}

/**
 * Revokes one token, unless it turns out not to be what the page showed.
 * @throws {Moved} and what revokeMutation throws
 */
export function revokeUnlessMovedMutation(account: Account) {
  const revoke = revokeMutation(account)
  return {
    ...revoke,
    mutationFn: async (name: string): Promise<TokenList | null> => {
      const [change] = await changesSince(account, [name])
      // Somebody else was quicker: nothing is left to do.
      if (change?.kind === 'revoked') return queryClient.getQueryData(tokensQuery(account).queryKey) ?? null
      if (change !== undefined) throw new Moved(change)
      return revoke.mutationFn(name)
    },
  }
}
