import {
  LogController,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  type FastifyServerOptions,
} from 'fastify'
import type { Config } from './config'
import { ProxyError } from './errors'

/** Where log lines go; stderr outside tests, since stdout carries the one Ready line. */
export type LogStream = { write: (line: string) => void }

/**
 * Fastify's logger: pino, one JSON object a line. Nothing of a request is logged by Fastify itself (its lines hold raw
 * URLs); redaction is the second net under a log line that should not have been written.
 */
export function loggerOptions(level: Config['logLevel'], stream: LogStream) {
  return {
    logger: {
      level,
      stream,
      base: null,
      redact: {
        paths: ['authorization', 'cookie', 'password', 'token', 'code', 'secret', '["set-cookie"]'].flatMap((name) =>
          name.startsWith('[') ? [`*${name}`, `*.*${name}`] : [name, `*.${name}`, `*.*.${name}`],
        ),
        censor: '[redacted]',
      },
    },
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'id' }),
  } satisfies FastifyServerOptions
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Why this request failed, for its log line. */
    failure: unknown
    /** How many of what it was about, for its log line. */
    counts: Readonly<Record<string, number>> | undefined
  }
}

/** Logs every request of an app; see `logRequest`. */
export function logRequests(app: FastifyInstance): void {
  app.decorateRequest('failure', undefined)
  app.decorateRequest('counts', undefined)
  app.addHook('onRequest', async (request, reply) => logRequest(request, reply))
}

/**
 * Sees to the one line of a request: id (the logger's own), method, route (a pattern, not the URL), status, ms and what
 * went wrong. Status 499 means that the browser went away before the answer.
 */
export function logRequest(request: FastifyRequest, reply: FastifyReply): void {
  // Fastify's onResponse is not called for a request that was given up.
  reply.raw.once('close', () => {
    const line = {
      method: request.method,
      route: request.routeOptions.url ?? 'none',
      status: reply.raw.writableEnded ? reply.statusCode : 499,
      ms: Math.round(reply.elapsedTime),
      ...request.counts,
      ...describe(request.failure),
    }
    if (reply.statusCode >= 500) request.log.warn(line, 'request')
    else request.log.info(line, 'request')
  })
}

/** A failure without anything that came from outside: a fault's message may quote input, its stack frames don't. */
function describe(failure: unknown) {
  if (failure === undefined) return {}
  if (failure instanceof ProxyError) return { kind: failure.kind, why: failure.message }
  if (!(failure instanceof Error)) return { kind: 'internal' }
  const frames = failure.stack?.split('\n').filter((line) => line.startsWith('    at '))
  return { kind: 'internal', fault: failure.name, frames: frames?.slice(0, 8).map((frame) => frame.trim()) }
}
