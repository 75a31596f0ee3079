import * as v from 'valibot'
import { probe } from './calls'
import { failureOf, isLoginPage, pageText } from './classify'
import type { ConnectionKind } from './contract'
import type { Credential } from './credential'
import { ProxyError } from './errors'
import type { UpstreamAnswer } from './exchange'
import type { Upstream } from './upstream'

/** What signing in takes. `code` is the two-factor security code. */
export type SignIn = { kind: ConnectionKind; username: string; code?: string | undefined } & (
  | { password: string }
  | { token: string }
)

const loginSchema = v.object({
  status: v.optional(v.unknown()),
  security_token: v.optional(v.unknown()),
  message: v.optional(v.unknown()),
  error: v.optional(v.unknown()),
  reason: v.optional(v.unknown()),
})

/** Codes of cPanel's login answer (docs/CPANEL_API.md 4.2) in words. Everything else is just a login not accepted. */
const messages: ReadonlyMap<string, string> = new Map([
  ['invalid_username', 'The server says that the user name is invalid.'],
  ['no_username', 'The server says that a user name is missing.'],
  ['changed_ip', 'The server says that the address changed; sign in again.'],
  ['expired_session', 'The server says that the session has expired; sign in again.'],
  ['invalid_session', 'The server says that the session is invalid; sign in again.'],
  ['prevented_xfer', 'The server says that the service was not accessed over a secure connection.'],
])

/** What the server says when a code is needed is documented nowhere: any mention of one counts. */
const asksForCode = /\b(tfa|2fa|otp|two[-_ ]?factor|security[-_ ]code|one[-_ ]time)/i

/**
 * Signs in at the server and answers what to act with from then on. The password goes no further than into this one
 * request; a token is tried with a harmless call. docs/CPANEL_API.md 4.1 and 4.2.
 *
 * @throws ProxyError `wrong_credentials`, `code_required`, or what went wrong on the way
 */
export async function signIn(upstream: Upstream, request: SignIn, signal: AbortSignal): Promise<Credential> {
  return 'token' in request
    ? checkToken(upstream, request.kind, `${request.kind} ${request.username}:${request.token}`, signal)
    : logIn(upstream, request, signal)
}

/** Ends a cPanel session at the server, as well as that can be done in two seconds. A token has no session to end. */
export async function signOut(upstream: Upstream, credential: Credential): Promise<void> {
  if (credential.type === 'token') return
  const headers = { cookie: credential.cookie }
  const signal = AbortSignal.timeout(2000)
  try {
    await upstream.send({ method: 'GET', path: `${credential.securityToken}/logout/`, headers, signal })
  } catch {
    // The proxy has forgotten the session already, and cPanel ends an unused one by itself after 15 minutes.
  }
}

async function checkToken(
  upstream: Upstream,
  kind: ConnectionKind,
  authorization: string,
  signal: AbortSignal,
): Promise<Credential> {
  const credential: Credential = { type: 'token', authorization }
  const verdict = await probe(upstream, kind, credential, signal)
  if (verdict === 'envelope') return credential
  if (verdict === 'unauthenticated' || verdict === 'refused') {
    throw new ProxyError('wrong_credentials', 'The server does not accept this user name and API token.')
  }
  throw verdict
}

async function logIn(
  upstream: Upstream,
  { username, password, code }: { username: string; password: string; code?: string | undefined },
  signal: AbortSignal,
): Promise<Credential> {
  const form: [string, string][] = [
    ['user', username],
    ['pass', password],
  ]
  if (code !== undefined) form.push(['tfa_token', code])
  const answer = await upstream.send({ method: 'POST', path: '/login/?login_only=1', form, signal })

  const body = readBody(answer)
  const securityToken = securityTokenOf(answer, body?.security_token, upstream.host)
  const cookie = cookiesOf(answer)
  if (securityToken !== undefined && cookie !== '' && answer.status < 400) {
    return { type: 'session', securityToken, cookie }
  }
  throw loginFailure(answer, body, code !== undefined)
}

function loginFailure(answer: UpstreamAnswer, body: LoginBody | undefined, hadCode: boolean): ProxyError {
  const page = pageText(answer)
  const words = [body?.message, body?.error, body?.reason].filter((part) => typeof part === 'string')
  const saysNo = body !== undefined && (Number(body.status ?? 1) === 0 || words.length > 0)
  const asksAgain = isLoginPage(answer) || (page !== undefined && asksForCode.test(page))
  const isRefusal = answer.status === 401 || answer.status === 403
  if (!isRefusal && !(answer.status < 429 && (saysNo || asksAgain))) return failureOf(answer)
  if (!hadCode && asksForCode.test(page ?? words.join(' '))) {
    return new ProxyError('code_required', 'The server asks for a two-factor security code.')
  }
  const message = messages.get(words[0] ?? '') ?? 'The server does not accept this user name, password or code.'
  return new ProxyError('wrong_credentials', message)
}

type LoginBody = v.InferOutput<typeof loginSchema>

function readBody(answer: UpstreamAnswer): LoginBody | undefined {
  try {
    return v.parse(loginSchema, JSON.parse(answer.body.toString('utf8')))
  } catch {
    return undefined
  }
}

/** From the JSON answer, or from the first path segment of `Location`, which older servers and the Perl client use. */
function securityTokenOf({ headers }: UpstreamAnswer, fromBody: unknown, host: string): string | undefined {
  if (typeof fromBody === 'string') return /^\/cpsess\d{1,32}$/.test(fromBody) ? fromBody : undefined
  const location = headers['location']
  const base = `https://${host}/`
  if (typeof location !== 'string' || !URL.canParse(location, base)) return undefined
  const url = new URL(location, base)
  return url.host === host ? url.pathname.match(/^\/cpsess\d{1,32}(?=\/|$)/)?.[0] : undefined
}

/** The cookies the server set, as one Cookie header; those it deletes (empty or in the past) are left out. */
function cookiesOf({ headers }: UpstreamAnswer): string {
  const lines = [headers['set-cookie'] ?? []].flat()
  const pairs = lines.flatMap((line) => {
    const [pair = '', ...attributes] = line.split(';')
    const isDeleted = attributes.some((part) => {
      const [name = '', value = ''] = part.split('=')
      if (name.trim().toLowerCase() === 'max-age') return Number(value) <= 0
      return name.trim().toLowerCase() === 'expires' && Date.parse(value) <= Date.now()
    })
    return isDeleted || !/^[^=\s]+=\S+$/.test(pair.trim()) ? [] : [pair.trim()]
  })
  return pairs.join('; ')
}
