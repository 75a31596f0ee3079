import { expectPasted } from './clipboard'
import { worksDirectly } from './directCall'
import { expect, type AddedAccount, type House, type Page } from './fixtures'

/**
 * The whole main job of a person, from the list to a revoked token: create, copy, confirm, find, rename, revoke. After each
 * step the token itself is tried at the server.
 */
export async function walkMainJourney(page: Page, house: House, account: AddedAccount): Promise<void> {
  const works = (secret: string) => worksDirectly(house.demo, account.username, secret)
  await page.getByRole('link', { name: 'Create' }).first().click()
  await page.getByLabel('API Token Name').fill('deploy-bot')
  await page.getByLabel('Specify an expiration date.').check()
  await page.getByRole('button', { name: '7 days' }).click()
  await page.getByRole('button', { name: 'Create', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'Token Created Successfully' })).toBeFocused()
  const secret = await page.getByLabel('API Token', { exact: true }).inputValue()
  await page.getByRole('button', { name: 'Copy', exact: true }).click()
  await expectPasted(page, secret)
  expect(await works(secret)).toBe(true)
  await page.getByRole('button', { name: 'Yes, I Saved My Token' }).click()

  await page.getByRole('searchbox').fill('deploy')
  await expect(page.getByRole('row', { name: /deploy-bot/ })).toContainText(/Expires in [67] days/)
  await page.getByRole('link', { name: 'Manage deploy-bot' }).click()
  await page.getByLabel('New API Token Name').fill('deploy-bot-2')
  await page.getByRole('button', { name: 'Update' }).click()
  await expect(page.getByRole('status').filter({ hasText: 'Renamed deploy-bot to deploy-bot-2.' })).toBeVisible()
  expect(await works(secret)).toBe(true)

  await page.getByRole('link', { name: 'Manage deploy-bot-2' }).click()
  await page.getByRole('button', { name: 'Revoke the Token' }).click()
  await page.getByRole('button', { name: 'Yes, Revoke the Token' }).click()
  await expect(page.getByRole('status').filter({ hasText: 'Revoked deploy-bot-2.' })).toBeVisible()
  expect(await works(secret)).toBe(false)
  expect(house.demo.tokens(account.username).map(({ name }) => name)).not.toContain('deploy-bot-2')
}
