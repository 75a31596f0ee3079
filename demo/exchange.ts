import { setTimeout as wait } from 'node:timers/promises'
import type { IncomingHttpHeaders } from 'node:http'
import type { Account } from './account'
import type { Kind } from './options'
import type { Params } from './params'
import type { Answer, Reply } from './reply'
import type { World } from './world'

/** One request and what becomes of its answer. */
export interface Exchange {
  readonly world: World
  readonly kind: Kind
  readonly method: string
  /** Without the `/cpsess…` part. */
  readonly path: string
  /** `/cpsess…` as it came, or null. */
  readonly securityToken: string | null
  readonly headers: IncomingHttpHeaders
  /** The client's address; IPv4 as IPv4. */
  readonly address: string
  readonly query: Params
  /** Query and body together. */
  readonly params: Params
  /** Aborted when the client goes away or the server closes. */
  readonly signal: AbortSignal
  /** The URL of the other and of this service, for links in answers. */
  readonly urls: Readonly<Record<Kind, string>>
  /** The account whose clock the answer shows. */
  clockOf: Account | null
  /** What sentinels do to the answer on its way out. */
  readonly spoilers: ((answer: Answer) => Reply)[]
}

/** Waits, but no longer than the client does: rejects with an AbortError when it goes away. */
export async function pause(exchange: Exchange, ms: number): Promise<void> {
  if (ms > 0) await wait(ms, undefined, { signal: exchange.signal })
}
