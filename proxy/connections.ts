import type { FastifyReply, FastifyRequest } from 'fastify'
import * as v from 'valibot'
import { ConnectionEnded, makeCall } from './calls'
import { clientAddress } from './clientAddress'
import type { Config } from './config'
import type { Connection, ConnectionDetails, ConnectionKind, ServerSummary, SignInRequest } from './contract'
import { clearCookie, readCookie, writeCookie } from './cookie'
import type { Credential } from './credential'
import { ProxyError } from './errors'
import type { Guard } from './guard'
import type { Call } from './parameters'
import { withoutCredential, type Sessions, type LiveConnection, type StoredConnection } from './session'
import { signIn, signOut } from './signIn'
import type { Upstreams } from './upstream'

/** What the handlers work with. */
export type Parts = { config: Config; upstreams: Upstreams; sessions: Sessions; guard: Guard }

export type WithId = FastifyRequest<{ Params: { id: string } }>

// Printable ASCII without what separates parts of a path, of `USER:TOKEN` or of a URL.
export const username = v.pipe(v.string(), v.regex(/^[!-~]{1,128}$/), v.regex(/^[^:/\\%?#;]*$/))
const about = {
  server: v.pipe(v.string(), v.regex(/^[a-z0-9-]{1,64}$/)),
  kind: v.picklist(['cpanel', 'whm']),
  username,
  code: v.exactOptional(v.pipe(v.string(), v.regex(/^\d{6}$/))),
}
const signInSchema = v.union([
  v.strictObject({ ...about, password: v.pipe(v.string(), v.minLength(1), v.maxLength(1024)) }),
  v.strictObject({ ...about, token: v.pipe(v.string(), v.regex(/^[!-9;-~]{1,256}$/)) }),
])

/**
 * The connection a request is about.
 *
 * @throws ProxyError `unauthenticated` when this browser has no such connection, or it has ended
 */
export async function currentConnection(sessions: Sessions, request: WithId): Promise<LiveConnection> {
  const connection = await sessions.find(readCookie(request), request.params.id)
  if (connection === undefined) throw new ProxyError('unauthenticated', 'There is no such connection. Sign in.')
  return connection
}

/** The configured servers as anybody may know them: no address, no certificate. */
export function summaries(config: Config): ServerSummary[] {
  return config.servers.map(({ id, name, cpanel, whm }) => ({
    id,
    name,
    kinds: [...(cpanel === undefined ? [] : ['cpanel' as const]), ...(whm === undefined ? [] : ['whm' as const])],
  }))
}

/** The handlers of everything under /api/connections. Their errors are ProxyErrors; see contract.ts. */
export function connectionHandlers({ config, upstreams, sessions, guard }: Parts) {
  const current = (request: WithId) => currentConnection(sessions, request)

  async function endUpstream(connection: StoredConnection): Promise<void> {
    const upstream = upstreams.find(connection.server, connection.kind)
    if (upstream !== undefined && connection.credential !== null) await signOut(upstream, connection.credential)
  }

  return {
    list: async (request: FastifyRequest): Promise<Connection[]> => {
      return (await sessions.all(readCookie(request))).map(withoutCredential)
    },

    read: async (request: WithId): Promise<ConnectionDetails> => {
      const connection = withoutCredential(await current(request))
      const { cpanel, whm } = config.servers.find(({ id }) => id === connection.server) ?? {}
      const urls = { ...(cpanel !== undefined && { cpanel }), ...(whm !== undefined && { whm }) }
      return { ...connection, urls, address: clientAddress(request, urls[connection.kind]) }
    },

    create: async (request: FastifyRequest, reply: FastifyReply): Promise<Connection> => {
      const wish = parseSignIn(request.body)
      const upstream = upstreams.find(wish.server, wish.kind)
      if (upstream === undefined) throw new ProxyError('invalid_request', 'There is no such server.')
      const { server, kind, username } = wish
      const id = `${server}.${kind}.${username}`
      const signal = goneSignal(reply)
      const add = await sessions.begin(readCookie(request))
      const credential = await guard.attempt(
        // A password is the same behind both doors of a server.
        { server, user: `${server}.${username}`, from: request.ip },
        () => signIn(upstream, wish, signal),
        // Going away before the answer must not be a way to try without being counted.
        (error) => signal.aborted || (error instanceof ProxyError && error.kind === 'wrong_credentials'),
      )
      const connection: LiveConnection = { id, server, kind, username, credential, signedInAt: Date.now() }
      writeCookie(request, reply, await add(connection))
      reply.code(201)
      return withoutCredential(connection)
    },

    /** Signing out of what is not there is done already: 204 as well. */
    remove: async (request: WithId, reply: FastifyReply): Promise<void> => {
      const connection = await sessions.remove(readCookie(request), request.params.id)
      if (connection !== undefined) await endUpstream(connection)
      reply.code(204)
    },

    removeAll: async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
      const connections = await sessions.clear(readCookie(request))
      clearCookie(request, reply)
      // Also drops pages kept for the Back button, which no-store alone no longer does.
      reply.header('clear-site-data', '"cache"')
      await Promise.all(connections.map(endUpstream))
      reply.code(204)
    },

    /**
     * Passes one call on and answers cPanel's own envelope byte for byte, with its Date for the clock's skew; JSON's null
     * where there is no call to make.
     */
    call: async (
      request: WithId,
      reply: FastifyReply,
      kind: ConnectionKind,
      read: (credential: Credential) => Call | null,
    ): Promise<Buffer> => {
      const connection = await current(request)
      if (connection.kind !== kind) throw new ProxyError('not_allowed', 'This connection has no such functions.')
      const call = read(connection.credential)
      reply.type('application/json; charset=utf-8')
      if (call === null) return Buffer.from('null')
      const upstream = upstreams.find(connection.server, connection.kind)
      if (upstream === undefined) throw new ConnectionEnded()
      try {
        const answer = await makeCall(upstream, kind, connection.credential, call, goneSignal(reply))
        const date = answer.headers['date']
        if (typeof date === 'string') reply.header('date', date)
        return answer.body
      } catch (error) {
        if (error instanceof ConnectionEnded) await sessions.end(readCookie(request), connection)
        throw error
      }
    },
  }
}

function parseSignIn(body: unknown): SignInRequest {
  const parsed = v.safeParse(signInSchema, body)
  if (parsed.success) return parsed.output
  // Which field is wrong is not said: the text would quote what was typed.
  throw new ProxyError('invalid_request', 'A sign-in needs server, kind, username and either password or token.')
}

/** Aborts when the browser goes away before it has its answer, so that the server is not kept working for nobody. */
export function goneSignal(reply: FastifyReply): AbortSignal {
  const controller = new AbortController()
  if (reply.raw.destroyed) controller.abort()
  reply.raw.once('close', () => {
    if (!reply.raw.writableEnded) controller.abort()
  })
  return controller.signal
}
