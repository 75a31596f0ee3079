import {
  LogController,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  type FastifyServerOptions,
} from 'fastify'
import type { Config } from './config'
import { ProxyError } from './errors'
import type { LogStream } from './logStream'
import type { ServedRequest } from './metrics'

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
      formatters: { log: withoutSecretFields },
    },
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'id' }),
  } satisfies FastifyServerOptions
}

const REDACTED = '[redacted]'

/** In lower case. */
const secretNames: ReadonlySet<string> = new Set(
  (
    'authorization proxy-authorization cookie set-cookie password pass code tfa_token token secret credential ' +
    'securitytoken security_token'
  ).split(' '),
)

/** Nothing that is logged on purpose goes half as deep; what goes in circles does. */
const DEEPEST = 12

/**
 * A line's fields, all that have a secret's name redacted, however deep; the very same where there are none. pino's own way
 * to do so takes a list of paths, and several times as long.
 */
function withoutSecretFields(fields: Record<string, unknown>, depth = 0): Record<string, unknown> {
  let changed: Record<string, unknown> | undefined
  for (const name in fields) {
    const value = fields[name]
    const kept = secretNames.has(name.toLowerCase()) ? REDACTED : withoutSecretsInside(value, depth + 1)
    if (kept !== value) changed = { ...(changed ?? fields), [name]: kept }
  }
  return changed ?? fields
}

/** Anything but plain objects and arrays is written by pino as it sees fit, an error with all that was put on it. */
function withoutSecretsInside(value: unknown, depth: number): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (depth > DEEPEST) return REDACTED
  if (Array.isArray(value)) return value.map((item) => withoutSecretsInside(item, depth + 1))
  if (isPlain(value)) return withoutSecretFields(value, depth)
  return Object.keys(value).some((name) => secretNames.has(name.toLowerCase())) ? REDACTED : value
}

function isPlain(value: object): value is Record<string, unknown> {
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

/**
 * What a secret looks like wherever it stands, after what leads to it: the security token in a path, credentials as a
 * header has them, the cookies of cPanel, WHM and our own. None takes a quote or backslash: a line stays JSON.
 */
const secretForms =
  /(cpsess)\d+|(\b(?:cpanel|whm) [^\s:"\\]{1,128}:)[^\s"\\]+|(\b(?:basic|bearer) )[\w.~+/=-]{8,}|(\b(?:cpsession|whostmgrsession|keyring(?:-\d+)?)=)[^\s;"\\]+/gi

const apiToken = /\b[A-Z0-9]{32}\b/g

function withoutSecrets(line: string): string {
  return line.replaceAll(secretForms, `$1$2$3$4${REDACTED}`).replaceAll(apiToken, REDACTED)
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
    observeRequest: ((request: ServedRequest) => void) | undefined
  }
}

/** Logs every request of an app and tells `observe` of it; see `logRequest`. */
export function logRequests(app: FastifyInstance, observe: ((request: ServedRequest) => void) | undefined): void {
  app.decorate('observeRequest', observe)
  app.decorateRequest('failure', undefined)
  app.decorateRequest('counts', undefined)
  app.addHook('onRequest', (request, reply, done) => {
    logRequest(request, reply)
    done()
  })
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
    request.server.observeRequest?.({ method, route, status, seconds: ms / 1000 })
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
