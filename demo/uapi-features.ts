import { defaultFeatures, hasFeature } from './account'
import { uapiFailure, uapiOk, type UapiResult } from './envelopes'
import { valueOf } from './params'
import { Refusal } from './refusals'
import type { UapiCall, UapiFunction } from './uapi-function'
import { quirksFor } from './world'

/** What a client may ask about the features of an account (section 1.5). */
export const featureFunctions: readonly (readonly [string, UapiFunction])[] = [
  ['Features::has_feature', { feature: null, writes: false, params: ['name'], run: ask }],
  ['Features::list_features', { feature: null, writes: false, params: [], run: list }],
]

function ask(call: UapiCall): UapiResult {
  const name = valueOf(call.params, 'name') ?? ''
  if (name === '') throw new Refusal('The parameter “name” is required.')
  const granted = hasFeature(call.account, name)
  if (quirksFor(call.exchange.world, call.account).hasFeature === 'data') return uapiOk(granted ? 1 : 0)
  return granted ? uapiOk(null) : uapiFailure(`The feature “${name}” is not enabled.`)
}

function list(call: UapiCall): UapiResult {
  const names = new Set([...defaultFeatures.keys(), ...call.account.features.keys()])
  return uapiOk(Object.fromEntries([...names].map((name) => [name, hasFeature(call.account, name) ? 1 : 0])))
}
