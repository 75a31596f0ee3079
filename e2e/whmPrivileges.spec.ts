import { expect, test, type Page } from './fixtures'
import { openWhmTokens } from './whmTokenScreens'

/** Presses a key until something has the focus. */
async function pressUntil(page: Page, key: string, role: 'link' | 'button' | 'textbox' | 'checkbox', name: string) {
  const target = page.getByRole(role, { name, exact: true })
  for (let presses = 0; presses < 90; presses += 1) {
    await page.keyboard.press(key)
    if (await target.evaluateAll((elements) => elements.some((element) => element === document.activeElement))) return
  }
  throw new Error(`${key} does not lead to ${role} ${name}`)
}

test('60 privileges are chosen, searched and saved by keyboard alone', async ({ page, house, addAccount }) => {
  const account = addAccount({ reseller: ['all'], whmTokens: [{ name: 'old-one' }] })
  await openWhmTokens(page, account)
  const { keyboard } = page
  await page.getByRole('searchbox').focus()
  await pressUntil(page, 'Tab', 'link', 'Generate Token')
  await keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'Generate API Token' })).toBeFocused()
  await pressUntil(page, 'Tab', 'textbox', 'Name')
  await keyboard.type('by-keyboard')
  await pressUntil(page, 'Tab', 'checkbox', 'Initial Privileges Basic Privileges')
  expect(await page.getByRole('checkbox', { name: / [a-z-]+$/ }).count()).toBeGreaterThanOrEqual(60)

  // The whole group, then one of it less: its box is half.
  await keyboard.press('Space')
  await keyboard.press('ArrowDown')
  await expect(page.getByRole('checkbox', { name: 'Account Summary acct-summary' })).toBeFocused()
  await keyboard.press('Space')
  await expect(page.getByRole('checkbox', { name: 'Initial Privileges Basic Privileges' })).toBeChecked({
    indeterminate: true,
  })
  // Another one far below, by arrows; each is a stop that shows its focus.
  await pressUntil(page, 'ArrowDown', 'checkbox', 'DNS Clustering clustering')
  await expect(page.locator(':focus')).not.toHaveCSS('outline-style', 'none')
  await keyboard.press('Space')
  await pressUntil(page, 'Shift+Tab', 'checkbox', 'Only what is selected')
  await keyboard.press('Space')
  await expect(page.getByText('20 of 64 selected')).toBeVisible()
  await expect(page.getByRole('checkbox', { name: 'Account Summary acct-summary' })).toHaveCount(0)
  await pressUntil(page, 'Tab', 'link', 'Skip the privileges')
  await keyboard.press('Enter')
  await pressUntil(page, 'Tab', 'button', 'Save')
  await keyboard.press('Enter')

  await expect(page.getByRole('heading', { name: 'Token Created Successfully' })).toBeFocused()
  const stored = house.demo.whmTokens(account.username).find(({ name }) => name === 'by-keyboard')
  expect(stored?.acls).toHaveLength(20)
  expect(stored?.acls).toContain('clustering')
  expect(stored?.acls).not.toContain('acct-summary')
})

test('a search finds privileges by their title, their name and their group, and Enter in it saves nothing', async ({
  page,
  addAccount,
}) => {
  const account = addAccount({ reseller: ['all'] })
  await openWhmTokens(page, account)
  await page.getByRole('link', { name: 'Generate Token' }).click()
  const search = page.getByRole('searchbox', { name: 'Search privileges' })
  const boxes = page.getByRole('group', { name: 'Privileges', exact: true }).getByRole('listitem')
  await search.fill('kill-acct')
  await expect(boxes).toHaveText([/^Terminate Accounts/])
  await search.fill('dns zones')
  await expect(boxes).toHaveCount(4)
  await search.fill('package creation')
  await expect(boxes).toHaveCount(8)
  await search.press('Enter')
  await expect(page.getByText('You must specify at least one ACL')).toHaveCount(0)
  await search.fill('nothing like it')
  await expect(page.getByText('No privilege matches.')).toBeVisible()
})

test('“All Features” ticks everything, unticking one takes it off and says so', async ({ page, house, addAccount }) => {
  const account = addAccount({ reseller: ['all'] })
  await openWhmTokens(page, account)
  await page.getByRole('link', { name: 'Generate Token' }).click()
  await page.getByLabel('Name', { exact: true }).fill('nearly-all')
  const all = page.getByRole('checkbox', { name: 'All Features all' })
  const one = page.getByRole('checkbox', { name: 'Terminate Accounts kill-acct' })
  await all.check()
  await expect(one).toBeChecked()
  await expect(page.getByText('64 of 64 selected')).toBeVisible()
  await expect(page.getByRole('note', { name: 'This token can do great harm' })).toContainText('full power of root')
  await one.uncheck()
  await expect(all).not.toBeChecked()
  await expect(page.getByRole('status').filter({ hasText: '“All Features” was taken off as well' })).toBeVisible()
  await expect(page.getByText('62 of 64 selected')).toBeVisible()
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('heading', { name: 'Token Created Successfully' })).toBeVisible()
  const [stored] = house.demo.whmTokens(account.username)
  expect(stored?.acls).toHaveLength(62)
  expect(stored?.acls).not.toContain('all')
})

test('a reseller starts from a job or another token, and is offered only what is theirs', async ({
  page,
  house,
  addAccount,
}) => {
  const held = ['basic-whm-functions', 'list-accts', 'manage-api-tokens', 'create-dns', 'edit-dns', 'vendor-plugin']
  const account = addAccount({ reseller: held, whmTokens: [{ name: 'lister', acls: ['list-accts', 'vendor-plugin'] }] })
  await openWhmTokens(page, account)
  await page.getByRole('link', { name: 'Generate Token' }).click()
  await expect(page.getByText('0 of 6 selected')).toBeVisible()
  await expect(page.getByRole('checkbox', { name: 'All Features all' })).toHaveCount(0)
  // A privilege of a plugin, of which nobody knows the title.
  await expect(page.getByRole('checkbox', { name: 'vendor-plugin' })).toBeVisible()
  await page.getByRole('button', { name: 'DNS', exact: true }).click()
  await expect(page.getByRole('button', { name: 'DNS', exact: true })).toHaveAttribute('aria-pressed', 'true')
  await expect(page.getByText('Some privileges of “DNS” are not yours, so they were left out.')).toBeVisible()
  await page.getByLabel('Copy from a token…').selectOption('lister')
  await expect(page.getByText('Copied the 2 privileges of lister.')).toBeVisible()
  await page.getByLabel('Name', { exact: true }).fill('copy')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('heading', { name: 'Token Created Successfully' })).toBeVisible()
  const stored = house.demo.whmTokens(account.username).find(({ name }) => name === 'copy')
  expect(stored?.acls.toSorted()).toEqual(['list-accts', 'vendor-plugin'])
})
