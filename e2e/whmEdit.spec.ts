import { expect, httpFailure, test, type AddedAccount, type House, type Page } from './fixtures'
import { alert } from './tokenScreens'
import { addressField, few, message, nameField, openToEdit, saveButton, whatWillChange, whmCalls } from './whmLogin'
import { curlWhm } from './whmTokenScreens'

const changes = (page: Page) => whatWillChange(page).getByRole('listitem')
const saved = (page: Page, name: string) => message(page, `Saved ${name}.`)
const conflict = (page: Page) => alert(page, 'Somebody else changed this token meanwhile')
const updates = (house: House, account: AddedAccount) => whmCalls(house, account, 'api_token_update')

const limits = { acls: ['list-accts'], whitelist: ['192.0.2.7'], expiresAt: 2_000_000_000 }

/** Saves with a new name; what the server does then goes by that name. */
async function saveAs(page: Page, name: string): Promise<void> {
  await nameField(page).fill(name)
  await saveButton(page).click()
}

test('one save changes everything, each thing said before it in words', async ({ page, house, addAccount }) => {
  const account = addAccount({
    reseller: true,
    whmTokens: [{ name: 'billing', acls: ['acct-summary', 'list-accts'] }, { name: 'other' }],
  })
  const { username, whmSecrets } = account
  const before = house.demo.whmTokens(username)
  await openToEdit(page, account, 'billing')
  await expect(whatWillChange(page)).toContainText('Nothing yet.')
  await expect(saveButton(page)).toBeDisabled()

  await nameField(page).fill('billing-2')
  await page.getByRole('checkbox', { name: 'Account Summary acct-summary' }).uncheck()
  await page.getByRole('checkbox', { name: 'List Packages list-pkgs' }).check()
  await addressField(page).fill('2001:db8::7, 127.0.0.2')
  await page.getByLabel('Specify an expiration date.').check()
  await page.getByLabel('API Token Expiration Date').fill('2031-05-01')
  await expect(changes(page)).toHaveText([
    'Renames it to billing-2.',
    'Adds: List Packages.',
    'Removes: Account Summary.',
    'Limits it to 127.0.0.2, 2001:0db8:0000:0000:0000:0000:0000:0007. Until now it works from anywhere.',
    'Expires on Thursday, May 1, 2031 at 11:59:59 PM EDT (America/New_York). Until now: never.',
  ])
  await saveButton(page).click()

  await expect(saved(page, 'billing-2')).toBeVisible()
  await expect(page.getByRole('row', { name: /billing-2/ })).toContainText('2 privileges')
  expect(updates(house, account)).toHaveLength(1)
  const stored = {
    ...before[0],
    name: 'billing-2',
    acls: ['list-accts', 'list-pkgs'],
    whitelist: ['127.0.0.2', '2001:0db8:0000:0000:0000:0000:0000:0007'],
    expiresAt: Date.parse('2031-05-01T23:59:59-04:00') / 1000,
  }
  expect(house.demo.whmTokens(username)).toEqual([before[1], stored])
  // The secret is still the same, and works from where it was let in and nowhere else.
  const listing = { username, secret: whmSecrets['billing'] ?? '', call: 'listaccts?api.version=1' }
  expect(await curlWhm(house.demo, { ...listing, from: '127.0.0.2' })).toBe(true)
  expect(await curlWhm(house.demo, { ...listing, from: '127.0.0.3' })).toBe(false)
})

for (const { what, expiresAt } of [
  { what: 'a token with an hour of its end', expiresAt: 2_000_000_000 },
  { what: 'an expired token', expiresAt: 1_500_000_000 },
]) {
  test(`a new name alone leaves all else of ${what} as it was`, async ({ page, house, addAccount }) => {
    const account = addAccount({ reseller: few, whmTokens: [{ name: 'nightly', ...limits, expiresAt }] })
    const [before] = house.demo.whmTokens(account.username)
    await openToEdit(page, account, 'nightly')
    await nameField(page).fill('nightly-2')
    await expect(changes(page)).toHaveText(['Renames it to nightly-2.'])
    await saveButton(page).click()
    await expect(saved(page, 'nightly-2')).toBeVisible()
    // Whatever is not sent becomes everything: this proves that all of it was.
    expect(house.demo.whmTokens(account.username)).toEqual([{ ...before, name: 'nightly-2' }])
    expect(updates(house, account)).toMatchObject([{ method: 'POST', query: [] }])
  })
}

