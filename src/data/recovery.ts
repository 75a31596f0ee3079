/**
 * Goes on by itself after failures that may pass: what the page needs and could not read is asked for again, quietly, so that
 * what is on screen stays as it is until there is better. Never a write.
 */
import type { Query } from '@tanstack/react-query'
import { asCpanelError, mayPass, type CpanelError } from '../cpanel/errors'
import { listConnections } from '../session/connections'
import { isKeyringAway, noteReach } from '../session/reach'
import { backoff } from './backoff'
import { api, noticeAnswer, noticeFailure, queryClient } from './queryClient'

const FIRST_MS = 4_000
const FIRST_AWAY_MS = 1_000
const MOST_MS = 60_000
/** However long a server asks to be left alone: after so long it is looked whether it has changed its mind. */
const MOST_WAIT_MS = 600_000

/** Watches over what fails until the function it returns is called. */
export function watchFailures(): () => void {
  let attempt = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  let isAsking = false

  function plan(): void {
    if (timer !== undefined || isAsking) return
    const [first] = failing()
    if (first === undefined && !isKeyringAway.current()) attempt = 0
    else timer = setTimeout(() => void go(), waitFor(first, attempt++))
  }

  async function go(): Promise<void> {
    clearTimeout(timer)
    timer = undefined
    // Nobody looks: it is asked when somebody does.
    if (isAsking || document.hidden) return
    isAsking = true
    const queries = failing()
    const [first] = queries
    const isBack = first === undefined ? await reach() : await ask(first)
    if (isBack) await Promise.all(queries.slice(1).map(ask))
    isAsking = false
    plan()
  }

  const goAtOnce = () => {
    attempt = 0
    void go()
  }
  const stops = [queryClient.getQueryCache().subscribe(plan), isKeyringAway.subscribe(plan)]
  for (const event of ['online', 'offline']) window.addEventListener(event, askKeyring)
  document.addEventListener('visibilitychange', goAtOnceWhenSeen)
  function goAtOnceWhenSeen() {
    if (!document.hidden && (failing().length > 0 || isKeyringAway.current())) goAtOnce()
  }
  // A Keyring on this machine needs no network, so the browser's word is only a reason to look.
  function askKeyring() {
    void reach().then((isBack) => (isBack && failing().length > 0 ? goAtOnce() : plan()))
  }
  tryNow = goAtOnce
  // What happened before this was loaded.
  if (navigator.onLine) plan()
  else askKeyring()
  return () => {
    clearTimeout(timer)
    for (const stop of stops) stop()
    for (const event of ['online', 'offline']) window.removeEventListener(event, askKeyring)
    document.removeEventListener('visibilitychange', goAtOnceWhenSeen)
  }
}

let tryNow = () => {}

/** Asks at once instead of waiting for the next turn. */
export function tryAgainNow(): void {
  tryNow()
}

type AnyQuery = Query<unknown, Error, unknown>

/** What a page shows and could not read, for a reason that may pass. */
function failing(): AnyQuery[] {
  const isFailing = ({ state }: AnyQuery) =>
    state.status === 'error' && state.error !== null && passes(asCpanelError(state.error))
  return queryClient.getQueryCache().findAll({ type: 'active', fetchStatus: 'idle', predicate: isFailing })
}

function passes(error: CpanelError): boolean {
  return mayPass(error) || error.kind === 'timeout' || error.retryAfterSeconds !== undefined
}

function waitFor(query: AnyQuery | undefined, attempt: number): number {
  const seconds = query?.state.error ? asCpanelError(query.state.error).retryAfterSeconds : undefined
  if (query === undefined || seconds === undefined)
    return backoff(attempt, isKeyringAway.current() ? FIRST_AWAY_MS : FIRST_MS, MOST_MS)
  const isOver = query.state.errorUpdatedAt + seconds * 1_000
  // The jitter comes on top: nobody comes before they may.
  return Math.min(Math.max(isOver - Date.now(), 0), MOST_WAIT_MS) + backoff(attempt, 1_000, MOST_MS)
}

/** Whether Keyring answers, by a call that goes no further than it. */
async function reach(): Promise<boolean> {
  try {
    await listConnections(api)
    noteReach(null)
  } catch (thrown) {
    noteReach(asCpanelError(thrown))
  }
  return !isKeyringAway.current()
}

/** Asks once what a query asks, without showing that, and puts the answer in its place. True where there is one. */
async function ask(query: AnyQuery): Promise<boolean> {
  const { queryFn } = query.options
  if (typeof queryFn !== 'function') return false
  const { queryKey, meta } = query
  const before = query.state
  try {
    const data = await queryFn({ client: queryClient, queryKey, meta, signal: new AbortController().signal })
    noticeAnswer(meta)
    // Somebody asked in the ordinary way meanwhile: that is newer.
    if (query.state === before) queryClient.setQueryData(queryKey, data)
    return true
  } catch (thrown) {
    const error = asCpanelError(thrown)
    noticeFailure(error, meta)
    const isSameFailure = before.error !== null && asCpanelError(before.error).kind === error.kind
    // The reason that is on screen is not the reason any more, or it is to be waited for anew.
    if (query.state === before && (!isSameFailure || error.retryAfterSeconds !== undefined))
      query.setState({ ...before, error, errorUpdatedAt: Date.now() })
    return false
  }
}
