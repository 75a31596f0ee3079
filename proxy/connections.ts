import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Socket } from 'node:net'
import * as v from 'valibot'
import type { ServerRegistry } from './addedServers'
import type { Trail } from './auditTrail'
import { ConnectionEnded, makeCall } from './calls'
import { clientAddress } from './clientAddress'
import type { Connection, ConnectionDetails, ConnectionKind, SignInRequest } from './contract'
import { clearCookie, readCookie, writeCookie } from './cookie'
import type { Credential } from './credential'
import { ProxyError } from './errors'
import type { Guard } from './guard'
import type { Call } from './parameters'
import { withoutCredential, type Sessions, type LiveConnection, type StoredConnection } from './session'
import { signIn, signOut } from './signIn'
import type { Upstreams } from './upstream'
import type { LimitUser } from './userRate'

/** What all handlers of a connection work with. */
export type Parts = { upstreams: Upstreams; sessions: Sessions; limitUser: LimitUser }

export type WithId = FastifyRequest<{ Params: { id: string } }>

// Printable ASCII without what separates parts of a path, of `USER:TOKEN` or of a URL.
export const username = v.pipe(v.string(), v.regex(/^[!-~]{1,128}$/), v.regex(/^[^:/\\%?#;]*$/))
export const token = v.pipe(v.string(), v.regex(/^[!-9;-~]{1,256}$/))
const about = {
  server: v.pipe(v.string(), v.regex(/^[a-z0-9-]{1,64}$/)),
  kind: v.picklist(['cpanel', 'whm']),
  username,
  code: v.exactOptional(v.pipe(v.string(), v.regex(/^\d{6}$/))),
}
const signInSchema = v.union([
  v.strictObject({ ...about, password: v.pipe(v.string(), v.minLength(1), v.maxLength(1024)) }),
  v.strictObject({ ...about, token }),
])

/**
 * The connection a request is about.
 *
 * @throws ProxyError `unauthenticated` when this browser has no such connection, or it has ended; `too_many_requests`
 */
export async function currentConnection(
  { sessions, limitUser }: Pick<Parts, 'sessions' | 'limitUser'>,
  request: WithId,
): Promise<LiveConnection> {
  const connection = await sessions.find(readCookie(request), request.params.id)
  if (connection === undefined) throw new ProxyError('unauthenticated', 'There is no such connection. Sign in.')
  await limitUser(request, connection)
  return connection
}

type More = { servers: ServerRegistry; guard: Guard; trail: Trail }

/** The handlers of everything under /api/connections. Their errors are ProxyErrors; see contract.ts. */
export function connectionHandlers(parts: Parts & More) {
  const { servers, upstreams, sessions, guard, trail } = parts
  const current = (request: WithId) => currentConnection(parts, request)

  async function endUpstream(connection: StoredConnection): Promise<void> {
    const upstream = upstreams.find(connection.server, connection.kind)
    if (upstream !== undefined && connection.credential !== null) await signOut(upstream, connection.credential)
  }

  async function end(request: FastifyRequest, connections: StoredConnection[]): Promise<void> {
    await trail.signOut(request, connections)
    await Promise.all(connections.map(endUpstream))
  }

  return {
    list: async (request: FastifyRequest): Promise<Connection[]> => {
      return (await sessions.all(readCookie(request))).map(withoutCredential)
    },

    read: async (request: WithId): Promise<ConnectionDetails> => {
      const connection = withoutCredential(await current(request))
      const { cpanel, whm } = servers.find(connection.server) ?? {}
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
      const { connection, cookie } = await trail.signIn(request, wish, signal, async () => {
        const credential = await guard.attempt(
          // A password is the same behind both doors of a server.
          { server, user: `${server}.${username}`, from: request.ip },
          () => signIn(upstream, wish, signal),
          // Going away before the answer must not be a way to try without being counted.
          (error) => signal.aborted || (error instanceof ProxyError && error.kind === 'wrong_credentials'),
        )
        const connection: LiveConnection = { id, server, kind, username, credential, signedInAt: Date.now() }
        try {
          return { connection, cookie: await add(connection) }
        } catch (error) {
          // Nobody would ever end the session that was just begun at the server.
          await signOut(upstream, credential)
          throw error
        }
      })
      writeCookie(request, reply, cookie)
      reply.code(201)
      return withoutCredential(connection)
    },

    /** Signing out of what is not there is done already: 204 as well. */
    remove: async (request: WithId, reply: FastifyReply): Promise<void> => {
      const connection = await sessions.remove(readCookie(request), request.params.id)
      if (connection !== undefined) await end(request, [connection])
      reply.code(204)
    },

    /** Signs this browser out of all it has on one server. */
    removeAllOf: async (request: FastifyRequest, server: string): Promise<void> => {
      const cookie = readCookie(request)
      const connections = (await sessions.all(cookie)).filter((connection) => connection.server === server)
      for (const { id } of connections) await sessions.remove(cookie, id)
      await end(request, connections)
    },

    removeAll: async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
      const connections = await sessions.clear(readCookie(request))
      clearCookie(request, reply)
      // Also drops pages kept for the Back button, which no-store alone no longer does.
      reply.header('clear-site-data', '"cache"')
      await end(request, connections)
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
      try {
        const upstream = upstreams.find(connection.server, connection.kind)
        if (upstream === undefined) throw new ConnectionEnded()
        const signal = goneSignal(reply)
        const answer = await trail.call(request, connection, call, signal, () =>
          makeCall(upstream, kind, connection.credential, call, signal),
        )
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

const goneSignals = new WeakMap<Socket, AbortSignal>()

/**
 * Aborts when the browser goes away before it has its answer, so that the server is not kept working for nobody. One for each
 * connection: that ends only when the browser has gone, or has had all its answers.
 */
export function goneSignal({ request: { socket } }: FastifyReply): AbortSignal {
  const known = goneSignals.get(socket)
  if (known !== undefined) return known
  const controller = new AbortController()
  if (socket.destroyed) controller.abort()
  socket.once('close', () => controller.abort())
  goneSignals.set(socket, controller.signal)
  return controller.signal
}
