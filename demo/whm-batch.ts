import { whmOk, type WhmResult } from './envelopes'
import { pause } from './exchange'
import { fromForm, valueOf, valuesOf, type Params } from './params'
import { Refusal } from './refusals'
import type { WhmCall } from './whm-function'
import { quirksFor } from './world'

/** Runs one command of a batch; the index counts from 0. */
export type RunCommand = (command: string, params: Params, index: number) => Promise<WhmResult>

/** `batch`: commands `function?arg=value`, answered in order, all of them unless `abort_on_error` is 1 (section 3.3). */
export async function batch(call: WhmCall, run: RunCommand): Promise<WhmResult> {
  const commands = valuesOf(call.params, 'command')
  if (commands.length === 0) throw new Refusal('The parameter “command” is required.')
  const stops = valueOf(call.params, 'abort_on_error') === '1'
  const result: WhmResult[] = []
  let hasFailed = false
  for (const [index, text] of commands.entries()) {
    const [command = '', args = ''] = text.split(/\?(.*)/s, 2)
    if (command === 'batch') throw new Refusal('A batch cannot contain a batch.')
    // The request's own pause was the first command's: in a batch they are worked on one after another.
    if (index > 0) await pause(call.exchange, call.exchange.world.settings.latencyMs)
    const answered = await run(command, fromForm(args), index)
    result.push(answered)
    hasFailed ||= answered.metadata['result'] !== 1
    if (hasFailed && stops) break
  }
  const isOuterFailure =
    hasFailed && quirksFor(call.exchange.world, call.caller.account).batchOuter === 'fails-with-inner'
  return whmOk(call.command, { result }, isOuterFailure ? { result: 0, reason: 'One or more commands failed.' } : {})
}
