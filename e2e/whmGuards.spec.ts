import { expect, httpFailure, test, type AddedAccount, type House, type Page } from './fixtures'
import {
  addressField,
  few,
  message,
  nameField,
  openToEdit,
  placesWith,
  saveButton,
  whatWillChange,
  whmCalls,
} from './whmLogin'
import { openWhmTokens, whmTokensUrl } from './whmTokenScreens'

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })
const note = (page: Page, name: string) => page.getByRole('note', { name })
const own = (page: Page) => note(page, 'You are logged in with this token')
const parent = (page: Page) => note(page, 'Some accounts of this server run on child nodes')
const secretField = (page: Page) => page.getByLabel('Secret', { exact: true })
const asked = (house: House, account: AddedAccount) => whmCalls(house, account, 'api_token_get_details')
const reserved = 'This name is reserved for a program of the server itself.'

async function paste(page: Page, secret: string): Promise<void> {
  await secretField(page).fill(secret)
  await button(page, 'Find It').click()
}

/** To the list once more: by now everything that a warning could hang on has been answered. */
async function openAgain(page: Page, account: AddedAccount): Promise<void> {
  await openWhmTokens(page, account)
  await page.getByRole('link', { name: 'Generate Token' }).click()
  await expect(page.getByRole('group', { name: 'Privileges', exact: true })).toBeVisible()
  await page.getByRole('link', { name: 'Accounts', exact: true }).click()
  await expect(page.getByRole('table', { name: 'Accounts' }).or(note(page, 'may not list accounts'))).toBeVisible()
  await page.getByRole('link', { name: 'WHM API Tokens' }).click()
  await expect(button(page, 'Which token is this?')).toBeVisible()
}

test.describe('who is logged in with an API token', () => {
  const lost = 'Once “mine” is revoked, this login ends'
  const tokens = { reseller: few, whmTokens: [{ name: 'mine' }, { name: 'other' }] }

  test('is warned before revoking it from the list, and of no other token', async ({ page, addAccount }) => {
    const account = addAccount(tokens)
    await openWhmTokens(page, account, account.whmSecrets['mine'])
    await button(page, 'Revoke mine').click()
    await expect(own(page)).toContainText(lost)
    await button(page, 'Cancel').click()
    await button(page, 'Revoke All').click()
    await expect(own(page)).toContainText(lost)
    await button(page, 'Cancel').click()
    await button(page, 'Revoke other').click()
    await expect(page.getByRole('heading', { name: 'Confirm Revocation' })).toBeVisible()
    await expect(own(page)).toHaveCount(0)
  })

  test('is warned on its own page, and logged out by it', async ({ page, house, addAccount, allowConsole }) => {
    allowConsole(httpFailure)
    const account = addAccount(tokens)
    await openToEdit(page, account, 'mine', account.whmSecrets['mine'])
    await expect(own(page)).toContainText('a limit by address can end this login')
    await button(page, 'Revoke the Token').click()
    const question = page.getByRole('group', { name: 'Really revoke “mine”?' })
    await expect(question.getByRole('note')).toContainText(lost)
    await question.getByRole('button', { name: 'Cancel' }).click()

    await page.getByRole('link', { name: 'WHM API Tokens' }).click()
    await page.getByRole('link', { name: 'Edit other' }).click()
    await button(page, 'Revoke the Token').click()
    await expect(page.getByRole('group', { name: 'Really revoke “other”?' })).toBeVisible()
    await expect(own(page)).toHaveCount(0)

    await page.goto(`${whmTokensUrl(account)}/mine`)
    await button(page, 'Revoke the Token').click()
    await button(page, 'Yes, Revoke the Token').click()
    await expect(page.getByRole('dialog', { name: 'Your session has ended' })).toBeVisible()
    expect(house.demo.whmTokens(account.username).map(({ name }) => name)).toEqual(['other'])
  })

  test('sees no such warning with a password', async ({ page, addAccount }) => {
    await openWhmTokens(page, addAccount(tokens))
    const answer = page.waitForResponse(/own-token$/)
    await button(page, 'Revoke All').click()
    await (await answer).finished()
    await expect(page.getByRole('heading', { name: 'Confirm Revocation' })).toBeVisible()
    await expect(own(page)).toHaveCount(0)
  })
})

