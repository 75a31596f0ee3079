import type { Locator } from '@playwright/test'
import { expectAccessible } from './looks'
import { expect, httpFailure, test, type AddedAccount, type House, type Page } from './fixtures'
import { openHouse } from './house'
import { alert, createToken, secretField } from './tokenScreens'
import { openWhmTokens } from './whmTokenScreens'

/** The name under which this Keyring knows its one server. */
const SERVER = '127.0.0.1'

async function pressTest(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Test this token' }).click()
}

/** What was said of the test, in the place that a screen reader reads out by itself. */
function result(page: Page, title: string): Locator {
  return page.getByRole('status').getByRole('note', { name: title })
}

/** The calls that came with a token as their credential. */
function callsByToken({ demo }: House, { username }: AddedAccount): string[] {
  return demo.calls.filter(({ user, via }) => user === username && via === 'token').map(({ name }) => name)
}

/** Generates a token of WHM on screen and answers its secret. */
async function generateToken(page: Page, privileges: RegExp, addresses: string): Promise<string> {
  await page.getByRole('link', { name: 'Generate Token' }).click()
  await page.getByLabel('Name', { exact: true }).fill('watcher')
  await page.getByLabel('Whitelisted IPs').fill(addresses)
  await page.getByRole('checkbox', { name: privileges }).check()
  await page.getByRole('button', { name: 'Save' }).click()
  return secretField(page).inputValue()
}

/** Logs in to WHM on screen and opens the tokens of an account. */
async function openAccount(page: Page, reseller: AddedAccount, account: AddedAccount): Promise<void> {
  await page.goto('/sign-in')
  await page.getByLabel('WHM').check()
  await page.getByLabel('Username').fill(reseller.username)
  await page.getByLabel('Password').fill(reseller.password)
  await page.getByRole('button', { name: 'Log in', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'Accounts' })).toBeVisible()
  await page.goto(`/c/main.whm.${reseller.username}/accounts/${account.username}/tokens`)
}

test.describe('a person with a new cPanel token', () => {
  test('sees that it works, by one call that has the token alone', async ({ page, house, addAccount, signIn }) => {
    const account = addAccount()
    await signIn(account)
    const secret = await createToken(page, 'deploy-bot')
    await expect(
      page.getByText(`Asks ${SERVER} one question with this token, as ${account.username}. Nothing changes there.`),
    ).toBeVisible()
    await page.getByRole('button', { name: 'Test this token' }).focus()
    await page.keyboard.press('Enter')
    const works = result(page, 'The token works')
    await expect(works).toContainText(`The server accepted this token just now, as ${account.username} on ${SERVER}.`)
    await expect(works).not.toContainText('IP addresses')
    expect(callsByToken(house, account)).toEqual(['Tokens::list'])
    await expect(page.getByRole('button', { name: 'Test this token' })).toBeFocused()
    await expect(secretField(page)).toHaveValue(secret)
    await expectAccessible(page, 'tested')
  })

  test('is told what may be behind a no, and the screen stays', async ({ page, house, addAccount, signIn }) => {
    const account = addAccount()
    await signIn(account)
    const secret = await createToken(page, 'deploy-bot')
    house.demo.revokeToken(account.username, 'deploy-bot')
    await pressTest(page)
    const refused = result(page, 'The server did not accept this token')
    await expect(refused).toContainText(`It was sent as ${account.username} to ${SERVER}`)
    await expect(refused.getByRole('listitem')).toHaveText([
      'it is only seconds old. Some servers take a moment: test it again.',
      'it has expired, or was revoked meanwhile.',
    ])
    await expect(secretField(page)).toHaveValue(secret)
    await page.getByRole('button', { name: 'Yes, I Saved My Token' }).click()
    await expect(page.getByRole('heading', { name: 'List API Tokens' })).toBeVisible()
  })

  test('is told that it is accepted where the server refuses this call alone, in its words', async ({
    page,
    house,
    addAccount,
    signIn,
  }) => {
    const account = addAccount()
    await signIn(account)
    await createToken(page, 'deploy-bot')
    house.demo.setFeature(account.username, 'apitokens', false)
    await pressTest(page)
    const limited = result(page, 'The server accepted this token, but not this call')
    await expect(limited).toContainText(`which ${account.username} or this token may not do`)
    await expect(limited).toContainText('The server says: You do not have the feature “apitokens”.')
  })

  test('is told where the answer leaves it open', async ({ page, house, addAccount, signIn }) => {
    const account = addAccount()
    await signIn(account)
    await createToken(page, 'deploy-bot')
    house.demo.revokeToken(account.username, 'deploy-bot')
    house.demo.set({ quirks: { refusalBody: 'html' } })
    await pressTest(page)
    await expect(result(page, 'The answer says nothing of the token')).toContainText(
      'either: it does not accept the token',
    )
    house.demo.set({ quirks: { refusalBody: 'cpanelresult' } })
    await pressTest(page)
    await expect(result(page, 'The server did not accept this token')).toBeVisible()
    await expect(page.getByText('The answer says nothing of the token')).toBeHidden()
  })

  test('is told that nothing is known where no answer came, and may test again', async ({
    page,
    house,
    addAccount,
    signIn,
    allowConsole,
  }) => {
    allowConsole(httpFailure)
    await signIn(addAccount())
    const secret = await createToken(page, 'deploy-bot')
    // Once the list has been read back.
    await expect(page.getByText('Checking what the server stored…')).toBeHidden()
    house.demo.die(0, 'Tokens::list')
    await pressTest(page)
    await expect(alert(page, 'The token was not tested')).toBeVisible()
    await expect(secretField(page)).toHaveValue(secret)
    house.demo.revive()
    await pressTest(page)
    await expect(result(page, 'The token works')).toBeVisible()
    await expect(alert(page, 'The token was not tested')).toBeHidden()
  })

  test('whose login has ended is asked to log in, and the secret is still there', async ({
    page,
    addAccount,
    signIn,
    allowConsole,
  }) => {
    allowConsole(httpFailure)
    const account = addAccount()
    await signIn(account)
    const secret = await createToken(page, 'deploy-bot')
    await expect(page.getByText('Checking what the server stored…')).toBeHidden()
    await page.evaluate(() => fetch('/api/connections', { method: 'DELETE' }))
    await pressTest(page)
    await page.getByRole('dialog').getByLabel('Password').fill(account.password)
    await page.getByRole('dialog').getByRole('button', { name: 'Log in', exact: true }).click()
    await expect(page.getByRole('dialog')).toBeHidden()
    await expect(secretField(page)).toHaveValue(secret)
    await pressTest(page)
    await expect(result(page, 'The token works')).toBeVisible()
  })
})

