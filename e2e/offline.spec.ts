import { startDemo } from '../demo/server'
import type { Demo } from '../demo/demo'
import { expect, httpFailure, test as base, tokensUrl, type AddedAccount, type Page } from './fixtures'
import { expectNoSecrets, startKeyring } from './house'
import { logIn } from './logIn'
import { alert, openToken, revokeToken } from './tokenScreens'

/** A Keyring of this test alone: `stop` and `start` it as its machine would, at the same address. */
type Keyring = { url: string; demo: Demo; stop: () => Promise<void>; start: () => Promise<void> }

const test = base.extend<{ keyring: Keyring }>({
  keyring: async ({}, use) => {
    const demo = await startDemo({ accounts: 0, slowMs: 9_000 })
    const settings = {
      CPANEL_URL: demo.cpanelUrl,
      WHM_URL: demo.whmUrl,
      CPANEL_FINGERPRINT256: demo.fingerprint256,
    }
    const servers = [await startKeyring(settings)]
    const url = servers[0]?.url ?? ''
    await use({
      url,
      demo,
      stop: async () => servers.at(-1)?.kill(),
      start: async () => void servers.push(await startKeyring({ ...settings, PORT: new URL(url).port })),
    })
    await Promise.all([demo.close(), ...servers.map((server) => server.close())])
    expectNoSecrets(servers.map((server) => server.log()).join('\n'), demo)
  },
  baseURL: async ({ keyring }, use) => use(keyring.url),
  addAccount: async ({ keyring }, use) => {
    let count = 0
    await use(({ sentinel, ...options } = {}) =>
      keyring.demo.addAccount({ username: `${sentinel ?? 'person'}_${(count += 1)}`, ...options }),
    )
  },
})

const tokens = [{ name: 'one' }, { name: 'two' }]
const away = (page: Page) => page.getByRole('note', { name: 'Keyring can’t be reached' })

test.beforeEach(({ allowConsole }) => allowConsole(httpFailure))

test('a person whose network goes is told at once, keeps the list, and goes on by themselves when it is back', async ({
  page,
  context,
  keyring,
  addAccount,
  signIn,
}) => {
  const account = addAccount({ tokens })
  await signIn(account)
  await expect(page.getByRole('link', { name: 'Manage one' })).toBeVisible()
  await page.waitForLoadState('networkidle')
  await context.setOffline(true)
  await expect(away(page)).toContainText('Your device says that it is offline.')
  await expect(page.getByRole('link', { name: 'Manage one' })).toBeVisible()

  await page.getByRole('button', { name: 'Refresh' }).click()
  const stale = alert(page, 'This list could not be refreshed. What you see is as of now.')
  await expect(stale).toBeVisible()
  keyring.demo.renameToken(account.username, 'one', 'new-one')
  await context.setOffline(false)
  await expect(page.getByRole('link', { name: 'Manage new-one' })).toBeVisible()
  await expect(away(page)).toBeHidden()
  await expect(stale).toBeHidden()
})

test('a reseller whose network goes reads it once, not for each login, and everything goes on when it is back', async ({
  page,
  context,
  keyring,
  addAccount,
}) => {
  const { username, password } = addAccount({ username: 'agency', reseller: true })
  addAccount({ username: 'shop', owner: 'agency', tokens: [{ name: 'shop-deploy' }] })
  await logIn(page, { kind: 'whm', username, password })
  await page.goto('/tokens')
  await expect(page.getByRole('link', { name: /shop-deploy/ })).toBeVisible()
  await page.waitForLoadState('networkidle')
  await context.setOffline(true)
  await page.getByRole('button', { name: 'Refresh all' }).click()
  await expect(page.getByText(/were not asked/)).toBeVisible()
  await expect(away(page)).toBeVisible()
  await expect(page.getByRole('alert')).toHaveCount(0)

  keyring.demo.renameToken('shop', 'shop-deploy', 'shop-live')
  await context.setOffline(false)
  await expect(page.getByRole('link', { name: /shop-live/ })).toBeVisible()
  await expect(away(page)).toBeHidden()
})

