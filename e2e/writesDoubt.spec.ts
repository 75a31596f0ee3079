import { expect, httpFailure, tokensUrl, type AddedAccount, type Page } from './fixtures'
import { testInHouse } from './otherHouse'
import { alert, callsOf, createButton, namesOf, openToken, renameToken, revokeToken } from './tokenScreens'

/** A Keyring that waits a second for a server that takes three: the outcome of a write is open then. */
const test = testInHouse({ slowMs: 3_000 }, { ANSWER_TIMEOUT: '1' })
const tokens = [{ name: 'old-one' }]
const unknown = 'It is not known whether the token was created'

async function createInDoubt(page: Page, account: AddedAccount): Promise<void> {
  await page.goto(`${tokensUrl(account)}/create`)
  await page.getByLabel('API Token Name').fill('slow-create-1')
  await createButton(page).click()
  await expect(alert(page, unknown)).toContainText('Nothing is tried again by itself.')
}

test.beforeEach(({ allowConsole, house }) => {
  allowConsole(httpFailure)
  house.demo.set({ latencyMs: 0 })
})

test('a person whose create took too long checks again and hears that creating again is safe', async ({
  page,
  house,
  addAccount,
  signIn,
}) => {
  const account = addAccount({ tokens })
  await signIn(account)
  await createInDoubt(page, account)
  // The next name is typed already; the question is still about the first one.
  await page.getByLabel('API Token Name').fill('another')
  await page.getByRole('button', { name: 'Check again' }).click()
  await expect(page.getByRole('alert').filter({ hasText: '“slow-create-1” is not in the list.' })).toBeVisible()
  expect(callsOf(house, account, 'create_full_access')).toBe(1)
})

test('a person whose create took too long checks again and finds the token without its secret', async ({
  page,
  house,
  addAccount,
  signIn,
}) => {
  const account = addAccount({ tokens })
  await signIn(account)
  await createInDoubt(page, account)
  house.demo.seedToken(account.username, { name: 'slow-create-1', createTime: Math.floor(Date.now() / 1000) })
  await page.getByRole('button', { name: 'Check again' }).click()
  await alert(page, 'The token exists, but its secret was lost')
    .getByRole('link', { name: 'Manage slow-create-1' })
    .click()
  await expect(page.getByRole('heading', { name: 'Manage API Token', exact: true })).toBeVisible()
})

test('a person whose answer and whose list are both cut off hears that nobody knows, however often they check', async ({
  page,
  house,
  addAccount,
  signIn,
}) => {
  const account = addAccount({ sentinel: 'cut', tokens })
  await signIn(account)
  await page.goto(`${tokensUrl(account)}/create`)
  await page.getByLabel('API Token Name').fill('deploy-bot')
  await createButton(page).click()
  await expect(alert(page, unknown)).toBeVisible()
  await page.getByRole('button', { name: 'Check again' }).click()
  await expect(alert(page, 'The tokens could not be loaded').last()).toContainText('can’t be understood')
  await expect(page.getByRole('button', { name: 'Check again' })).toBeEnabled()
  expect(namesOf(house, account)).toEqual(['old-one', 'deploy-bot'])
  expect(callsOf(house, account, 'create_full_access')).toBe(1)
})

test('a person whose revocation took too long hears that its end is open', async ({ page, addAccount, signIn }) => {
  const account = addAccount({ tokens: [{ name: 'slow-revoke-1' }] })
  await signIn(account)
  await openToken(page, account, 'slow-revoke-1')
  await revokeToken(page)
  await expect(alert(page, 'It is not known whether the token was revoked')).toContainText(
    'The server took too long to answer.',
  )
})

test('a person whose server becomes too slow during a rename hears that nobody knows its end', async ({
  page,
  house,
  addAccount,
  signIn,
}) => {
  const account = addAccount({ tokens })
  await signIn(account)
  await openToken(page, account, 'old-one')
  // From now on every answer of this server takes too long.
  house.demo.set({ latencyMs: 3_000 })
  await renameToken(page, 'new-one')
  await expect(alert(page, 'It is not known whether the token was renamed')).toBeVisible()
  await expect(page.getByLabel('New API Token Name')).toHaveValue('new-one')
})
