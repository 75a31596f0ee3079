import type { ProxyErrorBody, ProxyErrorKind } from './contract'

const statuses: Readonly<Record<ProxyErrorKind, number>> = {
  invalid_request: 400,
  wrong_credentials: 401,
  code_required: 401,
  unauthenticated: 401,
  forbidden: 403,
  wrong_origin: 403,
  not_allowed: 404,
  too_large: 413,
  wrong_host: 421,
  too_many_requests: 429,
  internal: 500,
  paused: 503,
  store_unavailable: 503,
  unreachable: 502,
  untrusted_certificate: 502,
  redirected: 502,
  garbled: 502,
  upstream_failed: 502,
  timeout: 504,
}

type Details = { fingerprint256?: string; expected256?: string; retryAfter?: number }

/**
 * A refusal or failure that the browser is told about. Thrown anywhere in the proxy, turned into an answer by the one
 * error handler in app.ts. The message goes to the browser and into the log: it never holds anything a person typed
 * besides a user name, and never a credential.
 */
export class ProxyError extends Error {
  readonly kind: ProxyErrorKind
  readonly details: Details

  constructor(kind: ProxyErrorKind, message: string, details: Details = {}) {
    super(message)
    this.name = 'ProxyError'
    this.kind = kind
    this.details = details
  }

  /** The HTTP status it is answered with (contract.ts lists them). */
  get statusCode(): number {
    return statuses[this.kind]
  }

  /** The body it is answered with. */
  toBody(): ProxyErrorBody {
    return { error: { kind: this.kind, message: this.message, ...this.details } }
  }
}
