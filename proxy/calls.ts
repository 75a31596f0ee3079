import { classify, type Verdict } from './classify'
import type { ConnectionKind } from './contract'
import { credentialParts, type Credential } from './credential'
import { ProxyError } from './errors'
import { featureCall, harmlessCall, type Call } from './parameters'
import type { UpstreamAnswer } from './exchange'
import type { Upstream } from './upstream'

/** Thrown when the server no longer knows the user: the credential is of no more use. */
export class ConnectionEnded extends ProxyError {
  constructor() {
    super('unauthenticated', 'The server no longer accepts this sign-in. Sign in again.')
  }
}

/**
 * Makes one call as the user and answers cPanel's envelope, untouched. A refusal (403) is looked into with a harmless
 * call: if that is accepted only this call was refused, if not the connection has ended.
 *
 * @param remember answers that question from memory, where many calls are made at once
 * @throws ConnectionEnded, or a ProxyError that leaves the connection as it is
 */
export async function makeCall(
  upstream: Upstream,
  kind: ConnectionKind,
  credential: Credential,
  call: Call,
  signal: AbortSignal,
  remember: Remember = (question) => question(),
): Promise<UpstreamAnswer> {
  const answer = await send(upstream, credential, call, signal)
  const verdict = classify(answer)
  if (verdict === 'envelope') return answer
  if (verdict === 'refused' && (await remember(() => isAlive(upstream, kind, credential, call, signal)))) {
    throw new ProxyError('forbidden', 'The server refused this call. The connection is alive.')
  }
  if (verdict === 'unauthenticated' || verdict === 'refused') throw new ConnectionEnded()
  throw verdict
}

/** Asks whether the connection is alive, or answers what was answered just now. */
type Remember = (question: () => Promise<boolean>) => Promise<boolean>

/** Asks one question at a time and keeps its answer for so many milliseconds: a thousand refusals ask a few times. */
export function remembered(ms: number): Remember {
  let answer: Promise<boolean> | undefined
  let until = Number.POSITIVE_INFINITY
  return (question) => {
    if (answer !== undefined && Date.now() < until) return answer
    until = Number.POSITIVE_INFINITY
    answer = question().finally(() => (until = Date.now() + ms))
    return answer
  }
}

/**
 * Asks the server with a harmless call whether it accepts a credential; answers the verdict on that call. Sent once: to the
 * server it may be a sign-in that fails, and it counts those.
 */
export async function probe(
  upstream: Upstream,
  kind: ConnectionKind,
  credential: Credential,
  signal: AbortSignal,
): Promise<Verdict> {
  return classify(await send(upstream, credential, { ...harmlessCall[kind], isRead: false }, signal))
}

async function isAlive(
  upstream: Upstream,
  kind: ConnectionKind,
  credential: Credential,
  call: Call,
  signal: AbortSignal,
): Promise<boolean> {
  try {
    const isHarmless = call.path === harmlessCall[kind].path
    const verdict = isHarmless ? 'refused' : await probe(upstream, kind, credential, signal)
    if (verdict !== 'refused') return verdict !== 'unauthenticated'
    if (kind === 'whm') return false
    // The account may lack what the harmless call takes. A server that does not know this question proves nothing by it.
    return classify(await send(upstream, credential, featureCall, signal)) === 'envelope'
  } catch {
    // Not known: the refusal that did arrive is what is reported, and nobody is signed out for a lost packet.
    return true
  }
}

function send(upstream: Upstream, credential: Credential, call: Call, signal: AbortSignal): Promise<UpstreamAnswer> {
  const { prefix, headers } = credentialParts(credential)
  const { path, form, isRead } = call
  return upstream.send({ method: 'POST', path: prefix + path, headers, form, isRead, signal })
}
