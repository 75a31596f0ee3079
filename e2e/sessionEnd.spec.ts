import type { Locator } from '@playwright/test'
import { worksDirectly } from './directCall'
import { expect, httpFailure, test, tokensUrl, type AddedAccount, type Page } from './fixtures'
import { callsOf, createButton, createToken, namesOf, openToken, secretField, typeNewToken } from './tokenScreens'

const tokens = [{ name: 'old-one' }]

function signInAgain(page: Page): Locator {
  return page.getByRole('dialog', { name: 'Your session has ended' })
}

async function logInAgain(page: Page, { password }: AddedAccount): Promise<void> {
  await signInAgain(page).getByLabel('Password').fill(password)
  await signInAgain(page).getByRole('button', { name: 'Log in', exact: true }).click()
  await expect(signInAgain(page)).toBeHidden()
}

/** Comes back to the tab after a while, as from lunch. The page's clock must have been installed before. */
async function comeBackLater(page: Page, seconds: number): Promise<void> {
  await page.clock.fastForward(seconds * 1000)
  await page.evaluate(() => window.dispatchEvent(new Event('visibilitychange')))
}

test.beforeEach(({ allowConsole }) => allowConsole(httpFailure))

test('a person whose session ends while they type logs in over the page and goes on with what was typed', async ({
  page,
  house,
  addAccount,
  signIn,
}) => {
  const account = addAccount({ tokens })
  await signIn(account)
  await typeNewToken(page, 'deploy-bot')
  await page.getByLabel('Specify an expiration date.').check()
  await page.getByLabel('API Token Expiration Date').fill('2031-05-01')
  house.demo.endSessions(account.username)
  await createButton(page).click()
  await expect(signInAgain(page)).toContainText(`The server logged ${account.username} out.`)
  await expect(page.getByLabel('API Token Name')).toHaveValue('deploy-bot')
  expect(namesOf(house, account)).toEqual(['old-one'])

  await logInAgain(page, account)
  await expect(page.getByLabel('API Token Name')).toHaveValue('deploy-bot')
  await expect(page.getByLabel('API Token Expiration Date')).toHaveValue('2031-05-01')
  // Creating is never tried again by itself.
  expect(namesOf(house, account)).toEqual(['old-one'])
  await createButton(page).click()
  await expect(page.getByRole('heading', { name: 'Token Created Successfully' })).toBeFocused()
  expect(namesOf(house, account)).toEqual(['old-one', 'deploy-bot'])
})

test('a person whose session ends during a rename and a revocation logs in and does both', async ({
  page,
  house,
  addAccount,
  signIn,
}) => {
  const account = addAccount({ tokens })
  await signIn(account)
  await openToken(page, account, 'old-one')
  await page.getByLabel('New API Token Name').fill('ends-session-1')
  await page.getByRole('button', { name: 'Update' }).click()
  await logInAgain(page, account)
  await expect(page.getByLabel('New API Token Name')).toHaveValue('ends-session-1')

  await page.getByRole('button', { name: 'Revoke the Token', exact: true }).click()
  house.demo.endSessions(account.username)
  await page.getByRole('button', { name: 'Yes, Revoke the Token' }).click()
  await logInAgain(page, account)
  await page.getByRole('button', { name: 'Yes, Revoke the Token' }).click()
  await expect(page.getByRole('status').filter({ hasText: 'Revoked old-one.' })).toBeVisible()
  expect(namesOf(house, account)).toEqual([])
})

