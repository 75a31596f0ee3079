import { expectPasted } from './clipboard'
import { expect, httpFailure, test, type Page } from './fixtures'
import { curlWhm, openWhmTokens, whmTokensUrl } from './whmTokenScreens'

const names = (page: Page) => page.getByRole('row').locator('bdi')
const now = () => Math.floor(Date.now() / 1000)

test('an administrator sees what each token may do, from where and how long', async ({ page, addAccount }) => {
  const account = addAccount({
    reseller: ['all'],
    whmTokens: [
      { name: 'root-like', acls: ['all'], expiresAt: null },
      {
        name: 'nagios',
        acls: ['status', 'stats'],
        whitelist: ['192.0.2.10', '198.51.100.0/24', '203.0.113.9'],
        expiresAt: now() + 5 * 3600,
      },
    ],
  })
  await openWhmTokens(page, account)
  await expect(names(page)).toHaveText(['nagios', 'root-like'])
  const nagios = page.getByRole('row', { name: /nagios/ })
  await expect(nagios).toContainText('2 privileges')
  await expect(nagios).toContainText('192.0.2.10, 198.51.100.0/24 and 1 more')
  await expect(nagios).toContainText(/Expires in [45] hours/)
  const rootLike = page.getByRole('row', { name: /root-like/ })
  await expect(rootLike).toContainText('All privileges')
  await expect(rootLike).toContainText('Any')
  await expect(rootLike).toContainText('Never')
  await page.getByRole('searchbox', { name: 'Search by name' }).fill('NAG')
  await expect(names(page)).toHaveText(['nagios'])
  await page.getByRole('searchbox').fill('nothing')
  await expect(page.getByText('No API tokens found.')).toBeVisible()
  // Its address leads there after signing in anew, and one leads back and forth between accounts and tokens.
  await page.getByRole('link', { name: 'Accounts', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'Accounts' })).toBeVisible()
})

test('an administrator makes a token for one job, and it does that job from there and nothing else', async ({
  page,
  house,
  addAccount,
}) => {
  const account = addAccount({ reseller: ['all'] })
  const { username } = account
  await openWhmTokens(page, account)
  await page.getByRole('link', { name: 'Generate Token' }).click()
  await page.getByLabel('Name', { exact: true }).fill('lister')
  await page.getByLabel('Specify an expiration date.').check()
  await page.getByRole('button', { name: '30 days' }).click()
  await page.getByLabel('Whitelisted IPs').fill('127.0.0.2, 2001:db8::7;198.51.100.0/24')
  await expect(
    page.getByText('The server will store: 127.0.0.2, 198.51.100.0/24, 2001:0db8:0000:0000:0000:0000:0000:0007'),
  ).toBeVisible()
  await expect(page.getByText('Your current address, 127.0.0.1, is not in this list.')).toBeVisible()
  await page.getByRole('checkbox', { name: 'List Accounts list-accts' }).check()
  await page.getByRole('button', { name: 'Save' }).click()

  await expect(page.getByRole('heading', { name: 'Token Created Successfully' })).toBeFocused()
  await expect(page.getByText('You successfully created the API token “lister”.')).toBeVisible()
  const secret = await page.getByLabel('API Token', { exact: true }).inputValue()
  await page.getByRole('button', { name: 'Copy', exact: true }).click()
  await expectPasted(page, secret)
  await expect(page.getByRole('region', { name: 'The header' })).toHaveText(`Authorization: whm ${username}:${secret}`)
  const [stored] = house.demo.whmTokens(username)
  expect(stored).toMatchObject({
    name: 'lister',
    acls: ['list-accts'],
    whitelist: ['127.0.0.2', '198.51.100.0/24', '2001:0db8:0000:0000:0000:0000:0000:0007'],
  })

  // The token itself is tried: from the allowed address and from another one, with the privilege and without.
  const tries = (call: string, from: string) => curlWhm(house.demo, { username, secret, call, from })
  expect(await tries('listaccts?api.version=1', '127.0.0.2')).toBe(true)
  expect(await tries('listaccts?api.version=1', '127.0.0.1')).toBe(false)
  expect(await tries('api_token_list?api.version=1', '127.0.0.2')).toBe(false)

  await page.getByRole('button', { name: 'Yes, I Saved My Token' }).click()
  await expect(names(page)).toHaveText(['lister'])
  await page.getByRole('button', { name: 'Revoke lister' }).click()
  await expect(page.getByRole('heading', { name: 'Confirm Revocation' })).toBeFocused()
  await page.getByRole('button', { name: 'Revoke Selected API Token' }).click()
  await expect(page.getByRole('status').filter({ hasText: 'Revoked lister.' })).toBeVisible()
  expect(house.demo.whmTokens(username)).toEqual([])
  expect(await tries('listaccts?api.version=1', '127.0.0.2')).toBe(false)
})

