import { CpanelError } from '../cpanel/errors'
import type { ApiToken } from '../cpanel/token'
import type { Account } from '../cpanel/tokens'
import { tokensOf } from '../inventory/inventory'
import { failedBefore, workAcross, type Result } from './acrossAccounts'
import { noted } from '../session/journal'
import { allTokens } from './allTokens'
import { FRESH_MS, changesBetween, lostSuccessors } from './moved'
import { ownTokenOf } from './ownToken'
import { skewOfAccount } from './serverClocks'
import { everybody, has, readBack, revokeOrSettle } from './tokens'
import type { WorkTools } from './useWorkAcross'

/** A token to revoke, with everything to name it by: its row is empty once it is gone. */
export type Doomed = {
  key: number
  connection: string
  account: number
  reach: Account
  name: string
  user: string
  isWhmUser: boolean
  domain: string
  server: string
  /** All tokens of the account when this one was chosen: what has changed since is told by them. */
  seen: readonly ApiToken[]
}

/** The tokens of rows, those that somebody can still reach. */
export function doomedFrom(rows: readonly number[]): Doomed[] {
  const { columns } = allTokens.inventory
  const seenOf = new Map<number, readonly ApiToken[]>()
  return rows.flatMap((row) => {
    const account = columns.account[row] ?? -1
    const facts = columns.accounts[account]
    const reach = allTokens.reach(account)
    if (facts === undefined || reach === null) return []
    const { user, domain, serverName: server } = facts
    const name = columns.names[row] ?? ''
    // Its row is empty: it went while somebody chose it.
    if (name === '') return []
    const isWhmUser = reach.isWhmUser === true
    const seen = seenOf.get(account) ?? tokensOf(allTokens.inventory, account)
    seenOf.set(account, seen)
    return [{ key: row, connection: reach.connection, account, reach, name, user, isWhmUser, domain, server, seen }]
  })
}

/**
 * Revokes tokens of many accounts, but for those that turn out not to be what was chosen (`moved`), or to be the last of a
 * rotation (`unsucceeded`). What failed before is looked up first, so that nothing is sent again that is gone; when
 * the last token of an account has had its turn, its list is read once as the proof.
 */
export function revokeAcross(doomed: readonly Doomed[], tools: WorkTools<null>): Promise<void> {
  return noted(everybody, { kind: 'revoke-many', name: '', count: doomed.length }, () => work(doomed, tools))
}

async function work(doomed: readonly Doomed[], { results, put, signal }: WorkTools<null>): Promise<void> {
  const left = doomed.filter(({ key }) => results.get(key)?.kind !== 'done')
  const before = failedBefore(left, results)
  const isGone = lookUp()

  const groups = byAccount(left)
  const objectionTo = objectionsIn(groups)
  const open = new Map([...groups].map(([account, group]) => [account, group.length]))
  const proofs: Promise<void>[] = []
  async function revokeAll(pieces: readonly Doomed[]): Promise<void> {
    await workAcross(
      pieces,
      async (piece) => {
        if (before.has(piece.key) && (await isGone(piece))) return null
        const objection = await objectionTo(piece)
        // Somebody else was quicker: nothing is left to do.
        if (objection === 'gone') return null
        if (objection !== undefined) throw new CpanelError(objection)
        await revokeOrSettle(piece.reach, piece.name)
        return null
      },
      (piece, result) => {
        put(piece.key, (result.kind === 'skipped' && before.get(piece.key)) || result)
        if (result.kind === 'waiting' || result.kind === 'working') return
        const count = (open.get(piece.account) ?? 0) - 1
        open.set(piece.account, count)
        const group = groups.get(piece.account) ?? []
        if (count === 0 && group.some(({ key }) => results.get(key)?.kind === 'done'))
          proofs.push(prove(group, results, put))
      },
      signal,
    )
  }

  const own = await ownAmong(left)
  await revokeAll(left.filter((piece) => !own.has(piece)))
  // Proved before the logins end.
  await Promise.all(proofs)
  await revokeAll([...own])
  await Promise.all(proofs)
}

