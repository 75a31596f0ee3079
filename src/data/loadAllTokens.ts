/** Fetches what allTokens.ts holds: one stream for each WHM connection, one call for each cPanel connection. */
import { CpanelError, asCpanelError } from '../cpanel/errors'
import { listTokensOfMany } from '../cpanel/fanout'
import type { Account } from '../cpanel/tokens'
import { endedConnections } from '../session/ended'
import { noteAnswer } from '../session/health'
import { observable } from '../session/observable'
import { isKeyringAway } from '../session/reach'
import { allTokens } from './allTokens'
import { clockSkewOf } from './clockSkew'
import { api, noticeFailure, queryClient } from './queryClient'
import { accountOf, tokensQuery, whmUserOf } from './tokens'

/** What stops the rest of a connection: nobody asks its other accounts until somebody says so. */
const blocked = new Map<string, CpanelError>()
const running = new Map<string, AbortController>()
let isStopped = false
let comesFirst: (account: number) => boolean = () => true
type Loading = { isRunning: boolean; isStopped: boolean; blocked: ReadonlyMap<string, CpanelError> }
const now = observable<Loading>({ isRunning: false, isStopped: false, blocked: new Map() })

function tell(): void {
  now.set({ isRunning: running.size > 0, isStopped, blocked: new Map(blocked) })
}

export const loading = {
  current: now.current,
  subscribe: now.subscribe,

  /** Asks all accounts that wait and can be reached; those under way go on. Also resumes what was stopped. */
  start(): void {
    isStopped = false
    const connections = new Set(allTokens.waiting().flatMap((account) => routeOf(account) ?? []))
    for (const connection of connections) if (!running.has(connection)) void run(connection)
    tell()
  },

  /** Ends what is under way, at the servers too. What has arrived stays; `start` goes on with the rest. */
  stop(): void {
    isStopped = true
    for (const controller of running.values()) controller.abort()
    tell()
  },

  /** Asks these again, whatever stopped their connections. */
  retry(accounts: Iterable<number>): void {
    blocked.clear()
    allTokens.want(accounts)
    loading.start()
  },

  /** Takes up a connection again that was in trouble, as after signing in again. */
  unblock(connection: string): void {
    blocked.delete(connection)
    if (isStopped) tell()
    else loading.start()
  },

  /** Ends what is under way through a connection that was signed out of, and forgets that it was in trouble. */
  forget(connection: string): void {
    blocked.delete(connection)
    running.get(connection)?.abort()
    tell()
  },

  /** Which of the accounts that wait are asked first: those that somebody looks at. */
  prioritize(isFirst: (account: number) => boolean): void {
    // A new order means a new request: only where somebody waits for what is far behind in the order so far.
    const late = [...running].filter(([connection]) => {
      const queue = queueOf(connection)
      return queue.slice(PRIORITY_MARGIN).some(isFirst) && !queue.slice(0, PRIORITY_MARGIN).every(isFirst)
    })
    comesFirst = isFirst
    for (const [, controller] of late) controller.abort()
  },
}

/** Accounts at the head of the queue that may well be under way already. */
const PRIORITY_MARGIN = 16
/** More in one request the proxy refuses (proxy/contract.ts). */
const MOST_AT_ONCE = 20_000

/** The best connection that reaches an account and is not known to be in trouble. */
function routeOf(account: number): string | undefined {
  return allTokens
    .routesOf(account)
    .find((connection) => !blocked.has(connection) && !endedConnections.current().has(connection))
}

function queueOf(connection: string): number[] {
  if (isStopped) return []
  const mine = allTokens.waiting().filter((account) => routeOf(account) === connection)
  return [...mine.filter(comesFirst), ...mine.filter((account) => !comesFirst(account))]
}

async function run(connection: string): Promise<void> {
  for (let queue = queueOf(connection); queue.length > 0; queue = queueOf(connection)) {
    const controller = new AbortController()
    running.set(connection, controller)
    tell()
    try {
      const [first = -1] = queue
      await (isWhm(connection)
        ? askMany(connection, queue.slice(0, MOST_AT_ONCE), controller.signal)
        : askOne(first, accountOf(connection)))
    } catch (thrown) {
      const error = asCpanelError(thrown)
      if (error.kind !== 'cancelled') block(connection, error)
    }
  }
  running.delete(connection)
  tell()
}

