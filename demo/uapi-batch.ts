import { uapiFailure, uapiOk, type UapiResult } from './envelopes'
import { pause } from './exchange'
import { fromJson, parse, valuesOf, type Params } from './params'
import { Refusal } from './refusals'
import type { UapiCall } from './uapi-function'

/** Runs one function of a batch. */
export type RunInner = (name: string, params: Params) => Promise<UapiResult>

/** `Batch::strict`: commands `["Module","function",{args}]`, stopped at the first failure (section 3.5). */
export async function strict({ params, exchange }: UapiCall, run: RunInner): Promise<UapiResult> {
  const commands = valuesOf(params, 'command').map(readCommand)
  if (commands.length === 0) throw new Refusal('The parameter “command” is required.')
  const results: UapiResult[] = []
  for (const [index, { name, params }] of commands.entries()) {
    // The request's own pause was the first command's, as in a batch of WHM.
    if (index > 0) await pause(exchange, exchange.world.settings.latencyMs)
    const result = await run(name, params)
    results.push(result)
    if (result.status === 0) return { ...uapiFailure(`The command “${name}” failed.`), data: results }
  }
  return uapiOk(results)
}

function readCommand(text: string): { name: string; params: Params } {
  const command = parse(text)
  if (Array.isArray(command) && (command.length === 2 || command.length === 3)) {
    const [module, func, args]: unknown[] = command
    const params = fromJson(JSON.stringify(args ?? {}))
    if (typeof module === 'string' && typeof func === 'string' && params !== null)
      return { name: `${module}::${func}`, params }
  }
  throw new Refusal('Each “command” must be a JSON array of module, function and arguments.')
}
