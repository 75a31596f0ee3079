import type { House, Page } from './fixtures'
import { few } from './whmLogin'
import { openWhmTokens } from './whmTokenScreens'

type Visit = (screen: string) => Promise<void>

/**
 * Walks through every screen and state of a WHM user's own tokens once, and calls back on each.
 * @param name a user name of this test alone, of at most 12 characters
 */
export async function walkWhmScreens(page: Page, { demo }: House, name: string, visit: Visit): Promise<void> {
  const button = (label: string | RegExp) => page.getByRole('button', { name: label, exact: typeof label === 'string' })
  const account = demo.addAccount({
    username: name,
    // Few of the 64, since axe takes its time with each box; every kind of them is there.
    reseller: [...few, 'create-acct', 'kill-acct', 'passwd', 'create-user-session', 'cpanel-api', 'vendor-plugin'],
    whmTokens: [
      { name: 'old-one', acls: ['list-accts'], whitelist: ['192.0.2.1', '2001:db8::/32', '203.0.113.7'] },
      { name: 'gone-one', expiresAt: 1_500_000_000, acls: ['all'] },
      { name: 'ours' },
    ],
  })
  demo.addAccount({ username: `${name}a`, owner: name, childNodes: [{ alias: 'mail-1', workload: 'Mail' }] })

  await openWhmTokens(page, account, account.whmSecrets['ours'])
  await page.getByRole('note', { name: 'Some accounts of this server run on child nodes' }).waitFor()
  await visit('list')
  await button('Which token is this?').click()
  await page.getByLabel('Secret').fill(account.whmSecrets['gone-one'] ?? '')
  await button('Find It').click()
  await page.getByRole('alert').filter({ hasText: 'gone-one' }).waitFor()
  await visit('which token is this')
  await page.getByLabel('Select “old-one”').check()
  await visit('list, selected')
  await button('Revoke All').click()
  await page.getByRole('note', { name: 'You are logged in with this token' }).waitFor()
  await visit('revoke all')
  await button('Cancel').click()

  await page.getByRole('link', { name: 'Generate Token' }).click()
  await page.getByRole('checkbox', { name: 'vendor-plugin' }).waitFor()
  await visit('create')
  await page.getByLabel('Name', { exact: true }).fill('no name')
  await page.getByLabel('Whitelisted IPs').fill('10.0.0.300 192.0.2.7')
  await button('Save').click()
  await page.getByText('You must specify at least one ACL').waitFor()
  await visit('create, with mistakes')
  await page.getByLabel('Name', { exact: true }).fill('new-one')
  await page.getByLabel('Whitelisted IPs').fill('2001:db8::7, 192.0.2.7')
  await page.getByRole('checkbox', { name: 'Account Management Standard Privileges' }).check()
  await page.getByRole('checkbox', { name: 'Terminate Accounts kill-acct' }).uncheck()
  await visit('create, dangerous')
  await button('Save').click()
  await page.getByRole('heading', { name: 'Token Created Successfully' }).waitFor()
  await visit('one-time screen')
  await button('Yes, I Saved My Token').click()

  await page.getByRole('link', { name: 'Edit old-one' }).click()
  await page.getByLabel('Whitelisted IPs').fill('')
  await page.getByRole('checkbox', { name: 'Create Accounts create-acct' }).check()
  await visit('edit')
  demo.revokeToken(name, 'old-one', 'whm')
  await button('Save').click()
  await page.getByText('“old-one” is not in the list any more').waitFor()
  await visit('edit, gone meanwhile')
  await page.goto(`/tokens?account=${name}`)
  await page.getByRole('link', { name: /new-one/ }).waitFor()
  await visit('all tokens, of a WHM user')

  demo.setPrivileges(name, ['basic-whm-functions'])
  await page.goto(`/c/main.whm.${name}/whm-tokens`)
  await page.getByText(/“Manage API Tokens” \(manage-api-tokens\) is missing/).waitFor()
  await visit('list, a privilege is missing')
}
