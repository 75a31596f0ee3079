import { expect, type Page } from './fixtures'
import { addLogin, callsTo, testWithServers } from './servers'

const test = testWithServers()

const users = (page: Page) => page.getByRole('table', { name: 'Accounts' }).getByRole('link', { name: /^Tokens of/ })

test('a reseller finds, filters and sorts accounts, counts their tokens and opens one', async ({ page, servers }) => {
  const { north } = servers
  north.removeAccount('bob')
  north.removeAccount('erin')
  north.removeAccount('carol')
  north.addAccount({
    username: 'bakery',
    owner: 'resell',
    package: 'small',
    tokens: [{ name: 'one' }, { name: 'two' }],
  })
  north.addAccount({ username: 'florist', owner: 'resell', package: 'large', suspended: true })
  north.addAccount({ username: 'clinic', owner: 'resell', package: 'small', tokens: [{ name: 'one' }] })
  await addLogin(page, { server: 'North', kind: 'WHM', username: 'resell' })
  await expect(users(page)).toHaveCount(4)
  await page.getByLabel('Package').selectOption('small')
  await expect(users(page)).toHaveCount(2)
  await page.getByRole('searchbox').fill('bak')
  await expect(users(page)).toHaveCount(1)
  await expect(page).toHaveURL(/q=bak/)
  await page.getByRole('searchbox').fill('')
  await page.getByLabel('Package').selectOption('Any')
  await page.getByLabel('Suspended').selectOption('Yes')
  await expect(page.getByRole('row', { name: /florist/ })).toContainText('Suspended')
  await expect(users(page)).toHaveCount(1)
  await page.getByLabel('Suspended').selectOption('Any')

  expect(callsTo(north, 'uapi_cpanel')).toBe(0)
  await expect(page.getByRole('row', { name: /bakery/ })).toContainText('Not counted')
  await page.getByRole('button', { name: 'Count tokens' }).click()
  await expect(page.getByText('4 accounts asked.')).toBeVisible()
  expect(callsTo(north, 'uapi_cpanel')).toBe(4)
  await page.getByLabel('Has tokens').selectOption('No')
  await expect(page.getByRole('row', { name: /florist/ })).toBeVisible()
  await expect(users(page)).toHaveCount(1)
  await page.getByLabel('Has tokens').selectOption('Yes')
  await page.getByRole('columnheader', { name: 'Tokens' }).getByRole('button').click()
  await expect(users(page).first()).toHaveAccessibleName('Tokens of clinic')

  await page.getByRole('link', { name: 'Tokens of bakery' }).click()
  await expect(page.getByText('You are acting as bakery.')).toBeVisible()
  await expect(page.getByRole('link', { name: 'Manage two' })).toBeVisible()
  // What the page of the account revokes, the count knows.
  await page.getByRole('link', { name: 'Manage two' }).click()
  await page.getByRole('button', { name: 'Revoke the Token', exact: true }).click()
  await page.getByRole('button', { name: 'Yes, Revoke the Token' }).click()
  await expect(page.getByText('Revoked two.')).toBeVisible()
  await page.getByRole('link', { name: 'Back to all accounts' }).click()
  await expect(page.getByRole('row', { name: /bakery/ }).getByRole('cell', { name: /^1/ })).toBeVisible()
})

test('a WHM user without cpanel-api reads which privilege is missing, and the list of accounts works', async ({
  page,
  servers,
}) => {
  servers.north.setPrivileges('resell', ['basic-whm-functions', 'list-accts'])
  await addLogin(page, { server: 'North', kind: 'WHM', username: 'resell' })
  await expect(page.getByText('resell on North may list accounts but not see their tokens')).toBeVisible()
  await expect(page.getByText(/\(cpanel-api\) is missing/)).toContainText(
    'Resellers » Edit Reseller Nameservers and Privileges',
  )
  await expect(users(page).first()).toBeVisible()
  await page.goto('/tokens')
  await expect(page.getByText('resell on North may list accounts but not see their tokens')).toBeVisible()
  expect(callsTo(servers.north, 'uapi_cpanel')).toBe(0)
})
