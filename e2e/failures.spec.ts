import { expect, httpFailure, test, tokensUrl } from './fixtures'
import { alert, createButton, namesOf, renameToken, revokeToken, typeNewToken } from './tokenScreens'

const failed = 'The tokens could not be loaded'
const tokens = [{ name: 'one' }, { name: 'two' }, { name: 'three' }]
const unknown = 'It is not known whether the token was created'
const cutOff = 'The server’s answer can’t be understood. It may have been cut off'

test.beforeEach(({ allowConsole }) => allowConsole(httpFailure))

/** What a person reads who creates a token there all the same. */
const createEnds: Record<string, string> = {
  badgateway: unknown,
  restarting: unknown,
  nonsense: unknown,
  emptybody: unknown,
  cut: unknown,
  halfjson: unknown,
  dropped: unknown,
  nulldata: 'What the server stored could not be checked',
}

for (const [sentinel, words] of Object.entries({
  denied: 'The server refused this call. Your user may lack the privilege or the feature for it',
  badgateway: 'The server reported a fault of its own. A service on it may be restarting.',
  restarting: 'The server reported a fault of its own. A service on it may be restarting.',
  toomany: 'The server asks for a break. Wait 7 seconds, then try again.',
  unavailable: 'The server asks for a break. Wait 30 seconds, then try again.',
  redirected: 'The server sent us to another address, where we don’t follow',
  nonsense: cutOff,
  emptybody: cutOff,
  cut: cutOff,
  halfjson: cutOff,
  nulldata: cutOff,
  dropped: 'The server can’t be reached, or the connection to it broke. Check that it runs, then try again.',
  nofeature: 'The server said:',
})) {
  test(`a person whose server fails (${sentinel}) reads what happened and what to do, in the list and when creating`, async ({
    page,
    addAccount,
    signIn,
  }) => {
    const account = addAccount({ sentinel, tokens })
    await signIn(account)
    await expect(alert(page, failed)).toContainText(words)
    await expect(alert(page, failed).getByRole('button', { name: 'Try again' })).toBeVisible()
    await expect(page.getByRole('button', { name: 'Log out' })).toBeVisible()
    // Creating does not depend on the list.
    await page.goto(`${tokensUrl(account)}/create`)
    await page.getByLabel('API Token Name').fill('deploy-bot')
    await createButton(page).click()
    await expect(page.getByRole('region', { name: 'Create API Token' })).toContainText(createEnds[sentinel] ?? words)
  })
}

test('a person whose token can’t be loaded reads why on its screen, and tries again once that is mended', async ({
  page,
  house,
  addAccount,
  signIn,
}) => {
  const account = addAccount({ sentinel: 'nofeature', tokens })
  await signIn(account)
  await page.goto(`${tokensUrl(account)}/one`)
  await expect(alert(page, failed)).toContainText('The server said:')
  house.demo.setFeature(account.username, 'apitokens', true)
  await alert(page, failed).getByRole('button', { name: 'Try again' }).click()
  await expect(page.getByRole('heading', { name: 'Rename Token' })).toBeVisible()
  await expect(alert(page, failed)).toBeHidden()
})

test('a person whose server answers every call with the login page is asked to log in, and may leave', async ({
  page,
  addAccount,
  signIn,
}) => {
  await signIn(addAccount({ sentinel: 'loginpage' }))
  const dialog = page.getByRole('dialog', { name: 'Your session has ended' })
  await dialog.getByRole('button', { name: 'Go to the login page' }).click()
  await expect(page.getByRole('heading', { name: 'Log in' })).toBeVisible()
})

for (const sentinel of ['strings', 'wrapped', 'emptyarrays']) {
  test(`a person notices nothing of an unusual but sound server (${sentinel})`, async ({
    page,
    house,
    addAccount,
    signIn,
  }) => {
    const account = addAccount({ sentinel })
    await signIn(account)
    const before = namesOf(house, account)
    for (const name of before) await expect(page.getByRole('link', { name: `Manage ${name}` })).toBeVisible()
    await typeNewToken(page, 'deploy-bot')
    await createButton(page).click()
    await page.getByRole('button', { name: 'Yes, I Saved My Token' }).click()
    await page.getByRole('link', { name: 'Manage deploy-bot' }).click()
    await renameToken(page, 'deploy-bot-2')
    await page.getByRole('link', { name: 'Manage deploy-bot-2' }).click()
    await revokeToken(page)
    await expect(page.getByRole('status').filter({ hasText: 'Revoked deploy-bot-2.' })).toBeVisible()
    await expect(page.getByRole('alert')).toBeHidden()
    expect(namesOf(house, account)).toEqual(before)
  })
}

test('a person on a slow server sees the outline of the list, then the list', async ({ page, addAccount, signIn }) => {
  await signIn(addAccount({ sentinel: 'slow', tokens }))
  await expect(page.getByRole('status', { name: 'Loading the API tokens…' })).toBeVisible()
  await expect(page.getByRole('link', { name: 'Manage one' })).toBeVisible()
  await expect(page.getByRole('status', { name: 'Loading the API tokens…' })).toBeHidden()
})

test('a person who lost the network reads that Keyring itself can’t be reached, and goes on when it is back', async ({
  page,
  context,
  addAccount,
  signIn,
}) => {
  await signIn(addAccount({ tokens }))
  await context.setOffline(true)
  await page.getByRole('button', { name: 'Refresh' }).click()
  await expect(page.getByRole('alert')).toContainText('Keyring itself can’t be reached.')
  await context.setOffline(false)
  await page.getByRole('button', { name: 'Refresh' }).click()
  await expect(page.getByRole('alert')).toBeHidden()
  await expect(page.getByRole('link', { name: 'Manage one' })).toBeVisible()
})

test('a reseller without the privilege to list accounts reads that, with a way on', async ({ page, addAccount }) => {
  const { username, password } = addAccount({ sentinel: 'noprivilege' })
  await page.goto('/sign-in')
  await page.getByLabel('WHM').check()
  await page.getByLabel('Username').fill(username)
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Log in', exact: true }).click()
  await expect(page.getByText(`${username} on 127.0.0.1 may not list accounts`)).toBeVisible()
  await expect(page.getByText(/“List Accounts” \(list-accts\) is missing/)).toContainText('Edit Reseller')
  await expect(page.getByRole('link', { name: 'Log in to a cPanel account' })).toBeVisible()
})
