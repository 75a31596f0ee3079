import { expectAccessible, expectNoSideways } from './looks'
import { expect, test, type Page } from './fixtures'
import { createSuccessor, revokeOld, rotationPanel, startRotation } from './rotationScreens'
import { openToken } from './tokenScreens'
import { tabTo } from './tabbing'

const DAY = 86_400
const now = () => Math.floor(Date.now() / 1000)

/** What must hold of each screen: axe finds nothing in light or dark, and nothing scrolls sideways on a phone. */
async function look(page: Page, screen: string): Promise<void> {
  await expectAccessible(page, screen)
  await expectNoSideways(page, screen, [375])
  await page.setViewportSize({ width: 1280, height: 900 })
}

test('axe finds nothing on the screens of rotation, and nothing scrolls sideways on a phone', async ({
  page,
  addAccount,
  signIn,
}) => {
  test.setTimeout(120_000)
  const long = 'a-name-as-long-as-names-of-tokens-may-be-with-r2'
  const account = addAccount({
    tokens: [
      { name: long, createTime: now() - 90 * DAY, expiresAt: now() + 5 * DAY },
      { name: 'limited', features: ['ftp'] },
      { name: 'gone', expiresAt: now() - DAY },
      { name: 'app', createTime: now() - 90 * DAY },
      { name: 'app-r2', createTime: now() - 80 * DAY },
      { name: 'app-r3', createTime: now() - 20 * DAY },
    ],
  })
  await signIn(account)
  await page.getByRole('note', { name: /more than a week ago/ }).waitFor()
  await look(page, 'list')
  for (const name of [long, 'gone', 'limited']) await page.getByRole('checkbox', { name: `Select “${name}”` }).check()
  await page.getByRole('checkbox', { name: 'Select “app”', exact: true }).check()
  await page.getByRole('button', { name: 'Rotate…' }).click()
  await page.getByRole('region', { name: /left out/ }).waitFor()
  await look(page, 'several, before')
  await page.getByRole('button', { name: 'Cancel' }).click()

  await openToken(page, account, 'app-r3')
  await page.getByLabel('Secret of “app-r3”').waitFor()
  await rotationPanel(page).getByRole('button', { name: 'Revoke the Old Token' }).click()
  await look(page, 'panel, asking')
  await openToken(page, account, 'app')
  await look(page, 'panel, left over')
  await openToken(page, account, 'limited')
  await startRotation(page)
  await page.getByLabel('Name of the Successor').fill('other')
  await look(page, 'form, with warnings')
  await createSuccessor(page).click()
  await page.getByRole('heading', { name: 'Token Created Successfully' }).waitFor()
  await look(page, 'one-time screen')
  await page.getByRole('button', { name: 'Yes, I Saved My Token' }).click()
  await page.getByRole('link', { name: 'Create a Successor…' }).waitFor()
})

test('all secrets of several at once look right too', async ({ page, addAccount, signIn }) => {
  test.setTimeout(60_000)
  await signIn(addAccount({ tokens: [{ name: 'deploy' }, { name: 'backup' }] }))
  for (const name of ['deploy', 'backup']) await page.getByRole('checkbox', { name: `Select “${name}”` }).check()
  await page.getByRole('button', { name: 'Rotate…' }).click()
  await page.getByRole('button', { name: 'Create 2 Successors' }).click()
  await page.getByRole('heading', { name: '2 Successors Created' }).waitFor()
  await look(page, 'several, secrets')
  await page.getByRole('button', { name: 'Yes, I Saved My Tokens' }).click()
  await page.getByRole('note', { name: '2 tokens are being rotated' }).waitFor()
})

test('a person rotates a token by keyboard alone', async ({ page, house, addAccount, signIn }) => {
  const account = addAccount({ tokens: [{ name: 'deploy' }] })
  await signIn(account)
  const { keyboard } = page
  await expect(page.getByRole('searchbox')).toBeFocused()
  await tabTo(page, 'Manage deploy', 'link')
  await keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'Manage API Token', exact: true })).toBeFocused()
  await tabTo(page, 'Create a Successor…', 'link')
  await keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'Rotate API Token' })).toBeFocused()
  await tabTo(page, 'Name of the Successor', 'textbox')
  await tabTo(page, 'Create the Successor', 'button')
  await keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'Token Created Successfully' })).toBeFocused()
  await tabTo(page, 'Yes, I Saved My Token', 'button')
  await keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'Manage API Token', exact: true })).toBeFocused()
  await tabTo(page, 'Revoke the Old Token', 'button')
  await keyboard.press('Enter')
  await tabTo(page, /deploy-r2 is in use/, 'checkbox')
  await keyboard.press('Space')
  await tabTo(page, 'Yes, Revoke the Token', 'button')
  await keyboard.press('Enter')
  await expect(page.getByText('Revoked deploy.')).toBeVisible()
  expect(house.demo.tokens(account.username).map(({ name }) => name)).toEqual(['deploy-r2'])

  await expect(page.getByRole('searchbox')).toBeFocused()
  await tabTo(page, 'Select “deploy-r2”', 'checkbox')
  await keyboard.press('Space')
  await page.getByRole('searchbox').focus()
  await tabTo(page, 'Rotate…', 'button')
  await keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'Rotate 1 API token' })).toBeFocused()
  await tabTo(page, 'Create 1 Successor', 'button')
  await keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: '1 Successor Created' })).toBeFocused()
  await tabTo(page, 'Yes, I Saved My Token', 'button')
  await keyboard.press('Enter')
  await expect(page.getByRole('link', { name: 'Manage deploy-r3' })).toBeVisible()
  await openToken(page, account, 'deploy-r3')
  await revokeOld(page)
  await expect(page.getByText('Revoked deploy-r2.')).toBeVisible()
})
