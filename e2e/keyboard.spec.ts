import { expect, test, type Page } from './fixtures'

/** Presses Tab until the element is reached: proof that a keyboard gets there, and that the focus is to be seen. */
async function tabTo(
  page: Page,
  name: string | RegExp,
  role: 'button' | 'link' | 'textbox' | 'radio' | 'checkbox' | 'searchbox',
) {
  const target = page.getByRole(role, { name, exact: typeof name === 'string' })
  for (let presses = 0; presses < 80; presses += 1) {
    await page.keyboard.press('Tab')
    if (await target.evaluateAll((elements) => elements.some((element) => element === document.activeElement))) {
      await expect(page.locator(':focus')).not.toHaveCSS('outline-style', 'none')
      return
    }
  }
  throw new Error(`Tab does not reach ${role} ${name}`)
}

test('a person does the whole job by keyboard alone', async ({ page, house, addAccount }) => {
  const { username, password } = addAccount({ tokens: [{ name: 'old-one' }] })
  const { keyboard } = page
  await page.goto('/sign-in')
  await page.getByLabel('Username').waitFor()
  await tabTo(page, 'Username', 'textbox')
  await keyboard.type(username)
  await keyboard.press('Tab')
  await keyboard.type(password)
  await keyboard.press('Enter')

  await expect(page.getByRole('searchbox')).toBeFocused()
  await tabTo(page, 'Create', 'link')
  await keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'Create API Token' })).toBeFocused()
  await tabTo(page, 'API Token Name', 'textbox')
  await keyboard.type('deploy-bot')
  await tabTo(page, 'The API Token will not expire.', 'radio')
  await keyboard.press('ArrowDown')
  await tabTo(page, 'Choose a date', 'button')
  await keyboard.press('Enter')
  await expect(page.getByRole('dialog', { name: 'Calendar' })).toBeVisible()
  await keyboard.press('Escape')
  await expect(page.getByRole('button', { name: 'Choose a date' })).toBeFocused()
  await keyboard.press('Enter')
  await expect(page.getByRole('dialog', { name: 'Calendar' })).toBeVisible()
  const before = await page
    .getByRole('textbox', { name: 'API Token Expiration Date' })
    .inputValue()
    .catch(() => '')
  await keyboard.press('ArrowLeft')
  await keyboard.press('Enter')
  await expect(page.getByRole('button', { name: 'Choose a date' })).toBeFocused()
  await expect(page.getByLabel('API Token Expiration Date')).not.toHaveValue(before === '' ? '-' : before)
  await tabTo(page, 'Create', 'button')
  await keyboard.press('Enter')

  await expect(page.getByRole('heading', { name: 'Token Created Successfully' })).toBeFocused()
  await tabTo(page, 'Copy', 'button')
  await keyboard.press('Enter')
  await expect(page.getByText('Copied.')).toBeVisible()
  await tabTo(page, 'Yes, I Saved My Token', 'button')
  await keyboard.press('Enter')

  await expect(page.getByRole('searchbox')).toBeFocused()
  await keyboard.type('deploy')
  await tabTo(page, 'Manage deploy-bot', 'link')
  await keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'Manage API Token', exact: true })).toBeFocused()
  await tabTo(page, 'New API Token Name', 'textbox')
  await keyboard.press('End')
  await keyboard.type('-2')
  await keyboard.press('Enter')
  await expect(page.getByText('Renamed deploy-bot to deploy-bot-2.')).toBeVisible()

  await tabTo(page, 'Manage deploy-bot-2', 'link')
  await keyboard.press('Enter')
  await tabTo(page, 'Revoke the Token', 'button')
  await keyboard.press('Enter')
  await expect(page.getByRole('button', { name: 'Yes, Revoke the Token' })).not.toBeFocused()
  await keyboard.press('Escape')
  await expect(page.getByRole('button', { name: 'Revoke the Token', exact: true })).toBeFocused()
  await keyboard.press('Enter')
  await keyboard.press('Tab')
  await expect(page.getByRole('button', { name: 'Yes, Revoke the Token' })).toBeFocused()
  await keyboard.press('Enter')
  await expect(page.getByText('Revoked deploy-bot-2.')).toBeVisible()
  expect(house.demo.tokens(username).map(({ name }) => name)).toEqual(['old-one'])
})

