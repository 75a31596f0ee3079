import type { Case } from './cases'
import type { Proof } from './proof'

/** A case that was sent: `id` is what the servers' records know it by. */
export type Trial = { id: string; case: Case; proof: Proof }

/** A target without its query. */
export function pathOf({ target }: Case): string {
  return target.split('?', 1)[0] ?? ''
}

export function isSignIn(one: Case): boolean {
  return one.method === 'POST' && pathOf(one) === '/api/connections'
}

export function isSignOut(one: Case): boolean {
  return one.method === 'DELETE' && pathOf(one) === '/api/connections'
}

/** Whether a case tries a token: `/api/connections/ID/test-token`. */
export function isTokenTest(one: Case): boolean {
  return one.method === 'POST' && /^\/api\/connections\/[^/]+\/test-token$/.test(pathOf(one))
}
