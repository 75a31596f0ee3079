import type { Demo } from '../demo/demo'
import { expect, type Page } from './fixtures'
import { addLogin, callsTo, openAllTokens, testWithServers } from './servers'

const test = testWithServers()
const day = 86_400
const now = Math.floor(Date.now() / 1000)

/** A reseller's accounts on one server: tokens of every age and expiry. */
function addClients(demo: Demo): void {
  const age = (days: number) => ({ createTime: now - days * day })
  demo.addAccount({
    username: 'bakery',
    owner: 'resell',
    package: 'small',
    tokens: [
      { name: 'ci-9', ...age(10), expiresAt: now + 5 * day },
      { name: 'ci-10', ...age(400), expiresAt: now + 60 * day },
      { name: 'forever', ...age(20), expiresAt: null },
    ],
  })
  demo.addAccount({
    username: 'florist',
    owner: 'resell',
    package: 'large',
    suspended: true,
    tokens: [
      { name: 'old-key', ...age(30), expiresAt: now - 3 * day },
      { name: '-minus', ...age(2), expiresAt: now + 300 * day },
    ],
  })
}

const names = (page: Page) =>
  page.getByRole('table', { name: 'API tokens of all accounts' }).getByRole('link', { name: /^Manage/ })
const table = (page: Page) => page.getByRole('table', { name: 'API tokens of all accounts' })

/** A moment as the fields take it, an hour off at most in the tests' time zone. @param seconds since epoch */
function local(seconds: number): string {
  return new Date((seconds - 5 * 3600) * 1000).toISOString().slice(0, 16)
}

async function openAsReseller(page: Page, demo: Demo, search = ''): Promise<void> {
  addClients(demo)
  demo.removeAccount('bob')
  demo.removeAccount('erin')
  await addLogin(page, { server: 'North', kind: 'WHM', username: 'resell' })
  await openAllTokens(page, search)
}

test('a reseller sees every token of every account, each asked for once, and opens one', async ({ page, servers }) => {
  await openAsReseller(page, servers.north)
  await page.getByRole('searchbox').fill('bakery')
  await expect(names(page)).toHaveText(['ci-9', 'ci-10', 'forever'])
  await expect(table(page)).toHaveAttribute('aria-rowcount', '4')
  await expect(page.getByRole('row', { name: /ci-9/ })).toHaveAttribute('aria-rowindex', '2')
  // One call for each account and one list of accounts; the page came for the second time, after signing in.
  const asked = servers.north.calls.filter(({ name }) => name === 'Tokens::list').map(({ account }) => account)
  expect([...asked].sort()).toEqual([...new Set(asked)].sort())
  expect(callsTo(servers.north, 'myprivs')).toBeLessThanOrEqual(2)

  await names(page).first().click()
  await expect(page.getByRole('heading', { name: 'Rename Token' })).toBeVisible()
  await page.goBack()
  await expect(names(page)).toHaveText(['ci-9', 'ci-10', 'forever'])
  await expect(page.getByRole('searchbox')).toHaveValue('bakery')
  expect(
    servers.north.calls.filter(({ name, account }) => name === 'Tokens::list' && account === 'florist'),
  ).toHaveLength(1)
})

test('every filter is in the address, says what it does and can be taken away', async ({ page, servers }) => {
  await openAsReseller(page, servers.north)
  await page.getByRole('button', { name: 'Filters' }).click()
  await page.getByLabel('Expires', { exact: true }).selectOption('Within 7 days')
  await page.getByLabel('Package').selectOption('small')
  await expect(names(page)).toHaveText(['ci-9'])
  await expect(page).toHaveURL(/[?&]state=within7&package=small/)
  await page.reload()
  await expect(names(page)).toHaveText(['ci-9'])
  await page.getByRole('button', { name: 'Remove the filter Expires: Within 7 days' }).click()
  await expect(names(page)).toHaveCount(3)
  await page.getByRole('button', { name: /^Filters/ }).click()
  await page.getByLabel('Suspended').selectOption('Yes')
  await expect(page.getByText('No token matches.')).toBeVisible()
  await page.getByRole('button', { name: 'Clear all filters' }).first().click()
  await page.getByLabel('Suspended').selectOption('Yes')
  await expect(names(page)).toHaveText(['-minus', 'old-key'])
  await page.getByLabel('Account', { exact: true }).fill('bakery')
  await expect(page.getByText('No token matches.')).toBeVisible()
  await page.getByRole('button', { name: 'Remove the filter Suspended: Yes' }).click()
  await page.getByRole('searchbox').fill('ci-*')
  await expect(names(page)).toHaveText(['ci-9', 'ci-10'])
})

test('Hygiene, After an incident and a view of one’s own', async ({ page, servers }) => {
  await openAsReseller(page, servers.north, '?account=bakery')
  await page.getByRole('link', { name: 'Hygiene' }).click()
  await page.getByRole('searchbox').fill('r')
  await expect(names(page).filter({ hasText: 'old-key' })).toBeVisible()
  await expect(names(page).filter({ hasText: '-minus' })).toBeHidden()
  await page.getByRole('link', { name: 'After an incident' }).click()
  await page.getByRole('button', { name: /^Filters/ }).click()
  await page.getByLabel('Created from').fill(local(now - 15 * day))
  await page.getByLabel('Created before').fill(local(now - 5 * day))
  await page.getByLabel('Account', { exact: true }).fill('bakery')
  await expect(names(page)).toHaveText(['ci-9'])
  await page.getByRole('button', { name: 'Save this view' }).click()
  await page.getByRole('textbox', { name: 'Name of the view' }).fill('Break-in')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await page.getByRole('link', { name: 'All', exact: true }).click()
  await expect(page.getByText(/^[\d,]+ tokens in/)).toBeVisible()
  await page.reload()
  await page.getByRole('link', { name: 'Break-in' }).click()
  await expect(names(page)).toHaveText(['ci-9'])
  await page.getByRole('button', { name: 'Remove the view “Break-in”' }).click()
  await expect(page.getByRole('link', { name: 'Break-in' })).toBeHidden()
})

