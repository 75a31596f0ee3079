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

/** The path prefix and headers that make an upstream request the user's own. docs/CPANEL_API.md 4.1 and 4.2. */
export function credentialParts(credential: Credential): { prefix: string; headers: Record<string, string> } {
  return credential.type === 'token'
    ? { prefix: '', headers: { authorization: credential.authorization } }
    : { prefix: credential.securityToken, headers: { cookie: credential.cookie } }
}
