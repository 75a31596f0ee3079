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
