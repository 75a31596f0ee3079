import { expect, httpFailure, type Page } from './fixtures'
import { addLogin, callsTo, openAllTokens, testWithServers, type Servers } from './servers'

const test = testWithServers()

/** Five logins on two servers: one dead, one slow, one without the privilege, and two that are well. */
async function logInFiveTimes(page: Page, { north }: Servers): Promise<void> {
  for (const number of [1, 2, 3]) {
    north.addAccount({ username: `client${number}`, owner: 'resell', tokens: [{ name: `deploy-${number}` }] })
  }
  await addLogin(page, { server: 'North', kind: 'WHM', username: 'resell' })
  await addLogin(page, { server: 'North', kind: 'cPanel', username: 'alice' })
  await addLogin(page, { server: 'South', kind: 'cPanel', username: 'slow_1' })
  await addLogin(page, { server: 'South', kind: 'cPanel', username: 'dropped_1' })
  await addLogin(page, { server: 'South', kind: 'WHM', username: 'noprivilege_1' })
}

const switcher = (page: Page) => page.getByRole('button', { name: /switch or add a login/ })
const panel = (page: Page) => page.getByRole('dialog', { name: 'Your logins' })
const row = (page: Page, name: string) => panel(page).getByRole('listitem').filter({ hasText: name })

test.beforeEach(({ allowConsole }) => allowConsole(httpFailure))

test('five logins stand side by side: each says how it is, and none waits for another', async ({ page, servers }) => {
  await logInFiveTimes(page, servers)
  await openAllTokens(page)
  await expect(switcher(page)).toContainText('5 logins')
  await switcher(page).click()
  await expect(row(page, 'resell on North')).toContainText('Logged in')
  await expect(row(page, 'alice on North')).toContainText('Logged in')
  await expect(row(page, 'noprivilege_1 on South')).toContainText('Logged in')
  await expect(row(page, 'dropped_1 on South')).toContainText('Server can’t be reached')
  await expect(row(page, 'slow_1 on South')).toContainText('Logged in')
})

test('all tokens of what works are there at once, the slow ones follow, and what fails says why', async ({
  page,
  servers,
}) => {
  await logInFiveTimes(page, servers)
  await page.goto('/tokens?q=deploy-1')
  await expect(page.getByRole('link', { name: 'Manage deploy-1 of client1' })).toBeVisible()
  await expect(page.getByText('noprivilege_1 on South may not list accounts')).toBeVisible()
  await expect(page.getByText(/“List Accounts” \(list-accts\) is missing/)).toBeVisible()
  await expect(page.getByText('1 account could not be read')).toBeVisible()
  await page.getByRole('button', { name: 'Show which' }).click()
  await expect(page.getByRole('listitem').filter({ hasText: 'dropped_1' })).toContainText('South')
  await page.getByRole('searchbox').fill('slow_1')
  await expect(page.getByText('3 tokens in 1 account')).toBeVisible()
  // Who is reached by two logins is asked by one, and is there once.
  expect(servers.north.calls.filter(({ name, account }) => name === 'Tokens::list' && account === 'alice').length).toBe(
    2,
  )
  await page.getByRole('searchbox').fill('client')
  await expect(page.getByText('3 tokens in 3 accounts')).toBeVisible()
})

