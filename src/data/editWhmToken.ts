import { asCpanelError } from '../cpanel/errors'
import type { Account } from '../cpanel/tokens'
import { isWhmToken, type NewToken } from '../cpanel/tokens'
import type { WhmAccess } from '../cpanel/token'
import { updateToken, type WhmToken } from '../cpanel/whmTokens'
import { noted } from '../session/journal'
import { storedDifferences, type StoredDifference } from './createToken'
import { staleOwnToken } from './ownToken'
import { fetchList, settleByList, showList, type TokenList } from './tokens'

/** What a WHM token is to become. Everything is said, since what is left out becomes everything (CPANEL_API.md 2.4). */
export type WhmWish = NewToken & { access: WhmAccess }

/** `opened`: the token as the form showed it when somebody began to change it. */
export type EditRequest = { opened: WhmToken; wanted: WhmWish }

/**
 * How saving ended.
 * - `saved`  the server has it; `differences` is what its list says otherwise than asked
 * - `conflict`  nothing was sent: somebody else changed the token meanwhile. `current` is what it is now, null when it is gone
 */
export type Edited =
  | { kind: 'saved'; wanted: WhmWish; stored: WhmToken | null; differences: readonly StoredDifference[] }
  | { kind: 'conflict'; current: WhmToken | null }

type Ended = { edited: Edited; list: TokenList | null }

/**
 * Saves name, privileges, addresses and expiry of a WHM token in one call. The list is read before it, so that nobody's
 * change is overwritten unseen, and after it, since the answer alone proves nothing. A failure of the mutation means: not
 * saved, or (`isUnresolved`) nobody could tell.
 */
export function editMutation(account: Account) {
  return {
    mutationFn: ({ opened, wanted }: EditRequest) =>
      noted(account, { kind: 'save', name: opened.name, newName: wanted.name }, () =>
        saveUnlessChanged(account, opened, wanted),
      ),
    // After a conflict as well: the page would tell the next change against an older list, and call that a conflict again.
    onSettled: (ended: Ended | undefined) => {
      showList(account, ended?.list)
      staleOwnToken(account.connection)
    },
    meta: { connection: account.connection },
  }
}

async function saveUnlessChanged(account: Account, opened: WhmToken, wanted: WhmWish): Promise<Ended> {
  const before = await fetchList(account)
  const current = whmTokenIn(before, opened.name)
  if (current === null || !isSameToken(current, opened)) return { edited: { kind: 'conflict', current }, list: before }
  try {
    const answered = await updateToken(account, opened.name, wanted)
    const list = await fetchList(account).catch(() => null)
    return { edited: saved(wanted, answered, list), list }
  } catch (thrown) {
    // The answer was lost after all was done: what the list says is what counts. What had that name before is not ours.
    const earlier = whmTokenIn(before, wanted.name)
    const list = await settleByList(account, asCpanelError(thrown), (now) => {
      const stored = whmTokenIn(now, wanted.name)
      return stored !== null && (earlier === null || !isSameToken(stored, earlier))
    })
    const stored = whmTokenIn(list, wanted.name)
    const differences = storedDifferences(wanted, stored === null ? [] : [stored])
    return { edited: { kind: 'saved', wanted, stored, differences }, list }
  }
}

function saved(wanted: WhmWish, answered: WhmToken, list: TokenList | null): Edited {
  const stored = list === null ? answered : whmTokenIn(list, wanted.name)
  const ofList = storedDifferences(wanted, stored === null ? [] : [stored])
  const ofAnswer = storedDifferences(wanted, [answered])
  // What is said to differ must be told by the one that differs.
  if (ofList.length === 0) return { kind: 'saved', wanted, stored: answered, differences: ofAnswer }
  return { kind: 'saved', wanted, stored, differences: [...new Set([...ofList, ...ofAnswer])] }
}

function whmTokenIn(list: TokenList, name: string): WhmToken | null {
  return list.tokens.filter(isWhmToken).find((token) => token.name === name) ?? null
}

/** Whether a token is still what it was, by everything that can be changed, and the very same one by when it was made. */
export function isSameToken(one: WhmToken, other: WhmToken): boolean {
  return (
    one.created?.getTime() === other.created?.getTime() &&
    one.name === other.name &&
    storedDifferences({ name: one.name, expiry: one.expiry, access: one.access }, [other]).length === 0
  )
}
