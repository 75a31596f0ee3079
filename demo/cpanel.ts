import { authenticate } from './authenticate'
import { flat, wrapped } from './envelopes'
import type { Exchange } from './exchange'
import { json, type Reply } from './reply'
import { runUapi } from './uapi'
import { quirksFor } from './world'

/** `/execute/Module/function` on the port of cPanel (section 1). */
export async function cpanelCall(exchange: Exchange, name: string): Promise<Reply> {
  const caller = authenticate(exchange)
  exchange.clockOf = caller.account
  const result = await runUapi({ exchange, caller, account: caller.account, params: exchange.params, inside: '' }, name)
  const quirks = quirksFor(exchange.world, caller.account)
  return json(quirks.envelope === 'flat' ? flat(result, quirks) : wrapped(result, name, quirks))
}
