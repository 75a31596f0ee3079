import type { FastifyInstance, FastifyRequest } from 'fastify'
import { ProxyError } from './errors'
import type { StoredConnection } from './session'

/** @throws ProxyError `too_many_requests` when a signed-in user of a server has had all calls of this minute */
export type LimitUser = (request: FastifyRequest, connection: StoredConnection) => Promise<void>

/**
 * Limits the calls of one user of one server, from whatever browsers and addresses. Only who is signed in counts: by the
 * name in the path alone, a stranger could use up what is somebody else's.
 *
 * @param api where @fastify/rate-limit is registered; its store counts
 * @param counted the name under which a name is counted there
 */
export function createUserRate(
  api: FastifyInstance,
  callsPerMinute: number,
  counted: (name: string) => string,
): LimitUser {
  const users = new WeakMap<FastifyRequest, string>()
  const count = api.createRateLimit({
    max: callsPerMinute,
    timeWindow: 60_000,
    keyGenerator: (request) => counted(`user:${users.get(request)}`),
  })
  return async (request, { server, username }) => {
    users.set(request, `${server}.${username}`)
    const answer = await count(request)
    if (answer.isAllowed || !answer.isExceeded) return
    throw new ProxyError('too_many_requests', 'Too many calls of this user. Wait.', { retryAfter: answer.ttlInSeconds })
  }
}
