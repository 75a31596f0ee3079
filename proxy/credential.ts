import * as v from 'valibot'

/**
 * What the proxy keeps to act for a signed-in user: an API token, or a cPanel session (its cookies and the security
 * token that prefixes every path, `/cpsess0123456789`). Never the password.
 */
export const credentialSchema = v.variant('type', [
  v.object({ type: v.literal('token'), authorization: v.string() }),
  v.object({ type: v.literal('session'), securityToken: v.string(), cookie: v.string() }),
])

export type Credential = v.InferOutput<typeof credentialSchema>

/**
 * The secret of the API token that a credential is; null for a session. For a call about the token itself: it belongs
 * into a body, never into a path, a log or a message.
 *
 * @throws Error, without the value, when `authorization` is not `KIND USER:TOKEN`; signing in stores nothing else
 */
export function tokenSecret(credential: Credential): string | null {
  if (credential.type !== 'token') return null
  // No user name and no token has a colon or white space (connections.ts), so there is one way to read it.
  const secret = /^(?:cpanel|whm) [^\s:]+:([^\s:]+)$/.exec(credential.authorization)?.[1]
  if (secret === undefined) throw new Error('The stored authorization is of another form.')
  return secret
}

/** The path prefix and headers that make an upstream request the user's own. docs/CPANEL_API.md 4.1 and 4.2. */
export function credentialParts(credential: Credential): { prefix: string; headers: Record<string, string> } {
  return credential.type === 'token'
    ? { prefix: '', headers: { authorization: credential.authorization } }
    : { prefix: credential.securityToken, headers: { cookie: credential.cookie } }
}