function block(connection: string, error: CpanelError): void {
  blocked.set(connection, error)
  noticeFailure(error, { connection })
  // Another connection may reach some of them.
  if (!isStopped && allTokens.waiting().some((account) => routeOf(account) !== undefined)) loading.start()
}

/** What only the way to Keyring stopped goes on by itself once there is one again. */
isKeyringAway.subscribe(() => {
  if (isKeyringAway.current()) return
  for (const [connection, error] of blocked) if (wasOffline(error)) blocked.delete(connection)
  const accounts = [...allTokens.inventory.columns.accounts.keys()]
  allTokens.want(accounts.filter((account) => wasOffline(allTokens.askedOf(account)?.error)))
  if (!isStopped) loading.start()
})

function wasOffline(error: CpanelError | null | undefined): boolean {
  return error?.kind === 'offline'
}

function isWhm(connection: string): boolean {
  return connection.split('.')[1] === 'whm'
}

async function askMany(connection: string, queue: readonly number[], signal: AbortSignal): Promise<void> {
  const { accounts } = allTokens.inventory.columns
  const [own] = queue.filter((account) => accounts[account]?.isWhmUser)
  // Side by side: a slow list of one kind holds up none of the other.
  const ends = await Promise.allSettled([
    own === undefined ? null : askOne(own, whmUserOf(connection)),
    askHosted(connection, queue, own, signal),
  ])
  for (const end of ends) if (end.status === 'rejected') throw end.reason
}

async function askHosted(
  connection: string,
  queue: readonly number[],
  own: number | undefined,
  signal: AbortSignal,
): Promise<void> {
  const { accounts } = allTokens.inventory.columns
  const hosted = queue.filter((account) => account !== own)
  const byUser = new Map(hosted.map((account) => [accounts[account]?.user ?? '', account]))
  const breath = breather()
  for (const [user, account] of byUser) if (takeFresh(account, accountOf(connection, user))) byUser.delete(user)
  if (byUser.size === 0) return
  for await (const answer of listTokensOfMany(api, connection, [...byUser.keys()], signal)) {
    const account = byUser.get(answer.user)
    if (account === undefined) continue
    byUser.delete(answer.user)
    if (answer.kind === 'listed') noteAnswer(connection)
    // What was read of one account meanwhile is newer than the answer to a question asked before.
    if (!isWaiting(account)) continue
    if (answer.kind === 'failed') allTokens.putFailure(account, answer.error)
    else allTokens.put(account, { tokens: answer.rows.tokens, clockSkewMs: skewOf(answer.serverTime) }, Date.now())
    await breath()
  }
  // An answer that ends without a word on some would be asked for forever.
  for (const account of [...byUser.values()].filter(isWaiting))
    allTokens.putFailure(account, new CpanelError('garbled'))
}

function isWaiting(account: number): boolean {
  return allTokens.askedOf(account)?.isWaiting === true
}

/** What a screen of one account has just fetched is not fetched again. */
function takeFresh(account: number, reach: Account): boolean {
  const query = tokensQuery(reach)
  const state = queryClient.getQueryState(query.queryKey)
  if (state?.data === undefined || state.isInvalidated || Date.now() - state.dataUpdatedAt > FRESH_MS) return false
  allTokens.put(account, state.data, state.dataUpdatedAt)
  return true
}

/** How long a list of one account is as good as new, in milliseconds: react-query's own measure. */
const FRESH_MS = 15_000

async function askOne(account: number, reach: Account): Promise<void> {
  if (takeFresh(account, reach)) return
  try {
    const list = await queryClient.fetchQuery({ ...tokensQuery(reach), staleTime: 0 })
    allTokens.put(account, list, Date.now())
  } catch (thrown) {
    const error = asCpanelError(thrown)
    if (error.kind === 'unauthenticated') throw error
    allTokens.putFailure(account, error)
  }
}

/** How long a line may have been under way, in milliseconds: what that explains is no difference of clocks. */
const LINE_SLACK_MS = 10_000

function skewOf(serverTime: Date | null): number {
  const now = Date.now()
  const skew = clockSkewOf(serverTime, now, now)
  return Math.abs(skew) <= LINE_SLACK_MS ? 0 : skew
}

/** Lets keys and scrolling in between after some milliseconds of work: a full buffer would be read in one go. */
function breather(): () => Promise<void> {
  let since = performance.now()
  return async () => {
    if (performance.now() - since < 12) return
    await new Promise((resolve) => setTimeout(resolve))
    since = performance.now()
  }
}