/** The tokens that logins hang on: they go when all others are gone, or nothing more could be revoked through them. */
async function ownAmong(doomed: readonly Doomed[]): Promise<Set<Doomed>> {
  const names = new Map<string, Promise<string | null>>()
  for (const { reach } of doomed)
    if (reach.isWhmUser && !names.has(reach.connection)) names.set(reach.connection, ownTokenOf(reach))
  const own = new Set<Doomed>()
  for (const piece of doomed)
    if (piece.reach.isWhmUser && piece.name === (await names.get(piece.connection))) own.add(piece)
  return own
}

function byAccount(doomed: readonly Doomed[]): Map<number, Doomed[]> {
  const groups = new Map<number, Doomed[]>()
  for (const one of doomed) {
    const group = groups.get(one.account)
    if (group) group.push(one)
    else groups.set(one.account, [one])
  }
  return groups
}

type Put = WorkTools<null>['put']

/** Why a token is not to be revoked, by what somebody else did since it was chosen. */
type Objection = 'gone' | 'moved' | 'unsucceeded'

/** Whether a token was left alone for what somebody else did: trying again comes to the same, only choosing again helps. */
export function isLeftAlone(result: Result<null> | undefined): boolean {
  return result?.kind === 'failed' && (result.error.kind === 'moved' || result.error.kind === 'unsucceeded')
}

/** The objection to a token, if there is one. Each account is asked once, when its first turn comes. */
function objectionsIn(
  groups: ReadonlyMap<number, readonly Doomed[]>,
): (piece: Doomed) => Promise<Objection | undefined> {
  const asked = new Map<number, Promise<ReadonlyMap<string, Objection>>>()
  return async (piece) => {
    const objections = asked.get(piece.account) ?? objectionsOf(piece, groups.get(piece.account) ?? [])
    asked.set(piece.account, objections)
    return (await objections).get(piece.name)
  }
}

/** Where the list can't be read, nothing is known to have changed. */
async function objectionsOf({ account, seen }: Doomed, group: readonly Doomed[]): Promise<Map<string, Objection>> {
  const at = allTokens.askedOf(account)?.at ?? 0
  const isFresh = Date.now() - at < FRESH_MS
  const tokens = isFresh ? tokensOf(allTokens.inventory, account) : await listOf(group)
  const objections = new Map<string, Objection>()
  if (tokens === null) return objections
  const names = group.map(({ name }) => name)
  const serverNow = new Date(Date.now() + skewOfAccount(account))
  for (const name of lostSuccessors(seen, tokens, names, serverNow).keys()) objections.set(name, 'unsucceeded')
  for (const { name, kind } of changesBetween(seen, tokens, names))
    objections.set(name, kind === 'revoked' ? 'gone' : 'moved')
  return objections
}

/**
 * Whether a token is gone after all, so that it needs no second call. Each account's list is read once, when the turn of its
 * first token comes. Not known, it is tried again: revoking twice is once.
 */
function lookUp(): (piece: Doomed) => Promise<boolean> {
  const lists = new Map<number, ReturnType<typeof listOf>>()
  return async (piece) => {
    const asked = lists.get(piece.account) ?? listOf([piece])
    lists.set(piece.account, asked)
    const list = await asked
    return list !== null && !has(list, piece.name)
  }
}

/** The server's list is the proof: "revoked" that is still listed was not, and a failure that is gone needs no more work. */
async function prove(group: readonly Doomed[], results: WorkTools<null>['results'], put: Put): Promise<void> {
  const list = await listOf(group)
  if (list === null) return
  for (const { key, name } of group) {
    if (!has(list, name)) put(key, { kind: 'done', value: null })
    else if (results.get(key)?.kind === 'done') put(key, { kind: 'failed', error: new CpanelError('unchanged') })
  }
}

async function listOf([first]: readonly Doomed[]) {
  if (first === undefined) return null
  const list = await readBack(first.reach).catch(() => null)
  return list?.tokens ?? null
}
