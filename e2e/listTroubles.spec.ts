import { expect, httpFailure, test } from './fixtures'
import { alert, createButton, namesOf, renameToken, revokeToken, typeNewToken } from './tokenScreens'

const tokens = [{ name: 'one' }, { name: 'two' }, { name: 'three' }]
const stale = /This list could not be refreshed. What you see is as of/

test.beforeEach(({ allowConsole }) => allowConsole(httpFailure))

test('a person sees a token limited to features as such', async ({ page, addAccount, signIn }) => {
  await signIn(addAccount({ sentinel: 'limited' }))
  await expect(page.getByRole('row', { name: /zone-editor/ })).toContainText('Limited')
  await page.getByRole('link', { name: 'Manage zone-editor' }).click()
  await expect(page.getByText('Limited to zoneedit')).toBeVisible()
})

test('a person sees a token once that the server lists twice', async ({ page, addAccount, signIn }) => {
  await signIn(addAccount({ sentinel: 'duplicates', tokens }))
  await expect(page.getByText('1 - 3 of 3')).toBeVisible()
  await expect(page.getByRole('table').getByRole('link', { name: /^Manage / })).toHaveCount(3)
})

test('a person sees odd names as text, nothing of them runs, and what can’t be read is counted', async ({
  page,
  addAccount,
  signIn,
}) => {
  // Any script of the garbage would open a dialog, and any error would be console noise: both fail the test.
  const dialogs: string[] = []
  page.on('dialog', (dialog) => {
    dialogs.push(dialog.message())
    void dialog.dismiss()
  })
  await signIn(addAccount({ sentinel: 'garbage', tokens }))
  const markup = '<img src=x onerror=alert(1)>'
  await expect(page.getByText(markup)).toBeVisible()
  await expect(page.getByText('gnp.nekot')).toBeVisible()
  await expect(page.getByText('=1+1')).toBeVisible()
  await expect(page.getByRole('row', { name: /no-fields/ })).toBeVisible()
  // Two without a name, one with a NUL in it, one whose expiry is no moment: a guess at it could call an expired token valid.
  await expect(page.getByRole('alert')).toContainText(
    '4 entries of the server’s answer can’t be read and are not shown.',
  )
  await expect(page.locator('img[src="x"]')).toHaveCount(0)

  await page.getByRole('link', { name: `Manage ${markup}` }).click()
  await expect(page.getByRole('heading', { name: 'Manage API Token', exact: true })).toBeVisible()
  await expect(page.getByText(markup, { exact: true }).first()).toBeVisible()
  await page.reload()
  await expect(page.getByText(markup, { exact: true }).first()).toBeVisible()
  expect(dialogs).toEqual([])
})

test('a person finds any of 5,000 tokens', async ({ page, house, addAccount, signIn }) => {
  const account = addAccount({ sentinel: 'huge' })
  await signIn(account)
  await expect(page.getByText('1 - 20 of 5000')).toBeVisible()
  const last = namesOf(house, account).at(-1) ?? ''
  await page.getByRole('searchbox').fill(last)
  await expect(page.getByRole('link', { name: `Manage ${last}`, exact: true })).toBeVisible()
})

for (const [sentinel, words] of [
  ['ahead', 'ahead of'],
  ['behind', 'behind'],
] as const) {
  test(`a person whose server’s clock is ${sentinel} is told, and expiry is told by the server’s clock`, async ({
    page,
    addAccount,
    signIn,
  }) => {
    const soon = Math.floor(Date.now() / 1000) + (sentinel === 'ahead' ? 300 : -300)
    await signIn(addAccount({ sentinel, tokens: [{ name: 'one', expiresAt: soon }] }))
    await expect(
      page
        .getByRole('note')
        .filter({ hasText: `The clock of this server is about 10 minutes ${words} this computer’s.` }),
    ).toBeVisible()
    // Ahead: five minutes to go here, expired there. Behind: over here, five minutes to go there.
    await expect(page.getByRole('row', { name: /one/ })).toContainText(
      sentinel === 'ahead' ? 'Expired' : /Expires in [45] minutes/,
    )
  })
}