test('a person whose session ends with a secret on screen keeps it, and leaving it still asks', async ({
  page,
  house,
  addAccount,
  signIn,
}) => {
  await page.clock.install()
  const account = addAccount({ tokens })
  await signIn(account)
  const secret = await createToken(page, 'deploy-bot')
  house.demo.endSessions(account.username)
  await comeBackLater(page, 70)
  await expect(signInAgain(page)).toBeVisible()
  await expect(secretField(page)).toHaveValue(secret)
  await signInAgain(page).getByRole('button', { name: 'Go to the login page' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Stay' }).click()

  await logInAgain(page, account)
  await expect(secretField(page)).toHaveValue(secret)
  expect(await worksDirectly(house.demo, account.username, secret)).toBe(true)
  await page.getByRole('button', { name: 'Yes, I Saved My Token' }).click()
  await expect(page.getByRole('link', { name: 'Manage deploy-bot' })).toBeVisible()
  expect(callsOf(house, account, 'create_full_access')).toBe(1)
})

for (const sentinel of ['ended200', 'ended401', 'ended403']) {
  test(`a person whose list answers with the login page (${sentinel}) logs in over it and sees a fresh list`, async ({
    page,
    house,
    addAccount,
    signIn,
  }) => {
    const account = addAccount({ sentinel, tokens })
    await signIn(account)
    await page.getByRole('link', { name: 'Manage old-one' }).waitFor()
    house.demo.renameToken(account.username, 'old-one', 'fresh-one')
    await page.getByRole('button', { name: 'Refresh' }).click()
    await expect(signInAgain(page)).toBeVisible()
    await expect(page.getByText('old-one')).toBeVisible()
    await logInAgain(page, account)
    await expect(page.getByRole('link', { name: 'Manage fresh-one' })).toBeVisible()
  })
}

test('a person who rather goes to the login page comes back to where they were', async ({
  page,
  house,
  addAccount,
  signIn,
}) => {
  const account = addAccount({ tokens })
  await signIn(account)
  await page.getByRole('searchbox').fill('old')
  await expect(page.getByRole('link', { name: 'Manage old-one' })).toBeVisible()
  house.demo.endSessions(account.username)
  await page.getByRole('button', { name: 'Refresh' }).click()
  await signInAgain(page).getByRole('button', { name: 'Go to the login page' }).click()
  await expect(page.getByRole('heading', { name: 'Log in' })).toBeVisible()
  await expect(page.getByLabel('Username')).toHaveValue(account.username)
  await page.getByLabel('Password').fill(account.password)
  await page.getByRole('button', { name: 'Log in', exact: true }).click()
  await expect(page).toHaveURL((url) => url.pathname === tokensUrl(account) && url.searchParams.get('q') === 'old')
  await expect(page.getByRole('link', { name: 'Manage old-one' })).toBeVisible()
})

test('a person who mistypes the password in the dialog hears it there and tries again', async ({
  page,
  house,
  addAccount,
  signIn,
}) => {
  const account = addAccount({ tokens })
  await signIn(account)
  await expect(page.getByRole('link', { name: 'Manage old-one' })).toBeVisible()
  house.demo.endSessions(account.username)
  await page.getByRole('button', { name: 'Refresh' }).click()
  await signInAgain(page).getByLabel('Password').fill('mistyped')
  await signInAgain(page).getByRole('button', { name: 'Log in', exact: true }).click()
  await expect(signInAgain(page).getByRole('alert', { name: 'The login is invalid' })).toBeVisible()
  await logInAgain(page, account)
  await expect(page.getByRole('link', { name: 'Manage old-one' })).toBeVisible()
})

test('a person who logs out in a second tab is asked to log in when they come back to the first', async ({
  page,
  context,
  addAccount,
  signIn,
}) => {
  await page.clock.install()
  const account = addAccount({ tokens })
  await signIn(account)
  const second = await context.newPage()
  await second.goto(tokensUrl(account))
  await second.getByRole('button', { name: 'Log out' }).click()
  await expect(second.getByRole('heading', { name: 'Log in' })).toBeVisible()
  await second.goBack()
  await expect(second.getByRole('heading', { name: 'Log in' })).toBeVisible()

  await comeBackLater(page, 70)
  await expect(signInAgain(page)).toBeVisible()
  await logInAgain(page, account)
  await expect(page.getByRole('link', { name: 'Manage old-one' })).toBeVisible()
})

test('a person whose API token is revoked while they work with it logs in with the password', async ({
  page,
  house,
  addAccount,
}) => {
  const account = addAccount({ tokens: [{ name: 'old-one' }, { name: 'mine' }] })
  await page.goto('/sign-in')
  await page.getByLabel('Username').fill(account.username)
  await page.getByRole('button', { name: 'Use an API token instead' }).click()
  await secretField(page).fill(account.secrets['mine'] ?? '')
  await page.getByRole('button', { name: 'Log in', exact: true }).click()
  await page.getByRole('link', { name: 'Manage mine' }).waitFor()
  house.demo.revokeToken(account.username, 'mine')
  await page.getByRole('button', { name: 'Refresh' }).click()
  await logInAgain(page, account)
  await expect(page.getByRole('link', { name: 'Manage mine' })).toBeHidden()
  await expect(page.getByRole('link', { name: 'Manage old-one' })).toBeVisible()
})
