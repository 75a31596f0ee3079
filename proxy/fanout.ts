import type { FastifyReply } from 'fastify'
import { setMaxListeners } from 'node:events'
import { Readable } from 'node:stream'
import * as v from 'valibot'
import { askMany, healthAfter, type Answer } from './askMany'
import type { Config } from './config'
import { ConnectionEnded, makeCall, remembered } from './calls'
import { currentConnection, goneSignal, username, type Parts, type WithId } from './connections'
import type { FanoutLine } from './contract'
import { readCookie } from './cookie'
import { ProxyError } from './errors'
import { createLimiter, type Limiter } from './limiter'
import { whmCall } from './parameters'
import type { UpstreamAnswer } from './exchange'

/** More would be a body that no server has accounts for. */
const MOST_ACCOUNTS = 20_000

/** Names of so many accounts fit in. */
export const fanoutBodyLimit = 2 * 1024 * 1024

const bodySchema = v.strictObject({ accounts: v.pipe(v.array(username), v.minLength(1), v.maxLength(MOST_ACCOUNTS)) })

/**
 * How long "the session lives" is believed, in milliseconds. Refusals (403) of many accounts share one look at it, and
 * those of a session that ends meanwhile are taken for refusals of the account for no longer than that.
 */
const ALIVE_MS = 1000

/**
 * The one route that is not one call in, one call out: the tokens of many accounts of a WHM connection, a line for each as
 * it answers. It only reads. The form of the lines: FanoutLine in contract.ts.
 */
export function fanoutHandler(parts: Parts & { config: Config }) {
  const { config, upstreams, sessions } = parts
  const limiters = new Map<string, Limiter>()
  const running = new Set<FastifyReply>()

  function limiterOf(server: string): Limiter {
    const limiter = limiters.get(server) ?? createLimiter({ most: config.fanoutParallel, judge: healthAfter })
    limiters.set(server, limiter)
    return limiter
  }

  async function handle(request: WithId, reply: FastifyReply): Promise<Readable> {
    const connection = await currentConnection(parts, request)
    if (connection.kind !== 'whm') throw new ProxyError('not_allowed', 'This connection has no such functions.')
    const accounts = readAccounts(request.body)
    const upstream = upstreams.find(connection.server, 'whm')
    if (upstream === undefined) throw new ConnectionEnded()
    const counts = { accounts: accounts.length, answered: 0 }
    request.counts = counts
    const limiter = limiterOf(connection.server)
    const remember = remembered(ALIVE_MS)
    const stop = new AbortController()
    const signal = AbortSignal.any([goneSignal(reply), stop.signal])
    // Every call under way listens to it.
    setMaxListeners(0, signal)
    const ask = (account: string) =>
      limiter.run(() => makeCall(upstream, 'whm', connection.credential, listCall(account), signal, remember), signal)

    async function* lines(): AsyncGenerator<string> {
      try {
        for await (const answer of askMany(accounts, ask, config.fanoutParallel)) {
          if (signal.aborted) return
          counts.answered += 1
          yield lineFor(answer)
        }
      } catch (error) {
        if (signal.aborted) return
        request.failure = error
        if (error instanceof ConnectionEnded) await sessions.end(readCookie(request), connection)
        yield lineOf({ error: errorOf(error) })
      } finally {
        // Also what is still under way, or waits its turn, is not wanted any more.
        stop.abort()
      }
    }

    running.add(reply)
    reply.raw.once('close', () => running.delete(reply))
    // x-accel-buffering: nginx would hold the lines back.
    reply.headers({ 'content-type': 'application/x-ndjson; charset=utf-8', 'x-accel-buffering': 'no' })
    return Readable.from(lines())
  }

  return {
    handle,
    /** Cuts all that run. A line at their end would have to wait for browsers that don't read. */
    stop: () => running.forEach((reply) => reply.raw.destroy()),
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

/**
 * The server's JSON goes in as it came; a line break in it can only be between values, where a space means the same. What is
 * no JSON could end the line's own before its end.
 */
function lineFor(answer: Answer<UpstreamAnswer>): string {
  const { account } = answer
  if ('error' in answer) return lineOf({ account, error: errorOf(answer.error) })
  const { headers, body } = answer.value
  const { date } = headers
  const text = body.toString('utf8')
  if (!isJson(text)) {
    return lineOf({ account, error: errorOf(new ProxyError('garbled', 'The server’s answer is not JSON.')) })
  }
  const envelope = text.replaceAll(/[\r\n]+/g, ' ')
  const head = JSON.stringify({ account, date: typeof date === 'string' ? date : null })
  return `${head.slice(0, -1)},"envelope":${envelope}}\n`
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

function lineOf(line: FanoutLine): string {
  return `${JSON.stringify(line)}\n`
}

function errorOf(error: unknown) {
  const known = error instanceof ProxyError ? error : new ProxyError('internal', 'Something went wrong in the proxy.')
  return known.toBody().error
}
