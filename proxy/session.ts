import { randomBytes } from 'node:crypto'
import * as v from 'valibot'
import type { Connection } from './contract'
import { credentialSchema, type Credential } from './credential'
import { blindName, deriveKeys, newSecret, seal, unseal } from './seal'
import type { SessionStore, TicketRecord } from './sessionStore'

/**
 * How long a replaced cookie still serves the connections it already had. Requests that were on their way when
 * a sign-in changed the cookie must not fail; ten seconds outlast them.
 */
const graceMs = 10_000

const storedSchema = v.object({
  id: v.string(),
  server: v.string(),
  kind: v.picklist(['cpanel', 'whm']),
  username: v.string(),
  /** null once the server no longer knew the user: the page goes on showing that there was such a connection. */
  credential: v.nullable(credentialSchema),
  signedInAt: v.number(),
  /** When it was first signed in to, ms since epoch: people find it at its place after signing in again. */
  since: v.optional(v.number()),
})
const vaultSchema = v.object({ key: v.string(), secret: v.string() })

/** A connection with what it takes to use it. `signedInAt` is in ms since epoch. */
export type StoredConnection = v.InferOutput<typeof storedSchema>

/** One that can be used. */
export type LiveConnection = StoredConnection & { credential: Credential }

type Vault = { storeKey: string; secret: Buffer }
type OpenedVault = Vault & { ticketKey: string; ticket: TicketRecord }
type Found = { connection: StoredConnection; name: string; sealed: string }

/** The browser sessions. `cookie` is the value the browser sent, if any; what it doesn't open is as good as absent. */
export type Sessions = ReturnType<typeof createSessions>

/** Only what the browser may know of a connection. */
export function withoutCredential({ id, server, kind, username, credential }: StoredConnection): Connection {
  return { id, server, kind, username, hasEnded: credential === null }
}

function isLive(connection: StoredConnection): connection is LiveConnection {
  return connection.credential !== null
}

function sinceOf({ since, signedInAt }: StoredConnection): number {
  return since ?? signedInAt
}

function readEntry({ secret }: Vault, name: string, sealed: string | undefined): StoredConnection | undefined {
  const opened = sealed === undefined ? undefined : unseal(secret, sealed, name)
  return opened === undefined ? undefined : v.parse(storedSchema, JSON.parse(opened))
}

function newVault(): Vault {
  return { storeKey: deriveKeys(newSecret()).storeKey, secret: randomBytes(32) }
}

