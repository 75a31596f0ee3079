import { expect, httpFailure, type AddedAccount, type Page } from './fixtures'
import { testInHouse } from './otherHouse'
import { alert, secretField } from './tokenScreens'

/** A Keyring that passes two wrong tries on and no more. */
const test = testInHouse({}, { SIGN_IN_LIMIT: '2' })

async function tryLogin(page: Page, { username }: AddedAccount, password: string): Promise<void> {
  await page.getByLabel('Username').fill(username)
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Log in', exact: true }).click()
}

const list = (page: Page) => page.getByRole('heading', { name: 'List API Tokens' })

test.beforeEach(async ({ page, allowConsole }) => {
  allowConsole(httpFailure)
  await page.goto('/sign-in')
})

test('a person with a wrong password hears what may be behind it, and after two tries that they must wait', async ({
  page,
  house,
  addAccount,
}) => {
  const account = addAccount()
  await tryLogin(page, account, 'wrong-1')
  await expect(alert(page, 'The login is invalid')).toContainText('Check both.')
  await expect(page.getByLabel('Username')).toHaveValue(account.username)
  await tryLogin(page, account, 'wrong-2')
  await expect(alert(page, 'The login is invalid')).toBeVisible()
  await tryLogin(page, account, account.password)
  await expect(alert(page, 'Too many failed tries')).toContainText(/Wait \d+ seconds, check the password/)
  // The third try, the right one, never reached the server.
  expect(house.demo.calls.filter((call) => call.name === 'login' && call.user === account.username)).toHaveLength(2)
})

test('a person who forgot the user name or the password is told which, and nothing is sent', async ({ page }) => {
  await page.getByRole('button', { name: 'Log in', exact: true }).click()
  await expect(page.getByText('Enter the user name.')).toBeVisible()
  await page.getByLabel('Username').fill('somebody')
  await page.getByRole('button', { name: 'Log in', exact: true }).click()
  await expect(page.getByText('Enter the password.')).toBeVisible()
  await expect(page.getByRole('alert')).toBeHidden()
})

test('a person with two-factor sign-in is asked for the code, mistypes it, and gets in with the right one', async ({
  page,
  addAccount,
}) => {
  const account = addAccount({ tfa: true })
  await expect(page.getByLabel('Security Code')).toBeHidden()
  await tryLogin(page, account, account.password)
  await expect(alert(page, 'One more step to log in')).toBeVisible()
  await expect(page.getByLabel('Security Code')).toBeFocused()
  await page.getByLabel('Security Code').fill('000000')
  await page.keyboard.press('Enter')
  await expect(alert(page, 'The login is invalid')).toContainText('password together with this code')
  await page.getByLabel('Security Code').fill('12ab')
  await page.keyboard.press('Enter')
  await expect(page.getByText('Enter the six digits of the security code.')).toBeVisible()
  await page.getByLabel('Security Code').fill(account.code ?? '')
  await page.keyboard.press('Enter')
  await expect(list(page)).toBeVisible()
})

test('a person who knows that a code is needed gives it at once', async ({ page, addAccount }) => {
  const account = addAccount({ tfa: true })
  await page.getByRole('button', { name: 'I have a security code' }).click()
  await page.getByLabel('Security Code').fill(account.code ?? '')
  await tryLogin(page, account, account.password)
  await expect(list(page)).toBeVisible()
  await expect(page.getByRole('alert')).toBeHidden()
})

test('a person logs in with an API token, after hearing that a wrong one is not accepted', async ({
  page,
  addAccount,
}) => {
  const account = addAccount({ tokens: [{ name: 'mine' }] })
  await page.getByLabel('Username').fill(account.username)
  await page.getByRole('button', { name: 'Use an API token instead' }).click()
  await secretField(page).fill('A'.repeat(32))
  await page.getByRole('button', { name: 'Log in', exact: true }).click()
  await expect(alert(page, 'The login is invalid')).toContainText('The server did not accept this API token.')
  await secretField(page).fill(` ${account.secrets['mine'] ?? ''} `)
  await page.getByRole('button', { name: 'Log in', exact: true }).click()
  await expect(list(page)).toBeVisible()
})

test('a person with an expired API token is told that it may be expired', async ({ page, addAccount }) => {
  const account = addAccount({ tokens: [{ name: 'old', expiresAt: Math.floor(Date.now() / 1000) - 60 }] })
  await page.getByLabel('Username').fill(account.username)
  await page.getByRole('button', { name: 'Use an API token instead' }).click()
  await secretField(page).fill(account.secrets['old'] ?? '')
  await page.getByRole('button', { name: 'Log in', exact: true }).click()
  await expect(alert(page, 'The login is invalid')).toContainText('expired or revoked')
})

test('a person who logs out is back at the login page, and the server forgets the session', async ({
  page,
  house,
  addAccount,
  signIn,
}) => {
  const account = addAccount()
  await signIn(account)
  await page.getByRole('button', { name: 'Log out' }).click()
  await expect(page.getByRole('heading', { name: 'Log in' })).toBeVisible()
  expect(house.demo.endSessions(account.username)).toBe(0)
  await page.goBack()
  await expect(page.getByRole('heading', { name: 'Log in' })).toBeVisible()
})
