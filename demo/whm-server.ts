import { everyAcl } from './acls'
import { whmOk, type WhmResult } from './envelopes'
import { openSession } from './sessions'
import { valueOf } from './params'
import { Refusal } from './refusals'
import { reachAccount } from './reach'
import type { WhmCall, WhmFunctions } from './whm-function'
import { nowSeconds, quirksFor } from './world'

/** Host name of the simulated server. */
const hostname = 'server.example'

/** What a client asks about server and user. A restricted token may be refused even `version` (section 2.7). */
export const serverFunctions: WhmFunctions = [
  ['version', { since: 11, acl: 'basic-whm-functions', params: [], run: version }],
  [
    'gethostname',
    { since: 11, acl: 'basic-whm-functions', params: [], run: ({ command }) => whmOk(command, { hostname }) },
  ],
  ['myprivs', { since: 11, acl: null, params: [], run: myPrivileges }],
  [
    'create_user_session',
    { since: 64, acl: 'create-user-session', params: ['user', 'service', 'app'], run: createUserSession },
  ],
]

function version({ command, exchange }: WhmCall): WhmResult {
  return whmOk(command, { version: `11.${exchange.world.settings.version}.0.10` })
}

/** One object in a list; root answers numbers, a reseller strings; what is not granted is 0, "" or absent (section 2.9). */
function myPrivileges({ command, exchange, caller }: WhmCall): WhmResult {
  const manner = quirksFor(exchange.world, caller.account).privilegeValues
  const isRoot = caller.privileges.has('all')
  const [yes, no] = manner === 'strings' ? ['1', '0'] : [manner === 'integers' || isRoot ? 1 : '1', 0]
  // Privileges of plugins come last.
  const entries = [...new Set([...everyAcl, ...caller.privileges])].flatMap((acl, index) => {
    if (caller.privileges.has(acl)) return [[acl, yes] as const]
    if (manner !== 'measured') return [[acl, no] as const]
    return index % 3 === 2 ? [] : [[acl, index % 3 === 0 ? 0 : ''] as const]
  })
  return whmOk(command, { privileges: [Object.fromEntries(entries)] })
}

/** A link that signs in without a password; dies after the idle time (section 3.7). */
function createUserSession(call: WhmCall): WhmResult {
  const { exchange, params, command } = call
  const { world, urls } = exchange
  const service = valueOf(params, 'service') ?? ''
  const kind = service === 'cpaneld' ? 'cpanel' : service === 'whostmgrd' ? 'whm' : null
  if (kind === null) throw new Refusal('The parameter “service” must be “cpaneld” or “whostmgrd”.')
  const account = reachAccount(call, valueOf(params, 'user') ?? '')
  if (kind === 'whm' ? account.reseller === null : !account.isHosted)
    throw new Refusal('The user has no access to this service.')
  // Bound to the address of whoever opens the link first: the caller is not the browser.
  const session = openSession(world, account, kind, null)
  return whmOk(command, {
    cp_security_token: session.securityToken,
    expires: nowSeconds(world) + world.settings.sessionIdleSeconds,
    service,
    session: session.id,
    url: `${urls[kind]}${session.securityToken}/login/?session=${encodeURIComponent(session.id)}`,
  })
}
