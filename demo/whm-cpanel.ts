import { holds } from './acls'
import { flat, whmOk, wrapped, type WhmResult } from './envelopes'
import { valueOf, type Params } from './params'
import { reachAccount } from './reach'
import { Refusal } from './refusals'
import { runUapi } from './uapi'
import type { WhmCall, WhmFunctions } from './whm-function'
import { quirksFor } from './world'

/** The two ways from WHM to the UAPI of an account (sections 3.1 and 3.2). */
export const cpanelFunctions: WhmFunctions = [
  ['uapi_cpanel', { since: 86, acl: 'cpanel-api', params: null, run: uapiCpanel }],
  ['cpanel', { since: 11, acl: 'cpanel-api', params: null, run: cpanel }],
]

/** UAPI's own failure is a WHM success with `data.uapi.status` 0 (section 3.1). */
async function uapiCpanel(call: WhmCall): Promise<WhmResult> {
  const part = (name: string) => valueOf(call.params, `cpanel.${name}`) ?? ''
  const account = reachAccount(call, part('user'))
  if (!account.isHosted) throw new Refusal(`“${account.username}” is not a cPanel account.`)
  const params = withoutPrefixes(call.params, 'cpanel.')
  const name = `${part('module')}::${part('function')}`
  const result = await runUapi(
    { exchange: call.exchange, caller: call.caller, account, params, inside: call.command },
    name,
  )
  return whmOk(call.command, { uapi: flat(result, quirksFor(call.exchange.world, account)) })
}

async function cpanel(call: WhmCall): Promise<WhmResult> {
  return whmOk(call.command, await jsonapi(call))
}

/** `cpanel` without `api.version=1`: the bare wrapped answer, refusals in their own old shape (section 3.2). */
export async function plainCpanel(call: WhmCall): Promise<unknown> {
  try {
    if (!holds(call.caller.privileges, 'cpanel-api')) throw new Refusal('Access denied')
    return await jsonapi(call)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    const reason = error.message
    return { data: { reason, result: '0' }, type: 'text', error: reason }
  }
}

async function jsonapi({ exchange, caller, command, params }: WhmCall): Promise<unknown> {
  const part = (name: string) => valueOf(params, `cpanel_jsonapi_${name}`) ?? ''
  const account = await reach()
  // The default is API 2, which the demo does not have.
  if (part('apiversion') !== '3')
    throw new Refusal('This simulated server has UAPI only: set cpanel_jsonapi_apiversion to 3.')
  const name = `${part('module')}::${part('func')}`
  const plain = withoutPrefixes(params, 'cpanel_jsonapi_')
  const result = await runUapi({ exchange, caller, account, params: plain, inside: command }, name)
  return wrapped(result, name, quirksFor(exchange.world, account))

  async function reach() {
    try {
      return reachAccount({ exchange, caller, command, params, inside: '' }, part('user'))
    } catch {
      throw new Refusal('User parameter is invalid or was not supplied')
    }
  }
}

function withoutPrefixes(params: Params, prefix: string): Params {
  return params.filter(([name]) => !name.startsWith(prefix) && name !== 'api.version')
}
