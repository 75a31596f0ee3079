import type { Caller } from './authenticate'
import type { WhmResult } from './envelopes'
import type { Exchange } from './exchange'
import type { Params } from './params'

/** One call of a WHM API 1 function, direct or in a batch. */
export interface WhmCall {
  readonly exchange: Exchange
  readonly caller: Caller
  readonly command: string
  readonly params: Params
  /** `batch`, or empty for a direct call. */
  readonly inside: string
}

/** A WHM API 1 function and the rules that hold before it runs. */
export interface WhmFunction {
  /** The major version it came with (section 5). */
  readonly since: number
  /** The privilege it needs; null for none. */
  readonly acl: string | null
  /** Its parameters; null when it passes on whatever it gets. */
  readonly params: readonly string[] | null
  readonly run: (call: WhmCall) => WhmResult | Promise<WhmResult>
}

/** Functions by name, to be put together by whm.ts. */
export type WhmFunctions = readonly (readonly [string, WhmFunction])[]
