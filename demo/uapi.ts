import { hasFeature } from './account'
import { meetAccount } from './account-story'
import { recordCall } from './calls'
import { uapiFailure, type UapiResult } from './envelopes'
import { Refusal, accessDenied } from './refusals'
import { Interruption } from './reply'
import { strict } from './uapi-batch'
import { featureFunctions } from './uapi-features'
import type { UapiCall, UapiFunction } from './uapi-function'
import { tokenFunctions } from './uapi-tokens'
import { quirksFor } from './world'

const functions = new Map<string, UapiFunction>([
  ...tokenFunctions,
  ...featureFunctions,
  ['Batch::strict', { feature: null, writes: false, params: ['command'], run: runBatch }],
])

/** Runs a UAPI function (`Tokens::list`) with everything that may stand in its way. A refusal is a result, not an error. */
export async function runUapi(call: UapiCall, name: string): Promise<UapiResult> {
  recordCall(call.exchange, {
    name,
    user: call.caller.account.username,
    account: call.account.username,
    via: call.caller.via,
    inside: call.inside,
  })
  await meetAccount(call.exchange, call.account, name)
  try {
    const known = functions.get(name)
    if (known === undefined) throw unknownFunction(name)
    admit(call, known)
    return await known.run(call)
  } catch (error) {
    if (error instanceof Refusal) return uapiFailure(error.message)
    throw error
  }
}

/** The checks before a function runs: parameters, features, limits of the token. */
function admit(call: UapiCall, known: UapiFunction): void {
  const { exchange, account, caller } = call
  const quirks = quirksFor(exchange.world, account)
  const stranger = call.params.find(([name]) => !isParameter(name, known.params))?.[0]
  if (stranger !== undefined && quirks.unknownParameters === 'refused')
    throw new Refusal(`The parameter “${stranger}” is not known.`)
  const { feature } = known
  if (feature !== null && !hasFeature(account, feature)) throw noFeature(feature)
  const token = caller.token
  // Only unrestricted tokens reach functions without a feature (section 1.5).
  if (token !== null && token.features.length > 0 && (feature === null || !token.features.includes(feature))) {
    throw noFeature(feature ?? 'full access')
  }
  if (token?.isReadonly && known.writes) {
    if (quirks.readonlyRefusal === 'http-403') throw new Interruption(accessDenied)
    throw new Refusal('This API token is read-only and cannot call a function that changes anything.')
  }
}

function isParameter(name: string, known: readonly string[]): boolean {
  return name.startsWith('api.') || known.some((one) => name === one || name.startsWith(`${one}-`))
}

function runBatch(call: UapiCall): Promise<UapiResult> {
  return strict(call, (name, params) => runUapi({ ...call, params, inside: 'Batch::strict' }, name))
}

function noFeature(feature: string): Refusal {
  return new Refusal(`You do not have the feature “${feature}”.`)
}

function unknownFunction(name: string): Refusal {
  const [module = '', func = ''] = name.split('::')
  const isModule = [...functions.keys()].some((known) => known.startsWith(`${module}::`))
  return new Refusal(
    isModule
      ? `The system could not find the function “${func}” in the module “${module}”.`
      : `Failed to load module “${module}”.`,
  )
}
