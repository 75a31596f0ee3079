import type { FastifyReply } from 'fastify'
import * as v from 'valibot'
import { classify } from './classify'
import { currentConnection, goneSignal, token, username, type Parts, type WithId } from './connections'
import type { ConnectionKind, TestTokenAnswer, TestTokenRequest } from './contract'
import { credentialParts } from './credential'
import { ProxyError } from './errors'
import type { UpstreamAnswer } from './exchange'
import type { Guard } from './guard'
import { harmlessCall } from './parameters'

const schema = v.strictObject({ token, account: v.exactOptional(username) })

/** The server did not take the token. Counted like a sign-in that failed, and answered all the same. */
class NotTaken extends Error {
  readonly answer: TestTokenAnswer

  constructor(answer: TestTokenAnswer) {
    super('The server did not take the token.')
    this.name = 'NotTaken'
    this.answer = answer
  }
}

/**
 * The handler of `POST /api/connections/:id/test-token` (contract.ts): one harmless call that has the token as its only
 * credential. Whatever comes of it says nothing of the connection, which stays as it is. The token is kept nowhere.
 *
 * @throws ProxyError `unauthenticated`, `invalid_request`, `not_allowed`, `too_many_requests`, or what failed on the way
 */
export function testTokenHandler({ upstreams, guard, ...session }: Parts & { guard: Guard }) {
  return async (request: WithId, reply: FastifyReply): Promise<TestTokenAnswer> => {
    const { server, ...connection } = await currentConnection(session, request)
    const { token, account } = parse(request.body)
    if (account !== undefined && connection.kind !== 'whm') {
      throw new ProxyError('not_allowed', 'Only a WHM connection has tokens of other accounts.')
    }
    const kind = account === undefined ? connection.kind : 'cpanel'
    const user = account ?? connection.username
    const upstream = upstreams.find(server, kind)
    if (upstream === undefined) {
      throw new ProxyError('not_allowed', 'The door of the server where this token could be tested is not configured.')
    }
    const signal = goneSignal(reply)
    const run = async (): Promise<TestTokenAnswer> => {
      const { prefix, headers } = credentialParts({ type: 'token', authorization: `${kind} ${user}:${token}` })
      const { path, form } = harmlessCall[kind]
      // Not as a read, which may be sent twice: to the server each may be a sign-in that fails, and it counts those.
      const answer = judge(
        kind,
        await upstream.send({ method: 'POST', path: prefix + path, headers, form, signal }),
        token,
      )
      if (answer.verdict === 'refused' || answer.verdict === 'unclear') throw new NotTaken(answer)
      return answer
    }
    try {
      return await guard.attempt(
        // Apart from the user's sign-ins (no name has a colon): a token that fails keeps nobody from signing in, and one that
        // works forgets no wrong passwords. The address and the server have one count for both.
        { server, user: `${server}.${user}:token`, from: request.ip },
        run,
        (error) => signal.aborted || error instanceof NotTaken,
      )
    } catch (error) {
      if (error instanceof NotTaken) return error.answer
      throw error
    }
  }
}

function parse(body: unknown): TestTokenRequest {
  const parsed = v.safeParse(schema, body)
  if (parsed.success) return parsed.output
  // Which field is wrong is not said: the text would quote what was typed.
  throw new ProxyError('invalid_request', 'A test needs a token as a header can hold it, and maybe an account.')
}

/** Perl's yes and no. */
const yes = v.pipe(
  v.nullable(v.union([v.number(), v.string(), v.boolean()])),
  v.transform((value) => value === 1 || value === '1' || value === true),
)
const uapiAnswer = v.object({ status: yes, errors: v.optional(v.unknown()) })
const wrapped = v.object({ result: uapiAnswer })
const whmAnswer = v.object({ metadata: v.object({ result: yes, reason: v.optional(v.unknown()) }) })
/** The recorded body of a refusal (docs/CPANEL_API.md 4.3). */
const recordedRefusal = v.object({ cpanelresult: v.looseObject({}) })

/**
 * @throws ProxyError for what is no answer to this call
 */
function judge(kind: ConnectionKind, answer: UpstreamAnswer, token: string): TestTokenAnswer {
  const verdict = classify(answer)
  if (verdict instanceof ProxyError) throw verdict
  if (verdict === 'unauthenticated') return { verdict: 'refused' }
  const body = parseJson(answer.body)
  if (v.is(recordedRefusal, body)) return { verdict: 'refused' }
  const said = saidBy(kind, body)
  if (said !== null) {
    return said.isYes ? { verdict: 'works' } : { verdict: 'limited', reasons: reasonsOf(said.words, token) }
  }
  if (verdict === 'refused') return { verdict: 'unclear' }
  throw new ProxyError('garbled', 'The server answered with something that is not the API’s JSON.')
}

/** What the API itself said to the call: a no in it means that the token was good enough to be told so. */
function saidBy(kind: ConnectionKind, body: unknown): { isYes: boolean; words: unknown } | null {
  if (kind === 'whm') {
    const read = v.safeParse(whmAnswer, body)
    return read.success ? { isYes: read.output.metadata.result, words: read.output.metadata.reason } : null
  }
  const read = v.safeParse(v.union([uapiAnswer, wrapped]), body)
  if (!read.success) return null
  const { status, errors } = 'result' in read.output ? read.output.result : read.output
  return { isYes: status, words: errors }
}

/** Few and short, and none that repeats the token: they are shown to a person. */
function reasonsOf(words: unknown, token: string): string[] {
  const lines: unknown[] = Array.isArray(words) ? words : [words]
  return lines
    .filter((line) => typeof line === 'string')
    .map((line) => line.trim().slice(0, 300))
    .filter((line) => line !== '' && !line.includes(token))
    .slice(0, 5)
}

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'))
  } catch {
    return undefined
  }
}
