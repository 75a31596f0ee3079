import { ProxyError } from './errors'

const windowMs = 5 * 60 * 1000
const maxKeys = 50_000

/**
 * Counts failed sign-ins and stops asking the server before its own guard (cPHulk) would block the proxy's address for
 * everybody. docs/CPANEL_API.md 4.4.
 */
export type Lockout = {
  /**
   * Runs one attempt for `key`. Attempts under way count as failures, so that many at once don't slip through; one that
   * `isFailure` doesn't hold against the person is taken back, and a success forgets them all.
   *
   * @throws ProxyError `too_many_requests` without running it, while `limit` failures are younger than five minutes
   */
  attempt: <T>(key: string, run: () => Promise<T>, isFailure: (error: unknown) => boolean) => Promise<T>
}

/** A lockout in memory, bounded: beyond 50,000 users the ones longest without a failure are forgotten. */
export function createLockout(limit: number): Lockout {
  const failures = new Map<string, number[]>()

  return {
    async attempt(key, run, isFailure) {
      const now = Date.now()
      const recent = (failures.get(key) ?? []).filter((at) => at > now - windowMs)
      const [oldest = now] = recent
      if (recent.length >= limit) {
        const retryAfter = Math.ceil((oldest + windowMs - now) / 1000)
        throw new ProxyError('too_many_requests', 'Too many failed sign-ins for this user. Wait.', { retryAfter })
      }
      failures.delete(key)
      failures.set(key, [...recent, now])
      for (const first of failures.keys()) {
        if (failures.size <= maxKeys) break
        failures.delete(first)
      }
      try {
        const result = await run()
        failures.delete(key)
        return result
      } catch (error) {
        if (!isFailure(error)) takeBack(key, now)
        throw error
      }
    },
  }

  function takeBack(key: string, at: number): void {
    const list = failures.get(key) ?? []
    const index = list.indexOf(at)
    if (index === -1) return
    if (list.length === 1) failures.delete(key)
    else failures.set(key, list.toSpliced(index, 1))
  }
}
