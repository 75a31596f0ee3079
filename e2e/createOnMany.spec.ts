import { worksDirectly } from './directCall'
import { expect, httpFailure, type Page } from './fixtures'
import { addLogin, openAllTokens, testWithServers, type Servers } from './servers'

const test = testWithServers()

async function logIn(page: Page, { north, south }: Servers): Promise<void> {
  // bob has tokens of many names, "monitor" among them.
  north.removeAccount('bob')
  for (const username of ['bakery', 'clinic']) north.addAccount({ username, owner: 'resell' })
  north.addAccount({ username: 'closed', owner: 'resell', suspended: true })
  north.addAccount({ username: 'taken', owner: 'resell', tokens: [{ name: 'monitor' }] })
  south.addAccount({ username: 'florist' })
  await addLogin(page, { server: 'North', kind: 'WHM', username: 'resell' })
  await addLogin(page, { server: 'South', kind: 'cPanel', username: 'florist' })
  await openAllTokens(page)
  await page.getByRole('link', { name: 'Create on accounts…' }).click()
}

async function choose(page: Page, ...accounts: string[]): Promise<void> {
  for (const account of accounts) await page.getByRole('checkbox', { name: `Choose ${account}`, exact: true }).check()
}

const secretOf = (page: Page, account: string) => page.getByLabel(`API token of ${account}`)

test('one token on accounts of two servers: all secrets once, each works, what failed is beside them', async ({
  page,
  servers,
}) => {
  await logIn(page, servers)
  await choose(page, 'bakery on North', 'clinic on North', 'closed on North', 'taken on North', 'florist on South')
  await page.getByLabel('API Token Name').fill('monitor')
  await expect(page.getByText('1 of the chosen accounts has a token of this name already.')).toBeVisible()
  await page.getByRole('button', { name: 'Create on 4 accounts' }).dblclick()
  await expect(page.getByRole('heading', { name: '3 Tokens Created' })).toBeFocused()
  const secret = await secretOf(page, 'bakery on North').inputValue()
  expect(await worksDirectly(servers.north, 'bakery', secret)).toBe(true)
  expect(await worksDirectly(servers.south, 'florist', await secretOf(page, 'florist on South').inputValue())).toBe(
    true,
  )
  await expect(page.getByRole('alert').filter({ hasText: '1 account has no new token' })).toContainText('suspended')

  servers.north.suspendAccount('closed', false)
  await page.getByRole('button', { name: 'Try 1 account again' }).click()
  await expect(page.getByRole('heading', { name: '4 Tokens Created' })).toBeVisible()
  await expect(secretOf(page, 'bakery on North')).toHaveValue(secret)
  expect(servers.north.calls.filter(({ name }) => name === 'Tokens::create_full_access')).toHaveLength(4)

  await page.getByRole('button', { name: 'Copy the token of clinic on North' }).click()
  await expect(page.getByText('Copied the token of clinic.')).toBeVisible()
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'As a .env file' }).click(),
  ])
  const chunks: Buffer[] = []
  for await (const chunk of await file.createReadStream()) chunks.push(Buffer.from(chunk))
  expect(Buffer.concat(chunks).toString()).toContain(`CPANEL_TOKEN_BAKERY=${secret}\n`)

  await page.goBack()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Stay' }).click()
  await page.getByRole('button', { name: 'Yes, I Saved My Tokens' }).click()
  await expect(page.getByRole('heading', { name: 'All tokens' })).toBeVisible()
  await page.getByRole('searchbox').fill('monitor')
  await expect(page.getByText('5 tokens in 5 accounts')).toBeVisible()
  const kept = await page.evaluate(
    () => document.documentElement.outerHTML + JSON.stringify([localStorage, sessionStorage, history.state]),
  )
  expect(kept).not.toContain(secret)
  expect(servers.log()).not.toContain(secret)
})

test('lost answers and dead servers in the middle: nothing that was made is lost, nothing is made twice', async ({
  page,
  servers,
  allowConsole,
}) => {
  allowConsole(httpFailure)
  await logIn(page, servers)
  await choose(page, 'bakery on North', 'clinic on North', 'florist on South')
  await page.getByLabel('API Token Name').fill('monitor')
  servers.north.die()
  await page.getByRole('button', { name: 'Create on 3 accounts' }).click()
  await expect(page.getByRole('heading', { name: '1 Token Created' })).toBeVisible()
  const secret = await secretOf(page, 'florist on South').inputValue()
  await expect(page.getByRole('alert').filter({ hasText: '2 accounts have no new token' })).toContainText(
    'can’t be reached',
  )
  servers.north.revive()
  await page.getByRole('button', { name: 'Try 2 accounts again' }).click()
  await expect(page.getByRole('heading', { name: '3 Tokens Created' })).toBeVisible()
  await expect(secretOf(page, 'florist on South')).toHaveValue(secret)
  for (const user of ['bakery', 'clinic'])
    expect(servers.north.tokens(user).map(({ name }) => name)).toEqual(['monitor'])
})

test('a token whose secret never arrived is said to be lost, and is not made again', async ({
  page,
  servers,
  allowConsole,
}) => {
  allowConsole(httpFailure)
  await logIn(page, servers)
  await choose(page, 'bakery on North', 'florist on South')
  await page.getByLabel('API Token Name').fill('lost-answer-1')
  await page.getByRole('button', { name: 'Create on 2 accounts' }).click()
  await expect(page.getByRole('heading', { name: 'No token was created' })).toBeVisible()
  await expect(page.getByRole('listitem').filter({ hasText: 'bakery' })).toContainText(
    'the answer with the token never arrived',
  )
  expect(servers.north.tokens('bakery').map(({ name }) => name)).toEqual(['lost-answer-1'])
})

test('accounts chosen in the list of accounts are chosen when creating', async ({ page, servers }) => {
  await logIn(page, servers)
  await page.goto('/c/north.whm.resell/accounts?q=bakery')
  await page.getByRole('checkbox', { name: 'Choose bakery' }).check()
  await page.getByRole('link', { name: 'Create a token on 1 account…' }).click()
  await expect(page.getByRole('checkbox', { name: 'Choose bakery on North' })).toBeChecked()
  await expect(page.getByText('1 account chosen')).toBeVisible()
})

test('a session that ended is taken up in place, and the secrets that came before stay on the screen', async ({
  page,
  servers,
  allowConsole,
}) => {
  allowConsole(httpFailure)
  await logIn(page, servers)
  await choose(page, 'bakery on North', 'clinic on North', 'florist on South')
  await page.getByLabel('API Token Name').fill('monitor')
  servers.north.endSessions('resell')
  await page.getByRole('button', { name: 'Create on 3 accounts' }).click()
  await expect(page.getByRole('heading', { name: '1 Token Created' })).toBeVisible()
  const secret = await secretOf(page, 'florist on South').inputValue()
  await page
    .getByRole('alert')
    .filter({ hasText: 'resell on North is no longer logged in' })
    .getByRole('button', { name: 'Log in again' })
    .click()
  const dialog = page.getByRole('dialog', { name: 'Your session has ended' })
  await dialog.getByLabel('Password').fill('demo-password-1')
  await dialog.getByRole('button', { name: 'Log in', exact: true }).click()
  await expect(dialog).toBeHidden()
  await page.getByRole('button', { name: 'Try 2 accounts again' }).click()
  await expect(page.getByRole('heading', { name: '3 Tokens Created' })).toBeVisible()
  await expect(secretOf(page, 'florist on South')).toHaveValue(secret)
  expect(await worksDirectly(servers.north, 'clinic', await secretOf(page, 'clinic on North').inputValue())).toBe(true)
})
