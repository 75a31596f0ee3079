/** The Worker that searches and sorts all tokens, as the page talks to it: one question at a time, the latest one counts. */
import type { AccountFacts, Patch } from '../inventory/columns'
import type { FromWorker, ToWorker } from '../inventory/messages'
import type { View, ViewRequest } from '../inventory/view'
import { observable } from '../session/observable'
import { allTokens } from './allTokens'
import { newViewWorker } from './viewWorker'

/** The latest answer; `isBroken` where the Worker could not be loaded. */
type ViewNow = { view: View | null; isBroken: boolean }

const now = observable<ViewNow>({ view: null, isBroken: false })
let worker: Worker | null = null
let wanted: ViewRequest | null = null
let underWay: { id: number; request: ViewRequest } | null = null
let lastId = 0
let lastQuestion = ''
let stopListening = () => {}
/** Patches not sent yet: streamed rows come by the account, and a message each would be mostly overhead. */
let unsent: Patch[] = []

export const tokensView = {
  current: now.current,
  subscribe: now.subscribe,

  /** Asks for a view. While another is worked on it waits, and only the last to wait is asked. */
  ask(request: ViewRequest): void {
    const question = JSON.stringify([request, allTokens.current().version])
    if (question === lastQuestion) return
    lastQuestion = question
    wanted = request
    next()
  },
}

function next(): void {
  if (underWay !== null || wanted === null) return
  const target = (worker ??= start())
  flush(target)
  underWay = { id: (lastId += 1), request: wanted }
  wanted = null
  send(target, { kind: 'view', ...underWay })
}

function start(): Worker {
  const made = newViewWorker()
  made.addEventListener('message', ({ data }: MessageEvent<FromWorker>) => {
    if (underWay?.id !== data.id) return
    underWay = null
    // How long the Worker worked, for whoever measures (bench/): throttling a page does not throttle its Workers.
    note('keyring-view', data.computeMs)
    note('keyring-patches', data.patchMs)
    now.set({ view: data.view, isBroken: false })
    next()
  })
  // Its file may not have come through: the next question tries again.
  made.addEventListener('error', () => {
    made.terminate()
    stopListening()
    worker = null
    underWay = null
    lastQuestion = ''
    now.set({ view: now.current().view, isBroken: true })
  })
  unsent = [wholePatch()]
  stopListening = allTokens.onPatch((patch) => {
    unsent.push(patch)
    if (unsent.length > UNSENT_MOST && worker !== null) flush(worker)
  })
  return made
}

/** Leaves a measure for observers and nothing in the browser's own list. */
function note(name: string, ms: number): void {
  performance.measure(name, { start: performance.now() - ms, end: performance.now() })
  performance.clearMeasures(name)
}

/** About what a single message can hold without being felt. */
const UNSENT_MOST = 200

function flush(target: Worker): void {
  const patches = unsent.filter(({ rows, accounts }) => rows.length + accounts.length > 0)
  unsent = []
  if (patches.length > 0) send(target, { kind: 'patch', patch: merged(patches) })
}

function send(target: Worker, message: ToWorker): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- that is for windows; a Worker has none
  target.postMessage(message)
}

function merged(patches: readonly Patch[]): Patch {
  return {
    accounts: patches.flatMap(({ accounts }) => accounts),
    rows: patches.flatMap(({ rows }) => rows),
    names: patches.flatMap(({ names }) => names),
    account: patches.flatMap(({ account }) => account),
    created: patches.flatMap(({ created }) => created),
    expires: patches.flatMap(({ expires }) => expires),
    access: patches.flatMap(({ access }) => access),
  }
}

/** All there is, for a Worker that starts late or anew. */
function wholePatch(): Patch {
  const { columns } = allTokens.inventory
  const rows = Array.from({ length: columns.length }, (_row, index) => index)
  return {
    accounts: columns.accounts.map((facts, index): [number, AccountFacts] => [index, facts]),
    rows,
    names: columns.names,
    account: [...columns.account.subarray(0, columns.length)],
    created: [...columns.created.subarray(0, columns.length)],
    expires: [...columns.expires.subarray(0, columns.length)],
    access: [...columns.access.subarray(0, columns.length)],
  }
}
