import { sameAddresses } from '../cpanel/addresses'
import { type CpanelError, asCpanelError, leavesInDoubt, unresolved } from '../cpanel/errors'
import { samePrivileges } from '../cpanel/privileges'
import { sameExpiry, type Access, type ApiToken } from '../cpanel/token'
import { createToken, type Account, type NewToken } from '../cpanel/tokens'
import { queryClient } from './queryClient'
import { has, readBack, revokeOrSettle, staleList, tokensQuery } from './tokens'

/**
 * How creating ended. `created` holds the secret, whose only home is this mutation result.
 * `lost`: the server has the token, its answer with the secret never arrived.
 */
export type Creation = { kind: 'created'; token: NewToken; secret: string } | { kind: 'lost'; token: NewToken }

/** `replace`: revoke the token of that name first, whose secret was lost. */
export type CreateRequest = { token: NewToken; replace: boolean }

/**
 * Creates a token, never by itself a second time. When the answer is lost, the list tells whether the token exists.
 * A failure of the mutation means: not created, or (`isUnresolved`) nobody could tell.
 */
export function createMutation(account: Account) {
  return {
    mutationFn: (request: CreateRequest) => createOrSettle(account, request),
    onSettled: () => staleList(account),
    // The secret is in the result: it must not outlive the screen that shows it.
    gcTime: 0,
    meta: { connection: account.connection },
  }
}

/** One creation without what a page does about it: for those who create several. */
export async function createOrSettle(account: Account, { token, replace }: CreateRequest): Promise<Creation> {
  const known = queryClient.getQueryData(tokensQuery(account).queryKey)?.tokens ?? []
  const isKnownBefore = !replace && has(known, token.name)
  const startedAt = Date.now()
  if (replace) await revokeOrSettle(account, token.name)
  try {
    const { secret } = await createToken(account, token)
    return { kind: 'created', token, secret }
  } catch (thrown) {
    const failure = asCpanelError(thrown)
    if (!leavesInDoubt(failure)) throw failure
    if (!isKnownBefore && (await hasAppeared(account, token.name, startedAt, failure))) return { kind: 'lost', token }
    throw failure
  }
}

/** How much older than our call a token may look and still be of it: clocks of servers are only roughly right. */
const CLOCK_SLACK_MS = 300_000

/**
 * Whether a token that was not known before is in the list now, made since the call: somebody else's of that name is not ours.
 * @param startedAt milliseconds, by this browser's clock
 * @throws {CpanelError} unresolved: the list can't be read, or the server may still be working on a call that timed out
 */
async function hasAppeared(account: Account, name: string, startedAt: number, failure: CpanelError): Promise<boolean> {
  const list = await readBack(account).catch(() => {
    throw unresolved(failure)
  })
  const token = list.tokens.find((one) => one.name === name)
  if (token === undefined && failure.kind === 'timeout') throw unresolved(failure)
  if (token === undefined) return false
  return token.created === null || token.created.getTime() - list.clockSkewMs >= startedAt - CLOCK_SLACK_MS
}

export type StoredDifference = 'expiry' | 'access' | 'privileges' | 'addresses' | 'missing'

/** Where the server's list differs from what was asked for: older servers ignore wishes without a word. */
export function storedDifferences(wanted: NewToken, tokens: readonly ApiToken[]): StoredDifference[] {
  const stored = tokens.find(({ name }) => name === wanted.name)
  if (stored === undefined) return ['missing']
  return [
    ...(sameExpiry(stored.expiry, wanted.expiry) ? [] : ['expiry' as const]),
    ...accessDifferences(wanted.access, stored.access),
  ]
}

function accessDifferences(wanted: NewToken['access'], stored: Access): StoredDifference[] {
  if (wanted === 'full') return []
  if (wanted === 'read-only') return stored.kind === 'read-only' ? [] : ['access']
  if (stored.kind !== 'whm') return ['privileges', 'addresses']
  return [
    ...(samePrivileges(wanted.privileges, stored.privileges) ? [] : ['privileges' as const]),
    ...(sameAddresses(wanted.addresses, stored.addresses) ? [] : ['addresses' as const]),
  ]
}

/** Settles an unresolved creation by asking the list once more. */
export function checkAgainMutation(account: Account) {
  return {
    mutationFn: async (token: NewToken): Promise<'exists' | 'absent'> =>
      has((await readBack(account)).tokens, token.name) ? 'exists' : 'absent',
    meta: { connection: account.connection },
  }
}