test.describe('which token a secret is of', () => {
  const whmTokens = [
    { name: 'nagios', acls: ['list-accts', 'list-pkgs'], whitelist: ['192.0.2.7'], expiresAt: 2_000_000_000 },
    { name: 'old-one', acls: ['list-accts'], expiresAt: 1_500_000_000 },
  ]

  test('is told with all that the token may do, and the secret stays nowhere', async ({ page, house, addAccount }) => {
    const account = addAccount({ reseller: few, whmTokens })
    const { nagios = '', 'old-one': old = '' } = account.whmSecrets
    await openWhmTokens(page, account)
    await button(page, 'Which token is this?').click()
    await secretField(page).fill(nagios)
    // While it is typed it is here and nowhere else; so the search finds what is there.
    expect(await placesWith(page, house, nagios)).toEqual(['fields'])
    await button(page, 'Find It').click()

    await expect(page.getByRole('alert', { name: 'It is the token “nagios”.' })).toBeVisible()
    const facts = page.getByRole('region', { name: 'Which token is this?' }).getByRole('definition')
    await expect(facts.nth(0)).toHaveText('nagios')
    await expect(facts.nth(2)).toHaveText('May 17, 2033, 11:33 PM')
    await expect(facts.nth(4)).toHaveText('list-accts, list-pkgs · Works from 192.0.2.7')
    await expect(secretField(page)).toHaveValue('')
    expect(await placesWith(page, house, nagios)).toEqual([])
    expect(await placesWith(page, house, '/json-api/:function')).toEqual(['log'])
    expect(asked(house, account)).toMatchObject([{ method: 'POST', query: [] }])

    await paste(page, ` ${old} `)
    await expect(page.getByRole('alert', { name: 'It is the token “old-one”.' })).toContainText('It has expired')
    expect(await placesWith(page, house, old)).toEqual([])
    await page.getByRole('alert').getByRole('link', { name: 'Edit old-one' }).click()
    await expect(page.getByRole('heading', { name: 'Edit API Token: old-one' })).toBeVisible()
  })

  for (const [unknownSecretResult, words] of [
    [1, 'No token of this WHM user has this secret.'],
    [0, 'The API token was not recognized.'],
  ] as const) {
    test(`is told to be nobody’s where the server answers ${unknownSecretResult}`, async ({
      page,
      house,
      addAccount,
    }) => {
      const stranger = addAccount({ reseller: few, whmTokens }).whmSecrets['nagios'] ?? ''
      const account = addAccount({ reseller: few, quirks: { unknownSecretResult }, whmTokens: [{ name: 'other' }] })
      await openWhmTokens(page, account)
      await button(page, 'Which token is this?').click()
      await paste(page, stranger)
      await expect(page.getByRole('alert')).toContainText(words)
      await expect(secretField(page)).toHaveValue('')
      expect(await placesWith(page, house, stranger)).toEqual([])
      expect(asked(house, account)).toHaveLength(1)
    })
  }

  test('is not asked of what is no secret', async ({ page, house, addAccount }) => {
    const account = addAccount({ reseller: few, whmTokens })
    await openWhmTokens(page, account)
    await button(page, 'Which token is this?').click()
    await button(page, 'Find It').click()
    await expect(secretField(page)).toBeFocused()
    await expect(page.getByText('This is no secret of a token')).toBeVisible()
    await paste(page, 'Authorization: whm root:ABC')
    await expect(page.getByText('This is no secret of a token')).toBeVisible()
    expect(asked(house, account)).toEqual([])
    // Where it asks, that is seen: nothing was merely late.
    await paste(page, account.whmSecrets['nagios'] ?? '')
    await expect(page.getByRole('alert', { name: 'It is the token “nagios”.' })).toBeVisible()
    expect(asked(house, account)).toHaveLength(1)
  })
})

test.describe('accounts on child nodes', () => {
  for (const { who, reseller, isWarned } of [
    { who: 'a reseller who may list them is warned', reseller: few, isWarned: true },
    { who: 'a reseller who may not list them hears nothing', reseller: ['manage-api-tokens'], isWarned: false },
  ]) {
    test(who, async ({ page, addAccount }) => {
      const account = addAccount({ reseller })
      const { username: owner } = account
      addAccount({ owner, childNodes: [{ alias: 'mail-two', workload: 'Mail' }] })
      addAccount({ owner, childNodes: ['mail-two', 'mail-one'].map((alias) => ({ alias, workload: 'Mail' })) })
      addAccount({ owner })
      await openAgain(page, account)
      await expect(parent(page)).toHaveCount(isWarned ? 1 : 0)
      if (isWarned)
        await expect(parent(page)).toContainText('the parent node of mail-one, mail-two: it controls 2 accounts')
    })
  }

  test('a reseller none of whose accounts has one hears nothing', async ({ page, addAccount }) => {
    const account = addAccount({ reseller: few })
    addAccount({ owner: account.username })
    await openAgain(page, account)
    await expect(parent(page)).toHaveCount(0)
  })
})

