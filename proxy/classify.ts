import { ProxyError } from './errors'
import type { UpstreamAnswer } from './exchange'

/**
 * What an answer to a call means. `refused` (403) leaves open whether only this call was refused or the session is
 * dead; calls.ts finds out. docs/CPANEL_API.md sections 4.3 and 12.
 */
export type Verdict = 'envelope' | 'unauthenticated' | 'refused' | ProxyError

/** Judges a whole answer by status and content: cPanel sends JSON as text/plain and login pages with status 200. */
export function classify(answer: UpstreamAnswer): Verdict {
  const { status } = answer
  if (status === 401 || leadsToLogin(answer)) return 'unauthenticated'
  if (status === 200 || status === 403) {
    if (isLoginPage(answer)) return 'unauthenticated'
    // The body of the recorded 403 means the same with any status.
    if (status === 403 || isRefusal(answer.body)) return 'refused'
    if (looksLikeObject(answer.body)) return 'envelope'
    return new ProxyError('garbled', 'The server answered with something that is not the API’s JSON.')
  }
  return failureOf(answer)
}

/** The failures that mean the same for calls and for sign-in. */
export function failureOf(answer: UpstreamAnswer): ProxyError {
  const { status } = answer
  const retryAfter = retryAfterOf(answer)
  if (status === 429 || (status === 503 && retryAfter !== undefined)) {
    return new ProxyError('too_many_requests', 'The server asks to wait.', { retryAfter: retryAfter ?? 30 })
  }
  if (status >= 500) return new ProxyError('upstream_failed', `The server failed with status ${status}.`)
  if (status >= 300 && status < 400) {
    return new ProxyError('redirected', 'The server answered with a redirect, which is not followed.')
  }
  return new ProxyError('garbled', `The server answered with status ${status}, which the API does not document.`)
}

/** An answer's body as text without scripts and styles if it is a web page; undefined otherwise. */
export function pageText(answer: UpstreamAnswer): string | undefined {
  // What is written like an object is no page, and most answers are that.
  if (answer.body[0] === 0x7b) return undefined
  const text = answer.body.subarray(0, 262_144).toString('utf8')
  if (!text.trimStart().startsWith('<')) return undefined
  return text.replaceAll(/<(script|style)\b[^]*?<\/\1\s*>/gi, ' ')
}

/** Whether the answer is a page with a form that asks for a password or leads to the login. */
export function isLoginPage(answer: UpstreamAnswer): boolean {
  const page = pageText(answer)
  return page !== undefined && /type\s*=\s*["']?password|action\s*=\s*["']?[^"'>]*\/login|login[-_]?form/i.test(page)
}

/** A redirect to the same server's login: what some servers answer to a session that has ended. */
function leadsToLogin({ status, headers: { location } }: UpstreamAnswer): boolean {
  return status >= 300 && status < 400 && typeof location === 'string' && /^\/(?!\/)(?:\S*\/)?login\b/.test(location)
}

function isRefusal(body: Buffer): boolean {
  return body.includes('"cpanelresult"') && 'cpanelresult' in (readObject(body) ?? {})
}

/**
 * Whether it is written like a JSON object, from its first sign to its last. Not whether it is one: who the answer is passed on
 * to reads it anyway, and reading it here as well would be a quarter of all the work that a call is.
 */
function looksLikeObject(body: Buffer): boolean {
  return body[skipSpace(body, 0, 1)] === 0x7b && body[skipSpace(body, body.length - 1, -1)] === 0x7d
}

/** The place of the next byte that JSON does not count as space. */
function skipSpace(body: Buffer, from: number, step: 1 | -1): number {
  let at = from
  for (;;) {
    const byte = body[at]
    if (byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) return at
    at += step
  }
}

function readObject(body: Buffer): object | undefined {
  try {
    const parsed: unknown = JSON.parse(body.toString('utf8'))
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed) ? parsed : undefined
  } catch {
    return undefined
  }
}

/** Retry-After in whole seconds, given as a number or as a date (RFC 9110, 10.2.3); at most an hour. */
function retryAfterOf(answer: UpstreamAnswer): number | undefined {
  const header = answer.headers['retry-after']
  if (typeof header !== 'string') return undefined
  const seconds = /^\d{1,6}$/.test(header) ? Number(header) : Math.ceil((Date.parse(header) - Date.now()) / 1000)
  return Number.isNaN(seconds) ? undefined : Math.min(Math.max(seconds, 1), 3600)
}
