import type { FastifyReply } from 'fastify'
import { setMaxListeners } from 'node:events'
import { Readable } from 'node:stream'
import * as v from 'valibot'
import { ConnectionEnded, makeCall, remembered } from './calls'
import { currentConnection, goneSignal, username, type Parts, type WithId } from './connections'
import type { FanoutLine, ProxyErrorKind } from './contract'
import { readCookie } from './cookie'
import { ProxyError } from './errors'
import { createLimiter, type Limiter } from './limiter'
import { whmCall } from './parameters'
import type { UpstreamAnswer } from './upstream'

/** More would be a body that no server has accounts for. */
const MOST_ACCOUNTS = 20_000

/** Names of so many accounts fit in. */
export const fanoutBodyLimit = 2 * 1024 * 1024

const bodySchema = v.strictObject({ accounts: v.pipe(v.array(username), v.minLength(1), v.maxLength(MOST_ACCOUNTS)) })

/** How long "the session lives" is believed, in milliseconds. */
const ALIVE_MS = 5000

/** What says of a server that it is dead or overloaded, and nothing of one account. */
const serverFailures: ReadonlySet<ProxyErrorKind> = new Set([
  'unreachable',
  'timeout',
  'upstream_failed',
  'untrusted_certificate',
  'too_many_requests',
])

/**
 * The one route that is not one call in, one call out: the tokens of many accounts of a WHM connection, a line for each as
 * it answers. It only reads. The form of the lines: FanoutLine in contract.ts.
 */
export function fanoutHandler({ config, upstreams, sessions }: Omit<Parts, 'lockout'>) {
  const limiters = new Map<string, Limiter>()
  function limiterOf(server: string): Limiter {
    const known = limiters.get(server)
    if (known !== undefined) return known
    const made = createLimiter({
      most: config.fanoutParallel,
      judge: (error) => (isServerFailure(error) ? 'failing' : 'well'),
    })
    limiters.set(server, made)
    return made
  }

  return async (request: WithId, reply: FastifyReply): Promise<Readable> => {
    const connection = await currentConnection(sessions, request)
    if (connection.kind !== 'whm') throw new ProxyError('not_allowed', 'This connection has no such functions.')
    const accounts = readAccounts(request.body)
    const upstream = upstreams.find(connection.server, 'whm')
    if (upstream === undefined) throw new ConnectionEnded()
    const signal = goneSignal(reply)
    // Every call under way listens to it.
    setMaxListeners(0, signal)
    const limiter = limiterOf(connection.server)
    // A thousand refusals must not ask a thousand times whether the session lives.
    const remember = remembered(ALIVE_MS)
    const ask = (account: string) =>
      limiter.run(() => makeCall(upstream, 'whm', connection.credential, listCall(account), signal, remember), signal)
    async function* body(): AsyncGenerator<string> {
      const early = yield* linesOf(accounts, ask, config.fanoutParallel, signal)
      if (early === null) return
      request.failure = early
      if (early instanceof ConnectionEnded) await sessions.end(readCookie(request), connection)
      yield lineOf({ error: asProxyError(early).toBody().error })
    }
    reply.type('application/x-ndjson; charset=utf-8')
    return Readable.from(body())
  }
}

function readAccounts(body: unknown): string[] {
  const parsed = v.safeParse(bodySchema, body)
  if (!parsed.success) throw new ProxyError('invalid_request', 'The body must be { "accounts": [user names] }.')
  return [...new Set(parsed.output.accounts)]
}

function listCall(account: string) {
  return whmCall('uapi_cpanel', { 'cpanel.user': account, 'cpanel.module': 'Tokens', 'cpanel.function': 'list' })
}

type Answer = { account: string } & ({ value: UpstreamAnswer } | { error: unknown })

/**
 * Asks the accounts, as many at a time as `most`, and yields a line for each answer. Nothing new begins while nobody takes
 * the lines, so a browser that doesn't read is not read for either.
 *
 * @returns why the rest was not asked, or null when all were
 */
async function* linesOf(
  accounts: readonly string[],
  ask: (account: string) => Promise<UpstreamAnswer>,
  most: number,
  signal: AbortSignal,
): AsyncGenerator<string, unknown> {
  const underWay = new Map<string, Promise<Answer>>()
  // All that were under way may fail with a server that dies; a few more, and it is not worth asking the rest.
  const deadAfter = most + 4
  let [next, deadInARow] = [0, 0]
  while (next < accounts.length || underWay.size > 0) {
    for (; next < accounts.length && underWay.size < most; next += 1) {
      const account = accounts[next] ?? ''
      underWay.set(account, outcome(account, ask(account)))
    }
    const answer = await Promise.race(underWay.values())
    underWay.delete(answer.account)
    if (signal.aborted) return null
    if ('value' in answer) {
      deadInARow = 0
      yield answerLine(answer.account, answer.value)
      continue
    }
    const { error } = answer
    if (error instanceof ConnectionEnded || (error instanceof ProxyError && error.kind === 'too_many_requests'))
      return error
    deadInARow = isServerFailure(error) ? deadInARow + 1 : 0
    yield lineOf({ account: answer.account, error: asProxyError(error).toBody().error })
    if (deadInARow >= deadAfter) return error
  }
  return null
}

async function outcome(account: string, asked: Promise<UpstreamAnswer>): Promise<Answer> {
  try {
    return { account, value: await asked }
  } catch (error) {
    return { account, error }
  }
}

/** The server's JSON goes in as it came; a line break in it can only be between values, where a space means the same. */
function answerLine(account: string, { headers, body }: UpstreamAnswer): string {
  const { date } = headers
  const envelope = body.toString('utf8').replaceAll(/[\r\n]+/g, ' ')
  const head = JSON.stringify({ account, date: typeof date === 'string' ? date : null })
  return `${head.slice(0, -1)},"envelope":${envelope}}\n`
}

function lineOf(value: FanoutLine): string {
  return `${JSON.stringify(value)}\n`
}

function isServerFailure(error: unknown): boolean {
  return error instanceof ProxyError && serverFailures.has(error.kind)
}

function asProxyError(error: unknown): ProxyError {
  return error instanceof ProxyError ? error : new ProxyError('internal', 'Something went wrong inside the proxy.')
}
