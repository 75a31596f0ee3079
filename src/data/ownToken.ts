import { queryOptions } from '@tanstack/react-query'
import { findBySecret, readOwnToken } from '../cpanel/whmTokens'
import type { Account } from '../cpanel/tokens'
import { api, queryClient } from './queryClient'

/** The name of the token that a WHM connection is signed in with; null where it is a password, or the server doesn't tell. */
export function ownTokenQuery(connection: string) {
  return queryOptions({
    queryKey: ['connection', connection, 'own-token'],
    queryFn: async ({ signal }) => (await readOwnToken({ api, connection }, signal))?.name ?? null,
    // A rename in another tab changes it.
    staleTime: 15_000,
    retry: false,
    meta: { connection },
  })
}

/** The same for those who act: null also where the tokens are not WHM's, or nobody can tell. */
export async function ownTokenOf({ connection, isWhmUser }: Account): Promise<string | null> {
  if (!isWhmUser) return null
  return queryClient.fetchQuery(ownTokenQuery(connection)).catch(() => null)
}

/** After a rename the login may hang on another name. */
export function staleOwnToken(connection: string): void {
  void queryClient.invalidateQueries({ queryKey: ownTokenQuery(connection).queryKey })
}

/**
 * Says which token a secret is of. It takes where the secret is to be read, not the secret: a mutation and the hooks around it
 * remember what they were asked with.
 */
export function findBySecretMutation(account: Account) {
  return {
    mutationFn: (secret: () => string) => findBySecret(account, secret()),
    gcTime: 0,
    meta: { connection: account.connection },
  }
}
