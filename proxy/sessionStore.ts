/** What a browser's cookie leads to. `retired` is set once the cookie was replaced by a newer one. */
export type TicketRecord = { maskedVault: string; retired?: { at: number; names: string[] } }

/**
 * Where sealed sessions are kept. A cookie leads to a ticket, a ticket to a vault, a vault holds one sealed entry for
 * each connection: entries are written one by one, so two sign-ins at the same time can't lose each other's work, here
 * or in a store shared by many proxies. Everything in it is sealed or blinded; times are ms since epoch.
 */
export type SessionStore = {
  ticket: (key: string) => Promise<TicketRecord | undefined>
  putTicket: (key: string, record: TicketRecord) => Promise<void>
  /** All entries by blinded name; undefined when the vault does not exist. Counts as use. */
  entries: (vault: string) => Promise<ReadonlyMap<string, string> | undefined>
  /** With `onlyIf`, changes or removes the entry only while it still holds exactly that. */
  putEntry: (vault: string, name: string, sealed: string, onlyIf?: string) => Promise<void>
  removeEntry: (vault: string, name: string, onlyIf?: string) => Promise<void>
  removeVault: (vault: string) => Promise<void>
}

type Vault = { entries: Map<string, string>; usedAt: number }

/**
 * Keeps sessions in memory, at most `maxVaults` of them: beyond that the one unused for longest is dropped. Only a
 * successful sign-in makes one, so strangers can't push others out.
 */
export function createMemoryStore(options: { idleMs: number; maxVaults: number }): SessionStore {
  // A Map keeps the order of insertion; what is used is taken out and put back, so the first is the longest unused.
  const vaults = new Map<string, Vault>()
  const tickets = new Map<string, TicketRecord>()

  function touch(key: string): Vault | undefined {
    const vault = vaults.get(key)
    if (vault === undefined) return undefined
    vaults.delete(key)
    if (Date.now() - vault.usedAt >= options.idleMs) return undefined
    vault.usedAt = Date.now()
    vaults.set(key, vault)
    return vault
  }

  function makeRoom(): void {
    for (const [key, vault] of vaults) {
      if (vaults.size < options.maxVaults && Date.now() - vault.usedAt < options.idleMs) return
      vaults.delete(key)
    }
  }

  return {
    async ticket(key) {
      const record = tickets.get(key)
      if (record !== undefined) {
        tickets.delete(key)
        tickets.set(key, record)
      }
      return record
    },
    async putTicket(key, record) {
      tickets.delete(key)
      tickets.set(key, record)
      // Tickets of vaults that are gone open nothing; they are let go in the order of their last use.
      for (const oldest of tickets.keys()) {
        if (tickets.size <= options.maxVaults * 4) break
        tickets.delete(oldest)
      }
    },
    async entries(key) {
      const vault = touch(key)
      return vault && new Map(vault.entries)
    },
    async putEntry(key, name, sealed, onlyIf) {
      const vault = touch(key)
      if (onlyIf !== undefined && vault?.entries.get(name) !== onlyIf) return
      if (vault !== undefined) {
        vault.entries.set(name, sealed)
        return
      }
      makeRoom()
      vaults.set(key, { entries: new Map([[name, sealed]]), usedAt: Date.now() })
    },
    async removeEntry(key, name, onlyIf) {
      const entries = vaults.get(key)?.entries
      if (onlyIf === undefined || entries?.get(name) === onlyIf) entries?.delete(name)
      if (entries?.size === 0) vaults.delete(key)
    },
    async removeVault(key) {
      vaults.delete(key)
    },
  }
}
