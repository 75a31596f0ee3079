import type { FastifyReply, FastifyRequest } from 'fastify'
import * as v from 'valibot'
import { NotKept, summarize, type NewServer, type ServerRegistry } from './addedServers'
import type { Config } from './config'
import { ConfigError } from './configError'
import { goneSignal, type WithId } from './connections'
import type {
  AddServerAnswer,
  AddServerRequest,
  FailedDoor,
  FoundDoor,
  KnownServer,
  LookAnswer,
  ServerSummary,
} from './contract'
import { ProxyError } from './errors'
import { lookAtAll, type DoorLook } from './look'
import { readAddress, type DoorToTry } from './lookAddress'
import { readFingerprint, readOrigin, type ServerConfig } from './servers'

type Parts = {
  config: Config
  servers: ServerRegistry
  /** Signs the browser out of all it has on one server. */
  signOutOf: (request: FastifyRequest, server: string) => Promise<void>
}

const id = v.pipe(v.string(), v.regex(/^[a-z0-9-]{1,64}$/))
const lookSchema = v.union([
  v.strictObject({ address: v.pipe(v.string(), v.maxLength(4096)) }),
  v.strictObject({ server: id }),
])
const origin = v.exactOptional(v.pipe(v.string(), v.maxLength(300)))
const addSchema = v.strictObject({
  // Printable: a name stands in lists, and must not look like another by what can't be seen.
  name: v.exactOptional(v.pipe(v.string(), v.trim(), v.regex(/^[^\p{C}\p{Zl}\p{Zp}]{1,100}$/u))),
  cpanel: origin,
  whm: origin,
  fingerprint256: v.exactOptional(v.string()),
  replaces: v.exactOptional(id),
})

/** The servers as anybody may know them. */
export function summaries(servers: ServerRegistry): ServerSummary[] {
  return servers.list().map((server) => summarize(server, servers.isAdded(server.id)))
}

/** What servers in front say of a request that they pass on. */
const forwarded = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'via']

/**
 * Whether a person may add servers here. The settings say so, and the request has to: one that came through a server in front
 * that TRUST_PROXY doesn't name arrives over loopback as well, and may be anybody's.
 */
export function canAdd(config: Config, { headers }: FastifyRequest): boolean {
  return config.canAddServers && !forwarded.some((name) => name in headers)
}

/**
 * The handlers that let a person add servers. They make this program connect to wherever they are told, so they are there
 * only where it listens on loopback alone, and behind the same doors as everything (frontDoor.ts): a request that comes from
 * another site's page, or under a host name made to point here, is refused before it gets here. Else any page could have
 * the ports of this machine and of its network knocked on. Whoever runs programs here can do that without Keyring.
 */
