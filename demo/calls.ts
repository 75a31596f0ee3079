import type { Exchange } from './exchange'
import { meetFate } from './fate'
import { meetMishap } from './mishap'
import { nowMs, type CallRecord } from './world'

/** Notes a call for `Demo.calls`: names only, never a value (a secret, a password). What a dead server gets is no call. */
export function recordCall(
  exchange: Exchange,
  call: Pick<CallRecord, 'name' | 'user' | 'account' | 'via' | 'inside'>,
): void {
  meetFate(exchange, call)
  exchange.world.calls.push({
    time: nowMs(exchange.world),
    kind: exchange.kind,
    method: exchange.method,
    query: exchange.query.map(([name]) => name),
    ...call,
  })
  meetMishap(exchange, call)
}
