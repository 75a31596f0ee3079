/**
 * What really comes back from cPanel, and the only place that knows it. Versions, hosts and Perl differ: numbers come as
 * strings, empty maps as `[]`, the envelope flat or wrapped (CPANEL_API.md 0, 1, 12). What can't be read is `garbled`.
 */
import * as v from 'valibot'
import { CpanelError } from './errors'
import type { Access, ApiToken, Expiry } from './token'

/** The end of 9999-12-31 where it ends last, at UTC-12. A Date can hold more, a person can't mean it. */
const LATEST_SECOND = 253_402_343_999

/**
 * `1`, `"1"` and `true` are yes; Perl's `0`, `"0"`, `""`, `false` and `null` are no. Anything else, and nothing at all, says
 * neither: the answer is garbled.
 */
export const verdict = v.pipe(
  v.nullable(v.union([v.picklist([1, '1', 0, '0', '']), v.boolean()])),
  v.transform((value) => isYes(value)),
)

const integer = v.pipe(v.union([v.number(), v.pipe(v.string(), v.regex(/^\d+$/), v.transform(Number))]), v.integer())

/** What isn't text is left out: odd errors must not spoil an answer that says yes and may hold a secret. */
const sentences = v.optional(
  v.pipe(
    v.unknown(),
    v.transform((value): string[] => {
      const lines: unknown[] = typeof value === 'string' ? value.split('\n') : Array.isArray(value) ? value : []
      const texts = lines.map((line) =>
        typeof line === 'string' || typeof line === 'number' ? String(line).trim() : '',
      )
      return texts.filter((line) => line !== '')
    }),
  ),
  null,
)

const uapiResult = v.object({
  status: verdict,
  data: v.optional(v.unknown(), null),
  errors: sentences,
})
const uapiEnvelope = v.union([
  v.pipe(
    v.object({ result: uapiResult }),
    v.transform(({ result }) => result),
  ),
  uapiResult,
])

/**
 * `data` of a UAPI answer, flat (`/execute/`) or wrapped (CLI and `cpanel_jsonapi`).
 * @throws {CpanelError} `rejected` with cPanel's words when status is 0, `garbled` when it is no UAPI answer
 */
export function uapiData(body: unknown): unknown {
  const envelope = read(uapiEnvelope, body)
  if (!envelope.status) throw new CpanelError('rejected', { reasons: envelope.errors })
  return envelope.data
}

const whmEnvelope = v.object({
  data: v.optional(v.unknown(), null),
  metadata: v.object({ result: verdict, reason: sentences }),
})

/**
 * `data` of a WHM API 1 answer.
 * @throws {CpanelError} `rejected` with WHM's reason when result is 0, `garbled` when it is no WHM answer
 */
export function whmData(body: unknown): unknown {
  const { data, metadata } = read(whmEnvelope, body)
  if (!metadata.result) throw new CpanelError('rejected', { reasons: metadata.reason })
  return data
}

/** The UAPI answer inside WHM's `uapi_cpanel`: both levels can refuse (CPANEL_API.md 3.1). */
export function uapiDataThroughWhm(body: unknown): unknown {
  return uapiData(read(v.object({ uapi: v.unknown() }), whmData(body)).uapi)
}

/** `expires_at`, seconds. */
export const expiryField = v.optional(
  v.pipe(
    v.nullable(v.union([integer, v.literal('')])),
    v.transform((value): Expiry => {
      // null, absent and 0 all mean that it does not expire (CPANEL_API.md 1.2, 2.1).
      if (value === null || value === '' || value === 0) return { kind: 'never' }
      return { kind: 'at', at: new Date(Math.max(0, Math.min(value, LATEST_SECOND)) * 1000) }
    }),
  ),
  null,
)

/** A broken date must not hide a token that exists, so it becomes "unknown" instead of failing the row. */
export const createdField = v.optional(
  v.pipe(
    v.unknown(),
    v.transform((value): Date | null => {
      const seconds = v.safeParse(v.pipe(integer, v.minValue(0), v.maxValue(LATEST_SECOND)), value)
      return seconds.success ? new Date(seconds.output * 1000) : null
    }),
  ),
)

/** Half of a surrogate pair is no text, and no URL can say it; with a NUL in it one is refused on its way. */
const WELL_FORMED = /^[^\0\p{Surrogate}]+$/u

