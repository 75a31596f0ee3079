import type { Patch } from './columns'
import type { View, ViewRequest } from './view'

/** What the page tells the Worker: rows as they come, and what somebody wants to see. `id` counts requests. */
export type ToWorker = { kind: 'patch'; patch: Patch } | { kind: 'view'; id: number; request: ViewRequest }

/**
 * The answer to the request `id`. For bench/: `computeMs` is how long the Worker worked on it, `patchMs` how long on the
 * patches since the answer before.
 */
export type FromWorker = { id: number; view: View; computeMs: number; patchMs: number }
