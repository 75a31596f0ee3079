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

/** What is said besides the kind is worth less than the kind: where it is odd, it was not said. */
const proxyError = v.object({
  kind: v.string(),
  fingerprint256: v.fallback(v.optional(v.string()), undefined),
  expected256: v.fallback(v.optional(v.string()), undefined),
  retryAfter: v.fallback(v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(86_400))), undefined),
})
const proxyErrorBody = v.object({ error: proxyError })

const kinds = new Map<string, CpanelErrorKind>([
  ['wrong_credentials', 'wrong_credentials'],
  ['code_required', 'code_required'],
  ['unauthenticated', 'unauthenticated'],
  ['forbidden', 'forbidden'],
  ['too_many_requests', 'too_many_requests'],
  ['paused', 'paused'],
  ['store_unavailable', 'store_unavailable'],
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
 * Sends one request to the proxy: the only way to the network. Never retries; react-query does, for reads.
 * @throws {CpanelError} for every failure, and nothing else
 */
export async function send(api: Api, request: ApiRequest): Promise<ApiAnswer> {
  const timeout = AbortSignal.timeout(request.timeoutMs ?? DEFAULT_TIMEOUT_MS)
  try {
    const response = await ask(api, request, timeout)
    const text = await response.text()
    return { body: text === '' ? null : parse(text, response), serverTime: dateOf(response.headers.get('date')) }
  } catch (thrown) {
    throw failureOf(thrown, request, timeout)
  }
}

/**
 * Sends one request whose answer is lines of JSON that come one by one, and yields each as it arrives. Leaving the loop
 * early ends the request. `timeoutMs` is how long nothing at all may come.
 * @throws {CpanelError} for every failure, also in the middle; what was yielded stays true
 */
export async function* sendForLines(api: Api, request: ApiRequest): AsyncGenerator {
  const timeout = new AbortController()
  let timer: ReturnType<typeof setTimeout> | undefined
  const wind = () => {
    clearTimeout(timer)
    timer = setTimeout(() => timeout.abort(), request.timeoutMs ?? DEFAULT_TIMEOUT_MS)
  }
  try {
    wind()
    const response = await ask(api, request, timeout.signal)
    // Joined once when its end has come: a long line comes in many pieces, and adding each to the rest would copy it anew.
    let begun: string[] = []
    for await (const text of textOf(response)) {
      wind()
      const [end = '', ...more] = text.split('\n')
      begun.push(end)
      for (const next of more) {
        yield parse(begun.join(''), response)
        begun = [next]
      }
    }
    // A line without its end is half a line: the connection was cut.
    if (begun.join('') !== '') throw new CpanelError('offline')
  } catch (thrown) {
    throw failureOf(thrown, request, timeout.signal)
  } finally {
    clearTimeout(timer)
  }
}

async function* textOf(response: Response): AsyncGenerator<string> {
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
  if (reader === undefined) return
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read()) yield part.value
  } finally {
    // Ends the request where nobody wants the rest.
    await reader.cancel().catch(() => {})
  }
}

async function ask(api: Api, request: ApiRequest, timeout: AbortSignal): Promise<Response> {
  const response = await fetch(address(api, request.path), {
    method: request.method,
    credentials: 'same-origin',
    cache: 'no-store',
    redirect: 'error',
    signal: request.signal ? AbortSignal.any([request.signal, timeout]) : timeout,
    ...(request.body === undefined
      ? {}
      : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(request.body) }),
  })
  if (!response.ok) throw failure(response, await response.text())
  return response
}

function failureOf(thrown: unknown, request: ApiRequest, timeout: AbortSignal): CpanelError {
  if (thrown instanceof CpanelError) return thrown
  if (timeout.aborted) return new CpanelError('timeout')
  if (request.signal?.aborted) return new CpanelError('cancelled')
  return new CpanelError('offline')
}

/** @throws {CpanelError} `refused`: a segment that is empty, dots or no text would name another path than the one meant */
function address(api: Api, path: readonly string[]): string {
  if (path.some((segment) => /^\.{0,2}$|\p{Surrogate}/u.test(segment))) throw new CpanelError('refused')
  return [api.base, ...path.map(encodeURIComponent)].join('/')
}

function parse(text: string, response: Response): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new CpanelError('garbled', requestIdOf(response))
  }
}

/** Something between browser and proxy may have set what it likes there. */
function requestIdOf(response: Response): { requestId?: string } {
  const requestId = response.headers.get('x-request-id')
  return requestId !== null && /^[\w-]{1,64}$/.test(requestId) ? { requestId } : {}
}

function failure(response: Response, text: string): CpanelError {
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), proxyErrorBody), text)
  // Something between browser and proxy (a load balancer, a captive portal) answered in the proxy's place.
  if (!parsed.success) return new CpanelError(response.status >= 500 ? 'upstream_failed' : 'garbled')
  return errorFrom(parsed.output.error, requestIdOf(response))
}

/**
 * What the proxy says went wrong, in an answer of its own or in a line of one.
 */
export function proxyFailure(value: unknown): CpanelError {
  const parsed = v.safeParse(proxyError, value)
  return parsed.success ? errorFrom(parsed.output, {}) : new CpanelError('garbled')
}

function errorFrom(said: v.InferOutput<typeof proxyError>, about: { requestId?: string }): CpanelError {
  const { kind, fingerprint256, expected256, retryAfter } = said
  return new CpanelError(kinds.get(kind) ?? 'garbled', {
    ...about,
    ...(fingerprint256 === undefined ? {} : { fingerprint256 }),
    ...(expected256 === undefined ? {} : { expected256 }),
    ...(retryAfter === undefined ? {} : { retryAfterSeconds: retryAfter }),
  })
}

/** RFC 9110, 5.6.7, old form included. By itself Date.parse takes "1" for 2001, and expiry is told by this clock. */
const HTTP_DATE = /^[A-Z][a-z]{2,8}, \d\d[ -][A-Z][a-z]{2}[ -]\d{2,4} \d\d:\d\d:\d\d GMT$/

/** The moment of a Date header, or null where it has not the form that HTTP gives it. */
export function dateOf(header: string | null): Date | null {
  const time = header !== null && HTTP_DATE.test(header) ? Date.parse(header) : Number.NaN
  return Number.isNaN(time) ? null : new Date(time)
}