/** Twenty times what cPanel allows. Every token has a page of its own, and a longer URL is refused on the way to it. */
const LONGEST_NAME = 1000

/** Perl may take a name of digits for a number. */
export const nameField = v.pipe(
  v.union([v.string(), v.number()]),
  v.transform(String),
  v.maxLength(LONGEST_NAME),
  v.regex(WELL_FORMED),
)

/** An empty list, as Perl writes it where it takes it for a map. */
const emptyMap = v.pipe(
  v.strictObject({}),
  v.transform((): unknown[] => []),
)

/** In a form nobody knows it may say any limit, so the row is unreadable rather than a token with full access. */
const featuresField = v.optional(
  v.nullable(v.union([v.array(v.string()), v.pipe(emptyMap, v.array(v.string()))])),
  null,
)

const tokenRow = v.pipe(
  v.object({
    name: nameField,
    create_time: createdField,
    expires_at: expiryField,
    features: featuresField,
    readonly: v.optional(v.unknown()),
  }),
  v.transform((row): ApiToken => ({
    name: row.name,
    created: row.create_time ?? null,
    expiry: row.expires_at,
    access: accessOf(row.features ?? [], isYes(row.readonly)),
  })),
)

function accessOf(features: readonly string[], isReadOnly: boolean): Access {
  if (features.length > 0) return { kind: 'limited', features }
  return isReadOnly ? { kind: 'read-only' } : { kind: 'full' }
}

/**
 * - `unreadable`  rows that are no token by any reading; counted so that nothing disappears silently
 * - `knowsReadOnly`  the field `readonly` came with a row, so the server is cPanel 138 or newer. Its absence proves nothing.
 */
export type TokenRows = { tokens: readonly ApiToken[]; unreadable: number; knowsReadOnly: boolean }

/** `data` of Tokens::list. @throws {CpanelError} `garbled` when it is no list */
export function tokenRows(data: unknown): TokenRows {
  const rows = read(v.union([v.array(v.unknown()), emptyMap]), data)
  return { ...parseRows(tokenRow, rows), knowsReadOnly: rows.some((row) => hasKey(row, 'readonly')) }
}

/** Reads rows one by one: one that is no token by any reading is counted, and hides none of the others. */
export function parseRows(
  schema: v.GenericSchema<unknown, ApiToken>,
  rows: readonly unknown[],
): Pick<TokenRows, 'tokens' | 'unreadable'> {
  const byName = new Map<string, ApiToken>()
  let unreadable = 0
  for (const row of rows) {
    const parsed = v.safeParse(schema, row)
    const known = parsed.success ? byName.get(parsed.output.name) : undefined
    if (!parsed.success) unreadable += 1
    else if (known === undefined) byName.set(parsed.output.name, parsed.output)
    // Names are unique in an account: a second row of the same name is the same token said twice, or one of them is wrong.
    else if (JSON.stringify(known) !== JSON.stringify(parsed.output)) unreadable += 1
  }
  return { tokens: [...byName.values()], unreadable }
}

/** `data` of Tokens::create_full_access: the secret, shown once. Everything else in it is optional by the documentation. */
export function createdSecret(data: unknown): string {
  return read(v.object({ token: v.pipe(v.string(), v.nonEmpty()) }), data).token
}

/**
 * `data` of Tokens::revoke: 1 is "removed, or never existed", 0 is "not removed" (CPANEL_API.md 1.4).
 * @throws {CpanelError} `garbled` when it says neither: then only the list can tell
 */
export function wasRevoked(data: unknown): boolean {
  if (data === null) throw new CpanelError('garbled')
  return read(verdict, data)
}

/** Parses or throws `garbled`; valibot's issues stay out of it, since they quote what came. */
export function read<Schema extends v.GenericSchema>(schema: Schema, value: unknown): v.InferOutput<Schema> {
  const parsed = v.safeParse(schema, value)
  if (!parsed.success) throw new CpanelError('garbled')
  return parsed.output
}

/** `1`, `"1"` or `true`; anything else, nothing at all included, is no. */
export function isYes(value: unknown): boolean {
  return value === 1 || value === '1' || value === true
}

function hasKey(value: unknown, key: string): boolean {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key)
}
