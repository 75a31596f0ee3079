import type { Exchange } from './exchange'
import { nowMs, type CallRecord } from './world'

/** Notes a call for `Demo.calls`: names only, never a value (a secret, a password). */
export function recordCall(
  exchange: Exchange,
  call: Pick<CallRecord, 'name' | 'user' | 'account' | 'via' | 'inside'>,
): void {
  exchange.world.calls.push({
    time: nowMs(exchange.world),
    kind: exchange.kind,
    method: exchange.method,
    query: exchange.query.map(([name]) => name),
    ...call,
  })
}
