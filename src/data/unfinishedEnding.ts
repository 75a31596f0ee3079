import type { ApiToken } from '../cpanel/token'
import type { SingleNote } from '../session/journal'
import { has, isMadeSince, type TokenList } from './tokens'

/**
 * How a write ended whose page is gone, or whose answer never came, as far as the list tells.
 *
 * - `open`  not yet; the server may still be working on it
 * - `done`, `not-done`  as the list says
 * - `exists`  created, but nobody was ever shown the secret
 * - `taken`  not created: the token of that name is an older one
 * - `gone`  what was to be renamed is there under neither name
 * - `compare`  the token is there; only a person knows whether it is as they wanted it
 */
export type Ending = 'open' | 'done' | 'not-done' | 'exists' | 'taken' | 'gone' | 'compare'

/** A server may work on for minutes on what nobody waits for any more. */
const SETTLED_AFTER_MS = 120_000

/** @param now milliseconds, by this browser's clock */
export function endingOf(note: SingleNote, list: TokenList, now: number): Ending {
  const { tokens } = list
  const notYet = note.isRefused || now - note.at >= SETTLED_AFTER_MS ? 'not-done' : 'open'
  switch (note.kind) {
    case 'revoke':
      return has(tokens, note.name) ? notYet : 'done'
    case 'create': {
      const token = find(tokens, note.name)
      if (token === undefined) return notYet
      return isMadeSince(token, list, note.at) ? 'exists' : 'taken'
    }
    case 'rename':
    case 'save': {
      const isOld = has(tokens, note.name)
      const isNew = has(tokens, note.newName)
      if (note.name === note.newName) return isOld ? 'compare' : 'gone'
      if (isOld) return notYet
      return isNew ? 'done' : 'gone'
    }
  }
}

function find(tokens: readonly ApiToken[], name: string): ApiToken | undefined {
  return tokens.find((token) => token.name === name)
}
