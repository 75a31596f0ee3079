import type { Account } from './account'
import { hashSecret } from './random'
import { nowMs, type World } from './world'

/**
 * Checks a password as cPHulk lets it (section 4.4): a blocked user just sees that the login is invalid, the same wrong
 * password counts once, root is exempt, tokens are not affected.
 */
export function passwordFits(world: World, username: string, account: Account | undefined, password: string): boolean {
  const failures = world.failures.get(username) ?? { passwords: new Set<string>(), blockedUntil: 0 }
  world.failures.set(username, failures)
  const now = nowMs(world)
  if (failures.blockedUntil > now) return false
  if (account?.password === password) {
    failures.passwords.clear()
    return true
  }
  failures.passwords.add(hashSecret(password))
  if (username !== 'root' && failures.passwords.size >= world.settings.blockAfterFailures) {
    failures.blockedUntil = now + world.settings.blockSeconds * 1000
    failures.passwords.clear()
  }
  return false
}