for (const updateWithoutWhitelist of ['clears', 'keeps'] as const) {
  test(`a limit is taken away where the server ${updateWithoutWhitelist} it`, async ({ page, house, addAccount }) => {
    const quirks = { updateWithoutWhitelist }
    const account = addAccount({ reseller: few, quirks, whmTokens: [{ name: 'nightly', ...limits }] })
    const [before] = house.demo.whmTokens(account.username)
    await openToEdit(page, account, 'nightly')
    await expect(addressField(page)).toHaveValue('192.0.2.7')
    await addressField(page).fill('')
    await expect(changes(page)).toHaveText(['Removes the limit by address: it will work from anywhere.'])
    await saveButton(page).click()
    await expect(saved(page, 'nightly')).toBeVisible()
    expect(house.demo.whmTokens(account.username)).toEqual([{ ...before, whitelist: null }])
  })
}

test.describe('when somebody else was quicker', () => {
  const mine = { name: 'shared', acls: ['list-accts'], createTime: 1_700_000_000 }
  /** What the other person makes of it, behind the page's back. */
  const theirs = { ...mine, acls: ['list-accts', 'list-pkgs'], whitelist: ['192.0.2.7'], expiresAt: null }

  async function openAndLose(page: Page, house: House, account: AddedAccount): Promise<void> {
    await openToEdit(page, account, 'shared')
    await nameField(page).fill('shared-2')
    house.demo.seedWhmToken(account.username, theirs)
    await saveButton(page).click()
    await expect(conflict(page)).toContainText('Nothing of yours was saved.')
    await expect(conflict(page).getByRole('listitem')).toHaveText([
      'Adds: List Packages.',
      'Limits it to 192.0.2.7. Until now it works from anywhere.',
    ])
    expect(updates(house, account)).toEqual([])
    expect(house.demo.whmTokens(account.username)).toEqual([theirs])
  }

  test('nothing is overwritten, and one’s own changes can be kept', async ({ page, house, addAccount }) => {
    const account = addAccount({ reseller: few, whmTokens: [mine] })
    await openAndLose(page, house, account)
    await page.getByRole('button', { name: 'Keep My Changes and Compare Again' }).click()
    await expect(conflict(page)).toHaveCount(0)
    await expect(nameField(page)).toHaveValue('shared-2')
    await expect(changes(page)).toHaveText([
      'Renames it to shared-2.',
      'Removes: List Packages.',
      'Removes the limit by address: it will work from anywhere.',
    ])
    await saveButton(page).click()
    await expect(saved(page, 'shared-2')).toBeVisible()
    const stored = { ...mine, name: 'shared-2', whitelist: null, expiresAt: null }
    expect(house.demo.whmTokens(account.username)).toEqual([stored])
  })

  test('one’s own changes can be dropped for what it is now', async ({ page, house, addAccount }) => {
    const account = addAccount({ reseller: few, whmTokens: [mine] })
    await openAndLose(page, house, account)
    await page.getByRole('button', { name: 'Drop My Changes and Show What It Is Now' }).click()
    await expect(conflict(page)).toHaveCount(0)
    await expect(nameField(page)).toHaveValue('shared')
    await expect(addressField(page)).toHaveValue('192.0.2.7')
    await expect(page.getByRole('checkbox', { name: 'List Packages list-pkgs' })).toBeChecked()
    await expect(whatWillChange(page)).toContainText('Nothing yet.')
    expect(updates(house, account)).toEqual([])
  })

  test('another token of the same name is not taken for this one', async ({ page, house, addAccount }) => {
    const account = addAccount({ reseller: few, whmTokens: [mine] })
    await openToEdit(page, account, 'shared')
    await addressField(page).fill('192.0.2.9')
    house.demo.seedWhmToken(account.username, { ...mine, createTime: mine.createTime + 1 })
    await saveButton(page).click()
    await expect(conflict(page)).toContainText('It was replaced by another token of the same name.')
    expect(updates(house, account)).toEqual([])
  })

  test('a token that was revoked meanwhile is not saved under any name', async ({ page, house, addAccount }) => {
    const account = addAccount({ reseller: few, whmTokens: [mine, { name: 'other' }] })
    await openToEdit(page, account, 'shared')
    await nameField(page).fill('shared-2')
    house.demo.revokeToken(account.username, 'shared', 'whm')
    await saveButton(page).click()
    const gone = alert(page, '“shared” is not in the list any more')
    await expect(gone).toContainText('Nothing of yours was saved.')
    await expect(nameField(page)).toHaveValue('shared-2')
    await gone.getByRole('link', { name: 'Show the list' }).click()
    await expect(page.getByRole('row').locator('bdi')).toHaveText(['other'])
    expect(updates(house, account)).toEqual([])
  })
})

