import { useRef, useState } from 'react'
import { CpanelError, asCpanelError } from '../cpanel/errors'
import type { Account } from '../cpanel/tokens'
import { endedConnections } from '../session/ended'
import { noted } from '../session/journal'
import { changesSince, type Change } from './moved'
import { ownTokenOf } from './ownToken'
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

type Results = ReadonlyMap<string, RevokeResult>

/**
 * Revokes several tokens, unless the list has changed since it was shown: then that is told, and the next `start` acts on the
 * list as it is. Each token has a result of its own: one failure hides nobody else's outcome. At the end the list is
 * read once as the proof. `start` with the failed names is the retry; results of the others stay. It answers the results,
 * or null where work was under way already (a double click).
 */
export function useRevokeMany(account: Account): {
  work: RevokeWork
  /** What somebody else did to the tokens meanwhile. */
  changes: readonly Change[]
  start: (names: readonly string[]) => Promise<Results | null>
} {
  const [work, setWork] = useState<RevokeWork>({ kind: 'idle' })
  const [changes, setChanges] = useState<readonly Change[]>([])
  const isRunning = useRef(false)

  async function start(names: readonly string[]): Promise<Results | null> {
    if (isRunning.current) return null
    isRunning.current = true
    const news = work.kind === 'idle' ? await changesSince(account, names) : []
    if (news.length > 0) setChanges([...changes, ...news])
    if (news.some(({ kind }) => kind !== 'revoked')) {
      isRunning.current = false
      return null
    }
    const before: Results = work.kind === 'idle' ? new Map() : work.results
    const results = await noted(account, { kind: 'revoke-many', name: '', count: names.length }, () =>
      revokeAll(account, names, before, (now) => setWork({ kind: 'running', results: now })),
    )
    setWork({ kind: 'done', results })
    isRunning.current = false
    staleList(account)
    return results
  }

  return { work, changes, start }
}

/** @param onProgress called with a copy of the results after every change */
async function revokeAll(
  account: Account,
  names: readonly string[],
  before: Results,
  onProgress: (results: Results) => void,
): Promise<Results> {
  const results = new Map(before)
  function put(name: string, result: RevokeResult): void {
    results.set(name, result)
    onProgress(new Map(results))
  }
  for (const name of names) put(name, { kind: 'waiting' })

  // The token that the login hangs on goes when all others are gone: without it nothing more could be revoked.
  const own = await ownTokenOf(account)
  const queue = names.filter((name) => name !== own)
  async function worker(): Promise<void> {
    for (let name = queue.shift(); name !== undefined; name = queue.shift()) {
      put(name, { kind: 'working' })
      put(name, await revokeOne(account, name))
    }
  }
  await Promise.all(Array.from({ length: Math.min(PARALLEL, names.length) }, worker))
  if (own !== null && names.includes(own)) {
    queue.push(own)
    await worker()
  }

  const list = await readBack(account).catch(() => null)
  if (list === null) return results
  for (const name of names) {
    const isClaimed = results.get(name)?.kind === 'revoked'
    // A refused one that is gone was revoked by somebody else meanwhile: nothing is left to try.
    if (!has(list.tokens, name)) results.set(name, { kind: 'revoked' })
    else if (isClaimed) results.set(name, { kind: 'failed', error: new CpanelError('unchanged') })
  }
  return results
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
