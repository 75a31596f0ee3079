import {
  LogController,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  type FastifyServerOptions,
} from 'fastify'
import type { Config } from './config'
import { ProxyError } from './errors'
import type { ServedRequest } from './metrics'

/** Where log lines go; stderr outside tests, since stdout carries the one Ready line. */
export type LogStream = { write: (line: string) => void }

/**
 * Fastify's logger: pino, one JSON object a line. Nothing of a request is logged by Fastify itself (its lines hold raw
 * URLs); redaction by name and by form is the second net under a line that should not have been written.
 */
export function loggerOptions(level: Config['logLevel'], stream: LogStream) {
  return {
    logger: {
      level,
      stream: { write: (line: string) => stream.write(withoutSecrets(line)) },
      base: null,
      redact: {
        paths: secretNames.flatMap((name) => [`["${name}"]`, `*["${name}"]`, `*.*["${name}"]`]),
        censor: '[redacted]',
      },
    },
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'id' }),
  } satisfies FastifyServerOptions
}

const secretNames = (
  'authorization Authorization proxy-authorization cookie Cookie set-cookie Set-Cookie password pass code tfa_token ' +
  'token secret credential securityToken security_token'
).split(' ')

/**
 * What a secret looks like wherever it stands: the security token in a path, credentials as a header has them, the
 * cookies of cPanel, WHM and our own, API tokens. None of the patterns takes a quote or backslash: a line stays JSON.
 */
const secretForms = [
  /(?<=cpsess)\d+/gi,
  /(?<=\b(?:cpanel|whm) [^\s:"\\]{1,128}:)[^\s"\\]+/gi,
  /(?<=\b(?:basic|bearer) )[\w.~+/=-]{8,}/gi,
  /(?<=\b(?:cpsession|whostmgrsession|keyring(?:-\d+)?)=)[^\s;"\\]+/gi,
  /\b[A-Z0-9]{32}\b/g,
]

function withoutSecrets(line: string): string {
  return secretForms.reduce((text, form) => text.replaceAll(form, '[redacted]'), line)
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Why this request failed, for its log line. */
    failure: unknown
    /** How many of what it was about, for its log line. */
    counts: Readonly<Record<string, number>> | undefined
  }
  interface FastifyInstance {
    /** Learns of every request that has ended. */
    observeRequest: (request: ServedRequest) => void
  }
}

/** Logs every request of an app and tells `observe` of it; see `logRequest`. */
export function logRequests(app: FastifyInstance, observe: (request: ServedRequest) => void): void {
  app.decorate('observeRequest', observe)
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
    const { method } = request
    const route = request.routeOptions.url ?? 'none'
    const status = reply.raw.writableEnded ? reply.statusCode : 499
    const ms = reply.elapsedTime
    request.server.observeRequest({ method, route, status, seconds: ms / 1000 })
    const line = { method, route, status, ms: Math.round(ms), ...request.counts, ...describe(request.failure) }
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
