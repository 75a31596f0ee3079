import cookie from '@fastify/cookie'
import helmet from '@fastify/helmet'
import rateLimit from '@fastify/rate-limit'
import { fastify, type FastifyInstance } from 'fastify'
import { randomBytes } from 'node:crypto'
import { answerError, answerFrameworkError, answerNothingHere, dropBrokenRequest } from './answers'
import type { Config } from './config'
import { connectionHandlers, summaries } from './connections'
import { ProxyError } from './errors'
import { fanoutBodyLimit, fanoutHandler } from './fanout'
import { checkHost, checkOrigin, checkPath } from './frontDoor'
import { permissionsPolicy, securityHeaders } from './headers'
import { createLockout } from './lockout'
import { loggerOptions, logRequests, type LogStream } from './logging'
import { ownTokenCall, tokensCall, whmCall } from './parameters'
import { createSessions } from './session'
import { createMemoryStore } from './sessionStore'
import { answerPage, serveStaticFiles } from './staticFiles'
import { createUpstreams } from './upstream'

/** `staticDir` (absolute) holds the built page; without it only /api is served, as inside Vite's server. */
export type AppOptions = { config: Config; staticDir?: string; logStream?: LogStream }

type CallParams = { Params: { id: string; function: string } }

/**
 * The proxy as a Fastify instance that doesn't listen yet: `app.listen` in production, `await app.ready()` and
 * `app.routing(request, response)` inside another server. `app.close()` also closes the connections upstream.
 */
export async function createApp({
  config,
  staticDir,
  logStream = process.stderr,
}: AppOptions): Promise<FastifyInstance> {
  const app: FastifyInstance = fastify({
    ...loggerOptions(config.logLevel, logStream),
    bodyLimit: 64 * 1024,
    requestTimeout: 30_000,
    genReqId: () => randomBytes(8).toString('hex'),
    frameworkErrors: answerFrameworkError,
    clientErrorHandler: dropBrokenRequest,
    routerOptions: { maxParamLength: 300 },
  })
  const upstreams = createUpstreams(config)
  const sessions = createSessions(
    createMemoryStore({ idleMs: config.sessions.idleMs, maxVaults: 10_000 }),
    config.sessions,
  )
  const connections = connectionHandlers({
    config,
    upstreams,
    sessions,
    lockout: createLockout(config.limits.failedSignIns),
  })
  const fanout = fanoutHandler({ config, upstreams, sessions })
  const allowedHosts = new Set(config.allowedHosts)

  logRequests(app)
  app.setErrorHandler(answerError)
  app.setNotFoundHandler(staticDir === undefined ? answerNothingHere : answerPage)
  // Nothing else ends what may run for minutes, and the server closes only once all has ended.
  app.addHook('preClose', async () => fanout.stop())
  app.addHook('onClose', () => upstreams.close())
  await app.register(helmet, securityHeaders(staticDir))
  await app.register(cookie)
  app.addHook('onRequest', async (request, reply) => {
    reply.headers({ 'permissions-policy': permissionsPolicy, 'x-request-id': request.id })
    checkHost(request, allowedHosts)
  })

  await app.register(
    async (api) => {
      api.removeContentTypeParser('text/plain')
      api.addHook('onRequest', async (request, reply) => {
        reply.header('cache-control', 'no-store')
        checkPath(request)
        checkOrigin(request)
      })
      await api.register(rateLimit, {
        max: config.limits.requestsPerMinute,
        timeWindow: 60_000,
        addHeaders: noRateHeaders,
        addHeadersOnExceeding: noRateHeaders,
        errorResponseBuilder: (_request, { ttl }) =>
          new ProxyError('too_many_requests', 'Too many requests. Wait.', { retryAfter: Math.ceil(ttl / 1000) }),
      })

      api.get('/servers', async () => summaries(config))
      api.get('/demo-logins', async () => config.demoLogins)

      api.get('/connections', connections.list)
      api.post('/connections', { config: { rateLimit: { max: config.limits.signInsPerMinute } } }, connections.create)
      api.delete('/connections', connections.removeAll)
      api.get('/connections/:id', connections.read)
      api.delete('/connections/:id', connections.remove)
      api.get<CallParams>('/connections/:id/own-token', async (request, reply) =>
        connections.call(request, reply, 'whm', ownTokenCall),
      )

      api.post<CallParams>('/connections/:id/execute/Tokens/:function', async (request, reply) =>
        connections.call(request, reply, 'cpanel', () => tokensCall(request.params.function, request.body)),
      )
      api.post('/connections/:id/tokens', { bodyLimit: fanoutBodyLimit }, fanout.handle)
      api.post<CallParams>('/connections/:id/json-api/:function', async (request, reply) =>
        connections.call(request, reply, 'whm', () => whmCall(request.params.function, request.body)),
      )
    },
    { prefix: '/api' },
  )

  if (staticDir !== undefined) await serveStaticFiles(app, staticDir)
  return app
}

const noRateHeaders = { 'x-ratelimit-limit': false, 'x-ratelimit-remaining': false, 'x-ratelimit-reset': false }
