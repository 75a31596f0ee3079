import { readFile } from 'node:fs/promises'
import { expect } from './fixtures'
import { addLogin, callsTo, openAllTokens, testWithServers } from './servers'

const test = testWithServers()

test('a reseller sees the tokens of WHM itself among all others as their own kind, opens one and revokes both kinds at once', async ({
  page,
  servers: { north },
}) => {
  north.addAccount({
    username: 'agency',
    reseller: true,
    whmTokens: [{ name: 'whm-billing', acls: ['list-accts', 'cpanel-api'] }, { name: 'whm-spare' }],
  })
  north.addAccount({ username: 'shop', owner: 'agency', tokens: [{ name: 'shop-deploy' }] })
  await addLogin(page, { server: 'North', kind: 'WHM', username: 'agency' })
  await openAllTokens(page)
  const row = (name: string) => page.getByRole('row', { name: new RegExp(name) })
  await expect(page.getByText('3 tokens in 2 accounts')).toBeVisible()
  await expect(row('whm-billing')).toContainText('WHM user')
  await expect(row('whm-billing')).toContainText('2 privileges')
  await expect(row('shop-deploy')).not.toContainText('WHM user')
  expect(callsTo(north, 'api_token_list')).toBe(1)

  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'As CSV, for spreadsheets' }).click()
  const csv = await readFile(await (await download).path(), 'utf8')
  expect(csv).toMatch(/"whm-billing","agency",.*"whm"/)

  await page.getByRole('link', { name: /whm-billing/ }).click()
  await expect(page.getByRole('heading', { name: 'Edit API Token: whm-billing' })).toBeVisible()
  await page.goBack()
  await page.getByRole('checkbox', { name: 'Select whm-spare of WHM user agency on North' }).check()
  await page.getByRole('checkbox', { name: 'Select shop-deploy of shop on North' }).check()
  await page.getByRole('button', { name: 'Revoke…' }).click()
  await page.getByRole('button', { name: 'Revoke 2 API tokens' }).click()
  await expect(page.getByText('1 token in 1 account')).toBeVisible()
  expect(north.whmTokens('agency').map(({ name }) => name)).toEqual(['whm-billing'])
  expect(north.tokens('shop')).toEqual([])

  // One token on many accounts is for accounts: the WHM user is none.
  await page.getByRole('link', { name: 'Create on accounts…' }).click()
  await expect(page.getByRole('checkbox', { name: /^Choose shop/ })).toBeVisible()
  await expect(page.getByRole('checkbox', { name: /^Choose agency/ })).toHaveCount(1)
})

test('a reseller finds what was rotated and not revoked yet, on all accounts, and finishes all of it at once', async ({
  page,
  servers: { north },
}) => {
  const now = Math.floor(Date.now() / 1000)
  const token = (name: string, daysAgo: number) => ({ name, createTime: now - daysAgo * 86_400 })
  const expired = { ...token('feed-r2', 90), expiresAt: now - 60 }
  north.addAccount({
    username: 'turner',
    reseller: true,
    whmTokens: [token('whm-billing', 400), token('whm-billing-r2', 20)].map((one) => ({
      ...one,
      acls: ['list-accts'],
    })),
  })
  north.addAccount({
    username: 'mill',
    owner: 'turner',
    tokens: [token('app', 300), token('app-r2', 3), token('ci', 9)],
  })
  // Nothing succeeds this one any more, and another account's -r2 is nothing to it.
  north.addAccount({ username: 'loom', owner: 'turner', tokens: [token('feed', 300), expired, token('ci-r2', 1)] })
  await addLogin(page, { server: 'North', kind: 'WHM', username: 'turner' })
  await openAllTokens(page)
  const rotating = page.getByRole('row').filter({ has: page.getByRole('link', { name: /^Rotating/ }) })
  await expect(rotating).toHaveCount(4)
  await page.getByRole('button', { name: 'Filters' }).click()
  await page.getByLabel('Rotated, not revoked yet').check()
  await expect(page.getByText('2 tokens in 2 accounts')).toBeVisible()
  await page.getByRole('link', { name: 'Rotating: open the successor, app-r2' }).click()
  await expect(page).toHaveURL(/\/tokens\/app-r2$/)
  await page.goBack()

  await page.getByRole('checkbox', { name: 'Select all 2 that match' }).check()
  await page.getByRole('button', { name: 'Revoke…' }).click()
  await page.getByRole('button', { name: 'Revoke 2 API tokens' }).click()
  await expect(page.getByText('No token matches.')).toBeVisible()
  await page.getByRole('button', { name: 'Clear all filters' }).first().click()
  await expect(rotating).toHaveCount(0)
  expect(north.whmTokens('turner').map(({ name }) => name)).toEqual(['whm-billing-r2'])
  expect(north.tokens('mill').map(({ name }) => name)).toEqual(['app-r2', 'ci'])
})