test('an administrator revokes several and then all, and what fails keeps its own result', async ({
  page,
  house,
  addAccount,
}) => {
  const account = addAccount({
    reseller: ['all'],
    whmTokens: ['a', 'b', 'c', 'cannot-revoke'].map((name) => ({ name })),
  })
  await openWhmTokens(page, account)
  const button = (name: string) => page.getByRole('button', { name, exact: true })
  await expect(button('Revoke Selected')).toBeDisabled()
  await page.getByLabel('Select All Visible').check()
  await expect(page.getByText('4 selected')).toBeVisible()
  await button('Clear Selection').click()
  await page.getByLabel('Select “a”').check()
  await page.getByLabel('Select “b”').check()
  await button('Revoke Selected').click()
  await button('Revoke Selected API Tokens').click()
  await expect(names(page)).toHaveText(['c', 'cannot-revoke'])
  await button('Revoke All').click()
  await button('Revoke Selected API Tokens').click()
  await expect(page.getByRole('alert').filter({ hasText: '1 of 2 revoked, 1 not.' })).toBeVisible()
  expect(house.demo.whmTokens(account.username).map(({ name }) => name)).toEqual(['cannot-revoke'])
})

test('bad addresses, names and a token without a privilege are said and not sent', async ({
  page,
  house,
  addAccount,
}) => {
  const account = addAccount({ reseller: ['all'], whmTokens: [{ name: 'taken' }] })
  await openWhmTokens(page, account)
  await page.getByRole('link', { name: 'Generate Token' }).click()
  await page.getByLabel('Name', { exact: true }).fill('taken')
  await expect(page.getByText('A token with this name exists already.')).toBeVisible()
  await page
    .getByLabel('Whitelisted IPs')
    .fill('192.0.2.7\n10.0.0.300, 192.0.2.1/33\nfe80::1%eth0 example.com 010.0.0.1')
  for (const words of [
    'Line 2: “10.0.0.300” is no IP address or range.',
    'Line 2: “192.0.2.1/33” is no IP address or range.',
    'Line 3: “fe80::1%eth0” is no IP address or range.',
    'Line 3: “example.com” is no IP address or range.',
    'Line 3: “010.0.0.1” is no IP address or range.',
  ])
    await expect(page.getByText(words)).toBeVisible()
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('alert').filter({ hasText: 'You must specify at least one ACL' })).toBeVisible()
  await page.getByLabel('Whitelisted IPs').fill(Array.from({ length: 101 }, (_, index) => `10.1.${index}.1`).join(' '))
  await expect(page.getByText('at most 100 are allowed.')).toBeVisible()
  await page.getByRole('button', { name: 'Save' }).click()
  expect(house.demo.calls.filter(({ name, user }) => name === 'api_token_create' && user === account.username)).toEqual(
    [],
  )
  await page.getByLabel('Whitelisted IPs').fill('')
  await page.getByRole('button', { name: /^Limit to My Current Address/ }).click()
  await expect(page.getByLabel('Whitelisted IPs')).toHaveValue('127.0.0.1')
})

