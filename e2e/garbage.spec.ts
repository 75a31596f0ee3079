import { expect, httpFailure, test, tokensUrl, type Page } from './fixtures'
import { alert, callsOf } from './tokenScreens'

/**
 * Whatever a server sends, a person reads right rows or what is wrong, nothing of it runs, and the page can be used afterwards.
 * That no dialog opens and nothing is written on the console is looked at in every test here.
 */

const failed = 'The tokens could not be loaded'
const tokens = [{ name: 'one' }, { name: 'two' }, { name: 'three' }]

test.beforeEach(({ page, allowConsole }) => {
  allowConsole(httpFailure)
  page.on('dialog', (dialog) => {
    void dialog.dismiss()
    throw new Error(`A dialog was opened: ${dialog.message()}`)
  })
})

/** The names that the list shows, in its order. */
function shownNames(page: Page): Promise<string[]> {
  return page.getByRole('table').locator('bdi').allTextContents()
}

for (const sentinel of ['halfjson', 'cut', 'nonsense', 'emptybody', 'nulldata']) {
  test(`a person whose server answers garbage (${sentinel}) may try again, and still log out`, async ({
    page,
    addAccount,
    signIn,
  }) => {
    await signIn(addAccount({ sentinel, tokens }))
    const notice = alert(page, failed)
    await expect(notice).toContainText('The server’s answer can’t be understood. It may have been cut off')
    await notice.getByRole('button', { name: 'Try again' }).click()
    await expect(notice).toContainText('can’t be understood')
    await expect(page.getByRole('table')).toHaveCount(0)
    await page.getByRole('button', { name: 'Log out' }).click()
    await expect(page.getByRole('heading', { name: 'Log in' })).toBeVisible()
  })
}

test('a person whose server answered half a list has all of it without doing anything', async ({
  page,
  house,
  addAccount,
  signIn,
}) => {
  const account = addAccount({ tokens })
  await signIn(account)
  await expect(page.getByText('1 - 3 of 3')).toBeVisible()
  const before = callsOf(house, account, 'list')
  house.demo.plan('cut-answer', { name: 'Tokens::list', account: account.username })
  await page.reload()
  await expect(page.getByText('1 - 3 of 3')).toBeVisible()
  await expect(alert(page, failed)).toBeHidden()
  expect(callsOf(house, account, 'list')).toBeGreaterThanOrEqual(before + 2)
})

test('a person whose server sends every field in another type is told how many tokens can’t be read', async ({
  page,
  addAccount,
  signIn,
}) => {
  const account = addAccount({ sentinel: 'wrongtypes', tokens })
  await signIn(account)
  await expect(page.getByRole('alert')).toContainText(
    '3 entries of the server’s answer can’t be read and are not shown.',
  )
  await expect(page.getByRole('table')).toHaveCount(0)
  await page.getByRole('button', { name: 'Refresh' }).click()
  await expect(page.getByRole('alert')).toContainText('3 entries')
  // What can't be listed can't be taken for gone: its page says that there is no such token to be read.
  await page.goto(`${tokensUrl(account)}/one`)
  await expect(page.getByRole('alert').first()).toBeVisible()
})

test('a person whose server sends ten megabytes has the right rows, and works with them', async ({
  page,
  addAccount,
  signIn,
}) => {
  await signIn(addAccount({ sentinel: 'heavy', tokens }))
  await expect(page.getByText('1 - 3 of 3')).toBeVisible()
  expect((await shownNames(page)).toSorted()).toEqual(['one', 'three', 'two'])
  await expect(page.getByRole('alert')).toContainText('1 entry of the server’s answer can’t be read and is not shown.')
  await page.getByRole('searchbox').fill('two')
  await expect(page.getByText('1 - 1 of 1')).toBeVisible()
  await page.getByRole('link', { name: 'Manage two' }).click()
  await expect(page.getByRole('heading', { name: 'Manage API Token', exact: true })).toBeVisible()
})

test('a person sees names of markup, control and right-to-left characters as they are, each in its own row', async ({
  page,
  addAccount,
  signIn,
}) => {
  const account = addAccount({ sentinel: 'garbage', tokens })
  await signIn(account)
  await expect(page.getByText('1 - 11 of 11')).toBeVisible()
  await expect(page.locator('img[src="x"], main script')).toHaveCount(0)
  const names = await shownNames(page)
  expect(names).toContain('<img src=x onerror=alert(1)>')
  expect(names).toContain('\u202Egnp.nekot\u2066')
  expect(names).toHaveLength(11)
  // Turned-around text stays in its cell: the date beside it is not turned with it.
  const turned = page.getByRole('row', { name: /gnp\.nekot/ })
  await expect(turned.getByRole('cell').nth(2)).toContainText(/2023/)
  // Each has a page of its own, and the way back.
  for (const name of ['\u202Egnp.nekot\u2066', '=1+1', '42']) {
    await page.goto(`${tokensUrl(account)}/${encodeURIComponent(name)}`)
    await expect(page.getByRole('heading', { name: 'Rename Token' })).toBeVisible()
  }
})
