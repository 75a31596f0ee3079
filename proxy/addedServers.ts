import { createHash } from 'node:crypto'
import type { FastifyBaseLogger } from 'fastify'
import { keepAside, readAddedServers, writeAddedServers, type FileContent } from './addedServersFile'
import type { Config } from './config'
import type { ServerSummary } from './contract'
import type { ServerConfig } from './servers'

/** What a person adds: one door or both, of one host. */
export type NewServer = Pick<ServerConfig, 'name' | 'cpanel' | 'whm' | 'fingerprint256'>

/** The file of added servers can't be used: nothing was changed. The log has the reason. */
export class NotKept extends Error {}

/** All servers: the configured ones, which stay as they are, and those that people added. */
export type ServerRegistry = {
  /** Configured ones first, added ones in the order in which they were. */
  list: () => readonly ServerConfig[]
  /** The same object as long as nothing about the server changes, so that connections to it can be kept. */
  find: (id: string) => ServerConfig | undefined
  isAdded: (id: string) => boolean
  /**
   * Remembers a server, in the place of the added one `replaces` if given.
   * @throws NotKept
   */
  add: (server: NewServer, replaces?: string) => ServerConfig
  /** Forgets an added server; nothing happens where there is none of that id. @throws NotKept */
  forget: (id: string) => void
}

type Settings = Pick<Config, 'servers' | 'canAddServers' | 'addedServersFile'>

/** Where nobody can add servers the file is not even read: what was added for one machine's own people is not for all. */
export function createServerRegistry(config: Settings, log: FastifyBaseLogger): ServerRegistry {
  const { servers: configured, addedServersFile: path } = config
  const configuredIds = new Set(configured.map(({ id }) => id))
  // What the file held when it could last be read: a slip of somebody who edits it ends nobody's session.
  let added: readonly ServerConfig[] = []
  let reported = ''

  function report(why: string, details: Record<string, string> = {}): void {
    if (why !== reported) log.warn({ file: path, why, ...details }, 'added servers')
    reported = why
  }

  /** Another Keyring may have changed the file since. */
  function readAgain(): FileContent {
    const content = readAddedServers(path)
    if (content.kind === 'servers') {
      reported = ''
      added = content.servers.map((server) => added.find((known) => isSame(known, server)) ?? server)
    } else report(content.why)
    return content
  }

  function change(next: () => readonly ServerConfig[]): void {
    try {
      const content = readAgain()
      if (content.kind === 'unusable') throw new NotKept()
      if (content.kind === 'broken') report(content.why, { keptAs: keepAside(path) })
      const wanted = next()
      if (wanted !== added) writeAddedServers(path, wanted)
      added = wanted
    } catch (error) {
      if (error instanceof NotKept) throw error
      report(error instanceof Error ? error.message : 'it can’t be written')
      throw new NotKept()
    }
  }

  /** An id that is configured means that server, whatever the file says. */
  const all = () => [...configured, ...added.filter(({ id }) => !configuredIds.has(id))]

  if (config.canAddServers) readAgain()

  return {
    list: () => {
      if (config.canAddServers) readAgain()
      return all()
    },
    find: (id) => all().find((server) => server.id === id),
    isAdded: (id) => !configuredIds.has(id) && added.some((server) => server.id === id),
    add: (server, replaces) => {
      const entry = { id: idOf(server), ...server }
      change(() => {
        const index = added.findIndex(({ id }) => id === (replaces ?? entry.id))
        const others = added.filter(({ id }) => id !== entry.id && id !== replaces)
        return index === -1 ? [...others, entry] : others.toSpliced(index, 0, entry)
      })
      return entry
    },
    forget: (id) =>
      change(() => (added.some((server) => server.id === id) ? added.filter((server) => server.id !== id) : added)),
  }
}

/** A server as anybody may know it: no address, no certificate. */
export function summarize({ id, name, cpanel, whm }: ServerConfig, isAdded: boolean): ServerSummary {
  const kinds = [...(cpanel === undefined ? [] : ['cpanel' as const]), ...(whm === undefined ? [] : ['whm' as const])]
  return { id, name, kinds, ...(isAdded && { isAdded }) }
}

/**
 * Made of the host, for people, and of all that is connected to, for safety: whoever is still signed in to a server that was
 * forgotten must not turn up at another one that happens to be called the same. The same doors have the same id again.
 */
function idOf({ cpanel, whm }: NewServer): string {
  const host = new URL(cpanel ?? whm ?? '').hostname
  const slug = host
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '')
    .slice(0, 50)
  const mark = createHash('sha256').update(`${cpanel} ${whm}`).digest('hex').slice(0, 8)
  return `${slug}-${mark}`
}

function isSame(one: ServerConfig, other: ServerConfig): boolean {
  const fields = ['id', 'name', 'cpanel', 'whm', 'ca', 'fingerprint256'] as const
  return fields.every((field) => one[field] === other[field])
}
