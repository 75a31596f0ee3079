import { asCpanelError, unresolved } from '../cpanel/errors'
import type { Account, NewToken } from '../cpanel/tokens'
import { failedBefore, workAcross } from './acrossAccounts'
import { noted } from '../session/journal'
import { allTokens } from './allTokens'
import { createOrSettle, storedDifferences, type StoredDifference } from './createToken'
import { everybody, has, readBack } from './tokens'
import type { WorkTools } from './useWorkAcross'

/** An account that is to get a token, with everything to name it by. `key` is its number in the inventory. */
export type Recipient = {
  key: number
  connection: string
  reach: Account
  user: string
  domain: string
  server: string
}

/**
 * What an account got. `secret` has no other home than these results. `lost`: the token exists, its secret never arrived.
 * `differs` is where the server's list differs from what was asked for; null where the list can't be read just now.
 */
export type Gift = { kind: 'created'; secret: string; differs: StoredDifference[] | null } | { kind: 'lost' }

/** The accounts of these numbers that somebody can still reach. A WHM user is none: its tokens are of another kind. */
export function recipientsFrom(accounts: readonly number[]): Recipient[] {
  return accounts.flatMap((key) => {
    const facts = allTokens.inventory.columns.accounts[key]
    const reach = allTokens.reach(key)
    if (facts === undefined || facts.isWhmUser || reach === null) return []
    const { user, domain, serverName: server } = facts
    return [{ key, connection: reach.connection, reach, user, domain, server }]
  })
}

/**
 * Creates a token of the same name and expiry on each account, never twice on one: where nobody knew whether it worked, the
 * account's list is asked before anything is sent again.
 */
export function createOnMany(recipients: readonly Recipient[], token: NewToken, tools: WorkTools<Gift>): Promise<void> {
  return createEach(
    recipients.map((recipient) => ({ ...recipient, token })),
    tools,
  )
}

/** One token that is to be created somewhere. `key` is its own among those of the work. */
export type Wish = { key: number; connection: string; reach: Account; token: NewToken }

/** The same for wishes that differ, be it several on one account. */
export function createEach(wishes: readonly Wish[], tools: WorkTools<Gift>): Promise<void> {
  return noted(everybody, { kind: 'create-many', name: '', count: wishes.length }, () => work(wishes, tools))
}

async function work(wishes: readonly Wish[], { results, put, signal }: WorkTools<Gift>): Promise<void> {
  const before = failedBefore(wishes, results)
  await workAcross(
    wishes,
    (wish) => give(wish, before.get(wish.key)?.error.isUnresolved === true),
    // A doubt outlives a retry that did not get to it: or the next one would create without asking the list.
    ({ key }, result) => put(key, (result.kind === 'skipped' && before.get(key)) || result),
    signal,
  )
}

async function give({ reach, token }: Wish, isDoubtful: boolean): Promise<Gift> {
  if (isDoubtful && (await exists(reach, token.name))) return { kind: 'lost' }
  const creation = await createOrSettle(reach, { token, replace: false })
  if (creation.kind === 'lost') return { kind: 'lost' }
  // The secret is safe from here on: whatever the list says, it only tells more.
  const list = await readBack(reach).catch(() => null)
  return { kind: 'created', secret: creation.secret, differs: list && storedDifferences(token, list.tokens) }
}

/** @throws {CpanelError} unresolved: as long as the list can't be read, the doubt stands */
async function exists(account: Account, name: string): Promise<boolean> {
  const list = await readBack(account).catch((thrown: unknown) => {
    throw unresolved(asCpanelError(thrown))
  })
  return has(list.tokens, name)
}
