import { asCpanelError } from '../cpanel/errors'
import { testToken } from '../cpanel/testToken'
import type { Account } from '../cpanel/tokens'
import { endedConnections } from '../session/ended'

/**
 * Tries a token at the server. It takes where the secret is to be read, not the secret: a mutation and the hooks around it
 * remember what they were asked with.
 */
export function testTokenMutation(account: Account) {
  const { connection, user } = account
  return {
    mutationFn: (secret: () => string) => testToken(account, secret()),
    // Whoever was asked for a secret that is on a screen leaves with the screen.
    gcTime: 0,
    // An account's token is tried at another door than WHM's: how that one answers says nothing of the connection.
    meta: user === undefined ? { connection } : {},
    onError: (error: Error) => {
      if (asCpanelError(error).kind === 'unauthenticated') endedConnections.add(connection)
    },
  }
}
