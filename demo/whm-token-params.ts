import { everyAcl, holds } from './acls'
import type { Reseller } from './account'
import { valueOf, valuesOf, wholeNumber } from './params'
import { Refusal } from './refusals'
import type { WhmToken } from './token'
import type { TokenChanges } from './token-sentinels'
import { readWhitelist } from './whitelist'
import type { WhmCall } from './whm-function'
import { quirksFor } from './world'

/** The caller's own side in WHM: its tokens and privileges. All token functions act on these only (section 2). */
export function resellerOf(call: WhmCall): Reseller {
  const { reseller } = call.caller.account
  if (reseller === null) throw new Refusal('Access denied')
  return reseller
}

/**
 * What a token may do, how long and from where, as a request asks or as a sentinel has it. What is wrong in the request
 * is refused all the same. `kept`: the addresses when the request says nothing of them.
 */
export function limitsFrom(
  call: WhmCall,
  changes: TokenChanges,
  kept: WhmToken['whitelist'],
): Pick<WhmToken, 'acls' | 'expiresAt' | 'whitelist'> {
  const acls = aclsFrom(call)
  const expiresAt = expiryFrom(call)
  const given = whitelistFrom(call)
  return {
    acls: changes.ignoresAcls ? [...resellerOf(call).privileges] : acls,
    expiresAt: changes.ignoresExpiry ? null : expiresAt,
    whitelist: changes.ignoresWhitelist ? null : given === undefined ? kept : given,
  }
}

/**
 * The privileges a request asks for; all of the user's without any (section 2.2). By the user's privileges, not those of the
 * token in use: `manage-api-tokens` bypasses any restriction of a token (section 2.8).
 */
function aclsFrom(call: WhmCall): readonly string[] {
  const { privileges } = resellerOf(call)
  const asked = valuesOf(call.params, 'acl').filter((acl) => acl !== '')
  if (asked.length === 0) return [...privileges]
  // Plugins add privileges of their own (section 2.8): who holds one may give it.
  const unknown = asked.find((acl) => !everyAcl.includes(acl) && !privileges.has(acl))
  if (unknown !== undefined) throw new Refusal(`“${unknown}” is not a valid ACL.`)
  const unowned = asked.filter((acl) => !holds(privileges, acl))
  if (unowned.length > 0 && quirksFor(call.exchange.world, call.caller.account).unownedAcl === 'refused') {
    throw new Refusal(`You do not have the privilege “${unowned.join('”, “')}”.`)
  }
  return [...new Set(asked.filter((acl) => !unowned.includes(acl)))]
}

/** `expires_at`: seconds since epoch; 0 or nothing means never (section 2). */
function expiryFrom(call: WhmCall): number | null {
  const seconds = wholeNumber(valueOf(call.params, 'expires_at') ?? '0')
  if (seconds === null) throw new Refusal('The parameter “expires_at” must be a Unix timestamp in seconds.')
  return seconds === 0 ? null : seconds
}

/** `whitelist_ip`: undefined when nothing was given, null for any address: only `any` is documented to clear (section 2.4). */
function whitelistFrom(call: WhmCall): readonly string[] | null | undefined {
  const values = valuesOf(call.params, 'whitelist_ip').filter((value) => value.trim() !== '')
  if (values.length === 0) return undefined
  const read = readWhitelist(values, call.exchange.world.settings.version)
  if ('fault' in read) throw new Refusal(read.fault)
  return read.entries
}