test('revoking and creating over all five: the dead one fails with its reason, the slow one is waited for, nobody waits for either', async ({
  page,
  servers,
}) => {
  const { north, south } = servers
  await logInFiveTimes(page, servers)
  await page.goto('/c/north.whm.resell/accounts?q=client')
  await expect(page.getByText('3 accounts', { exact: true })).toBeVisible()
  await openAllTokens(page)
  const [slowToken = ''] = south.tokens('slow_1').map(({ name }) => name)
  const doomed = ['deploy-1 of client1 on North', 'acme-dns of alice on North', `${slowToken} of slow_1 on South`]
  for (const which of doomed) {
    await page.getByRole('searchbox').fill(which.split(' ')[0] ?? '')
    await page.getByRole('checkbox', { name: `Select ${which}` }).check()
  }
  await expect(page.getByRole('region', { name: 'Selected tokens' })).toContainText('3 tokens of 3 accounts selected')
  await page.getByRole('button', { name: 'Revoke…' }).click()
  await page.getByRole('button', { name: 'Revoke 3 API tokens' }).click()
  await expect(page.getByText('Revoked all 3 API tokens of 3 accounts.')).toBeVisible()
  expect(north.tokens('client1')).toEqual([])
  expect(north.tokens('alice').map(({ name }) => name)).not.toContain('acme-dns')
  expect(south.tokens('slow_1').map(({ name }) => name)).not.toContain(slowToken)

  await page.getByRole('link', { name: 'Create on accounts…' }).click()
  const wanted = ['client1 on North', 'client2 on North', 'alice on North', 'slow_1 on South', 'dropped_1 on South']
  for (const account of wanted) await page.getByRole('checkbox', { name: `Choose ${account}`, exact: true }).check()
  await page.getByLabel('API Token Name').fill('five')
  await page.getByRole('button', { name: 'Create on 5 accounts' }).click()
  await expect(page.getByText('4 of 5 accounts done')).toBeVisible()
  await expect(page.getByRole('heading', { name: '4 Tokens Created' })).toBeVisible()
  await expect(page.getByRole('listitem').filter({ hasText: 'dropped_1South' })).toContainText('can’t be reached')
  for (const user of ['client1', 'client2', 'alice'])
    expect(north.tokens(user).map(({ name }) => name)).toContain('five')
  expect(south.tokens('slow_1').map(({ name }) => name)).toContain('five')
  await page.getByRole('button', { name: 'Yes, I Saved My Tokens' }).click()

  await page.getByRole('searchbox').fill('five')
  await expect(page.getByText('4 tokens in 4 accounts')).toBeVisible()
  const picture = page.getByRole('table', { name: 'When they expire' })
  await picture.getByRole('button', { name: 'Never: 4 tokens', exact: true }).click()
  await expect(page).toHaveURL(/state=never/)
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: /JSON/ }).click(),
  ])
  const chunks: Buffer[] = []
  for await (const chunk of await download.createReadStream()) chunks.push(Buffer.from(chunk))
  expect(JSON.parse(Buffer.concat(chunks).toString())).toHaveLength(4)
})

test('logging out of one leaves the others as they are; logging out of all leaves nothing', async ({
  page,
  servers,
}) => {
  await logInFiveTimes(page, servers)
  await openAllTokens(page)
  const asked = callsTo(servers.north, 'uapi_cpanel')
  await switcher(page).click()
  await page.getByRole('button', { name: 'Log out of alice on North' }).click()
  await expect(row(page, 'alice on North')).toBeHidden()
  // The row took the focus with it; in the next frame it is inside again.
  await expect(panel(page).locator(':focus')).toBeVisible()
  await page.keyboard.press('Escape')
  await page.getByRole('searchbox').fill('acme-dns')
  await expect(page.getByText('No token matches.')).toBeVisible()
  await page.getByRole('searchbox').fill('deploy-2')
  await expect(page.getByText('1 token in 1 account')).toBeVisible()
  expect(callsTo(servers.north, 'uapi_cpanel')).toBe(asked)
  expect(callsTo(servers.north, 'logout')).toBe(1)

  await switcher(page).click()
  await page.getByRole('button', { name: 'Log out of all' }).click()
  await expect(page.getByRole('heading', { name: 'Log in' })).toBeVisible()
  await page.goto('/tokens')
  await expect(page).toHaveURL(/\/sign-in\?next=%2Ftokens/)
})

test('a login that expires says so, is taken up again in place, and the others go on', async ({ page, servers }) => {
  await logInFiveTimes(page, servers)
  servers.north.endSessions('resell')
  await page.goto('/tokens')
  await expect(page.getByRole('alert').filter({ hasText: 'resell on North is no longer logged in' })).toBeVisible()
  await page.getByRole('searchbox').fill('acme-dns')
  await expect(page.getByText('1 token in 1 account')).toBeVisible()
  await page.reload()
  await switcher(page).click()
  await expect(row(page, 'resell on North')).toContainText('Expired')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Log in again' }).click()
  const dialog = page.getByRole('dialog', { name: 'Your session has ended' })
  await dialog.getByLabel('Password').fill('demo-password-1')
  await dialog.getByRole('button', { name: 'Log in', exact: true }).click()
  await expect(dialog).toBeHidden()
  await page.getByRole('searchbox').fill('deploy-3')
  await expect(page.getByText('1 token in 1 account')).toBeVisible()
})

test('a server that dies stops only its own, and goes on when it is back', async ({ page, servers }) => {
  await logInFiveTimes(page, servers)
  servers.north.die()
  await page.goto('/tokens')
  await expect(page.getByText(/could not be listed/).first()).toBeVisible()
  await page.getByRole('searchbox').fill('slow_1')
  await expect(page.getByText('3 tokens in 1 account')).toBeVisible()
  servers.north.revive()
  await page.getByRole('searchbox').fill('client')
  const trouble = page.getByRole('alert').filter({ hasText: 'could not be listed' })
  const again = trouble.getByRole('button', { name: 'Try again' })
  // The page says for how many seconds a dead server is left alone. Who tries before that hears it again.
  await expect(async () => {
    if (await again.isVisible()) await again.click()
    await expect(page.getByText('3 tokens in 3 accounts')).toBeVisible({ timeout: 2_000 })
  }).toPass({ timeout: 20_000 })
})
