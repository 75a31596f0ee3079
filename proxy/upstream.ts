import { setTimeout as delay } from 'node:timers/promises'
import { Pool, errors, type Dispatcher } from 'undici'
import { createBreaker, type Breaker, type BreakerState, type Sign } from './breaker'
import type { Config, ServerConfig } from './config'
import type { ConnectionKind, ProxyErrorKind } from './contract'
import { ProxyError } from './errors'
import { exchange, NoAnswer, TOO_LONG, type UpstreamAnswer } from './exchange'
import { codeOf, createConnector, UntrustedCertificate } from './tls'

/**
 * One request to a server. `path` begins with a slash; `form` is sent as the body, never in the URL. `isRead`: it changes
 * nothing, so it may be sent once more where no answer came. Left out, it is sent once.
 */
type UpstreamRequest = {
  method: 'GET' | 'POST'
  path: string
  headers?: Record<string, string>
  form?: readonly (readonly [name: string, value: string])[]
  isRead?: boolean
  signal: AbortSignal
}

/** One front door (cPanel's or WHM's) of one server. */
export type Upstream = { host: string; send: (request: UpstreamRequest) => Promise<UpstreamAnswer> }

export type Upstreams = {
  find: (server: string, kind: ConnectionKind) => Upstream | undefined
  /** The breaker of every front door that was used. */
  states: () => { server: string; kind: ConnectionKind; state: BreakerState }[]
  close: () => Promise<void>
}

/** What became of one request that was sent; a read sent a second time is two. `status` where it was answered. */
type UpstreamEvent = {
  server: string
  kind: ConnectionKind
  outcome: 'answered' | ProxyErrorKind | 'cancelled'
  status?: number
  seconds: number
}

type Options = Pick<Config, 'timeouts' | 'upstreamConnections'> & {
  /** Another object of the same id than before is another server: nothing of the old one is used any more. */
  findServer: (id: string) => ServerConfig | undefined
  observe?: (event: UpstreamEvent) => void
  /** Milliseconds. */
  clock?: () => number
  /** How long a request may wait for a short pause of the breaker to end, ms: whoever tries again means it. */
  holdMs?: number
}

type Door = { config: ServerConfig; kind: ConnectionKind; pool: Pool; breaker: Breaker; upstream: Upstream }

/** Nothing that cPanel answers here comes near this; 10,000 accounts in full are about 9 MB. */
const maxAnswerBytes = 16 * 1024 * 1024

/**
 * How long a connection is kept for the next request: a while longer than a page takes from one call to the next, since
 * cPanel holds a process for each. A server that says how long it keeps them is believed, up to 30 s; undici stops 2 s before.
 */
const idleMs = { keepAliveTimeout: 4_000, keepAliveMaxTimeout: 30_000 }

/** Only what failed at once is tried again: nobody waits twice for a server that lets people wait. */
const RETRY_WITHIN_MS = 2_000

/** As long as the breaker's first two pauses: a server that was away for a moment is simply asked a moment later. */
const HOLD_MS = 2_500

/** How often those who wait look whether they may go on, ms. */
const LOOK_EVERY_MS = 50

/** Connection pools for the servers there are, made on first use. */
export function createUpstreams(options: Options): Upstreams {
  const { findServer } = options
  const doors = new Map<string, Door>()
  const closing = new Set<Promise<void>>()

  function retire(key: string, { pool }: Door): void {
    doors.delete(key)
    // What is under way ends by itself.
    const closed: Promise<void> = pool.close().finally(() => closing.delete(closed))
    closing.add(closed)
  }

  function retireOld(): void {
    for (const [key, door] of doors) if (findServer(door.config.id) !== door.config) retire(key, door)
  }

  return {
    find(server, kind) {
      retireOld()
      const key = `${server}.${kind}`
      const known = doors.get(key)
      if (known !== undefined) return known.upstream
      const config = findServer(server)
      const origin = config?.[kind]
      if (config === undefined || origin === undefined) return undefined
      const door = openDoor(origin, config, kind, options)
      doors.set(key, door)
      return door.upstream
    },
    states() {
      retireOld()
      return [...doors.values()].map(({ config, kind, breaker }) => ({
        server: config.id,
        kind,
        state: breaker.state(),
      }))
    },
    async close() {
      for (const [key, door] of doors) retire(key, door)
      await Promise.all(closing)
    },
  }
}