test('a person whose Keyring stops learns it from the first call, and goes on when it runs again', async ({
  page,
  keyring,
  addAccount,
  signIn,
}) => {
  const account: AddedAccount = addAccount({ tokens })
  await signIn(account)
  await openToken(page, account, 'one')
  await keyring.stop()
  await revokeToken(page)
  await expect(alert(page, 'It is not known whether the token was revoked')).toContainText(
    'Keyring itself can’t be reached.',
  )
  await expect(away(page)).not.toContainText('Your device says that it is offline.')
  expect(keyring.demo.tokens(account.username)).toHaveLength(2)

  await keyring.start()
  // It has forgotten who was logged in, and says so as soon as it answers.
  const dialog = page.getByRole('dialog', { name: 'Your session has ended' })
  await dialog.getByLabel('Password').fill(account.password)
  await dialog.getByRole('button', { name: 'Log in', exact: true }).click()
  await expect(away(page)).toBeHidden()
  await expect(page.getByRole('note', { name: 'What was under way' })).toContainText('Revoking “one”')
  await page.getByRole('button', { name: 'Yes, Revoke the Token' }).click()
  await expect(page.getByRole('status').filter({ hasText: 'Revoked one.' })).toBeVisible()
  // What is done settles what was not known.
  await expect(page.getByRole('note', { name: 'What was under way' })).toBeHidden()
})

test('a person whose server asks for a break waits as long as it says, sees how long, and may try again then', async ({
  page,
  addAccount,
  signIn,
}) => {
  await page.clock.install()
  await signIn(addAccount({ sentinel: 'toomany', tokens }))
  const retry = alert(page, 'The tokens could not be loaded').getByRole('button', { name: 'Try again' })
  await expect(retry).toBeDisabled()
  await expect(retry).toContainText(/\([1-7] s\)/)
  await expect(async () => {
    await page.clock.runFor(200)
    await expect(retry).toBeEnabled({ timeout: 1 })
  }).toPass({ intervals: [1] })
})

test('a person whose server asks for a break sees the list afterwards without doing anything', async ({
  page,
  keyring,
  addAccount,
  signIn,
}) => {
  const account = addAccount({ tokens })
  keyring.demo.plan('status-429', { name: 'Tokens::list', account: account.username })
  await signIn(account)
  await expect(page.getByRole('link', { name: 'Manage one' })).toBeVisible({ timeout: 10_000 })
  await expect(alert(page, 'The tokens could not be loaded')).toBeHidden()
  const lists = keyring.demo.calls.filter(({ name }) => name === 'Tokens::list')
  expect(lists).toHaveLength(2)
})

test('a person whose server is slow is told that it is, and that is no error', async ({ page, addAccount, signIn }) => {
  await signIn(addAccount({ sentinel: 'slow', tokens }))
  await expect(page.getByText('The server is slow to answer. Still waiting…')).toBeVisible({ timeout: 9_000 })
  await expect(page.getByRole('alert')).toBeHidden()
  await expect(page.getByRole('link', { name: 'Manage one' })).toBeVisible({ timeout: 10_000 })
  await expect(page.getByText('The server is slow to answer. Still waiting…')).toBeHidden()
})

test('a person whose server is away sees the list when it is there again, with no press', async ({
  page,
  keyring,
  addAccount,
  signIn,
}) => {
  const account = addAccount({ tokens })
  await signIn(account)
  await expect(page.getByRole('link', { name: 'Manage one' })).toBeVisible()
  keyring.demo.die()
  await page.goto(tokensUrl(account))
  await expect(alert(page, 'The tokens could not be loaded')).toBeVisible()
  keyring.demo.revive()
  await expect(page.getByRole('link', { name: 'Manage one' })).toBeVisible({ timeout: 20_000 })
})

test('a person who opens a page that can’t be loaded reads that instead of nothing, and loads it again', async ({
  page,
  context,
  addAccount,
  signIn,
}) => {
  await signIn(addAccount({ tokens }))
  await page.waitForLoadState('networkidle')
  await context.setOffline(true)
  await page.getByRole('link', { name: 'Create', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'This page could not be loaded' })).toBeVisible()
  await expect(page.getByText('A part of Keyring did not arrive')).toBeVisible()
  await context.setOffline(false)
  await page.getByRole('button', { name: 'Load the page again' }).click()
  await expect(page.getByLabel('API Token Name')).toBeVisible()
})