/** Sealed sessions over a store. `maxAgeMs`: a connection is forgotten this long after its sign-in, used or not. */
export function createSessions(store: SessionStore, options: { maxAgeMs: number }) {
  async function openVault(cookie: string | undefined, grace = graceMs): Promise<OpenedVault | undefined> {
    if (cookie === undefined) return undefined
    const { storeKey: ticketKey, sealKey } = deriveKeys(cookie)
    const ticket = await store.ticket(ticketKey)
    if (ticket === undefined || (ticket.retired !== undefined && Date.now() >= ticket.retired.at + grace))
      return undefined
    const opened = unseal(sealKey, ticket.sealedVault, ticketKey)
    if (opened === undefined) return undefined
    const { key, secret } = v.parse(vaultSchema, JSON.parse(opened))
    return { storeKey: key, secret: Buffer.from(secret, 'base64url'), ticketKey, ticket }
  }

  async function findAll(vault: OpenedVault): Promise<Found[]> {
    const found: Found[] = []
    for (const [name, sealed] of (await store.entries(vault.storeKey)) ?? []) {
      if (vault.ticket.retired?.names.includes(name) === false) continue
      const connection = readEntry(vault, name, sealed)
      if (connection === undefined) continue
      if (Date.now() - connection.signedInAt < options.maxAgeMs) found.push({ connection, name, sealed })
      else await store.removeEntry(vault.storeKey, name, sealed)
    }
    return found
  }

  async function all(cookie: string | undefined): Promise<StoredConnection[]> {
    const vault = await openVault(cookie)
    if (vault === undefined) return []
    const found = (await findAll(vault)).map(({ connection }) => connection)
    // Not every store keeps an order.
    return found.toSorted((one, other) => sinceOf(one) - sinceOf(other))
  }

  async function issueTicket(vault: Vault): Promise<string> {
    const cookie = newSecret()
    const { storeKey, sealKey } = deriveKeys(cookie)
    const opens = JSON.stringify({ key: vault.storeKey, secret: vault.secret.toString('base64url') })
    await store.putTicket(storeKey, { sealedVault: seal(sealKey, opens, storeKey) })
    return cookie
  }

  async function retire(ticketKey: string, names: string[]): Promise<void> {
    const ticket = await store.ticket(ticketKey)
    if (ticket === undefined || ticket.retired !== undefined) return
    await store.putTicket(ticketKey, { ...ticket, retired: { at: Date.now(), names } })
  }

  return {
    /** All connections of this browser, in the order of their first sign-in, those that have ended included. */
    all,

    /** One connection; undefined when this browser has none of that id, it has ended, or it is too old. */
    async find(cookie: string | undefined, id: string): Promise<LiveConnection | undefined> {
      return (await all(cookie)).filter(isLive).find((connection) => connection.id === id)
    },

    /**
     * To be called when a sign-in begins. Answers what adds its connection (or replaces the one of the same id) once it
     * has succeeded, and answers the browser's new cookie.
     *
     * The cookie changes at every sign-in, so that one planted by somebody else never gets to see what is signed in
     * to with it. The old one serves for ten seconds what it already had. A sign-in that began with it before joins
     * the same session: two at once don't lose each other's connections, whichever cookie the browser ends up with.
     */
    async begin(cookie: string | undefined): Promise<(connection: StoredConnection) => Promise<string>> {
      const opened = await openVault(cookie)
      const begunWith = opened?.ticket.retired === undefined ? opened : undefined
      return async (connection) => {
        const before = begunWith && (await store.entries(begunWith.storeKey))
        // What was signed out of meanwhile does not come back.
        const vault = begunWith === undefined || before === undefined ? newVault() : begunWith
        const name = blindName(vault.secret, connection.id)
        const since = sinceOf(readEntry(vault, name, before?.get(name)) ?? connection)
        const kept = { ...connection, since }
        await store.putEntry(vault.storeKey, name, seal(vault.secret, JSON.stringify(kept), name))
        if (begunWith !== undefined) await retire(begunWith.ticketKey, [...(before?.keys() ?? [])])
        return issueTicket(vault)
      }
    },

    /**
     * Drops the credential of a connection whose session at the server is over, and keeps that there was one. Only while
     * that very sign-in is still the current one: an old call's failure must not end a session that was renewed meanwhile.
     * A call may have run for long, so a cookie that has been replaced since will do.
     */
    async end(cookie: string | undefined, ended: StoredConnection): Promise<void> {
      const vault = await openVault(cookie, Number.POSITIVE_INFINITY)
      if (vault === undefined) return
      const found = (await findAll(vault)).find(({ connection }) => connection.id === ended.id)
      if (found === undefined || JSON.stringify(found.connection) !== JSON.stringify(ended)) return
      const sealed = seal(vault.secret, JSON.stringify({ ...ended, credential: null }), found.name)
      await store.putEntry(vault.storeKey, found.name, sealed, found.sealed)
    },

    /** Forgets one connection and answers what it was. */
    async remove(cookie: string | undefined, id: string) {
      const vault = await openVault(cookie)
      if (vault === undefined) return undefined
      const found = (await findAll(vault)).find(({ connection }) => connection.id === id)
      if (found === undefined) return undefined
      await store.removeEntry(vault.storeKey, found.name, found.sealed)
      return found.connection
    },

    /** Forgets the whole session and answers the connections it had. */
    async clear(cookie: string | undefined): Promise<StoredConnection[]> {
      const vault = await openVault(cookie)
      if (vault === undefined) return []
      const found = await findAll(vault)
      await store.removeVault(vault.storeKey)
      return found.map(({ connection }) => connection)
    },
  }
}
