/** Trying a token at the server: one harmless call that has nothing but the token to show. The proxy makes it. */
import * as v from 'valibot'
import { send } from './call'
import type { Account } from './tokens'
import { read } from './wire'

/**
 * What the server made of a token. `limited`: accepted, but not allowed this call; `reasons` are the server's own words, to be
 * shown and never matched on. `refused`: not accepted, and no server tells why. `unclear`: a refusal that may mean either.
 */
export type TokenVerdict =
  | { verdict: 'works' }
  | { verdict: 'limited'; reasons: string[] }
  | { verdict: 'refused' }
  | { verdict: 'unclear' }

const answer = v.variant('verdict', [
  v.object({ verdict: v.literal('works') }),
  v.object({ verdict: v.literal('limited'), reasons: v.array(v.string()) }),
  v.object({ verdict: v.literal('refused') }),
  v.object({ verdict: v.literal('unclear') }),
])

/**
 * Tries the secret of a token, as the user it is for: the account, or the WHM user. The secret goes in the body alone, and is
 * in no answer. The connection stays as it is, whatever comes.
 * @throws {CpanelError} `refused` for what no header can hold, and where the account's door of the server is not configured;
 *   `too_many_requests` after tokens that were not accepted; or what failed on the way
 */
export async function testToken(
  { api, connection, user }: Account,
  secret: string,
  signal?: AbortSignal,
): Promise<TokenVerdict> {
  const body = { token: secret, ...(user !== undefined && { account: user }) }
  const path = ['connections', connection, 'test-token']
  return read(answer, (await send(api, { method: 'POST', path, body, signal })).body)
}

/** Secrets are letters and digits; anything else is something pasted by mistake and better not sent anywhere. */
export function looksLikeSecret(text: string): boolean {
  return /^[A-Za-z0-9]{1,256}$/.test(text)
}
