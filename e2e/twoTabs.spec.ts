import { expect, httpFailure, test, tokensUrl, type AddedAccount, type Page } from './fixtures'
import { createToken, openToken, revokeToken } from './tokenScreens'

const tokens = [{ name: 'one' }, { name: 'two' }]

/** The same list in a second tab. Nobody touches the first one from here on. */
async function openSecond(page: Page, account: AddedAccount): Promise<Page> {
  const second = await page.context().newPage()
  await second.goto(tokensUrl(account))
  await expect(second.getByRole('link', { name: 'Manage one' })).toBeVisible()
  // It listens to the others from when all of it is loaded.
  await second.waitForLoadState('networkidle')
  return second
}

const signInAgain = (page: Page) => page.getByRole('dialog', { name: 'Your session has ended' })

async function logInAgain(page: Page, { password }: AddedAccount): Promise<void> {
  await signInAgain(page).getByLabel('Password').fill(password)
  await signInAgain(page).getByRole('button', { name: 'Log in', exact: true }).click()
  await expect(signInAgain(page)).toBeHidden()
}

test('a person who creates and revokes in one tab sees it in the other', async ({ page, addAccount, signIn }) => {
  const account = addAccount({ tokens })
  await signIn(account)
  const second = await openSecond(page, account)
  await createToken(second, 'deploy-bot')
  await expect(page.getByRole('link', { name: 'Manage deploy-bot' })).toBeVisible()
  await second.getByRole('button', { name: 'Yes, I Saved My Token' }).click()
  await openToken(second, account, 'two')
  await revokeToken(second)
  await expect(page.getByRole('link', { name: 'Manage two' })).toBeHidden()
  await expect(page.getByRole('link', { name: 'Manage one' })).toBeVisible()
})

test('a person who asks whether to revoke in one tab and does it in the other is told', async ({
  page,
  addAccount,
  signIn,
}) => {
  const account = addAccount({ tokens })
  await signIn(account)
  const second = await openSecond(page, account)
  await openToken(page, account, 'two')
  await page.getByRole('button', { name: 'Revoke the Token', exact: true }).click()
  await openToken(second, account, 'two')
  await revokeToken(second)
  await expect(page.getByRole('alert', { name: 'There is no token “two”' })).toBeVisible()
})

test('a person who logs out in one tab is asked in the other at once, and logging in there is enough', async ({
  page,
  addAccount,
  signIn,
}) => {
  const account = addAccount({ tokens })
  await signIn(account)
  const second = await openSecond(page, account)
  const third = await openSecond(page, account)
  await second.getByRole('button', { name: 'Log out' }).click()
  await expect(signInAgain(page)).toBeVisible()
  await expect(signInAgain(third)).toBeVisible()
  await logInAgain(page, account)
  await expect(signInAgain(third)).toBeHidden()
  await expect(third.getByRole('link', { name: 'Manage one' })).toBeVisible()
})

test('a person whose session ends is asked in both tabs, and logs in for both', async ({
  page,
  house,
  addAccount,
  signIn,
  allowConsole,
}) => {
  allowConsole(httpFailure)
  const account = addAccount({ tokens })
  await signIn(account)
  const second = await openSecond(page, account)
  house.demo.endSessions(account.username)
  await page.getByRole('button', { name: 'Refresh' }).click()
  await expect(signInAgain(page)).toBeVisible()
  await expect(signInAgain(second)).toBeVisible()
  await logInAgain(second, account)
  await expect(signInAgain(page)).toBeHidden()
  await page.getByRole('link', { name: 'Manage one' }).click()
  await expect(page.getByRole('heading', { name: 'Rename Token' })).toBeVisible()
})

test('a person who chooses the dark theme in one tab has it in the other', async ({ page, addAccount, signIn }) => {
  const account = addAccount({ tokens })
  await signIn(account)
  const second = await openSecond(page, account)
  const ink = () => page.evaluate(() => getComputedStyle(document.body).color)
  const light = await ink()
  await second.getByRole('button', { name: 'Theme' }).click()
  await second.getByRole('menuitemradio', { name: 'Dark' }).click()
  await expect.poll(ink).not.toBe(light)
  await page.getByRole('button', { name: 'Theme' }).click()
  await expect(page.getByRole('menuitemradio', { name: 'Dark' })).toHaveAttribute('aria-checked', 'true')
})
