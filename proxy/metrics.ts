import { Counter, Gauge, Histogram, Registry } from 'prom-client'
import type { ServerResponse } from 'node:http'
import type { BreakerState } from './breaker'
import type { AuditEvent, Deed, Outcome } from './auditLine'
import type { ConnectionKind, ProxyErrorKind } from './contract'

/** A request of a browser. `route` is a pattern, never a URL: there must not be a series for each. */
export type ServedRequest = { method: string; route: string; status: number; seconds: number }

/** A request to a server: `status` where it was answered. */
export type UpstreamEvent = {
  server: string
  kind: ConnectionKind
  outcome: 'answered' | ProxyErrorKind | 'cancelled'
  status?: number
  seconds: number
}

/** A front door of a server; while its breaker is not closed, the proxy leaves it alone. */
export type DoorState = { server: string; kind: ConnectionKind; state: BreakerState }

/** Seconds: from what is answered at once to what a busy server took (docs/CPANEL_API.md section 12). */
const buckets = [0.005, 0.025, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120]

/** What is counted of one proxy; see metricsServer.ts for who may ask. */
export type Metrics = ReturnType<typeof createMetrics>

/** Counters of their own: nothing is shared with another proxy in the same process. */
export function createMetrics() {
  const registry = new Registry()
  const registers = [registry]
  const requests = new Counter({
    name: 'keyring_http_requests_total',
    help: 'Requests of browsers; status 499 where the browser went away before the answer.',
    labelNames: ['method', 'route', 'status'],
    registers,
  })
  const requestSeconds = new Histogram({
    name: 'keyring_http_request_duration_seconds',
    help: 'Time from a request of a browser to the end of its answer.',
    labelNames: ['route'],
    buckets,
    registers,
  })
  const signIns = new Counter({
    name: 'keyring_sign_ins_total',
    help: 'Attempts to sign in.',
    labelNames: ['server', 'kind', 'result'],
    registers,
  })
  const writes = new Counter({
    name: 'keyring_writes_total',
    help: 'Changes of API tokens that were asked for; unknown where no answer tells.',
    labelNames: ['event', 'result'],
    registers,
  })
  const upstreamRequests = new Counter({
    name: 'keyring_upstream_requests_total',
    help: 'Requests to cPanel and WHM; answered whatever the answer was, else why there is none.',
    labelNames: ['server', 'kind', 'outcome'],
    registers,
  })
  const upstreamSeconds = new Histogram({
    name: 'keyring_upstream_request_duration_seconds',
    help: 'Time from a request to cPanel or WHM to the end of its answer or its failure.',
    labelNames: ['server', 'kind'],
    buckets,
    registers,
  })
  let readDoors: (() => Iterable<DoorState>) | undefined
  const breakers = new Gauge({
    name: 'keyring_upstream_breaker_open',
    help: '1 while nothing is sent to a front door of a server because it failed so often.',
    labelNames: ['server', 'kind'],
    registers,
    collect() {
      breakers.reset()
      for (const { server, kind, state } of readDoors?.() ?? []) {
        breakers.set({ server, kind }, state === 'closed' ? 0 : 1)
      }
    },
  })
  const fanouts = new Gauge({
    name: 'keyring_fanouts_running',
    help: 'Streamed answers of many accounts under way.',
    registers,
  })
  const draining = new Gauge({
    name: 'keyring_draining',
    help: '1 while the proxy finishes what runs before it ends.',
    registers,
  })

  return {
    registry,

    observeRequest: ({ method, route, status, seconds }: ServedRequest): void => {
      requests.inc({ method, route, status })
      requestSeconds.observe({ route }, seconds)
    },

    /** What the audit log has as ended. */
    observeDeed: ({ event, server, kind }: Deed, { result }: Outcome): void => {
      if (event === 'sign-in') signIns.inc({ server, kind, result })
      else if (isWrite(event)) writes.inc({ event, result })
    },

    observeUpstream: ({ server, kind, outcome, seconds }: UpstreamEvent): void => {
      upstreamRequests.inc({ server, kind, outcome })
      upstreamSeconds.observe({ server, kind }, seconds)
    },

    /** Counts a streamed answer as running until its connection is done with it. */
    observeFanout: (response: ServerResponse): void => {
      if (response.destroyed) return
      fanouts.inc()
      response.once('close', () => fanouts.dec())
    },

    setDraining: (isDraining: boolean): void => draining.set(isDraining ? 1 : 0),

    /** Whom to ask for the breakers whenever somebody asks for the metrics. */
    watchBreakers: (read: () => Iterable<DoorState>): void => {
      readDoors = read
    },
  }
}

function isWrite(event: AuditEvent): boolean {
  return event !== 'sign-in' && event !== 'sign-out'
}
