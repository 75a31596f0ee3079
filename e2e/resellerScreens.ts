import type { House, Page } from './fixtures'

type Visit = (screen: string) => Promise<void>

/**
 * Walks through every screen and state of a reseller's work on many accounts once, and calls back on each.
 * @param name a user name of this test alone, of at most 12 characters
 */
export async function walkResellerScreens(page: Page, { demo }: House, name: string, visit: Visit): Promise<void> {
  const button = (label: string | RegExp) => page.getByRole('button', { name: label, exact: typeof label === 'string' })
  const { username, password } = demo.addAccount({ username: name, reseller: true, tokenCount: 3 })
  const owned = (suffix: string, more: Parameters<typeof demo.addAccount>[0] = {}) =>
    demo.addAccount({ username: `${name}${suffix}`, owner: name, ...more })
  owned('a', { package: 'small', tokens: [{ name: 'old-one', expiresAt: 1_500_000_000 }, { name: 'cannot-revoke' }] })
  owned('b', { package: 'large', suspended: true, tokenCount: 2 })
  const broken = owned('c', { features: { apitokens: false } })

  await page.goto('/sign-in')
  await page.getByLabel('WHM').check()
  await page.getByLabel('Username').fill(username)
  await page.getByLabel('Password').fill(password)
  await button('Log in').click()
  await page.getByRole('table', { name: 'Accounts' }).waitFor()
  await visit('accounts')
  await button('Count tokens').click()
  await page.getByText('4 accounts asked.').waitFor()
  await page.getByRole('checkbox', { name: `Choose ${name}a` }).check()
  await visit('accounts, counted and chosen')
  await button(/switch or add a login/).click()
  await page.getByRole('dialog', { name: 'Your logins' }).getByText('Logged in').waitFor()
  await visit('logins')
  await page.keyboard.press('Escape')

  await page.goto('/tokens')
  await page.getByText('4 accounts asked.').waitFor()
  await button('Show which').click()
  await page.getByRole('listitem').filter({ hasText: broken.username }).waitFor()
  await visit('all tokens, an account failed')
  await button(/^Filters/).click()
  await page.getByLabel('Expires', { exact: true }).selectOption('Has expired')
  await page.getByRole('link', { name: 'Manage old-one' }).waitFor()
  await visit('all tokens, filters')
  await button(/^Filters/).click()
  await page.getByRole('link', { name: 'Hygiene' }).click()
  await button('Save this view').click()
  await visit('all tokens, a view to be saved')
  await button('Cancel').click()
  await page.getByRole('searchbox').fill('nothing-like-it')
  await page.getByText('No token matches.').waitFor()
  await visit('all tokens, no match')
  await page.getByRole('link', { name: 'All', exact: true }).click()
  await page.getByLabel('Group by account').check()
  await page.getByRole('checkbox', { name: `Select all shown of ${name}a on 127.0.0.1` }).check()
  await page.getByRole('region', { name: 'Selected tokens' }).waitFor()
  await visit('all tokens, grouped, some selected')

  await button('Revoke…').click()
  await visit('revoke')
  await button('Revoke 2 API tokens').click()
  await page.getByRole('alert').filter({ hasText: '1 of 2 revoked.' }).waitFor()
  await visit('revoked, one was not')
  await button('Back to all tokens').click()

  await page.getByRole('link', { name: 'Create on accounts…' }).click()
  await page.getByRole('checkbox', { name: `Choose ${name}a on 127.0.0.1`, exact: true }).check()
  await page.getByRole('checkbox', { name: `Choose ${name}b on 127.0.0.1`, exact: true }).check()
  await page.getByLabel('API Token Name').fill('new-one')
  await visit('create on accounts')
  await button('Create on 2 accounts').click()
  await page.getByRole('heading', { name: '1 Token Created' }).waitFor()
  await visit('created on accounts')
  await button('Yes, I Saved My Token').click()

  demo.setPrivileges(username, ['basic-whm-functions'])
  await page.goto(`/c/main.whm.${username}/accounts`)
  await page.getByText(/“List Accounts” \(list-accts\) is missing/).waitFor()
  await visit('accounts, a privilege is missing')
}