test('who comes back by the link in the header finds the filters as they were, but not what was searched for', async ({
  page,
  servers,
}) => {
  await openAsReseller(page, servers.north, '?package=small&sort=created&q=ci')
  await expect(names(page)).toHaveText(['ci-10', 'ci-9'])
  await page.getByRole('link', { name: 'Keyring for cPanel' }).click()
  await expect(page.getByRole('heading', { name: 'Accounts', exact: true })).toBeVisible()
  await page.getByRole('link', { name: 'All tokens' }).click()
  await expect(page).toHaveURL(/\/tokens\?package=small&sort=created$/)
  await expect(names(page)).toHaveText(['ci-10', 'forever', 'ci-9'])
  await page.getByRole('button', { name: 'Remove the filter Package: small' }).click()
  await expect(page).toHaveURL(/\/tokens\?sort=created$/)
})

test('letters typed, taken back and typed again while the address lags behind are all kept', async ({
  page,
  servers,
}) => {
  await openAsReseller(page, servers.north)
  const box = page.getByRole('searchbox')
  for (const word of ['ci', 'ba', 'forever']) {
    await box.press('Control+a')
    await box.pressSequentially(word)
    await box.fill('')
  }
  await box.pressSequentially('ci-9')
  await expect(page).toHaveURL(/\?q=ci-9$/)
  await expect(box).toHaveValue('ci-9')
  await expect(names(page)).toHaveText(['ci-9'])
  await page.getByRole('link', { name: 'Hygiene' }).click()
  await expect(box).toHaveValue('')
  await page.goBack()
  await expect(box).toHaveValue('ci-9')
  await expect(names(page)).toHaveText(['ci-9'])
})

test('grouped by account, sorted by each column, chosen over filters in words', async ({ page, servers }) => {
  await openAsReseller(page, servers.north)
  await page.getByLabel('Group by account').check()
  await expect(page.getByRole('rowheader').filter({ hasText: 'bakery' })).toContainText('3 tokens')
  await page.getByRole('checkbox', { name: 'Select all shown of bakery on North' }).check()
  const bar = page.getByRole('region', { name: 'Selected tokens' })
  await expect(bar).toContainText('3 tokens of 1 account selected')
  await page.getByRole('searchbox').fill('florist')
  await expect(bar).toContainText('3 of them are not shown by the filters')
  await bar.getByRole('button', { name: 'Select all 2 that match' }).click()
  await expect(bar).toContainText('5 tokens of 2 accounts selected')
  await bar.getByRole('button', { name: 'Clear the selection' }).click()
  await page.getByRole('checkbox', { name: 'Select all 2 that match' }).check()
  await expect(bar).toContainText('All 2 that match are selected')
  await page.getByLabel('Group by account').uncheck()
  await page.getByRole('searchbox').fill('bakery')
  const header = (name: string) => page.getByRole('columnheader', { name })
  await header('Created').getByRole('button').click()
  await expect(names(page)).toHaveText(['ci-10', 'forever', 'ci-9'])
  await expect(header('Created')).toHaveAttribute('aria-sort', 'ascending')
  await header('Expires').getByRole('button').click()
  await header('Expires').getByRole('button').click()
  await expect(names(page)).toHaveText(['forever', 'ci-10', 'ci-9'])
  await expect(header('Expires')).toHaveAttribute('aria-sort', 'descending')
})

test('the picture of expiries is a table of counts, and a bar filters by its time', async ({ page, servers }) => {
  await openAsReseller(page, servers.north)
  await page.getByRole('searchbox').fill('bakery')
  const picture = page.getByRole('table', { name: 'When they expire' })
  await expect(picture.getByRole('button', { name: 'Never: 1 token', exact: true })).toBeVisible()
  await picture.getByRole('button', { name: 'Never: 1 token', exact: true }).click()
  await expect(names(page)).toHaveText(['forever'])
  await picture.getByRole('button', { name: 'Never: 1 token, chosen' }).click()
  await expect(names(page)).toHaveCount(3)
  const month = new Intl.DateTimeFormat('en-US', { month: 'long', year: 'numeric', timeZone: 'America/New_York' })
  await picture.getByRole('button', { name: new RegExp(`^${month.format((now + 60 * day) * 1000)}: `) }).click()
  await expect(names(page)).toHaveText(['ci-10'])
})

test('an export has what the table shows, harmless in a spreadsheet, and no secret', async ({ page, servers }) => {
  await openAsReseller(page, servers.north)
  await page.getByRole('searchbox').fill('florist')
  await expect(names(page)).toHaveCount(2)
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: /CSV/ }).click(),
  ])
  const chunks: Buffer[] = []
  for await (const chunk of await download.createReadStream()) chunks.push(Buffer.from(chunk))
  const lines = Buffer.concat(chunks).toString().split('\r\n')
  expect(lines[0]).toBe('"token","account","domain","server","created","expires","access","suspended"')
  expect(lines[1]).toMatch(/^"'-minus","florist","florist\.example","North","\d{4}-/)
  expect(lines[2]).toMatch(/^"old-key"/)
  expect(lines).toHaveLength(4)
})
