import cookie from '@fastify/cookie'
import rateLimit from '@fastify/rate-limit'
import { fastify, type FastifyInstance } from 'fastify'
import { randomUUID } from 'node:crypto'
import { createServerRegistry } from './addedServers'
import { addedServersHandlers, canAdd, summaries } from './addedServersRoutes'
import { answerError, answerNothingHere, answerUnroutable, dropBrokenRequest } from './answers'
import { openAudit } from './audit'
import { createTrail } from './auditTrail'
import type { Config } from './config'
import { connectionHandlers } from './connections'
import type { Adding } from './contract'
import { ProxyError } from './errors'
import { fanoutBodyLimit, fanoutHandler } from './fanout'
import { checkHost, checkOrigin, checkPath } from './frontDoor'
import { securityHeaders } from './headers'
import { createGuard, networkOf } from './guard'
import { answerHealth, readinessHandler, type Hindrance } from './health'
import { createListener, readKeyPair, type Patience } from './listener'
import { loggerOptions, logRequests } from './logging'
import { stderrInBatches, type LogStream } from './logStream'
import type { Metrics } from './metrics'
import { ownTokenCall, tokensCall, whmCall } from './parameters'
import { REDIS_PREFIX, blinded } from './redis'
import { createSessions } from './session'
import { answerPage, serveStaticFiles } from './staticFiles'
import { createStores } from './stores'
import { testTokenHandler } from './testToken'
import { createUpstreams, type Upstreams } from './upstream'
import { createUserRate } from './userRate'

/** `staticDir` (absolute) holds the built page; without it only /api is served, as inside Vite's server. */
export type AppOptions = {
  config: Config
  staticDir?: string
  logStream?: LogStream
  patience?: Patience
  /** What counts; see metricsServer.ts for who may ask it. Left out where nobody may: counting costs a tenth of a call. */
  metrics?: Metrics
  /** What stands in for the servers in tests. */
  upstreams?: Upstreams
}

/** `drain` tells whoever sends requests here to send them elsewhere; those that come all the same are served. */
export type App = FastifyInstance & { drain: () => void }

type CallParams = { Params: { id: string; function: string } }

/**
 * The proxy as a Fastify instance that doesn't listen yet: `app.listen` in production, `await app.ready()` and
 * `app.routing(request, response)` inside another server. `app.close()` also closes the connections upstream.
 */
