import type { Redis } from 'ioredis'
import { setTimeout } from 'node:timers/promises'
import { createMemoryAttempts, type AttemptStore } from './attempts'
import type { Config } from './config'
import { connectRedis, createRedisAttempts, createRedisSessions } from './redis'
import { createMemoryStore, type SessionStore } from './sessionStore'

/** Milliseconds. After that a proxy listens all the same, and says what is wrong. */
const FIND_MS = 5_000

/** What outlives a request: in this process, or in Redis for all proxies together. */
export type Stores = {
  sessions: SessionStore
  attempts: AttemptStore
  /** For what counts requests; null where this process counts its own. */
  redis: Redis | null
  /** Waits until it is there for the first time, so that the first requests find it; but no longer than some seconds. */
  found: () => Promise<void>
  /** Whether sessions can be read just now. */
  isThere: () => boolean
  close: () => Promise<void>
}

/** @param onChange hears when a shared store goes away or comes back */
export function createStores(config: Config, onChange: (isThere: boolean) => void = () => {}): Stores {
  const { redisUrl, sessions } = config
  if (redisUrl === null) {
    return {
      sessions: createMemoryStore({ idleMs: sessions.idleMs, maxVaults: 10_000 }),
      attempts: createMemoryAttempts(),
      redis: null,
      found: async () => {},
      isThere: () => true,
      close: async () => {},
    }
  }
  let isThere = false
  const redis = connectRedis(redisUrl, (next) => {
    if (next === isThere) return
    isThere = next
    onChange(next)
  })
  const found = new Promise<void>((resolve) => redis.once('ready', resolve))
  return {
    sessions: createRedisSessions(redis, sessions),
    attempts: createRedisAttempts(redis),
    redis,
    found: () => Promise.race([found, setTimeout(FIND_MS, undefined, { ref: false })]),
    isThere: () => isThere,
    close: async () => redis.disconnect(),
  }
}