test('a person revokes several and changes the page size by keyboard alone', async ({
  page,
  house,
  addAccount,
  signIn,
}) => {
  const account = addAccount({ tokenCount: 25 })
  await signIn(account)
  const { keyboard } = page
  await page.getByRole('table').waitFor()
  await tabTo(page, 'Entries Per Page', 'button')
  await keyboard.press('ArrowDown')
  await expect(page.getByRole('menuitemradio', { name: '20' })).toBeFocused()
  await keyboard.press('ArrowDown')
  await keyboard.press('Enter')
  await expect(page.getByText('1 - 25 of 25')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Entries Per Page' })).toBeFocused()

  await page.getByRole('searchbox').focus()
  await tabTo(page, 'Toggle Select All', 'checkbox')
  await keyboard.press('Space')
  await tabTo(page, 'Revoke', 'button')
  await keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'Revoke Selected API Tokens' })).toBeFocused()
  await tabTo(page, 'Revoke Selected API Tokens', 'button')
  await keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'No API tokens yet' })).toBeVisible()
  expect(house.demo.tokens(account.username)).toEqual([])
})

test('leaving the one-time screen is asked about with the safe answer in focus', async ({
  page,
  addAccount,
  signIn,
}) => {
  await signIn(addAccount())
  await page.getByRole('link', { name: 'Create' }).click()
  await page.getByLabel('API Token Name').fill('deploy-bot')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Token Created Successfully' }).waitFor()
  await page.goBack()
  const dialog = page.getByRole('alertdialog', { name: 'Leave without saving the token?' })
  await expect(dialog.getByRole('button', { name: 'Stay' })).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(dialog).toHaveCount(0)
  await expect(page.getByLabel('API Token', { exact: true })).toHaveValue(/^[A-Z0-9]{32}$/)
})

test('a reseller finds, selects and revokes tokens of several accounts by keyboard alone', async ({ page, house }) => {
  const { keyboard } = page
  const { username, password } = house.demo.addAccount({ username: 'keys', reseller: true, hosted: false })
  for (const name of ['keysa', 'keysb'])
    house.demo.addAccount({ username: name, owner: username, tokens: [{ name: 'leaked' }, { name: 'kept' }] })
  await page.goto('/sign-in')
  await page.getByLabel('Username').waitFor()
  await tabTo(page, 'cPanel', 'radio')
  await keyboard.press('ArrowDown')
  await tabTo(page, 'Username', 'textbox')
  await keyboard.type(username)
  await keyboard.press('Tab')
  await keyboard.type(password)
  await keyboard.press('Enter')
  await expect(page.getByRole('searchbox')).toBeFocused()
  await keyboard.press('Shift+Tab')
  await tabTo(page, 'All tokens', 'link')
  await keyboard.press('Enter')

  await expect(page.getByRole('searchbox')).toBeFocused()
  await keyboard.type('leak')
  await expect(page.getByText('2 tokens in 2 accounts')).toBeVisible()
  await tabTo(page, 'Select leaked of keysa on 127.0.0.1', 'checkbox')
  await keyboard.press('Space')
  await tabTo(page, 'Select leaked of keysb on 127.0.0.1', 'checkbox')
  await keyboard.press('Space')
  await tabTo(page, 'Revoke…', 'button')
  await keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'Revoke 2 API tokens of 2 accounts' })).toBeFocused()
  await tabTo(page, 'Revoke 2 API tokens', 'button')
  await keyboard.press('Enter')
  await expect(page.getByText('Revoked all 2 API tokens of 2 accounts.')).toBeVisible()
  expect(house.demo.tokens('keysa').map(({ name }) => name)).toEqual(['kept'])
  expect(house.demo.tokens('keysb').map(({ name }) => name)).toEqual(['kept'])
  // The focus is not lost with what it stood on.
  await expect(page.getByRole('searchbox')).toBeFocused()
})
