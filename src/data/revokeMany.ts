import { useState } from 'react'
import { CpanelError, asCpanelError } from '../cpanel/errors'
import type { Account } from '../cpanel/uapi'
import { endedConnections } from '../session/ended'
import { has, readBack, revokeOrSettle, staleList } from './tokens'

/** Where one token of the work stands. */
export type RevokeResult =
  | { kind: 'waiting' }
  | { kind: 'working' }
  | { kind: 'revoked' }
  | { kind: 'failed'; error: CpanelError }

export type RevokeWork = { kind: 'idle' } | { kind: 'running' | 'done'; results: ReadonlyMap<string, RevokeResult> }

/** Calls under way at a time. More gain nothing: cPanel forks a process for each. */
const PARALLEL = 4

/**
 * Revokes several tokens, each with a result of its own: one failure hides nobody else's outcome. At the end the list is
 * read once as the proof. `start` with the failed names is the retry; results of the others stay.
 */
export function useRevokeMany(account: Account): {
  work: RevokeWork
  start: (names: readonly string[]) => Promise<ReadonlyMap<string, RevokeResult>>
} {
  const [work, setWork] = useState<RevokeWork>({ kind: 'idle' })

  async function start(names: readonly string[]): Promise<ReadonlyMap<string, RevokeResult>> {
    const results = new Map<string, RevokeResult>(work.kind === 'idle' ? [] : work.results)
    const show = (kind: 'running' | 'done') => setWork({ kind, results: new Map(results) })
    const put = (name: string, result: RevokeResult) => {
      results.set(name, result)
      show('running')
    }
    for (const name of names) results.set(name, { kind: 'waiting' })
    show('running')

    const queue = [...names]
    async function worker(): Promise<void> {
      for (let name = queue.shift(); name !== undefined; name = queue.shift()) {
        put(name, { kind: 'working' })
        put(name, await revokeOne(account, name))
      }
    }
    await Promise.all(Array.from({ length: Math.min(PARALLEL, names.length) }, worker))

    const list = await readBack(account).catch(() => null)
    for (const name of names) {
      const claimed = results.get(name)?.kind === 'revoked'
      if (claimed && list !== null && has(list.tokens, name)) {
        results.set(name, { kind: 'failed', error: new CpanelError('unchanged') })
      }
    }
    show('done')
    staleList(account)
    return results
  }

  return { work, start }
}

async function revokeOne(account: Account, name: string): Promise<RevokeResult> {
  try {
    await revokeOrSettle(account, name)
    return { kind: 'revoked' }
  } catch (thrown) {
    const error = asCpanelError(thrown)
    if (error.kind === 'unauthenticated') endedConnections.add(account.connection)
    return { kind: 'failed', error }
  }
}
