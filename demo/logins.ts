import { demoCode, demoPassword } from './accounts'
import type { Login } from './demo'

/** The users to show to people, in the order of the README. */
export const logins: readonly Login[] = [
  { kind: 'cpanel', username: 'alice', password: demoPassword, note: 'twelve tokens in every state' },
  { kind: 'cpanel', username: 'bob', password: demoPassword, note: '57 tokens: paging' },
  { kind: 'cpanel', username: 'carol', password: demoPassword, note: 'no tokens yet' },
  { kind: 'cpanel', username: 'dave', password: demoPassword, code: demoCode, note: 'two-factor sign-in' },
  { kind: 'whm', username: 'root', password: demoPassword, note: 'every account and privilege' },
  { kind: 'whm', username: 'resell', password: demoPassword, note: 'a reseller with own accounts' },
  { kind: 'whm', username: 'junior', password: demoPassword, note: 'a reseller with few privileges' },
]
