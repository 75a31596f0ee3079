import type { Account } from './account'
import type { Caller } from './authenticate'
import type { UapiResult } from './envelopes'
import type { Exchange } from './exchange'
import type { Params } from './params'

/** One call of a UAPI function, direct or through WHM. */
export interface UapiCall {
  readonly exchange: Exchange
  readonly caller: Caller
  /** The account acted on. */
  readonly account: Account
  readonly params: Params
  /** The WHM function that carries it; empty for a direct call. */
  readonly inside: string
}

/** A UAPI function and the rules that hold before it runs. */
export interface UapiFunction {
  /** The account feature it needs; null for none. */
  readonly feature: string | null
  /** Refused for read-only tokens (`x-readonly`, section 1). */
  readonly writes: boolean
  readonly params: readonly string[]
  readonly run: (call: UapiCall) => UapiResult | Promise<UapiResult>
}