export async function createApp({
  config,
  staticDir,
  logStream,
  patience,
  metrics,
  upstreams: standIns,
}: AppOptions): Promise<App> {
  const headersOf = securityHeaders(staticDir)
  const keyPair = config.tls && readKeyPair(config.tls)
  const audit = await openAudit(config.audit, logStream ?? process.stderr)
  const app: FastifyInstance = fastify({
    ...loggerOptions(config.logLevel, logStream ?? stderrInBatches()),
    serverFactory: (handler) => createListener(handler, keyPair, patience),
    trustProxy: config.trustProxy.length > 0 ? config.trustProxy : false,
    bodyLimit: 64 * 1024,
    genReqId: newRequestId,
    frameworkErrors: answerUnroutable(headersOf),
    clientErrorHandler: dropBrokenRequest,
    routerOptions: { maxParamLength: 300 },
    // What still comes while the server closes is finished like the rest.
    return503OnClosing: false,
  })
  const servers = createServerRegistry(config, app.log)
  const upstreams =
    standIns ??
    createUpstreams({ ...config, findServer: servers.find, ...(metrics && { observe: metrics.observeUpstream }) })
  metrics?.watchBreakers(() => upstreams.states())
  const stores = createStores(config, (isThere) =>
    isThere ? app.log.info('the store of sessions is there') : app.log.error('the store of sessions is away'),
  )
  // A name in this process's own memory needs no hiding.
  const counted = stores.redis === null ? (name: string) => name : blinded
  const sessions = createSessions(stores.sessions, config.sessions)
  const trail = createTrail(audit, metrics?.observeDeed)
  const allowedHosts = new Set(config.allowedHosts)
  let isDraining = false
  const hindrances = (): Hindrance[] => [
    ...(isDraining ? ['draining' as const] : []),
    ...(stores.isThere() ? [] : ['store' as const]),
    ...(audit.isHealthy() ? [] : ['audit' as const]),
  ]

  logRequests(app, metrics?.observeRequest)
  app.setErrorHandler(answerError)
  app.setNotFoundHandler(staticDir === undefined ? answerNothingHere : answerPage)
  app.addHook('onClose', async () => {
    // Also what nobody waits for any more has its last line in the audit log.
    await trail.close()
    await Promise.all([upstreams.close(), stores.close()])
  })
  await app.register(cookie)
  app.addHook('onRequest', (request, reply, done) => {
    reply.headers(headersOf(request)).header('x-request-id', request.id)
    // A connection that is kept would bring its next request here.
    if (isDraining) reply.header('connection', 'close')
    // Who asks how we are is a machine that may know only our address, and learns nothing.
    if (!probes.has(request.routeOptions.url ?? '')) checkHost(request, allowedHosts)
    done()
  })
  app.get('/healthz', { logLevel: 'warn' }, answerHealth)
  app.get('/readyz', { logLevel: 'warn' }, readinessHandler(hindrances))

  await app.register(
    async (api) => {
      api.removeContentTypeParser('text/plain')
      api.addHook('onRequest', (request, reply, done) => {
        reply.header('cache-control', 'no-store')
        checkPath(request)
        checkOrigin(request)
        done()
      })
      await api.register(rateLimit, {
        max: config.limits.requestsPerMinute,
        timeWindow: 60_000,
        keyGenerator: ({ ip }) => counted(networkOf(ip)),
        ...(stores.redis && { redis: stores.redis, nameSpace: `${REDIS_PREFIX}rate:` }),
        // Without its store nothing else works either, and that has words of its own.
        skipOnError: true,
        addHeaders: noRateHeaders,
        addHeadersOnExceeding: noRateHeaders,
        errorResponseBuilder: (_request, { ttl }) =>
          new ProxyError('too_many_requests', 'Too many requests. Wait.', { retryAfter: Math.ceil(ttl / 1000) }),
      })

      const limitUser = createUserRate(api, config.limits.userRequestsPerMinute, counted)
      const guard = createGuard(stores.attempts, config.limits)
      const connections = connectionHandlers({ servers, upstreams, sessions, guard, trail, limitUser })
      const fanout = fanoutHandler({ config, upstreams, sessions, limitUser })
      // Nothing else ends what may run for minutes, and the server closes only once all has ended.
      api.addHook('preClose', async () => fanout.stop())

      const signInRate = { config: { rateLimit: { max: config.limits.signInsPerMinute } } }
      api.get('/servers', async () => summaries(servers))
      api.get('/servers/adding', async (request): Promise<Adding> => ({ isPossible: canAdd(config, request) }))
      if (config.canAddServers) {
        const added = addedServersHandlers({ config, servers, signOutOf: connections.removeAllOf })
        api.post('/servers/look', signInRate, added.look)
        api.post('/servers', signInRate, added.add)
        api.delete('/servers/:id', added.forget)
      }
      api.get('/demo-logins', async () => config.demoLogins)

      api.get('/connections', connections.list)
      api.post('/connections', signInRate, connections.create)
      api.delete('/connections', connections.removeAll)
      api.get('/connections/:id', connections.read)
      api.delete('/connections/:id', connections.remove)
      api.get<CallParams>('/connections/:id/own-token', async (request, reply) =>
        connections.call(request, reply, 'whm', ownTokenCall),
      )
      const testToken = testTokenHandler({ upstreams, sessions, guard, limitUser })
      api.post('/connections/:id/test-token', signInRate, testToken)

      api.post<CallParams>('/connections/:id/execute/Tokens/:function', async (request, reply) =>
        connections.call(request, reply, 'cpanel', () => tokensCall(request.params.function, request.body)),
      )
      api.post<{ Params: { id: string } }>(
        '/connections/:id/tokens',
        { bodyLimit: fanoutBodyLimit },
        async (request, reply) => {
          metrics?.observeFanout(reply.raw)
          return fanout.handle(request, reply)
        },
      )
      api.post<CallParams>('/connections/:id/json-api/:function', async (request, reply) =>
        connections.call(request, reply, 'whm', () => whmCall(request.params.function, request.body)),
      )
    },
    { prefix: '/api' },
  )

  if (staticDir !== undefined) await serveStaticFiles(app, staticDir)
  await stores.found()
  return Object.assign(app, {
    drain: () => {
      isDraining = true
      metrics?.setDraining(true)
    },
  })
}

/** 64 random bits. Node keeps some for UUIDs at hand, where asking for new ones each time would cost more than all checks. */
function newRequestId(): string {
  const uuid = randomUUID()
  return uuid.slice(0, 8) + uuid.slice(-8)
}

const probes: ReadonlySet<string> = new Set(['/healthz', '/readyz'])

const noRateHeaders = { 'x-ratelimit-limit': false, 'x-ratelimit-remaining': false, 'x-ratelimit-reset': false }
