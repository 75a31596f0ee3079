import { expect, test, type Page } from './fixtures'
import { alert, callsOf, namesOf, openToken, revokeToken } from './tokenScreens'

const tokens = [
  { name: 'one', createTime: 1_700_000_001 },
  { name: 'two', createTime: 1_700_000_002 },
  { name: 'three', createTime: 1_700_000_003 },
]
/** Asks to revoke two of them; whether that is meant is still to be said. */
async function chooseOneAndTwo(page: Page): Promise<void> {
  for (const name of ['one', 'two']) await page.getByRole('checkbox', { name: `Select “${name}”`, exact: true }).check()
  await page.getByRole('button', { name: 'Revoke', exact: true }).click()
}

const moved = 'The list has changed meanwhile, so nothing was revoked'

test('a person who thinks for a while before revoking several hears what somebody else renamed, and does the rest', async ({
  page,
  house,
  addAccount,
  signIn,
}) => {
  await page.clock.install()
  const account = addAccount({ tokens })
  await signIn(account)
  await chooseOneAndTwo(page)
  house.demo.renameToken(account.username, 'one', 'production')
  await page.clock.fastForward('00:06')
  await page.getByRole('button', { name: 'Revoke Selected API Tokens' }).click()
  await expect(alert(page, moved)).toContainText('“one” is called “production” now.')
  expect(callsOf(house, account, 'revoke')).toBe(0)

  await page.getByRole('button', { name: 'Revoke Selected API Token', exact: true }).click()
  await expect(page.getByRole('status').filter({ hasText: 'Revoked two.' })).toBeVisible()
  await expect(page.getByRole('link', { name: 'Manage production' })).toBeVisible()
  expect(namesOf(house, account)).toEqual(expect.arrayContaining(['production', 'three']))
  expect(callsOf(house, account, 'revoke')).toBe(1)
})

test('a person who revokes old tokens among others hears that the successor of one is gone, and decides anew', async ({
  page,
  house,
  addAccount,
  signIn,
}) => {
  await page.clock.install()
  const account = addAccount({ tokens: [...tokens, { name: 'one-r2', createTime: 1_700_000_009 }] })
  await signIn(account)
  await chooseOneAndTwo(page)
  house.demo.revokeToken(account.username, 'one-r2')
  await page.clock.fastForward('00:06')
  await page.getByRole('button', { name: 'Revoke Selected API Tokens' }).click()
  await expect(alert(page, moved)).toContainText('“one-r2” is gone, so nothing would be left of that rotation.')
  expect(callsOf(house, account, 'revoke')).toBe(0)

  await page.getByRole('button', { name: 'Revoke Selected API Tokens' }).click()
  await expect(page.getByRole('status').filter({ hasText: 'Revoked one, two.' })).toBeVisible()
  expect(namesOf(house, account)).toEqual(['three'])
})

test('a person who revokes a name that is another token’s by now is asked once more', async ({
  page,
  house,
  addAccount,
  signIn,
}) => {
  await page.clock.install()
  const account = addAccount({ tokens })
  await signIn(account)
  await openToken(page, account, 'one')
  house.demo.revokeToken(account.username, 'one')
  house.demo.seedToken(account.username, { name: 'one', createTime: 1_700_000_009 })
  await page.clock.fastForward('00:06')
  await revokeToken(page)
  await expect(alert(page, moved)).toContainText('“one” is another token now, made since.')
  expect(namesOf(house, account)).toContain('one')
  await page.getByRole('button', { name: 'Yes, Revoke the Token' }).click()
  await expect(page.getByRole('status').filter({ hasText: 'Revoked one.' })).toBeVisible()
  expect(namesOf(house, account)).not.toContain('one')
})

test('a person who revokes what somebody else renamed hears its new name, and the renamed one stays', async ({
  page,
  house,
  addAccount,
  signIn,
}) => {
  await page.clock.install()
  const account = addAccount({ tokens })
  await signIn(account)
  await openToken(page, account, 'one')
  house.demo.renameToken(account.username, 'one', 'production')
  await page.clock.fastForward('00:06')
  await revokeToken(page)
  await expect(alert(page, '“one” is called “production” now')).toContainText('Somebody renamed it meanwhile.')
  expect(namesOf(house, account)).toContain('production')
  expect(callsOf(house, account, 'revoke')).toBe(0)
  await page.getByRole('link', { name: 'Manage production' }).click()
  await expect(page.getByLabel('New API Token Name')).toHaveValue('production')
})
