import { asCpanelError, unresolved } from '../cpanel/errors'
import type { Account, NewToken } from '../cpanel/tokens'
import { failedBefore, workAcross } from './acrossAccounts'
import { allTokens } from './allTokens'
import { createOrSettle, storedDifferences, type StoredDifference } from './createToken'
import { has, readBack } from './tokens'
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
export async function createOnMany(
  recipients: readonly Recipient[],
  token: NewToken,
  { results, put, signal }: WorkTools<Gift>,
): Promise<void> {
  const before = failedBefore(recipients, results)
  await workAcross(
    recipients,
    (recipient) => give(recipient, token, before.get(recipient.key)?.error.isUnresolved === true),
    // A doubt outlives a retry that did not get to it: or the next one would create without asking the list.
    ({ key }, result) => put(key, (result.kind === 'skipped' && before.get(key)) || result),
    signal,
  )
}

async function give({ reach }: Recipient, token: NewToken, isDoubtful: boolean): Promise<Gift> {
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
