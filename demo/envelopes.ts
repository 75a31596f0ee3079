import type { Quirks } from './quirks'

/** What a UAPI function answers (section 0). */
export interface UapiResult {
  readonly data: unknown
  readonly errors: readonly string[] | null
  readonly messages: readonly string[] | null
  readonly metadata: Readonly<Record<string, unknown>>
  readonly status: 0 | 1
  readonly warnings: readonly string[] | null
}

/** What a WHM API 1 function answers (section 0). `data` is left out where a function has none. */
export interface WhmResult {
  readonly data?: unknown
  readonly metadata: Readonly<Record<string, unknown>>
}

/** A UAPI success. */
export function uapiOk(data: unknown, metadata: UapiResult['metadata'] = {}): UapiResult {
  return { data, errors: null, messages: null, metadata, status: 1, warnings: null }
}

/** A UAPI failure: HTTP 200 with status 0 (section 1.6). */
export function uapiFailure(error: string): UapiResult {
  return { data: null, errors: [error], messages: null, metadata: {}, status: 0, warnings: null }
}

/** A WHM success. */
export function whmOk(command: string, data?: unknown, extra: WhmResult['metadata'] = {}): WhmResult {
  const metadata = { command, reason: 'OK', result: 1, version: 1, ...extra }
  return data === undefined ? { metadata } : { data, metadata }
}

/** A WHM failure: HTTP 200 with `metadata.result` 0 (section 2.7). */
export function whmFailure(command: string, reason: string): WhmResult {
  return { metadata: { command, reason, result: 0, version: 1 } }
}

/** The flat UAPI envelope, in the manner of this server. */
export function flat(result: UapiResult, quirks: Quirks): unknown {
  const none = quirks.none === 'array' ? [] : null
  const { errors, messages, warnings } = result
  return inManner({ ...result, errors: errors ?? none, messages: messages ?? none, warnings: warnings ?? none }, quirks)
}

/** The wrapped UAPI envelope of the command line, `cpanel_jsonapi` and cPanel's OpenAPI (section 0). */
export function wrapped(result: UapiResult, name: string, quirks: Quirks): unknown {
  const [module, func] = name.split('::')
  return { apiversion: 3, func, module, result: flat(result, quirks) }
}

/** Applies the switches for numbers and empty objects to a whole body. */
export function inManner(value: unknown, quirks: Quirks): unknown {
  if (typeof value === 'number') return quirks.numbers === 'strings' ? String(value) : value
  if (Array.isArray(value)) return value.map((item: unknown) => inManner(item, quirks))
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value)
  if (entries.length === 0 && quirks.emptyObjects === 'arrays') return []
  return Object.fromEntries(entries.map(([key, item]) => [key, inManner(item, quirks)]))
}
