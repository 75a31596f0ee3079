/** What the form of a WHM token holds while somebody decides, and what it means. Pure functions. */
import { MOST_ADDRESSES, readAddresses } from '../cpanel/addresses'
import { whmAccess, type WhmToken } from '../cpanel/whmTokens'
import { t } from '../messages/catalogue'
import type { WhmWish } from '../data/editWhmToken'
import { expiryOf, inputOf, startingExpiry, type ExpiryInput } from './ExpiryField'
import { tokenNameError } from './TokenNameField'

export type WhmTokenInput = {
  name: string
  expiry: ExpiryInput
  /** As typed or pasted. */
  addresses: string
  privileges: ReadonlySet<string>
}

export function emptyInput(): WhmTokenInput {
  return { name: '', expiry: startingExpiry(), addresses: '', privileges: new Set() }
}

/** The input that stands for a token as it is. */
export function inputFrom({ name, expiry, access }: WhmToken): WhmTokenInput {
  return {
    name,
    expiry: inputOf(expiry),
    addresses: access.addresses.join('\n'),
    privileges: new Set(access.privileges),
  }
}

/** What root may not call a token: programs of the server itself do (CPANEL_API.md 2). Nobody else should either. */
const RESERVED = new Set(['WebPros_Dashboard', 'WP-Dashboard'])

/** What is wrong with a name, in words, or null. */
export function whmNameError(name: string, taken: Iterable<string>): string | null {
  return RESERVED.has(name) ? t('whm.name.reserved') : tokenNameError(name, taken)
}

/** What is wrong with the addresses, one sentence each; empty when nothing is. */
export function addressErrors(text: string): string[] {
  const { addresses, wrong } = readAddresses(text)
  return [
    ...wrong.map((one) => t('whm.ips.wrong', one)),
    ...(addresses.length > MOST_ADDRESSES ? [t('whm.ips.tooMany', { count: addresses.length })] : []),
  ]
}

/**
 * The wish that the input means, or null while something in it is wrong.
 * @param taken names of other tokens
 * @param kept the token that is edited: its own name is allowed, and its expiry stays to the second
 * @param now the server's clock where it is known
 */
export function wishOf(input: WhmTokenInput, taken: Iterable<string>, kept?: WhmToken, now?: Date): WhmWish | null {
  const expiry = expiryOf(input.expiry, kept?.expiry, now)
  const isNameRight = input.name === kept?.name || whmNameError(input.name, taken) === null
  if (!isNameRight || expiry === null || input.privileges.size === 0) return null
  if (addressErrors(input.addresses).length > 0) return null
  const access = whmAccess([...input.privileges], readAddresses(input.addresses).addresses)
  return { name: input.name, expiry, access }
}
