import type { FastifyReply, FastifyRequest } from 'fastify'

/** What keeps a proxy from taking requests: it is being stopped, its store of sessions is away, it can't write its audit. */
export type Hindrance = 'draining' | 'store' | 'audit'

/**
 * Answers `/healthz`: this process runs. Nothing else is asked: restarting it would mend no store.
 */
export async function answerHealth(_request: FastifyRequest, reply: FastifyReply): Promise<string> {
  reply.header('cache-control', 'no-store').type('text/plain; charset=utf-8')
  return 'ok\n'
}

/** Makes what answers `/readyz`: 200, or 503 with what hinders. A balancer sends requests elsewhere then. */
export function readinessHandler(hindrances: () => readonly Hindrance[]) {
  return async (_request: FastifyRequest, reply: FastifyReply) => {
    const now = hindrances()
    reply.header('cache-control', 'no-store').code(now.length === 0 ? 200 : 503)
    return { ready: now.length === 0, hindrances: now }
  }
}
