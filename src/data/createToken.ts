import { sameAddresses } from '../cpanel/addresses'
import { asCpanelError } from '../cpanel/errors'
import { samePrivileges } from '../cpanel/privileges'
import { sameExpiry, type Access, type ApiToken } from '../cpanel/token'
import { createToken, type Account, type NewToken } from '../cpanel/tokens'
import { noted } from '../session/journal'
import { LOOKS } from './doubt'
import { queryClient } from './queryClient'
import { has, isMadeSince, readBack, revokeOrSettle, settleByList, staleList, tokensQuery } from './tokens'

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
    mutationFn: (request: CreateRequest) => createOrSettle(account, request, LOOKS),
    onSettled: () => staleList(account),
    // The secret is in the result: it must not outlive the screen that shows it.
    gcTime: 0,
    meta: { connection: account.connection },
  }
}

/**
 * One creation without what a page does about it: for those who create several.
 * @param looks see `settle` (doubt.ts)
 */
export function createOrSettle(account: Account, request: CreateRequest, looks = 1): Promise<Creation> {
  return noted(account, { kind: 'create', name: request.token.name }, () => createOnce(account, request, looks))
}

async function createOnce(account: Account, { token, replace }: CreateRequest, looks: number): Promise<Creation> {
  const known = queryClient.getQueryData(tokensQuery(account).queryKey)?.tokens ?? []
  const isKnownBefore = !replace && has(known, token.name)
  const startedAt = Date.now()
  if (replace) await revokeOrSettle(account, token.name, looks)
  try {
    const { secret } = await createToken(account, token)
    return { kind: 'created', token, secret }
  } catch (thrown) {
    const failure = asCpanelError(thrown)
    // Where the name was taken before, the list says nothing of the call.
    if (isKnownBefore) throw failure
    const list = await settleByList(account, failure, ({ tokens }) => has(tokens, token.name), {
      read: readBack,
      looks,
    })
    const found = list.tokens.find(({ name }) => name === token.name)
    // Somebody else's of that name is not ours.
    if (found === undefined || !isMadeSince(found, list, startedAt)) throw failure
    return { kind: 'lost', token }
  }
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
