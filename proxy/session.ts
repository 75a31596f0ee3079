import * as v from 'valibot'
import type { Connection } from './contract'
import { credentialSchema, type Credential } from './credential'
import { blindName, derive, mask, newSecret, seal, unseal } from './seal'
import type { SessionStore, TicketRecord } from './sessionStore'
import { createShortMemory } from './shortMemory'

/**
 * How long a replaced cookie still serves the connections it already had. Requests that were on their way when
 * a sign-in changed the cookie must not fail; ten seconds outlast them.
 */
const graceMs = 10_000

/**
 * How long what a browser's cookie opens stays open after its last use, in milliseconds. A page makes its calls one after the
 * other; to open all anew for each would be a quarter of a call's work. What lies in memory in the meantime is what
 * requests that have just ended leave there anyway.
 */
const OPEN_MS = 1_000

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

/** A connection with what it takes to use it. `signedInAt` is in ms since epoch. */
export type StoredConnection = v.InferOutput<typeof storedSchema>

/** One that can be used. */
export type LiveConnection = StoredConnection & { credential: Credential }

/** `opened` holds, by their ids, connections that were opened. */
type Vault = { secret: string; storeKey: string; key: Buffer; opened: Map<string, Found> }
type OpenedVault = { vault: Vault; ticketKey: string; ticket: TicketRecord }
type Found = { connection: StoredConnection; name: string; sealed: string }

/** What a cookie has opened: the vault, as long as its ticket still says the same. */
type OpenedCookie = { ticketKey: string; maskedVault: string; vault: Vault }

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

function readEntry({ key }: Vault, name: string, sealed: string | undefined): StoredConnection | undefined {
  const opened = sealed === undefined ? undefined : unseal(key, sealed, name)
  return opened === undefined ? undefined : v.parse(storedSchema, JSON.parse(opened))
}

/** A replaced cookie's time is over. */
function isOver({ retired }: TicketRecord, grace: number): boolean {
  return retired !== undefined && Date.now() >= retired.at + grace
}

function vaultOf(secret: string): Vault {
  return { secret, ...derive(secret, 'vault'), opened: new Map() }
}

/** Sealed sessions over a store. `maxAgeMs`: a connection is forgotten this long after its sign-in, used or not. */
export function createSessions(store: SessionStore, options: { maxAgeMs: number }) {
  const openedCookies = createShortMemory<OpenedCookie>({ keepMs: OPEN_MS, most: 1_000 })

  async function openVault(cookie: string | undefined, grace = graceMs): Promise<OpenedVault | undefined> {
    if (cookie === undefined) return undefined
    const known = openedCookies.get(cookie)
    if (known !== undefined) {
      const { ticketKey, maskedVault, vault } = known
      const ticket = await store.ticket(ticketKey)
      if (ticket?.maskedVault === maskedVault) return isOver(ticket, grace) ? undefined : { vault, ticketKey, ticket }
    }
    const { storeKey: ticketKey, key } = derive(cookie, 'ticket')
    const ticket = await store.ticket(ticketKey)
    if (ticket === undefined || isOver(ticket, grace)) return undefined
    const { maskedVault } = ticket
    const vault = vaultOf(mask(key, maskedVault))
    openedCookies.put(cookie, { ticketKey, maskedVault, vault })
    return { vault, ticketKey, ticket }
  }

  /** What an entry holds; undefined for one that this cookie does not open, or that is too old, which is removed. */
  async function open({ vault, ticket }: OpenedVault, name: string, sealed: string): Promise<Found | undefined> {
    if (ticket.retired?.names.includes(name) === false) return undefined
    const connection = readEntry(vault, name, sealed)
    if (connection === undefined) return undefined
    const found = { connection, name, sealed }
    vault.opened.set(connection.id, found)
    return (await isFresh(vault, found)) ? found : undefined
  }

  async function isFresh({ storeKey }: Vault, { connection, name, sealed }: Found): Promise<boolean> {
    if (Date.now() - connection.signedInAt < options.maxAgeMs) return true
    await store.removeEntry(storeKey, name, sealed)
    return false
  }

  async function findAll(opened: OpenedVault): Promise<Found[]> {
    const entries = [...((await store.entries(opened.vault.storeKey)) ?? [])]
    const found = await Promise.all(entries.map(([name, sealed]) => open(opened, name, sealed)))
    return found.filter((one) => one !== undefined)
  }

  /** Looks only into the entry of that id: the others stay sealed. */
  async function findOne(opened: OpenedVault, id: string): Promise<Found | undefined> {
    const { vault, ticket } = opened
    const entries = await store.entries(vault.storeKey)
    const known = vault.opened.get(id)
    if (known !== undefined && entries?.get(known.name) === known.sealed) {
      const isSeen = ticket.retired?.names.includes(known.name) !== false
      return isSeen && (await isFresh(vault, known)) ? known : undefined
    }
    const name = blindName(vault.secret, id)
    const sealed = entries?.get(name)
    return sealed === undefined ? undefined : open(opened, name, sealed)
  }

  async function all(cookie: string | undefined): Promise<StoredConnection[]> {
    const opened = await openVault(cookie)
    if (opened === undefined) return []
    const found = (await findAll(opened)).map(({ connection }) => connection)
    // Not every store keeps an order.
    return found.toSorted((one, other) => sinceOf(one) - sinceOf(other))
  }

  async function issueTicket(vault: Vault): Promise<string> {
    const cookie = newSecret()
    const { storeKey, key } = derive(cookie, 'ticket')
    await store.putTicket(storeKey, { maskedVault: mask(key, vault.secret) })
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
      const opened = await openVault(cookie)
      const connection = opened && (await findOne(opened, id))?.connection
      return connection && isLive(connection) ? connection : undefined
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
        const before = begunWith && (await store.entries(begunWith.vault.storeKey))
        // What was signed out of meanwhile does not come back.
        const vault = begunWith === undefined || before === undefined ? vaultOf(newSecret()) : begunWith.vault
        const name = blindName(vault.secret, connection.id)
        const since = sinceOf(readEntry(vault, name, before?.get(name)) ?? connection)
        const kept = { ...connection, since }
        await store.putEntry(vault.storeKey, name, seal(vault.key, JSON.stringify(kept), name))
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
      const opened = await openVault(cookie, Number.POSITIVE_INFINITY)
      if (opened === undefined) return
      const { vault } = opened
      const found = await findOne(opened, ended.id)
      if (found === undefined || JSON.stringify(found.connection) !== JSON.stringify(ended)) return
      const sealed = seal(vault.key, JSON.stringify({ ...ended, credential: null }), found.name)
      await store.putEntry(vault.storeKey, found.name, sealed, found.sealed)
    },

    /** Forgets one connection and answers what it was. */
    async remove(cookie: string | undefined, id: string) {
      const opened = await openVault(cookie)
      const found = opened && (await findOne(opened, id))
      if (opened === undefined || found === undefined) return undefined
      await store.removeEntry(opened.vault.storeKey, found.name, found.sealed)
      return found.connection
    },

    /** Forgets the whole session and answers the connections it had. */
    async clear(cookie: string | undefined): Promise<StoredConnection[]> {
      const opened = await openVault(cookie)
      if (opened === undefined) return []
      const found = await findAll(opened)
      await store.removeVault(opened.vault.storeKey)
      return found.map(({ connection }) => connection)
    },
  }
}
