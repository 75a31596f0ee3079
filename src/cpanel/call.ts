import * as v from 'valibot'
import { CpanelError, type CpanelErrorKind } from './errors'

/** Where the proxy is. The browser uses `/api` on its own origin; Node needs the whole URL. */
export type Api = { base: string }

export type ApiRequest = {
  method: 'GET' | 'POST' | 'DELETE'
  /** Path segments below the base; each is encoded here and nowhere else. */
  path: readonly string[]
  body?: unknown
  signal?: AbortSignal | undefined
  /** Milliseconds. Longer than the proxy's own limit toward cPanel (60 s), which gives the better message. */
  timeoutMs?: number
}

/** `body` is unparsed truth from outside: wire.ts knows it. `serverTime` is the Date header of the cPanel server. */
export type ApiAnswer = { body: unknown; serverTime: Date | null }

const DEFAULT_TIMEOUT_MS = 75_000

const proxyErrorBody = v.object({
  error: v.object({
    kind: v.string(),
    fingerprint256: v.optional(v.string()),
    retryAfter: v.optional(v.number()),
  }),
})

const kinds = new Map<string, CpanelErrorKind>([
  ['wrong_credentials', 'wrong_credentials'],
  ['code_required', 'code_required'],
  ['unauthenticated', 'unauthenticated'],
  ['forbidden', 'forbidden'],
  ['too_many_requests', 'too_many_requests'],
  ['unreachable', 'unreachable'],
  ['untrusted_certificate', 'untrusted_certificate'],
  ['redirected', 'redirected'],
  ['garbled', 'garbled'],
  ['upstream_failed', 'upstream_failed'],
  ['timeout', 'timeout'],
  ['invalid_request', 'refused'],
  ['not_allowed', 'refused'],
  ['wrong_origin', 'refused'],
  ['wrong_host', 'refused'],
  ['too_large', 'refused'],
  ['internal', 'upstream_failed'],
])

/**
 * Sends one request to the proxy: the only fetch of the app. Never retries; react-query does, for reads.
 * @throws {CpanelError} for every failure, and nothing else
 */
export async function send(api: Api, request: ApiRequest): Promise<ApiAnswer> {
  const timeout = AbortSignal.timeout(request.timeoutMs ?? DEFAULT_TIMEOUT_MS)
  const signal = request.signal ? AbortSignal.any([request.signal, timeout]) : timeout
  const url = address(api, request.path)
  try {
    const response = await fetch(url, {
      method: request.method,
      credentials: 'same-origin',
      cache: 'no-store',
      redirect: 'error',
      signal,
      ...(request.body === undefined
        ? {}
        : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(request.body) }),
    })
    const text = await response.text()
    if (!response.ok) throw failure(response.status, text)
    return { body: text === '' ? null : parse(text), serverTime: dateOf(response) }
  } catch (thrown) {
    if (thrown instanceof CpanelError) throw thrown
    if (timeout.aborted) throw new CpanelError('timeout')
    if (request.signal?.aborted) throw new CpanelError('cancelled')
    throw new CpanelError('offline')
  }
}

/** @throws {CpanelError} `refused`: a segment that is empty, dots or no text would name another path than the one meant */
function address(api: Api, path: readonly string[]): string {
  if (path.some((segment) => /^\.{0,2}$|\p{Surrogate}/u.test(segment))) throw new CpanelError('refused')
  return [api.base, ...path.map(encodeURIComponent)].join('/')
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new CpanelError('garbled')
  }
}

function failure(status: number, text: string): CpanelError {
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), proxyErrorBody), text)
  // Something between browser and proxy (a load balancer, a captive portal) answered in the proxy's place.
  if (!parsed.success) return new CpanelError(status >= 500 ? 'upstream_failed' : 'garbled')
  const { kind, fingerprint256, retryAfter } = parsed.output.error
  return new CpanelError(kinds.get(kind) ?? 'garbled', {
    ...(fingerprint256 === undefined ? {} : { fingerprint256 }),
    ...(retryAfter === undefined ? {} : { retryAfterSeconds: retryAfter }),
  })
}

function dateOf(response: Response): Date | null {
  const header = response.headers.get('date')
  const time = header === null ? Number.NaN : Date.parse(header)
  return Number.isNaN(time) ? null : new Date(time)
}
