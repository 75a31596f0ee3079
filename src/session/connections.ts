/** Who is signed in where: what the browser may know of the proxy's session. The credential itself never comes here. */
import * as v from 'valibot'
import type {
  Connection,
  ConnectionDetails,
  ConnectionKind,
  DemoLogin,
  ServerSummary,
  SignInRequest,
} from '../../proxy/contract'
import { send, type Api } from '../cpanel/call'
import { read } from '../cpanel/wire'

export type { Connection, ConnectionDetails, ConnectionKind, DemoLogin, ServerSummary, SignInRequest }

export const kind = v.picklist(['cpanel', 'whm'])
const connection = v.object({
  id: v.string(),
  server: v.string(),
  kind,
  username: v.string(),
  hasEnded: v.optional(v.boolean(), false),
})
const connectionDetails = v.object({
  ...connection.entries,
  urls: v.object({ cpanel: v.exactOptional(v.string()), whm: v.exactOptional(v.string()) }),
  address: v.optional(v.nullable(v.string()), null),
})
export const server = v.object({
  id: v.string(),
  name: v.string(),
  kinds: v.array(kind),
  isAdded: v.exactOptional(v.literal(true)),
})
const adding = v.object({ isPossible: v.boolean() })
const demoLogin = v.object({
  server: v.string(),
  kind,
  username: v.string(),
  password: v.string(),
  code: v.exactOptional(v.string()),
})

/** The connections of this browser session. */
export async function listConnections(api: Api, signal?: AbortSignal): Promise<Connection[]> {
  return read(v.array(connection), (await send(api, { method: 'GET', path: ['connections'], signal })).body)
}

/** One connection with the addresses of its server. */
export async function readConnection(api: Api, id: string, signal?: AbortSignal): Promise<ConnectionDetails> {
  return read(connectionDetails, (await send(api, { method: 'GET', path: ['connections', id], signal })).body)
}

/** The servers this installation is set up for. */
export async function listServers(api: Api, signal?: AbortSignal): Promise<ServerSummary[]> {
  return read(v.array(server), (await send(api, { method: 'GET', path: ['servers'], signal })).body)
}

/** Whether people may add servers here: only where Keyring runs on their own machine (servers.ts). */
export async function canAddServers(api: Api, signal?: AbortSignal): Promise<boolean> {
  return read(adding, (await send(api, { method: 'GET', path: ['servers', 'adding'], signal })).body).isPossible
}

/** How to get in to the simulated server; empty where a real one is configured. */
export async function listDemoLogins(api: Api, signal?: AbortSignal): Promise<DemoLogin[]> {
  return read(v.array(demoLogin), (await send(api, { method: 'GET', path: ['demo-logins'], signal })).body)
}

/**
 * Signs in. The credential goes to the proxy in the body and is kept nowhere here.
 * @throws {CpanelError} `wrong_credentials`, `code_required`, `too_many_requests`, `unreachable`, `untrusted_certificate` …
 */
export async function signIn(api: Api, request: SignInRequest): Promise<Connection> {
  return read(connection, (await send(api, { method: 'POST', path: ['connections'], body: request })).body)
}

/** Signs one connection out, at the proxy and at cPanel. */
export async function signOut(api: Api, id: string): Promise<void> {
  await send(api, { method: 'DELETE', path: ['connections', id] })
}

/** The parts of a connection's id (`SERVER.KIND.USERNAME`), or null for what is none. A user name may have dots. */
export function connectionParts(id: string): Pick<Connection, 'server' | 'kind' | 'username'> | null {
  const [server, kindPart, ...username] = id.split('.')
  const parsedKind = v.safeParse(kind, kindPart)
  if (!server || !parsedKind.success || username.length === 0) return null
  return { server, kind: parsedKind.output, username: username.join('.') }
}

/** Signs all connections out at once, at the proxy and at every server. */
export async function signOutOfAll(api: Api): Promise<void> {
  await send(api, { method: 'DELETE', path: ['connections'] })
}