for (const [name, words, stored] of [
  ['ignored-expiry-1', 'It stored no such expiry: the token does not expire.', { expiresAt: null }],
  ['ignored-whitelist-1', 'It stored another limit by address: Any.', { whitelist: null }],
  [
    'ignored-acls-1',
    'It stored other privileges: Basic WHM Functions, List Accounts, List Packages, Manage API Tokens.',
    { acls: few },
  ],
] as const) {
  test(`what the server stores otherwise than asked (${name}) is said at once`, async ({ page, house, addAccount }) => {
    const account = addAccount({ reseller: few, whmTokens: [{ name: 'nightly', ...limits }] })
    await openToEdit(page, account, 'nightly')
    await saveAs(page, name)
    const differs = alert(page, 'Saved, but the server did not do all that you asked for')
    await expect(differs.getByRole('paragraph')).toHaveText([/^Saved, but/, words])
    await expect(saved(page, name)).toHaveCount(0)
    expect(house.demo.whmTokens(account.username)).toMatchObject([{ name, ...limits, ...stored }])

    await differs.getByRole('button', { name: 'Edit it again' }).click()
    await expect(page.getByRole('heading', { name: `Edit API Token: ${name}` })).toBeVisible()
    await expect(nameField(page)).toHaveValue(name)
    await expect(whatWillChange(page)).toContainText('Nothing yet.')
  })
}

test('an answer that is lost is settled by the list', async ({ page, house, addAccount, allowConsole }) => {
  allowConsole(httpFailure)
  const account = addAccount({ reseller: few, whmTokens: [{ name: 'nightly', acls: ['list-accts'] }] })
  await openToEdit(page, account, 'nightly')
  await saveAs(page, 'lost-answer-1')
  await expect(saved(page, 'lost-answer-1')).toBeVisible()
  await expect(page.getByRole('row').locator('bdi')).toHaveText(['lost-answer-1'])
  expect(updates(house, account)).toHaveLength(1)
})

for (const [name, words] of [
  ['refused-1', 'The server said: The system could not rename the API token “refused-1”.'],
  ['lost-request-1', 'The server can’t be reached, or the connection to it broke.'],
] as const) {
  test(`a failed save (${name}) keeps what was typed`, async ({ page, house, addAccount, allowConsole }) => {
    allowConsole(httpFailure)
    const account = addAccount({ reseller: few, whmTokens: [{ name: 'nightly', acls: ['list-accts'] }] })
    const before = house.demo.whmTokens(account.username)
    await openToEdit(page, account, 'nightly')
    await nameField(page).fill(name)
    await addressField(page).fill('192.0.2.7')
    await saveButton(page).click()
    await expect(alert(page, 'The token was not saved')).toContainText(words)
    await expect(nameField(page)).toHaveValue(name)
    await expect(addressField(page)).toHaveValue('192.0.2.7')
    expect(house.demo.whmTokens(account.username)).toEqual(before)

    await saveAs(page, 'nightly-2')
    await expect(saved(page, 'nightly-2')).toBeVisible()
  })
}

test('a double click on Save saves once', async ({ page, house, addAccount }) => {
  const account = addAccount({ reseller: few, latencyMs: 300, whmTokens: [{ name: 'nightly' }] })
  await openToEdit(page, account, 'nightly')
  await nameField(page).fill('nightly-2')
  await saveButton(page).dblclick()
  await expect(saveButton(page)).toHaveAttribute('aria-disabled', 'true')
  await expect(saved(page, 'nightly-2')).toBeVisible()
  expect(updates(house, account)).toHaveLength(1)
})

test('a privilege that was lost since is marked, and left out it saves', async ({ page, house, addAccount }) => {
  const account = addAccount({ reseller: few, whmTokens: [{ name: 'nightly', acls: ['list-accts', 'list-pkgs'] }] })
  house.demo.setPrivileges(account.username, ['basic-whm-functions', 'list-accts', 'manage-api-tokens'])
  await openToEdit(page, account, 'nightly')
  const lost = page.getByRole('checkbox', { name: 'List Packages list-pkgs' })
  await expect(lost).toBeChecked()
  await expect(lost).toHaveAccessibleDescription(/You don’t have this privilege any more/)
  await expect(page.getByRole('checkbox', { name: 'List Accounts list-accts' })).toHaveAccessibleDescription('')
  await saveAs(page, 'nightly-2')
  await expect(alert(page, 'The token was not saved')).toContainText('You do not have the privilege “list-pkgs”.')
  await lost.click()
  await expect(page.getByRole('checkbox', { name: 'List Packages list-pkgs', checked: true })).toHaveCount(0)
  await saveButton(page).click()
  await expect(saved(page, 'nightly-2')).toBeVisible()
  expect(house.demo.whmTokens(account.username)).toMatchObject([{ name: 'nightly-2', acls: ['list-accts'] }])
})