test.describe('an administrator with a new token of WHM', () => {
  test('sees that it works from the machine where Keyring runs', async ({ page, house, addAccount }) => {
    const account = addAccount({ reseller: ['all'] })
    await openWhmTokens(page, account)
    await generateToken(page, /basic-whm-functions/, '127.0.0.0/8')
    await pressTest(page)
    const works = result(page, 'The token works')
    await expect(works).toContainText(`as ${account.username} on ${SERVER}.`)
    await expect(works).toContainText('limited to IP addresses, so this says nothing of other machines')
    expect(callsByToken(house, account)).toEqual(['version'])
  })

  test('is told first of the addresses where the token is limited to others', async ({ page, addAccount }) => {
    await openWhmTokens(page, addAccount({ reseller: ['all'] }))
    await generateToken(page, /basic-whm-functions/, '192.0.2.1')
    await pressTest(page)
    const whys = result(page, 'The server did not accept this token').getByRole('listitem')
    await expect(whys).toHaveCount(4)
    await expect(whys.first()).toContainText('from those addresses it may well work')
  })

  test('is told that a token for one job is accepted and does not answer this', async ({ page, addAccount }) => {
    await openWhmTokens(page, addAccount({ reseller: ['all'] }))
    await generateToken(page, /show-bandwidth/, '')
    await pressTest(page)
    const limited = result(page, 'The server accepted this token, but not this call')
    await expect(limited).toContainText('takes the privilege “Basic WHM Functions”')
    await expect(limited).toContainText('The server says: Access denied')
  })
})

test.describe('a reseller with a new token of an account', () => {
  test('sees it work as that account, at the door of cPanel', async ({ page, house, addAccount }) => {
    const reseller = addAccount({ reseller: ['list-accts', 'cpanel-api', 'basic-whm-functions'] })
    const account = addAccount({ owner: reseller.username })
    await openAccount(page, reseller, account)
    await createToken(page, 'deploy-bot')
    await pressTest(page)
    await expect(result(page, 'The token works')).toContainText(`as ${account.username} on ${SERVER}.`)
    expect(callsByToken(house, account)).toEqual(['Tokens::list'])
    expect(callsByToken(house, reseller)).toEqual([])
    house.demo.revokeToken(account.username, 'deploy-bot')
    await pressTest(page)
    await expect(result(page, 'The server did not accept this token')).toBeVisible()
    // The login of the reseller has nothing to do with it.
    await page.getByRole('button', { name: 'Yes, I Saved My Token' }).click()
    await expect(page.getByRole('heading', { name: 'List API Tokens' })).toBeVisible()
  })

  test('is told where Keyring does not know that door, and has to wait after too many that fail', async ({
    page,
    allowConsole,
  }) => {
    allowConsole(httpFailure)
    const house = await openHouse({}, { CPANEL_URL: '', SIGN_IN_LIMIT: '1' })
    const reseller = house.demo.addAccount({ username: 'seller', reseller: ['all'] })
    const account = house.demo.addAccount({ username: 'customer', owner: 'seller' })
    const at = (path: string) => new URL(path, house.url).href
    await page.goto(at('/sign-in'))
    await page.getByLabel('Username').fill('seller')
    await page.getByLabel('Password').fill(reseller.password)
    await page.getByRole('button', { name: 'Log in', exact: true }).click()
    await expect(page.getByRole('heading', { name: 'Accounts' })).toBeVisible()
    await page.goto(at(`/c/main.whm.seller/accounts/${account.username}/tokens`))
    await createToken(page, 'deploy-bot')
    await expect(page.getByText('Tokens of accounts can’t be tested here')).toBeVisible()
    await expect(page.getByRole('button', { name: 'Test this token' })).toBeHidden()
    await page.getByRole('button', { name: 'Yes, I Saved My Token' }).click()

    await page.goto(at('/c/main.whm.seller/whm-tokens'))
    await generateToken(page, /basic-whm-functions/, '192.0.2.1')
    await pressTest(page)
    await expect(result(page, 'The server did not accept this token')).toBeVisible()
    await pressTest(page)
    await expect(alert(page, 'Too many tests in a row')).toContainText(/Wait \d+ seconds?, then test again/)
    await house.close()
  })
})
