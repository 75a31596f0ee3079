/**
 * Why a call did not do what was asked.
 *
 * - `unauthenticated`  nobody is signed in on this connection (any more)
 * - `wrong_credentials`, `code_required`  sign-in only
 * - `forbidden`  the connection is alive, this call is not allowed on it
 * - `rejected`  cPanel understood the call and said no; its own words are in `reasons`
 * - `unreachable`, `timeout`, `upstream_failed`, `redirected`, `untrusted_certificate`  between proxy and server
 * - `paused`  the server took no connection several times, so nothing is sent to it for `retryAfterSeconds`
 * - `store_unavailable`  the proxy can't read who is signed in just now; whoever was, still is
 * - `offline`  between browser and proxy
 * - `garbled`  an answer came and is not what the API documents
 * - `too_many_requests`  wait `retryAfterSeconds`
 * - `refused`  the proxy did not pass the call on; a fault of this app or of its set-up
 * - `unchanged`  cPanel said done, and reading the truth back shows that it is not
 * - `moved`  nothing was sent: the token is not what was chosen any more, since somebody renamed or replaced it
 * - `unsucceeded`  nothing was sent: what was to work in the token's place is gone, and nothing would be left of the two
 * - `cancelled`  we stopped waiting on purpose
 */
export type CpanelErrorKind =
  | 'unauthenticated'
  | 'wrong_credentials'
  | 'code_required'
  | 'forbidden'
  | 'rejected'
  | 'unreachable'
  | 'timeout'
  | 'upstream_failed'
  | 'redirected'
  | 'untrusted_certificate'
  | 'offline'
  | 'garbled'
  | 'too_many_requests'
  | 'paused'
  | 'store_unavailable'
  | 'refused'
  | 'unchanged'
  | 'moved'
  | 'unsucceeded'
  | 'cancelled'

type Details = {
  /** cPanel's own sentences, only with `rejected`. Show them, never match on them (CPANEL_API.md 1.6). */
  reasons?: readonly string[]
  /** Seconds, only with `too_many_requests` and `paused`. */
  retryAfterSeconds?: number
  /** `AA:BB:…` of the certificate that was shown, only with `untrusted_certificate`. */
  fingerprint256?: string
  /** The pinned one that it should have been, only with `untrusted_certificate`, where one is pinned: it has changed. */
  expected256?: string
  /** Under what the proxy's log has this failure; only where the proxy answered. */
  requestId?: string
  /** True where a write may or may not have happened and the truth could not be read back either. */
  isUnresolved?: boolean
}

/** Every failure of the client, as a value with a kind. Its message is for developers: it never holds a secret. */
export class CpanelError extends Error {
  readonly kind: CpanelErrorKind
  readonly reasons: readonly string[]
  readonly retryAfterSeconds: number | undefined
  readonly fingerprint256: string | undefined
  readonly expected256: string | undefined
  readonly requestId: string | undefined
  readonly isUnresolved: boolean

  constructor(kind: CpanelErrorKind, details: Details = {}) {
    super(details.reasons?.join('; ') || kind)
    this.name = 'CpanelError'
    this.kind = kind
    this.reasons = details.reasons ?? []
    this.retryAfterSeconds = details.retryAfterSeconds
    this.fingerprint256 = details.fingerprint256
    this.expected256 = details.expected256
    this.requestId = details.requestId
    this.isUnresolved = details.isUnresolved ?? false
  }
}

/** Anything thrown, as a CpanelError: what we did not foresee counts as `garbled`. */
export function asCpanelError(thrown: unknown): CpanelError {
  return thrown instanceof CpanelError ? thrown : new CpanelError('garbled')
}

/** True where a write may have happened although no proper answer came: only reading the truth back can tell. */
export function leavesInDoubt(error: CpanelError): boolean {
  switch (error.kind) {
    case 'unreachable':
    case 'timeout':
    case 'upstream_failed':
    case 'offline':
    case 'garbled':
    case 'cancelled':
      return true
    case 'unauthenticated':
    case 'wrong_credentials':
    case 'code_required':
    case 'forbidden':
    case 'rejected':
    case 'redirected':
    case 'untrusted_certificate':
    case 'too_many_requests':
    case 'paused':
    case 'store_unavailable':
    case 'refused':
    case 'unchanged':
    case 'moved':
    case 'unsucceeded':
      return false
  }
}

/** The same failure, marked as one whose outcome nobody knows. */
export function unresolved(error: CpanelError): CpanelError {
  const { kind, reasons, requestId } = error
  return new CpanelError(kind, { reasons, isUnresolved: true, ...(requestId !== undefined && { requestId }) })
}

const passing: ReadonlySet<CpanelErrorKind> = new Set([
  'unreachable',
  'upstream_failed',
  'offline',
  'paused',
  'store_unavailable',
])

/** True where the same read may well succeed when asked again by itself. */
export function mayPass(error: CpanelError): boolean {
  return passing.has(error.kind)
}
