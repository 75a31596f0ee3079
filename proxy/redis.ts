import { Redis } from 'ioredis'
import { hash } from 'node:crypto'
import * as v from 'valibot'
import { attemptRules, type Attempt, type AttemptStore } from './attempts'
import { ProxyError } from './errors'
import { giveBackScript, putEntryScript, removeEntryScript, takeScript } from './redisScripts'
import type { SessionStore } from './sessionStore'

/** Names in Redis begin like this; the braces keep them on one node of a cluster, since scripts touch several at once. */
export const REDIS_PREFIX = '{keyring}:'

/** A name or an address as it stands in the store: who steals it can try names, and reads none. */
export function blinded(name: string): string {
  return hash('sha256', name, 'base64url')
}

/** Milliseconds for one command. A store that is slower is as good as gone for somebody who waits. */
const COMMAND_MS = 2_000

/**
 * A connection to Redis or Valkey, which many proxies share. While it is away every command fails at once, and it is
 * looked for again by itself.
 *
 * @param url redis://, rediss:// or unix://, with its password; it is in no message
 * @param onChange hears whether it is there
 */
export function connectRedis(url: string, onChange: (isThere: boolean) => void): Redis {
  const client = new Redis(url.replace(/^unix:\/\//, ''), {
    commandTimeout: COMMAND_MS,
    connectTimeout: COMMAND_MS,
    // What waited for Redis to come back would be done long after anybody wants it.
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    autoResendUnfulfilledCommands: false,
    retryStrategy: (times) => Math.min(100 * times, 2_000),
  })
  client.on('ready', () => onChange(true))
  client.on('close', () => onChange(false))
  // Without a listener Node would end the process. What is wrong shows as `close`, and in the commands that fail.
  client.on('error', () => {})
  return client
}

/** Whatever went wrong with the store: the browser is not signed out, it is told to try again. */
async function asked<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer
  } catch {
    // The client's own errors may quote a command with its arguments.
    throw new ProxyError('store_unavailable', 'The store of sessions can’t be reached. Try again in a moment.')
  }
}

const ticketSchema = v.object({
  maskedVault: v.string(),
  retired: v.optional(v.object({ at: v.number(), names: v.array(v.string()) })),
})

const ticketKey = (key: string) => `${REDIS_PREFIX}ticket:${key}`
const vaultKey = (key: string) => `${REDIS_PREFIX}vault:${key}`

/** Sessions in Redis, which lets go of each by itself when its time is over. Milliseconds. */
export function createRedisSessions(client: Redis, options: { idleMs: number; maxAgeMs: number }): SessionStore {
  return {
    async ticket(key) {
      const text = await asked(client.get(ticketKey(key)))
      if (text === null) return undefined
      const { maskedVault, retired } = v.parse(ticketSchema, JSON.parse(text))
      return { maskedVault, ...(retired && { retired }) }
    },
    async putTicket(key, record) {
      // No connection outlives its sign-in by more, and each sign-in makes a new ticket.
      await asked(client.set(ticketKey(key), JSON.stringify(record), 'PX', options.maxAgeMs))
    },
    async entries(key) {
      const answers = await asked(client.multi().hgetall(vaultKey(key)).pexpire(vaultKey(key), options.idleMs).exec())
      const found = v.parse(v.record(v.string(), v.string()), answers?.[0]?.[1])
      const entries = new Map(Object.entries(found))
      return entries.size === 0 ? undefined : entries
    },
    async putEntry(key, name, sealed, onlyIf = '') {
      await asked(client.eval(putEntryScript, 1, vaultKey(key), name, sealed, onlyIf, options.idleMs))
    },
    async removeEntry(key, name, onlyIf = '') {
      await asked(client.eval(removeEntryScript, 1, vaultKey(key), name, onlyIf))
    },
    async removeVault(key) {
      await asked(client.del(vaultKey(key)))
    },
  }
}

const keysOf = ({ own, address, wide }: Attempt) =>
  [own, address, ...wide].map(({ key }) => {
    return `${REDIS_PREFIX}failures:${blinded(key)}`
  })

/** Failed sign-ins in Redis, counted for all proxies together. */
export function createRedisAttempts(client: Redis): AttemptStore {
  return {
    async take(attempt) {
      const { own, address, wide } = attempt
      const { firstWait, longestWait, forgottenAfter, pastLimitPerMinute } = attemptRules
      const keys = keysOf(attempt)
      const limits = [own, address, ...wide].map(({ limit }) => limit)
      const rules = [Date.now(), firstWait, longestWait, forgottenAfter, pastLimitPerMinute]
      return v.parse(v.number(), await asked(client.eval(takeScript, keys.length, ...keys, ...rules, ...limits)))
    },
    async giveBack(attempt) {
      const keys = keysOf(attempt)
      await asked(client.eval(giveBackScript, keys.length, ...keys))
    },
    async succeed(attempt) {
      const [own = '', ...others] = keysOf(attempt)
      await asked(client.multi().del(own).set(`${own}:known`, '1', 'PX', attemptRules.knownFor).exec())
      await asked(client.eval(giveBackScript, others.length, ...others))
    },
  }
}
