import type { FastifyRequest } from 'fastify'
import type { Audit } from './audit'
import { deedOf, writesOf } from './auditCalls'
import { auditLine, type Deed, type Outcome } from './auditLine'
import type { ProxyErrorKind, SignInRequest } from './contract'
import { ProxyError } from './errors'
import type { Call } from './parameters'
import type { StoredConnection } from './session'
import { codeOf } from './tls'
import type { UpstreamAnswer } from './exchange'

/** More would be lines by the megabyte for one request. The page changes one token a call. */
const MOST_WRITES = 200

/**
 * Puts what people do on record. What changes something has two lines: one before anything is sent and one before the
 * answer goes to the browser, so a crash between them leaves a beginning without an end, and nothing is done without a
 * line. When the first can't be kept, nothing is sent; when the second can't, the answer still goes out: it may hold a
 * secret that is shown only once, and the beginning stands.
 */
export type Trail = {
  /**
   * Runs an attempt to sign in. It has two lines as well: a password is not sent, nor a session opened at the server,
   * that could not be put on record.
   *
   * @throws ProxyError `internal` when the audit log can't be written, or what `run` throws
   */
  signIn: <T>(request: FastifyRequest, wish: SignInRequest, signal: AbortSignal, run: () => Promise<T>) => Promise<T>
  /** Has one line, and never fails: signing out must always be possible. */
  signOut: (request: FastifyRequest, connections: readonly StoredConnection[]) => Promise<void>
  /**
   * Makes a call: as it is when it only reads, between two lines for each token when it changes any.
   *
   * @throws ProxyError as `signIn` does; `invalid_request` when it would change more than 200 tokens
   */
  call: (
    request: FastifyRequest,
    connection: StoredConnection,
    call: Call,
    signal: AbortSignal,
    run: () => Promise<UpstreamAnswer>,
  ) => Promise<UpstreamAnswer>
  /** Resolves once all that runs has its last line. */
  close: () => Promise<void>
}

/** A trail in an audit log. `observe` learns of everything that has ended. */
export function createTrail(audit: Audit, observe?: (deed: Deed, outcome: Outcome) => void): Trail {
  const running = new Set<Promise<unknown>>()

  async function end(request: FastifyRequest, ended: readonly { deed: Deed; outcome: Outcome }[]): Promise<void> {
    for (const { deed, outcome } of ended) observe?.(deed, outcome)
    try {
      await audit.write(ended.map(({ deed, outcome }) => auditLine(request, deed, outcome)))
    } catch (error) {
      request.log.error({ cause: codeOf(error), lines: ended.length }, 'audit lines could not be kept')
    }
  }

  /** `judge` tells what came of each deed, in their order. */
  async function record<T>(
    request: FastifyRequest,
    deeds: readonly Deed[],
    signal: AbortSignal,
    run: () => Promise<T>,
    judge: (result: T) => Outcome[],
  ): Promise<T> {
    try {
      await audit.write(deeds.map((deed) => auditLine(request, deed)))
    } catch (error) {
      request.log.error({ cause: codeOf(error), lines: deeds.length }, 'audit lines could not be kept')
      throw new ProxyError('internal', 'The audit log can’t be written, so nothing was sent to the server.')
    }
    const together = (outcomes: Outcome[]) =>
      deeds.map((deed, index): { deed: Deed; outcome: Outcome } => ({ deed, outcome: outcomes[index] ?? unanswered }))
    let result
    try {
      result = await run()
    } catch (error) {
      const outcome = outcomeOf(error, signal)
      await end(request, together(deeds.map(() => outcome)))
      throw error
    }
    await end(request, together(judge(result)))
    return result
  }

  function track<T>(work: Promise<T>): Promise<T> {
    running.add(work)
    return work.finally(() => running.delete(work))
  }

  return {
    signIn(request, { server, kind, username }, signal, run) {
      const deed: Deed = { event: 'sign-in', server, kind, user: username, account: username }
      return track(record(request, [deed], signal, run, () => [{ result: 'done' }]))
    },

    signOut(request, connections) {
      const ended = connections.map(({ server, kind, username }) => ({
        deed: { event: 'sign-out', server, kind, user: username, account: username } satisfies Deed,
        outcome: { result: 'done' } satisfies Outcome,
      }))
      return ended.length === 0 ? Promise.resolve() : track(end(request, ended))
    },

    async call(request, { server, kind, username: user }, call, signal, run) {
      if (call.isRead) return run()
      const writes = writesOf(call, user)
      if (writes.length === 0) throw new Error('There is a function that changes something and has no audit line.')
      if (writes.length > MOST_WRITES) {
        throw new ProxyError('invalid_request', `One call can change ${MOST_WRITES} tokens at most.`)
      }
      const deeds = writes.map((write) => deedOf(write, { server, kind, user }))
      const judge = ({ body }: UpstreamAnswer) => {
        const answer = parse(body)
        return writes.map(({ outcome }) => outcome(answer))
      }
      return track(record(request, deeds, signal, run, judge))
    },

    close: async () => void (await Promise.allSettled(running)),
  }
}

const unanswered: Outcome = { result: 'unknown', why: 'not_answered' }

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'))
  } catch {
    return undefined
  }
}

/** What came of something that failed on its way: surely nothing, or nobody knows. */
function outcomeOf(error: unknown, signal: AbortSignal): Outcome {
  const kind = error instanceof ProxyError ? error.kind : 'internal'
  if (!leavesInDoubt(kind)) return { result: 'refused', why: kind }
  return { result: 'unknown', why: signal.aborted ? 'cancelled' : kind }
}

function leavesInDoubt(kind: ProxyErrorKind): boolean {
  switch (kind) {
    case 'unreachable':
    case 'timeout':
    case 'garbled':
    case 'upstream_failed':
    case 'internal':
      return true
    case 'invalid_request':
    case 'wrong_credentials':
    case 'code_required':
    case 'unauthenticated':
    case 'forbidden':
    case 'not_allowed':
    case 'wrong_origin':
    case 'wrong_host':
    case 'too_large':
    case 'too_many_requests':
    case 'untrusted_certificate':
    case 'redirected':
    case 'paused':
    case 'store_unavailable':
      return false
  }
}