test('a person with a suspended account sees the tokens and hears why none can be created', async ({
  page,
  addAccount,
  signIn,
}) => {
  await signIn(addAccount({ sentinel: 'suspended', tokens }))
  await expect(page.getByRole('link', { name: 'Manage one' })).toBeVisible()
  await typeNewToken(page, 'deploy-bot')
  await createButton(page).click()
  await expect(alert(page, 'The token was not created')).toContainText('suspended account')
  await expect(page.getByLabel('API Token Name')).toHaveValue('deploy-bot')
})

test('a person whose account is suspended meanwhile hears it when creating', async ({ page, addAccount, signIn }) => {
  await signIn(addAccount({ sentinel: 'suspending', tokens }))
  await page.getByRole('link', { name: 'Manage one' }).waitFor()
  await typeNewToken(page, 'deploy-bot')
  await createButton(page).click()
  await expect(alert(page, 'The token was not created')).toContainText('suspended account')
})

test('a person whose account loses the feature keeps the list with its age, and reads why it is old', async ({
  page,
  addAccount,
  signIn,
}) => {
  await page.clock.install()
  await signIn(addAccount({ sentinel: 'losesfeature', tokens }))
  await page.getByRole('link', { name: 'Manage one' }).waitFor()
  await page.clock.fastForward('05:10')
  await expect(page.getByText('As of 5 minutes ago')).toBeVisible()
  await page.getByRole('button', { name: 'Refresh' }).click()
  const notice = page.getByRole('alert', { name: stale })
  await expect(notice).toContainText('as of 5 minutes ago')
  await expect(notice).toContainText('The server said:')
  await expect(page.getByRole('table').getByRole('link', { name: /^Manage / })).toHaveCount(3)
})

test('a person whose account is terminated meanwhile is asked to log in, and hears that it does not work', async ({
  page,
  addAccount,
  signIn,
}) => {
  const account = addAccount({ sentinel: 'terminated', tokens })
  await signIn(account)
  await page.getByRole('link', { name: 'Manage one' }).waitFor()
  await page.getByRole('button', { name: 'Refresh' }).click()
  const dialog = page.getByRole('dialog', { name: 'Your session has ended' })
  await dialog.getByLabel('Password').fill(account.password)
  await dialog.getByRole('button', { name: 'Log in', exact: true }).click()
  await expect(dialog.getByRole('alert', { name: 'The login is invalid' })).toBeVisible()
  await dialog.getByRole('button', { name: 'Go to the login page' }).click()
  await expect(page.getByRole('heading', { name: 'Log in' })).toBeVisible()
})

test('a person whose token somebody else renamed meanwhile hears what it is called now', async ({
  page,
  addAccount,
  signIn,
}) => {
  await signIn(addAccount({ sentinel: 'meddled', tokens }))
  await page.getByRole('link', { name: 'Manage one' }).click()
  await renameToken(page, 'new-one')
  await expect(alert(page, '“one” is called “one-renamed” now')).toContainText('Somebody renamed it meanwhile.')
  await page.getByRole('link', { name: 'Show the list' }).click()
  await expect(page.getByRole('link', { name: 'Manage one-renamed' })).toBeVisible()
})

test('a person whose token somebody else revoked meanwhile ends where they wanted', async ({
  page,
  house,
  addAccount,
  signIn,
}) => {
  const account = addAccount({ sentinel: 'meddled', tokens })
  await signIn(account)
  await page.getByRole('link', { name: 'Manage two' }).click()
  await revokeToken(page)
  await expect(page.getByRole('status').filter({ hasText: 'Revoked two.' })).toBeVisible()
  await expect(page.getByRole('link', { name: 'Manage two' })).toBeHidden()
  expect(namesOf(house, account)).toEqual(['three', 'one-renamed'])
})