test('what the server stores otherwise than asked is said on the one-time screen', async ({ page, addAccount }) => {
  const account = addAccount({ reseller: ['basic-whm-functions', 'list-accts', 'manage-api-tokens'] })
  await openWhmTokens(page, account)
  for (const [name, words] of [
    ['ignored-whitelist', 'It stored another limit by address: Any.'],
    ['ignored-acls', 'It stored other privileges: Basic WHM Functions, List Accounts, Manage API Tokens.'],
  ] as const) {
    await page.getByRole('link', { name: 'Generate Token' }).first().click()
    await page.getByLabel('Name', { exact: true }).fill(name)
    await page.getByLabel('Whitelisted IPs').fill('127.0.0.1')
    await page.getByRole('checkbox', { name: 'List Accounts list-accts' }).check()
    await page.getByRole('button', { name: 'Save' }).click()
    await expect(page.getByRole('alert').filter({ hasText: words })).toBeVisible()
    await page.getByRole('button', { name: 'Revoke it now' }).click()
    await expect(page.getByRole('status').filter({ hasText: `Revoked ${name}.` })).toBeVisible()
  }
})

test('an answer that is lost while a token is made leaves nobody in doubt', async ({
  page,
  house,
  addAccount,
  allowConsole,
}) => {
  allowConsole(httpFailure)
  const account = addAccount({ reseller: ['all'] })
  await openWhmTokens(page, account)
  await page.getByRole('link', { name: 'Generate Token' }).click()
  await page.getByLabel('Name', { exact: true }).fill('lost-once')
  await page.getByRole('button', { name: 'DNS', exact: true }).click()
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('alert').filter({ hasText: 'The token exists, but its secret was lost' })).toBeVisible()
  await page.getByRole('button', { name: 'Revoke It and Create It Again' }).click()
  await expect(page.getByRole('heading', { name: 'Token Created Successfully' })).toBeVisible()
  const [stored, ...more] = house.demo.whmTokens(account.username)
  expect(more).toEqual([])
  expect(stored?.acls).toContain('edit-dns')
  const secret = await page.getByLabel('API Token', { exact: true }).inputValue()
  const call = 'myprivs?api.version=1'
  expect(await curlWhm(house.demo, { username: account.username, secret, call })).toBe(true)
})

test('a link to the tokens of a WHM user leads there after logging in', async ({ page, addAccount, allowConsole }) => {
  allowConsole(httpFailure)
  const account = addAccount({ reseller: ['all'], whmTokens: [{ name: 'create' }] })
  await page.goto(`${whmTokensUrl(account)}/~create`)
  await page.getByLabel('Password').fill(account.password)
  await page.getByRole('button', { name: 'Log in', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'Edit API Token: create' })).toBeVisible()
})

test('revoking all with the very token one is logged in with leaves none alive', async ({
  page,
  house,
  addAccount,
  allowConsole,
}) => {
  allowConsole(httpFailure)
  const names = ['a', 'mine', 'x', 'y', 'z']
  const account = addAccount({ reseller: ['all'], whmTokens: names.map((name) => ({ name })) })
  await openWhmTokens(page, account, account.whmSecrets['mine'])
  await page.getByRole('button', { name: 'Revoke All' }).click()
  await expect(page.getByRole('note', { name: 'You are logged in with this token' })).toBeVisible()
  await page.getByRole('button', { name: 'Revoke Selected API Tokens' }).click()
  await expect.poll(() => house.demo.whmTokens(account.username)).toEqual([])
})

test('no screen of WHM’s tokens offers what the user may not do: each says which privilege is missing', async ({
  page,
  addAccount,
  allowConsole,
}) => {
  allowConsole(httpFailure)
  const account = addAccount({ reseller: ['basic-whm-functions', 'list-accts'], whmTokens: [{ name: 'one' }] })
  await openWhmTokens(page, account)
  const missing = page.getByText(/“Manage API Tokens” \(manage-api-tokens\) is missing/)
  for (const path of ['', '/create', '/one']) {
    await page.goto(`${whmTokensUrl(account)}${path}`)
    await expect(missing).toBeVisible()
    await expect(page.getByRole('button', { name: 'Save' })).toHaveCount(0)
  }
})
