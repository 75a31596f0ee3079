import { isIPv6 } from 'node:net'
import type { Attempt, AttemptStore } from './attempts'
import type { Config } from './config'
import { ProxyError } from './errors'

/** Who tries to sign in, from where. `user` is a connection's id, `from` an IP address. */
type Attempted = { server: string; user: string; from: string }

/**
 * Counts failed sign-ins and stops asking a server before its own guard (cPHulk) would block this proxy's address, and
 * with it everybody. docs/CPANEL_API.md 4.4.
 *
 * A user is counted from each address, an address for all users, a user and a server for all addresses. Beyond a limit
 * there is a wait that doubles with each further failure. The last two would let anybody keep a user out by failing for
 * them, so they hold up only addresses that have failed themselves: who comes from elsewhere gets in.
 */
export type Guard = {
  /**
   * Runs one attempt. Attempts under way count as failures, so that many at once don't slip through; one that `isFailure`
   * doesn't hold against the person is taken back, and a success forgets the failures of that user from that address.
   *
   * @throws ProxyError `too_many_requests` without running it
   */
  attempt: <T>(who: Attempted, run: () => Promise<T>, isFailure: (error: unknown) => boolean) => Promise<T>
}

/** A guard over a store that may be shared by several proxies. */
export function createGuard(store: AttemptStore, limits: Config['limits']): Guard {
  return {
    async attempt(who, run, isFailure) {
      const attempt = attemptOf(who, limits)
      const waitMs = await store.take(attempt)
      if (waitMs > 0) {
        const retryAfter = Math.ceil(waitMs / 1000)
        throw new ProxyError('too_many_requests', 'Too many failed sign-ins. Wait.', { retryAfter })
      }
      let result
      try {
        result = await run()
      } catch (error) {
        if (!isFailure(error)) await store.giveBack(attempt)
        throw error
      }
      await store.succeed(attempt)
      return result
    },
  }
}

function attemptOf({ server, user, from }: Attempted, limits: Config['limits']): Attempt {
  const address = networkOf(from)
  // A user name in another case may be the same user to the server.
  const name = user.toLowerCase()
  return {
    own: { key: `user-at:${address}:${name}`, limit: limits.failedSignIns },
    address: { key: `address:${address}`, limit: limits.failedSignInsPerAddress },
    wide: [
      { key: `user:${name}`, limit: limits.failedSignInsPerUser },
      { key: `server:${server}`, limit: limits.failedSignInsPerServer },
    ],
  }
}

/** An IPv6 customer has at least a /64, and may use another address of it each time. */
export function networkOf(address: string | undefined): string {
  // Node forgets the address of who has gone, whatever the types say.
  if (address === undefined) return 'gone'
  if (!isIPv6(address)) return address
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1]
  if (mapped !== undefined) return mapped
  const [head = '', tail] = address.split('%', 1)[0]?.split('::') ?? []
  const before = head === '' ? [] : head.split(':')
  const after = tail === undefined || tail === '' ? [] : tail.split(':')
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - before.length - after.length)
  return [...before, ...Array.from({ length: zeros }, () => '0'), ...after]
    .slice(0, 4)
    .map((group) => group.toLowerCase().replace(/^0+(?=.)/, ''))
    .join(':')
}