for (const name of ['WebPros_Dashboard', 'WP-Dashboard']) {
  test(`the reserved name ${name} is refused before anything is sent`, async ({ page, house, addAccount }) => {
    const account = addAccount({ reseller: few, whmTokens: [{ name: 'nightly', acls: ['list-accts'] }] })
    await openToEdit(page, account, 'nightly')
    await nameField(page).fill(name)
    await expect(nameField(page)).toHaveAccessibleDescription(new RegExp(reserved))
    await saveButton(page).click()
    await expect(whatWillChange(page)).toContainText('Nothing yet.')

    await page.getByRole('link', { name: 'WHM API Tokens' }).click()
    await page.getByRole('link', { name: 'Generate Token' }).click()
    await nameField(page).fill(name)
    await page.getByRole('checkbox', { name: 'List Accounts list-accts' }).check()
    await saveButton(page).click()
    await expect(nameField(page)).toHaveAccessibleDescription(new RegExp(reserved))
    expect(
      house.demo.calls.filter(({ name: call, user }) => user === account.username && /_(create|update)$/.test(call)),
    ).toEqual([])
  })
}

test('a token that has a reserved name already keeps it', async ({ page, house, addAccount }) => {
  const account = addAccount({ reseller: few, whmTokens: [{ name: 'WP-Dashboard', acls: ['list-accts'] }] })
  await openToEdit(page, account, 'WP-Dashboard')
  await addressField(page).fill('192.0.2.7')
  await saveButton(page).click()
  await expect(message(page, 'Saved WP-Dashboard.')).toBeVisible()
  expect(house.demo.whmTokens(account.username)).toMatchObject([{ name: 'WP-Dashboard', whitelist: ['192.0.2.7'] }])
})

test('without manage-api-tokens a reseller reads what is missing, the rest works', async ({ page, addAccount }) => {
  const account = addAccount({
    reseller: ['basic-whm-functions', 'list-accts', 'cpanel-api'],
    whmTokens: [{ name: 'old' }],
  })
  const owned = addAccount({ owner: account.username, tokens: [{ name: 'of-account' }] })
  await openWhmTokens(page, account)
  await expect(note(page, `${account.username} on 127.0.0.1 may not manage API tokens of WHM`)).toContainText(
    'The privilege “Manage API Tokens” (manage-api-tokens) is missing.',
  )
  await expect(page.getByRole('alert')).toHaveCount(0)
  await expect(page.getByRole('link', { name: 'Generate Token' })).toHaveCount(0)
  await expect(button(page, 'Which token is this?')).toHaveCount(0)

  await page.getByRole('link', { name: 'Accounts', exact: true }).click()
  await page.getByRole('link', { name: `Tokens of ${owned.username}` }).click()
  await expect(page.getByRole('link', { name: 'Manage of-account' })).toBeVisible()
})

test('a reseller of few privileges is offered these, and jobs cut to them', async ({ page, house, addAccount }) => {
  const account = addAccount({ reseller: ['basic-whm-functions', 'list-accts', 'manage-api-tokens'] })
  await openWhmTokens(page, account)
  await page.getByRole('link', { name: 'Generate Token' }).click()
  const group = page.getByRole('group', { name: 'Privileges', exact: true })
  await expect(group.getByRole('listitem')).toHaveText([/basic-whm-functions/, /manage-api-tokens/, /list-accts/])
  await nameField(page).fill('biller')
  await button(page, 'Billing system').click()
  await expect(message(page, 'Some privileges of “Billing system” are not yours, so they were left out.')).toBeVisible()
  await expect(group.getByRole('checkbox', { name: 'Manage API Tokens manage-api-tokens' })).not.toBeChecked()
  await saveButton(page).click()
  await expect(page.getByRole('heading', { name: 'Token Created Successfully' })).toBeVisible()
  const [stored] = house.demo.whmTokens(account.username)
  expect(stored?.acls.toSorted()).toEqual(['basic-whm-functions', 'list-accts'])
})
