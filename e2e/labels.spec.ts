import { expect, httpFailure, test, tokensUrl } from './fixtures'

/** Every label that SCREENS.md quotes for cPanel, on the element it names. Letter for letter: instructions quote them too. */

test('the login form has cPanel’s labels, and asks for a code only when the server does', async ({
  page,
  addAccount,
  allowConsole,
}) => {
  allowConsole(httpFailure)
  const { username, password } = addAccount({ tfa: true })
  await page.goto('/sign-in')
  const kind = page.getByRole('radiogroup', { name: 'Log in to', exact: true })
  await expect(kind.getByRole('radio', { name: 'cPanel', exact: true })).toBeChecked()
  await expect(kind.getByRole('radio', { name: 'WHM', exact: true })).toBeVisible()
  await expect(page.getByRole('textbox', { name: 'Security Code' })).toHaveCount(0)
  await page.getByRole('button', { name: 'Use an API token instead' }).click()
  await expect(page.getByLabel('API Token', { exact: true })).toBeEditable()
  await page.getByRole('button', { name: 'Use the password instead' }).click()
  await page.getByRole('textbox', { name: 'Username', exact: true }).fill(username)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Log in', exact: true }).click()
  await expect(page.getByRole('textbox', { name: 'Security Code', exact: true })).toBeFocused()
})

test('the list has cPanel’s labels', async ({ page, addAccount, signIn }) => {
  const account = addAccount({ tokenCount: 57 })
  await signIn(account)
  await expect(page.getByRole('heading', { level: 1, name: 'Manage API Tokens', exact: true })).toBeVisible()
  await expect(
    page.getByRole('navigation', { name: 'Breadcrumb' }).getByRole('link', { name: 'Manage API Tokens' }),
  ).toBeVisible()
  await expect(page.getByRole('heading', { level: 2, name: 'List API Tokens', exact: true })).toBeVisible()
  await expect(page.getByRole('complementary')).toHaveCount(0)
  for (const name of ['Token Name', 'Created', 'Expires']) {
    await expect(page.getByRole('columnheader').getByRole('button', { name, exact: true })).toBeVisible()
  }
  await expect(page.getByRole('columnheader', { name: 'Token Name' })).toHaveAttribute('aria-sort', 'ascending')
  await expect(page.getByRole('searchbox')).toBeFocused()
  await expect(page.getByText('1 - 20 of 57', { exact: true })).toBeVisible()
  const all = page.getByRole('checkbox', { name: 'Toggle Select All', exact: true })
  const revoke = page.getByRole('button', { name: 'Revoke', exact: true })
  await expect(revoke).toBeDisabled()
  await page
    .getByRole('checkbox', { name: /^Select “.+”$/ })
    .first()
    .check()
  await expect(all).toHaveJSProperty('indeterminate', true)
  await expect(revoke).toBeEnabled()
  await expect(page.getByRole('link', { name: 'Create', exact: true })).toBeVisible()
  await expect(
    page
      .getByRole('row')
      .nth(1)
      .getByRole('link', { name: /^Manage / }),
  ).toHaveText('Manage')

  await page.getByRole('button', { name: 'Entries Per Page', exact: true }).click()
  const sizes = page.getByRole('menu', { name: 'Entries Per Page', exact: true }).getByRole('menuitemradio')
  await expect(sizes).toHaveText(['20', '100', '500'])
  await page.keyboard.press('Escape')

  await revoke.click()
  await expect(page.getByRole('heading', { name: 'Revoke Selected API Tokens', exact: true })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Revoke Selected API Token', exact: true })).toBeVisible()
  await page.getByRole('button', { name: 'Cancel', exact: true }).click()
  await all.check()
  await revoke.click()
  await expect(page.getByRole('button', { name: 'Revoke Selected API Tokens', exact: true })).toBeVisible()
  await page.goto(`${tokensUrl(account)}?q=nothing-like-it`)
  await expect(page.getByText('No results match your query.', { exact: true })).toBeVisible()
})

test('the form and the one-time screen have cPanel’s labels', async ({ page, addAccount, signIn }) => {
  await signIn(addAccount())
  await page.getByRole('link', { name: 'Create', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'Create API Token', exact: true })).toBeFocused()
  await expect(page.getByRole('complementary', { name: 'Need Help?', exact: true }).getByRole('link')).toHaveCount(2)
  await page.getByRole('textbox', { name: 'API Token Name', exact: true }).fill('deploy-bot')
  const hint = page.getByText('Up to 50 letters')
  await expect(hint).toBeVisible()
  await page.getByRole('button', { name: 'Show/Hide Help', exact: true }).click()
  await expect(hint).toHaveCount(0)
  const expiry = page.getByRole('radiogroup', { name: 'Should the API Token Expire?', exact: true })
  await expect(expiry.getByRole('radio', { name: 'The API Token will not expire.', exact: true })).toBeChecked()
  await expiry.getByRole('radio', { name: 'Specify an expiration date.', exact: true }).check()
  await expect(page.getByRole('textbox', { name: 'API Token Expiration Date', exact: true })).toHaveValue(
    /^\d{4}-\d{2}-\d{2}$/,
  )
  await expect(page.getByRole('note', { name: 'Danger', exact: true })).toBeVisible()
  await expect(page.getByRole('link', { name: 'Go Back', exact: true })).toBeVisible()
  await page.getByRole('button', { name: 'Create', exact: true }).click()

  await expect(page.getByRole('heading', { name: 'Token Created Successfully', exact: true })).toBeFocused()
  await expect(
    page.getByText('You successfully created an unrestricted API token “deploy-bot”.', { exact: true }),
  ).toBeVisible()
  await expect(page.getByText('Copy the following token to a safe place:', { exact: true })).toBeVisible()
  await expect(page.getByRole('textbox', { name: 'API Token', exact: true })).not.toBeEditable()
  await expect(page.getByRole('button', { name: 'Copy', exact: true })).toBeVisible()
  await expect(
    page.getByRole('note', { name: 'This is your only opportunity to copy this token!', exact: true }),
  ).toBeVisible()
  await page
    .getByRole('checkbox', { name: 'Create another token after I click Yes, I saved my token.', exact: true })
    .check()
  await page.getByRole('button', { name: 'Yes, I Saved My Token', exact: true }).click()
  await expect(page.getByRole('textbox', { name: 'API Token Name', exact: true })).toHaveValue('')
})

test('the manage screen has cPanel’s labels', async ({ page, addAccount, signIn }) => {
  await signIn(addAccount({ tokens: [{ name: 'deploy-bot' }] }))
  await page.getByRole('link', { name: 'Manage deploy-bot', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'Manage API Token', exact: true })).toBeFocused()
  const rename = page.getByRole('region', { name: 'Rename Token', exact: true })
  await expect(rename.getByRole('textbox', { name: 'New API Token Name', exact: true })).toHaveValue('deploy-bot')
  await expect(rename.getByRole('button', { name: 'Update', exact: true })).toBeDisabled()
  await expect(rename.getByRole('link', { name: 'Go Back', exact: true })).toBeVisible()
  const revoke = page.getByRole('region', { name: 'Revoke the Token', exact: true })
  await revoke.getByRole('button', { name: 'Revoke the Token', exact: true }).click()
  await expect(revoke.getByRole('button', { name: 'Yes, Revoke the Token', exact: true })).toBeVisible()
  await revoke.getByRole('button', { name: 'Cancel', exact: true }).click()
  await expect(revoke.getByRole('button', { name: 'Revoke the Token', exact: true })).toBeFocused()
})
