import { expect, test, tokensUrl, type Page } from './fixtures'

const names = (page: Page) => page.getByRole('row').locator('bdi')
const hours = (count: number) => Math.floor(Date.now() / 1000) + count * 3600

test('a person finds a token by a part of its name, and the link shows the same to a colleague', async ({
  page,
  addAccount,
  signIn,
}) => {
  const account = addAccount({ tokens: [{ name: 'deploy-bot' }, { name: 'backup' }, { name: 'Deploy_staging' }] })
  await signIn(account)
  await page.getByRole('searchbox').pressSequentially('DEPLOY')
  await expect(names(page)).toHaveText(['Deploy_staging', 'deploy-bot'])
  await expect(page).toHaveURL(/[?&]q=DEPLOY/)
  await page.goto(`${tokensUrl(account)}?q=back`)
  await expect(names(page)).toHaveText(['backup'])
  await expect(page.getByRole('searchbox')).toHaveValue('back')
  await page.goto(`${tokensUrl(account)}?q=nothing`)
  await page.getByRole('button', { name: 'Show all tokens' }).click()
  await expect(names(page)).toHaveCount(3)
  await expect(page.getByRole('searchbox')).toHaveValue('')
})

test('a person sorts by each column, and the order is remembered but a link decides', async ({
  page,
  addAccount,
  signIn,
}) => {
  const account = addAccount({
    tokens: [
      { name: 'a', createTime: 1_600_000_000, expiresAt: null },
      { name: 'b', createTime: 1_700_000_000, expiresAt: 1_900_000_000 },
      { name: 'c', createTime: 1_650_000_000, expiresAt: 1_800_000_000 },
    ],
  })
  await signIn(account)
  const header = (name: string) => page.getByRole('columnheader', { name })
  await expect(names(page)).toHaveText(['a', 'b', 'c'])
  await header('Created').getByRole('button').click()
  await expect(names(page)).toHaveText(['a', 'c', 'b'])
  await expect(header('Created')).toHaveAttribute('aria-sort', 'ascending')
  await expect(header('Token Name')).not.toHaveAttribute('aria-sort')
  await header('Expires').getByRole('button').click()
  await expect(names(page)).toHaveText(['c', 'b', 'a'])
  await header('Expires').getByRole('button').click()
  await expect(names(page)).toHaveText(['a', 'b', 'c'])
  await expect(header('Expires')).toHaveAttribute('aria-sort', 'descending')
  await page.goto(tokensUrl(account))
  await expect(header('Expires')).toHaveAttribute('aria-sort', 'descending')
  await page.goto(`${tokensUrl(account)}?sort=created&dir=desc`)
  await expect(names(page)).toHaveText(['b', 'c', 'a'])
})

