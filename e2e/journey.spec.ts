import { pasted } from './clipboard'
import { expect, test, tokensUrl } from './fixtures'

test('a person creates a token, copies it, finds it, renames it and revokes it', async ({
  page,
  house,
  addAccount,
  signIn,
}) => {
  const account = addAccount({ tokens: [{ name: 'old-one' }] })
  await signIn(account)
  await page.getByRole('link', { name: 'Create' }).click()
  await page.getByLabel('API Token Name').fill('deploy-bot')
  await page.getByRole('button', { name: 'Create', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'Token Created Successfully' })).toBeFocused()
  const secret = await page.getByLabel('API Token', { exact: true }).inputValue()
  expect(secret).toMatch(/^[A-Z0-9]{32}$/)
  await page.getByRole('button', { name: 'Copy', exact: true }).click()
  expect(await pasted(page)).toBe(secret)
  await page.getByRole('button', { name: 'Yes, I Saved My Token' }).click()

  await expect(page).toHaveURL(new RegExp(`${tokensUrl(account)}$`))
  await page.getByRole('link', { name: 'Manage deploy-bot' }).click()
  await page.getByLabel('New API Token Name').fill('deploy-bot-2')
  await page.getByRole('button', { name: 'Update' }).click()
  await expect(page.getByRole('status').filter({ hasText: 'Renamed deploy-bot to deploy-bot-2.' })).toBeVisible()

  await page.getByRole('link', { name: 'Manage deploy-bot-2' }).click()
  await page.getByRole('button', { name: 'Revoke the Token' }).click()
  await page.getByRole('button', { name: 'Yes, Revoke the Token' }).click()
  await expect(page.getByRole('status').filter({ hasText: 'Revoked deploy-bot-2.' })).toBeVisible()
  await expect(page.getByRole('link', { name: 'Manage old-one' })).toBeVisible()
  expect(house.demo.tokens(account.username).map(({ name }) => name)).toEqual(['old-one'])
})
