import { everyAcl, holds } from './acls'
import type { Reseller } from './account'
import { valueOf, valuesOf, wholeNumber } from './params'
import { Refusal } from './refusals'
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
 * The privileges a request asks for; all of the user's without any (section 2.2). By the user's privileges, not those of the
 * token in use: `manage-api-tokens` bypasses any restriction of a token (section 2.8).
 */
export function aclsFrom(call: WhmCall): readonly string[] {
  const { privileges } = resellerOf(call)
  const asked = valuesOf(call.params, 'acl').filter((acl) => acl !== '')
  if (asked.length === 0) return [...privileges]
  const unknown = asked.find((acl) => !everyAcl.includes(acl))
  if (unknown !== undefined) throw new Refusal(`“${unknown}” is not a valid ACL.`)
  const unowned = asked.filter((acl) => !holds(privileges, acl))
  if (unowned.length > 0 && quirksFor(call.exchange.world, call.caller.account).unownedAcl === 'refused') {
    throw new Refusal(`You do not have the privilege “${unowned.join('”, “')}”.`)
  }
  return [...new Set(asked.filter((acl) => !unowned.includes(acl)))]
}

/** `expires_at`: seconds since epoch; 0 or nothing means never (section 2). */
export function expiryFrom(call: WhmCall): number | null {
  const seconds = wholeNumber(valueOf(call.params, 'expires_at') ?? '0')
  if (seconds === null) throw new Refusal('The parameter “expires_at” must be a Unix timestamp in seconds.')
  return seconds === 0 ? null : seconds
}

/** `whitelist_ip`: undefined when it was not given at all, null for any address. */
export function whitelistFrom(call: WhmCall): readonly string[] | null | undefined {
  const values = valuesOf(call.params, 'whitelist_ip')
  if (values.length === 0) return undefined
  const read = readWhitelist(values, call.exchange.world.settings.version)
  if ('fault' in read) throw new Refusal(read.fault)
  return read.entries
}
