import type { Account } from './account'
import type { AccountSentinel } from './account-sentinels'
import { endSessions, nowSeconds, removeAccount, type World } from './world'

/** Accounts that are, or become, something else while a page is open (section 12). */
export const storySentinels: readonly AccountSentinel[] = [
  { name: 'ended200', account: () => ({ quirks: { sessionRefusal: 'html-200' } }), afterFirstList: endAll },
  { name: 'ended401', account: () => ({ quirks: { sessionRefusal: 'html-401' } }), afterFirstList: endAll },
  { name: 'ended403', account: () => ({ quirks: { sessionRefusal: 'html-403' } }), afterFirstList: endAll },
  { name: 'suspended', account: () => ({ suspended: 'Unpaid invoice' }) },
  { name: 'suspending', afterFirstList: suspend },
  { name: 'terminated', afterFirstList: (world, { username }) => removeAccount(world, username) },
  { name: 'nofeature', account: () => ({ features: { apitokens: false } }) },
  { name: 'losesfeature', afterFirstList: (_, { features }) => void features.set('apitokens', false) },
  { name: 'meddled', afterFirstList: meddle },
  { name: 'noprivilege', account: () => ({ reseller: ['basic-whm-functions', 'acct-summary'] }) },
  {
    name: 'losesprivilege',
    afterFirstList: (_, { reseller }) => void reseller?.privileges.delete('manage-api-tokens'),
  },
  { name: 'midbatch', batchDeniedFrom: 1 },
]

function endAll(world: World, { username }: Account): void {
  endSessions(world, username)
}

function suspend(world: World, account: Account): void {
  account.suspension = { reason: 'Unpaid invoice', time: nowSeconds(world) }
}

/** Somebody else renames the first token and revokes the second one. */
function meddle(_world: World, account: Account): void {
  for (const tokens of [account.tokens, account.reseller?.tokens]) {
    const [first, second] = [...(tokens?.keys() ?? [])]
    if (first !== undefined) renameIn(account, first, `${first.slice(0, 42)}-renamed`)
    if (second !== undefined) tokens?.delete(second)
  }
}

function renameIn({ tokens, reseller }: Account, name: string, newName: string): void {
  const token = tokens.get(name)
  if (token !== undefined && tokens.delete(name)) tokens.set(newName, { ...token, name: newName })
  const whmToken = reseller?.tokens.get(name)
  if (whmToken !== undefined && reseller?.tokens.delete(name))
    reseller.tokens.set(newName, { ...whmToken, name: newName })
}