export function addedServersHandlers({ config, servers, signOutOf }: Parts) {
  const look = (doors: readonly DoorToTry[], reply: FastifyReply) =>
    lookAtAll(doors, { timeoutMs: config.timeouts.connectMs, signal: goneSignal(reply) })

  /** The server in the list that has one of these doors. */
  function listedWith(doors: readonly DoorToTry[], except?: string): ServerConfig | undefined {
    const origins = doors.map(({ origin }) => origin)
    const isOne = (server: ServerConfig) => doorsOf(server).some(({ origin }) => origins.includes(origin))
    return servers.list().find((server) => server.id !== except && isOne(server))
  }

  function knownAs(doors: readonly DoorToTry[]): KnownServer | null {
    const server = listedWith(doors)
    if (server === undefined) return null
    const { id, name, fingerprint256 = null } = server
    return { id, name, isAdded: servers.isAdded(id), fingerprint256 }
  }

  return {
    /** POST /api/servers/look */
    look: async (request: FastifyRequest, reply: FastifyReply): Promise<LookAnswer> => {
      check(request)
      const wish = parse(lookSchema, request.body, 'A look needs an address, or the id of an added server.')
      const doors = 'address' in wish ? readAddress(wish.address) : doorsOf(findAdded(wish.server))
      if (typeof doors === 'string') return { outcome: 'wrong-address', why: doors }
      const looks = await look(doors, reply)
      const [first, ...rest] = found(looks)
      if (first === undefined) return { outcome: 'failed', failed: failed(looks) }
      const host = new URL(first.origin).hostname
      const known = knownAs(doors)
      return { outcome: 'found', host, doors: [first, ...rest], failed: failed(looks), known }
    },

    /** POST /api/servers */
    add: async (request: FastifyRequest, reply: FastifyReply): Promise<AddServerAnswer> => {
      check(request)
      const wish = readWish(request.body)
      if (wish.replaces !== undefined) findAdded(wish.replaces)
      const doors = doorsOf(wish.server)
      const listed = listedWith(doors, wish.replaces)
      if (listed !== undefined) {
        return { outcome: 'listed', server: summarize(listed, servers.isAdded(listed.id)) }
      }
      // What was seen a minute ago may not be what is there now: nothing is trusted but what is shown once more.
      const looks = await look(doors, reply)
      if (failed(looks).length > 0) return { outcome: 'failed', failed: failed(looks) }
      const pin = wish.server.fingerprint256
      const other = found(looks).find(({ certificate }) =>
        pin === undefined ? !certificate.isTrusted : certificate.fingerprint256 !== pin,
      )
      if (other !== undefined) return { outcome: 'changed', certificate: other.certificate }
      try {
        const server = servers.add(wish.server, wish.replaces)
        if (wish.replaces !== undefined && wish.replaces !== server.id) await signOutOf(request, wish.replaces)
        reply.code(201)
        return { outcome: 'added', server: summarize(server, true) }
      } catch (error) {
        if (error instanceof NotKept) return { outcome: 'not-kept', file: config.addedServersFile }
        throw error
      }
    },

    /** DELETE /api/servers/:id */
    forget: async (request: WithId, reply: FastifyReply): Promise<void> => {
      check(request)
      const { id } = request.params
      if (servers.find(id) !== undefined && !servers.isAdded(id)) {
        throw new ProxyError('not_allowed', 'This server is configured: it can’t be forgotten here.')
      }
      // First, while its address is still known: the session at the server ends as well.
      await signOutOf(request, id)
      try {
        servers.forget(id)
      } catch (error) {
        if (!(error instanceof NotKept)) throw error
        throw new ProxyError('store_unavailable', 'The file of added servers can’t be changed.')
      }
      reply.code(204)
    },
  }

  function check(request: FastifyRequest): void {
    if (!canAdd(config, request)) throw new ProxyError('not_allowed', 'There is nothing at this path.')
  }

  function findAdded(id: string): ServerConfig {
    const server = servers.isAdded(id) ? servers.find(id) : undefined
    if (server === undefined) throw new ProxyError('invalid_request', 'There is no such added server.')
    return server
  }
}

type Wish = { server: NewServer; replaces?: string }

/** @throws ProxyError `invalid_request` for what SERVERS_FILE would not take either, and for doors of two hosts */
function readWish(body: unknown): Wish {
  const advice = 'A server needs the address of cpanel, of whm, or both, of one host.'
  const { name, cpanel, whm, fingerprint256, replaces }: AddServerRequest = parse(addSchema, body, advice)
  try {
    const doors = {
      ...(cpanel !== undefined && { cpanel: readOrigin('cpanel', cpanel) }),
      ...(whm !== undefined && { whm: readOrigin('whm', whm) }),
      ...(fingerprint256 !== undefined && { fingerprint256: readFingerprint('fingerprint256', fingerprint256) }),
    }
    const [first, second = first] = doorsOf(doors).map(({ origin }) => new URL(origin))
    if (first !== undefined && first.hostname === second?.hostname) {
      return { server: { name: name ?? first.host, ...doors }, ...(replaces !== undefined && { replaces }) }
    }
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
  }
  throw new ProxyError('invalid_request', advice)
}

function parse<Output>(schema: v.GenericSchema<unknown, Output>, body: unknown, advice: string): Output {
  const parsed = v.safeParse(schema, body)
  if (parsed.success) return parsed.output
  throw new ProxyError('invalid_request', advice)
}

function doorsOf({ cpanel, whm }: Pick<ServerConfig, 'cpanel' | 'whm'>) {
  return [
    ...(cpanel === undefined ? [] : [{ kind: 'cpanel' as const, origin: cpanel }]),
    ...(whm === undefined ? [] : [{ kind: 'whm' as const, origin: whm }]),
  ]
}

function found(looks: readonly DoorLook[]): FoundDoor[] {
  return looks.flatMap((look) =>
    'certificate' in look ? [{ kind: look.kind, origin: look.origin, certificate: look.certificate }] : [],
  )
}

function failed(looks: readonly DoorLook[]): FailedDoor[] {
  return looks.flatMap((look) => ('why' in look ? [{ origin: look.origin, why: look.why }] : []))
}
