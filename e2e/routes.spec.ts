import { expect, httpFailure, test, tokensUrl } from './fixtures'

const screens = [
  { path: '', heading: 'List API Tokens' },
  { path: '?q=old&sort=created&dir=desc&size=100', heading: 'List API Tokens' },
  { path: '/create', heading: 'Create API Token' },
  { path: '/old-one', heading: 'Manage API Token' },
]

for (const { path, heading } of screens) {
  test(`a person who opens …/tokens${path} signs in and is where they were going`, async ({
    page,
    addAccount,
    allowConsole,
  }) => {
    allowConsole(httpFailure)
    const account = addAccount({ tokens: [{ name: 'old-one' }] })
    await page.goto(tokensUrl(account) + path)
    await expect(page.getByLabel('Username')).toHaveValue(account.username)
    await page.getByLabel('Password').fill(account.password)
    await page.getByRole('button', { name: 'Log in', exact: true }).click()
    await expect(page.getByRole('heading', { name: heading, exact: true })).toBeVisible()
    expect(new URL(page.url()).pathname + new URL(page.url()).search).toBe(tokensUrl(account) + path)
    await expect(page).toHaveTitle(`${heading} · ${account.username} · Keyring for cPanel`)
    await page.reload()
    await expect(page.getByRole('heading', { name: heading, exact: true })).toBeVisible()
  })
}

test('a link to another site is not followed after signing in', async ({ page, addAccount, allowConsole }) => {
  allowConsole(httpFailure)
  const account = addAccount()
  await page.goto(`/sign-in?next=${encodeURIComponent('//elsewhere.example/')}`)
  await page.getByLabel('Username').fill(account.username)
  await page.getByLabel('Password').fill(account.password)
  await page.getByRole('button', { name: 'Log in', exact: true }).click()
  await expect(page).toHaveURL(new RegExp(`${tokensUrl(account)}$`))
})

test('an unknown token says so and offers the list', async ({ page, addAccount, signIn }) => {
  const account = addAccount()
  await signIn(account)
  await page.goto(`${tokensUrl(account)}/not-there`)
  await expect(page.getByRole('alert', { name: 'There is no token “not-there”' })).toBeVisible()
  await page.getByRole('link', { name: 'Show the list' }).click()
  await expect(page.getByRole('heading', { name: 'List API Tokens' })).toBeVisible()
})

test('a token called “create” has a page of its own', async ({ page, house, addAccount, signIn }) => {
  const account = addAccount({ tokens: [{ name: 'create' }] })
  await signIn(account)
  await page.getByRole('link', { name: 'Manage create' }).click()
  await page.getByLabel('New API Token Name').fill('create-2')
  await page.getByRole('button', { name: 'Update' }).click()
  await expect(page.getByText('Renamed create to create-2.')).toBeVisible()
  expect(house.demo.tokens(account.username).map(({ name }) => name)).toEqual(['create-2'])
})

test('a person who logs out leaves nothing behind, and Back shows nothing', async ({
  page,
  house,
  addAccount,
  signIn,
  allowConsole,
}) => {
  allowConsole(httpFailure)
  const account = addAccount({ tokens: [{ name: 'private-name' }] })
  await signIn(account)
  await expect(page.getByText('private-name')).toBeVisible()
  await page.getByRole('button', { name: 'Log out' }).click()
  await expect(page.getByRole('heading', { name: 'Log in' })).toBeVisible()
  await page.goBack()
  await expect(page.getByRole('heading', { name: 'Log in' })).toBeVisible()
  await expect(page.getByText('private-name')).toHaveCount(0)
  expect(house.demo.endSessions(account.username)).toBe(0)
})

test('two accounts in one browser are kept apart', async ({ page, addAccount, signIn }) => {
  const one = addAccount({ tokens: [{ name: 'token-of-one' }] })
  const two = addAccount({ tokens: [{ name: 'token-of-two' }] })
  await signIn(one)
  await signIn(two)
  await expect(page.getByText('token-of-two')).toBeVisible()
  await page.goto(tokensUrl(one))
  await expect(page.getByText('token-of-one')).toBeVisible()
  await expect(page.getByText('token-of-two')).toHaveCount(0)
})

test('a theme that was chosen stays, and is there before the page is', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'light' })
  await page.goto('/sign-in')
  await page.getByRole('button', { name: 'Theme' }).click()
  await page.getByRole('menuitemradio', { name: 'Dark' }).click()
  await expect(page.locator('html')).toHaveCSS('color-scheme', 'dark')
  const response = page.waitForResponse(/\/assets\/app-.*\.js$/)
  await page.reload({ waitUntil: 'commit' })
  await response
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
  await page.getByRole('button', { name: 'Theme' }).click()
  await page.getByRole('menuitemradio', { name: 'Same as the system' }).click()
  await expect(page.locator('html')).toHaveCSS('color-scheme', 'light dark')
})

test('a reseller opens an account’s tokens through WHM and does the job there', async ({ page, house, addAccount }) => {
  const reseller = addAccount({ reseller: true })
  const customer = addAccount({ owner: reseller.username, tokens: [{ name: 'old-one' }] })
  await page.goto('/sign-in')
  await page.getByRole('radio', { name: 'WHM' }).check()
  await page.getByLabel('Username').fill(reseller.username)
  await page.getByLabel('Password').fill(reseller.password)
  await page.getByRole('button', { name: 'Log in', exact: true }).click()
  await page.getByRole('searchbox').fill(customer.username)
  await page.getByRole('link', { name: `Tokens of ${customer.username}` }).click()
  await expect(page.getByText(`You are acting as ${customer.username}.`)).toBeVisible()
  await page.getByRole('link', { name: 'Manage old-one' }).click()
  await page.getByRole('button', { name: 'Revoke the Token' }).click()
  await page.getByRole('button', { name: 'Yes, Revoke the Token' }).click()
  await expect(page.getByRole('heading', { name: 'No API tokens yet' })).toBeVisible()
  expect(house.demo.tokens(customer.username)).toEqual([])
  await page.getByRole('link', { name: 'Back to all accounts' }).click()
  await expect(page.getByRole('heading', { name: 'Accounts' })).toBeVisible()
})
