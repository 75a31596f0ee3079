import * as v from 'valibot'
import type { Deed, Outcome } from './auditLine'
import type { Call } from './parameters'

/** One change of a token that a call asks for, and how the answer to that call says what came of it. */
export type Write = {
  event: 'create' | 'rename' | 'update' | 'revoke'
  /** Whose token. */
  account: string
  token: string
  newName?: string
  /** Reads the outcome from cPanel's answer to the whole call, parsed as JSON. */
  outcome: (answer: unknown) => Outcome
}

type Form = Call['form']

/**
 * The tokens that a call changes, one by one; none for a call that only reads. `user` is who makes the call. It takes what
 * parameters.ts has checked; the names are those of docs/CPANEL_API.md sections 1 to 3.
 */
export function writesOf({ path, form }: Pick<Call, 'path' | 'form'>, user: string): Write[] {
  const [, room, name = ''] = /^\/(execute\/Tokens|json-api)\/(\w+)$/.exec(path) ?? []
  if (room === 'execute/Tokens') return uapiWrites(name, form, user, uapiOutcome)
  if (name !== 'batch') return whmWrites(name, form, user)
  return all(form, 'command').flatMap((command, index) => {
    const [inner = '', query] = command.split('?', 2)
    return whmWrites(inner, [...new URLSearchParams(query)], user).map((write): Write => ({
      ...write,
      outcome: (answer) => outcomeInBatch(answer, index, write.outcome),
    }))
  })
}

/** A write as an audit line names it. */
export function deedOf({ event, account, token, newName }: Write, who: Pick<Deed, 'server' | 'kind' | 'user'>): Deed {
  return { event, ...who, account, token, ...(newName !== undefined && { newName }) }
}

function uapiWrites(name: string, form: Form, account: string, outcome: Write['outcome']): Write[] {
  const token = one(form, 'name')
  if (name === 'create_full_access') return [{ event: 'create', account, token, outcome }]
  if (name === 'rename') return [{ event: 'rename', account, token, newName: one(form, 'new_name'), outcome }]
  if (name === 'revoke') return [{ event: 'revoke', account, token, outcome: (answer) => revoked(answer, outcome) }]
  return []
}

function whmWrites(name: string, form: Form, user: string): Write[] {
  const token = one(form, 'token_name')
  switch (name) {
    case 'uapi_cpanel':
      return uapiWrites(one(form, 'cpanel.function'), form, one(form, 'cpanel.user'), uapiOutcomeThroughWhm)
    case 'api_token_create':
      return [{ event: 'create', account: user, token, outcome: whmOutcome }]
    case 'api_token_update': {
      const [newName] = all(form, 'new_name')
      return [{ event: 'update', account: user, token, ...(newName !== undefined && { newName }), outcome: whmOutcome }]
    }
    case 'api_token_revoke': {
      const named = all(form, 'token_name')
      const tokens = named.length === 0 ? [''] : named
      // A no to several at once leaves open which of them are gone (CPANEL_API.md 2.5).
      const outcome = tokens.length > 1 ? (answer: unknown) => doubtful(whmOutcome(answer)) : whmOutcome
      return tokens.map((token) => ({ event: 'revoke', account: user, token, outcome }))
    }
    default:
      return []
  }
}

function all(form: Form, wanted: string): string[] {
  return form.flatMap(([name, value]) => (name === wanted ? [value] : []))
}

function one(form: Form, wanted: string): string {
  return all(form, wanted)[0] ?? ''
}

const garbled: Outcome = { result: 'unknown', why: 'garbled' }
const rejected: Outcome = { result: 'refused', why: 'rejected' }

/** Perl's yes and no; absent, nothing was said. */
const verdict = v.pipe(
  v.nullable(v.union([v.number(), v.string(), v.boolean()])),
  v.transform((value) => value === 1 || value === '1' || value === true),
)
const uapiSchema = v.object({ status: verdict, data: v.optional(v.unknown()) })
const wrappedSchema = v.union([
  v.pipe(
    v.object({ result: uapiSchema }),
    v.transform(({ result }) => result),
  ),
  uapiSchema,
])
const whmSchema = v.object({ metadata: v.object({ result: verdict }) })
const throughWhmSchema = v.object({ data: v.object({ uapi: v.unknown() }) })
const batchSchema = v.object({ data: v.object({ result: v.array(v.unknown()) }) })

function said(isYes: boolean): Outcome {
  return isYes ? { result: 'done' } : rejected
}

function uapiOutcome(answer: unknown): Outcome {
  const read = v.safeParse(wrappedSchema, answer)
  return read.success ? said(read.output.status) : garbled
}

function whmOutcome(answer: unknown): Outcome {
  const read = v.safeParse(whmSchema, answer)
  return read.success ? said(read.output.metadata.result) : garbled
}

/** Both WHM and the account can say no (CPANEL_API.md 3.1). */
function uapiOutcomeThroughWhm(answer: unknown): Outcome {
  const outer = whmOutcome(answer)
  return outer.result === 'done' ? uapiOutcome(innerOf(answer)) : outer
}

function innerOf(answer: unknown): unknown {
  const read = v.safeParse(throughWhmSchema, answer)
  return read.success ? read.output.data.uapi : answer
}

/** UAPI's revoke also says in its data whether the token is gone (CPANEL_API.md 1.4). */
function revoked(answer: unknown, outcome: Write['outcome']): Outcome {
  const known = outcome(answer)
  if (known.result !== 'done') return known
  const read = v.safeParse(wrappedSchema, innerOf(answer))
  const data = read.success ? read.output.data : undefined
  return said(data !== 0 && data !== '0')
}

/** Each command has its own answer, whatever the whole says; a batch refused as a whole has none (CPANEL_API.md 3.3). */
function outcomeInBatch(answer: unknown, index: number, outcome: Write['outcome']): Outcome {
  const read = v.safeParse(batchSchema, answer)
  if (!read.success) {
    const whole = whmOutcome(answer)
    return whole.result === 'done' ? garbled : whole
  }
  const own = read.output.data.result[index]
  return own === undefined ? { result: 'unknown', why: 'not_answered' } : outcome(own)
}

function doubtful(outcome: Outcome): Outcome {
  return outcome.result === 'refused' ? { ...outcome, result: 'unknown' } : outcome
}
