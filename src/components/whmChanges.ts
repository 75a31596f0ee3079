/** What saving would change, in words. Pure functions. */
import { normalAddress } from '../cpanel/addresses'
import { privilegeTitle, samePrivileges } from '../cpanel/privileges'
import { sameExpiry, type Expiry } from '../cpanel/token'
import type { WhmToken } from '../cpanel/whmTokens'
import { t } from '../messages/catalogue'
import { exactMoment } from './When'

/** What a token is, or is to become. */
type Side = Pick<WhmToken, 'name' | 'expiry' | 'access'>

/** One sentence for each difference; empty where there is none. */
export function whmChanges(before: Side, after: Side): string[] {
  return [
    ...(before.name === after.name ? [] : [t('whm.changes.renames', { name: after.name })]),
    ...privilegeChanges(before.access.privileges, after.access.privileges),
    ...addressChanges(normal(before.access.addresses), normal(after.access.addresses)),
    ...expiryChanges(before.expiry, after.expiry),
  ]
}

function privilegeChanges(before: readonly string[], after: readonly string[]): string[] {
  if (samePrivileges(before, after)) return []
  const [added, removed] = [without(after, before), without(before, after)]
  return [
    ...(added.length > 0 ? [t('whm.changes.adds', { privileges: titles(added) })] : []),
    ...(removed.length > 0 ? [t('whm.changes.removes', { privileges: titles(removed) })] : []),
  ]
}

function addressChanges(before: readonly string[], after: readonly string[]): string[] {
  const [added, removed] = [without(after, before), without(before, after)]
  if (before.length === 0 && added.length > 0) return [t('whm.changes.limits', { addresses: added.join(', ') })]
  if (after.length === 0 && removed.length > 0) return [t('whm.changes.unlimits')]
  return [
    ...(added.length > 0 ? [t('whm.changes.addsAddresses', { addresses: added.join(', ') })] : []),
    ...(removed.length > 0 ? [t('whm.changes.removesAddresses', { addresses: removed.join(', ') })] : []),
  ]
}

function titles(names: readonly string[]): string {
  return names.map(privilegeTitle).join(', ')
}

function expiryChanges(before: Expiry, after: Expiry): string[] {
  if (sameExpiry(before, after)) return []
  const was = before.kind === 'at' ? exactMoment(before.at) : t('whm.changes.never')
  return after.kind === 'at'
    ? [t('whm.changes.expires', { moment: exactMoment(after.at), before: was })]
    : [t('whm.changes.expiresNever', { before: was })]
}

function normal(addresses: readonly string[]): string[] {
  return [...new Set(addresses.map((address) => normalAddress(address) ?? address))]
}

function without(names: readonly string[], others: readonly string[]): string[] {
  return names.filter((name) => !others.includes(name))
}
