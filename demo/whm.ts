import { holds } from './acls'
import { isDeniedInBatch, meetAccount } from './account-story'
import { authenticate, type Caller } from './authenticate'
import { recordCall } from './calls'
import { inManner, whmFailure, type WhmResult } from './envelopes'
import type { Exchange } from './exchange'
import { valueOf } from './params'
import { accessDenied, Refusal } from './refusals'
import { Interruption, json, type Reply } from './reply'
import { batch } from './whm-batch'
import { cpanelFunctions, plainCpanel } from './whm-cpanel'
import type { WhmCall, WhmFunction } from './whm-function'
import { listFunctions } from './whm-lists'
import { serverFunctions } from './whm-server'
import { whmTokenFunctions } from './whm-tokens'
import { quirksFor } from './world'

const functions = new Map<string, WhmFunction>([
  ...serverFunctions,
  ...listFunctions,
  ...whmTokenFunctions,
  ...cpanelFunctions,
  ['batch', { since: 11, acl: null, params: ['command', 'abort_on_error'], run: runBatch }],
])

/** `/json-api/function` on the port of WHM (section 2). */
export async function whmCall(exchange: Exchange, command: string): Promise<Reply> {
  const caller = authenticate(exchange)
  exchange.clockOf = caller.account
  const call = { exchange, caller, command, params: exchange.params, inside: '' }
  const quirks = quirksFor(exchange.world, caller.account)
  const isVersion1 = valueOf(exchange.params, 'api.version') === '1'
  if (command === 'cpanel' && !isVersion1) return json(await plainCpanel(call))
  return json(inManner(await runWhm(call, isVersion1 ? 1 : 0), quirks))
}

/** Runs a WHM function with everything that may stand in its way. A refusal is a result, not an error. */
async function runWhm(call: WhmCall, apiVersion = 1): Promise<WhmResult> {
  const { exchange, caller, command, inside } = call
  const user = caller.account.username
  recordCall(exchange, {
    name: command,
    user,
    account: valueOf(call.params, 'cpanel.user') ?? user,
    via: caller.via,
    inside,
  })
  if (inside === '') await meetAccount(exchange, caller.account, command)
  try {
    const known = functions.get(command)
    if (known === undefined || apiVersion !== 1 || known.since > exchange.world.settings.version) {
      throw new Refusal(`Unknown app ("${command}") requested for this version (${apiVersion}) of the API.`) // recorded: 2.7
    }
    admit(call, caller, known)
    return await known.run(call)
  } catch (error) {
    if (error instanceof Refusal) return whmFailure(command, error.message)
    throw error
  }
}

function admit(call: WhmCall, caller: Caller, { acl, params }: WhmFunction): void {
  const quirks = quirksFor(call.exchange.world, caller.account)
  if (acl !== null && !holds(caller.privileges, acl)) {
    // A command of a batch has no HTTP status of its own.
    if (quirks.whmRefusal === 'http-403' && call.inside === '') throw new Interruption(accessDenied)
    throw new Refusal('Access denied')
  }
  const stranger = params && call.params.find(([name]) => !isParameter(name, params))?.[0]
  if (stranger !== undefined && stranger !== null && quirks.unknownParameters === 'refused') {
    throw new Refusal(`The parameter “${stranger}” is not known.`)
  }
}

function isParameter(name: string, known: readonly string[]): boolean {
  return name.startsWith('api.') || known.some((one) => name === one || name.startsWith(`${one}-`))
}

function runBatch(call: WhmCall): Promise<WhmResult> {
  return batch(call, async (command, params, index) => {
    if (isDeniedInBatch(call.caller.account, index)) return whmFailure(command, 'Access denied')
    return runWhm({ ...call, command, params, inside: 'batch' })
  })
}