function openDoor(origin: string, config: ServerConfig, kind: ConnectionKind, options: Options): Door {
  const { timeouts, upstreamConnections, observe, clock = () => performance.now(), holdMs = HOLD_MS } = options
  const pool = new Pool(origin, {
    connect: createConnector(config, timeouts.connectMs),
    connections: upstreamConnections,
    headersTimeout: timeouts.answerMs,
    bodyTimeout: timeouts.bodyMs,
    maxResponseSize: maxAnswerBytes,
    ...idleMs,
  })
  const breaker = createBreaker(clock)
  const unconnected = new WeakSet<Error>()
  const cut = new WeakSet<ProxyError>()
  pool.on('connectionError', (_origin, _targets, error) => unconnected.add(error))
  // Not only its answer: who asks a slow thing first must not keep all others waiting.
  pool.on('connect', breaker.noteAlive)

  async function attempt(request: UpstreamRequest): Promise<UpstreamAnswer> {
    if (request.signal.aborted) throw new ProxyError('unreachable', 'The request was given up.')
    if (pool.closed) throw new ProxyError('unreachable', 'The server was changed or removed.')
    const end = await begun(breaker, holdMs, request.signal)
    const start = clock()
    const about = () => ({ server: config.id, kind, seconds: (clock() - start) / 1000 })
    try {
      const answer = await exchange(pool, asSent(request), request.signal)
      end('alive')
      observe?.({ ...about(), outcome: 'answered', status: answer.status })
      return answer
    } catch (error) {
      const failure = toProxyError(error)
      const isCancelled = request.signal.aborted
      const reason = error instanceof NoAnswer ? error.reason : undefined
      if (failure.kind === 'unreachable' || (error instanceof NoAnswer && error.wasCut)) cut.add(failure)
      end(isCancelled ? 'unknown' : signOf(failure, reason instanceof Error && unconnected.has(reason)))
      observe?.({ ...about(), outcome: isCancelled ? 'cancelled' : failure.kind })
      throw failure
    }
  }

  async function send(request: UpstreamRequest): Promise<UpstreamAnswer> {
    const start = clock()
    try {
      return await attempt(request)
    } catch (failure) {
      const { isRead = false, signal } = request
      const wasCut = failure instanceof ProxyError && cut.has(failure)
      const isFresh = clock() - start < RETRY_WITHIN_MS
      if (!isRead || !wasCut || !isFresh || pool.closed) throw failure
      // Apart from each other, or all that a restart cut would come back at once.
      const isWanted = await delay(50 + Math.random() * 100, true, { signal }).catch(() => false)
      if (!isWanted || breaker.state() !== 'closed') throw failure
      return attempt(request)
    }
  }

  return { config, kind, pool, breaker, upstream: { host: new URL(origin).host, send } }
}

/**
 * Begins when the breaker lets it, also behind the one request that finds out whether the server is back.
 *
 * @throws ProxyError `paused` when that takes longer than `holdMs`, at once where that is known
 */
async function begun(breaker: Breaker, holdMs: number, signal: AbortSignal): Promise<ReturnType<Breaker['begin']>> {
  const until = performance.now() + holdMs
  for (;;) {
    try {
      return breaker.begin()
    } catch (paused) {
      const rest = paused instanceof ProxyError ? (paused.details.retryAfter ?? 1) : 1
      // Whole seconds, rounded up.
      if (performance.now() + (rest - 1) * 1000 >= until) throw paused
      const isWanted = await delay(LOOK_EVERY_MS, true, { signal }).catch(() => false)
      if (!isWanted) throw paused
    }
  }
}

/** undici follows no redirect, and sends no request twice that it has begun to send. */
function asSent({ method, path, headers, form }: UpstreamRequest): Dispatcher.DispatchOptions {
  return {
    method,
    path,
    headers: {
      accept: 'application/json',
      'user-agent': 'cpanel-keyring',
      ...(form && { 'content-type': 'application/x-www-form-urlencoded' }),
      ...headers,
    },
    ...(form && { body: new URLSearchParams(form.map(([name, value]) => [name, value])).toString() }),
  }
}

/**
 * Only a connection that did not come about says that a server is dead. Over one that did, silence or a cut may be the one
 * function's that was called, and a fault (5xx) is an answer: one function that fails must not cut everybody off. A
 * certificate that is not trusted was shown by somebody who is there, and has to be seen each time.
 */
function signOf({ kind }: ProxyError, isUnconnected: boolean): Sign {
  if (kind === 'untrusted_certificate' || kind === 'garbled') return 'alive'
  return isUnconnected ? 'dead' : 'unknown'
}

function toProxyError(failure: unknown): ProxyError {
  const error = failure instanceof NoAnswer ? failure.reason : failure
  if (error instanceof UntrustedCertificate) {
    const { fingerprint256, expected256 } = error
    return new ProxyError('untrusted_certificate', `The server's certificate is not trusted: ${error.message}.`, {
      ...(fingerprint256 !== undefined && { fingerprint256 }),
      ...(expected256 !== undefined && { expected256 }),
    })
  }
  const code = codeOf(error)
  switch (code) {
    case 'UND_ERR_HEADERS_TIMEOUT':
    case 'UND_ERR_BODY_TIMEOUT':
      return new ProxyError('timeout', 'The server did not answer in time.')
    case TOO_LONG:
      return new ProxyError('garbled', 'The answer of the server is too long.')
    case 'UND_ERR_HEADERS_OVERFLOW':
      return new ProxyError('garbled', 'The headers of the answer are too long.')
    case 'UND_ERR_INVALID_ARG':
      return new ProxyError('internal', 'The request is none that can be sent.')
  }
  if (failure instanceof NoAnswer && failure.hadBegun)
    return new ProxyError('garbled', 'The answer of the server was cut.')
  if (error instanceof errors.HTTPParserError) return new ProxyError('garbled', 'The server does not speak HTTP.')
  return new ProxyError('unreachable', `The server can't be reached${code === '' ? '' : ` (${code})`}.`)
}