test('a person turns pages, and Back turns them back', async ({ page, addAccount, signIn }) => {
  const account = addAccount({ tokenCount: 57 })
  await signIn(account)
  await expect(page.getByText('1 - 20 of 57')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Previous page' })).toBeDisabled()
  await page.getByRole('button', { name: 'Next page' }).click()
  await expect(page.getByText('21 - 40 of 57')).toBeVisible()
  await page.getByRole('button', { name: 'Next page' }).click()
  await expect(page.getByText('41 - 57 of 57')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Next page' })).toBeDisabled()
  await page.goBack()
  await expect(page.getByText('21 - 40 of 57')).toBeVisible()
  await page.goto(`${tokensUrl(account)}?page=99&size=100&sort=nonsense`)
  await expect(page.getByText('1 - 57 of 57')).toBeVisible()
})

test('“Toggle Select All” is about this page after filtering', async ({ page, addAccount, signIn }) => {
  await signIn(addAccount({ tokens: Array.from({ length: 25 }, (_, index) => ({ name: `t-${index}` })) }))
  const all = page.getByRole('checkbox', { name: 'Toggle Select All' })
  await all.check()
  await expect(page.getByText('20 selected')).toBeVisible()
  await page.getByLabel('Select “t-3”').uncheck()
  await expect(all).toHaveJSProperty('indeterminate', true)
  await page.getByRole('searchbox').fill('t-24')
  await expect(all).not.toBeChecked()
  await all.check()
  await expect(page.getByText('20 selected')).toBeVisible()
})

test('every state is said in words, and so is what a token may do', async ({ page, addAccount, signIn }) => {
  const account = addAccount({
    tokens: [
      { name: 'expired', expiresAt: hours(-1) },
      { name: 'hours', expiresAt: hours(5) + 60 },
      { name: 'days', expiresAt: hours(3 * 24) + 60 },
      { name: 'weeks', expiresAt: hours(20 * 24) + 60 },
      { name: 'later', expiresAt: hours(400 * 24) },
      { name: 'never', expiresAt: null },
      { name: 'reader', readonly: true },
      { name: 'zones', features: ['zoneedit'] },
    ],
  })
  await signIn(account)
  const row = (name: string) => page.getByRole('row').filter({ has: page.getByText(name, { exact: true }) })
  await expect(row('expired')).toContainText('Expired')
  await expect(row('hours')).toContainText('Expires in 5 hours')
  await expect(row('days')).toContainText('Expires in 3 days')
  await expect(row('weeks')).toContainText('Expires in 20 days')
  await expect(row('later')).not.toContainText('Expires in')
  await expect(row('never')).toContainText('Never')
  await expect(row('reader')).toContainText('Read-only')
  await expect(row('zones')).toContainText('Limited')
  const created = row('never').locator('time')
  await created.hover()
  await expect(created).toHaveAttribute('title', /\d:\d\d:\d\d .*\(America\/New_York\)$/)
})

test('a person revokes several, and each has its result', async ({ page, house, addAccount, signIn }) => {
  const account = addAccount({ tokens: [{ name: 'one' }, { name: 'two' }, { name: 'three' }] })
  await signIn(account)
  await page.getByLabel('Select “one”').check()
  await page.getByLabel('Select “two”').check()
  await page.getByRole('button', { name: 'Revoke', exact: true }).click()
  await page.getByRole('button', { name: 'Revoke Selected API Tokens' }).dblclick()
  await expect(page.getByRole('status').filter({ hasText: 'Revoked one, two.' })).toBeVisible()
  await expect(names(page)).toHaveText(['three'])
  expect(house.demo.tokens(account.username).map(({ name }) => name)).toEqual(['three'])
  const calls = house.demo.calls.filter(({ name, user }) => user === account.username && name.includes('revoke'))
  expect(calls).toHaveLength(2)
})

test('a person sees what somebody else did, by the button and on coming back to the window', async ({
  page,
  house,
  addAccount,
  signIn,
}) => {
  const account = addAccount({ tokens: [{ name: 'one' }] })
  await signIn(account)
  await expect(page.getByText('As of now')).toBeVisible()
  house.demo.seedToken(account.username, { name: 'two' })
  await page.getByRole('button', { name: 'Refresh' }).click()
  await expect(names(page)).toHaveText(['one', 'two'])
  house.demo.renameToken(account.username, 'two', 'three')
  await page.clock.install()
  await page.clock.fastForward('05:00')
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange', { bubbles: true })))
  await expect(names(page)).toHaveText(['one', 'three'])
})

test('5,000 tokens are a list like any other', async ({ page, addAccount, signIn }) => {
  await signIn(addAccount({ sentinel: 'huge' }))
  await expect(page.getByText(/^1 - 20 of 5,?\d{3}$/)).toBeVisible()
  await page.getByRole('button', { name: 'Entries Per Page' }).click()
  await page.getByRole('menuitemradio', { name: '500' }).click()
  await expect(names(page)).toHaveCount(500)
  const last = (await names(page).last().textContent()) ?? ''
  await page.getByRole('searchbox').pressSequentially(last)
  await expect(names(page)).toHaveText([last])
})
