import type { Locator } from '@playwright/test'
import { expect, httpFailure, tokensUrl, type AddedAccount, type Page } from './fixtures'
import { testInHouse } from './otherHouse'
import { callsOf, createButton, namesOf, openToken, revokeToken, typeNewToken } from './tokenScreens'

/** A server slow enough to close the page in the middle of a write. */
const test = testInHouse({ slowMs: 3_000 })
const now = () => Math.floor(Date.now() / 1000)

test.beforeEach(({ allowConsole }) => allowConsole(httpFailure))

/** What is told of a write that was under way. */
function told(page: Page, words: string): Locator {
  return page.getByRole('note', { name: 'What was under way' }).getByRole('listitem').filter({ hasText: words })
}

/** Begins to revoke on a page, and comes back when the server has the call. */
async function beginToRevoke(page: Page, account: AddedAccount): Promise<void> {
  await openToken(page, account, 'slow-revoke-1')
  const sent = page.waitForRequest((request) => request.url().endsWith('/Tokens/revoke'))
  await revokeToken(page)
  await sent
}

/** Begins to create `slow-create-1`, in the same way. */
async function beginToCreate(page: Page): Promise<void> {
  await typeNewToken(page, 'slow-create-1')
  const sent = page.waitForRequest((request) => request.url().endsWith('/Tokens/create_full_access'))
  await createButton(page).click()
  await sent
}

test('a person who loads the page again while it revokes is asked, and then told that it was done', async ({
  page,
  house,
  addAccount,
  signIn,
}) => {
  const account = addAccount({ tokens: [{ name: 'slow-revoke-1' }, { name: 'kept' }] })
  await signIn(account)
  await beginToRevoke(page, account)
  house.demo.revokeToken(account.username, 'slow-revoke-1')
  const asked: string[] = []
  page.once('dialog', (dialog) => {
    asked.push(dialog.type())
    void dialog.accept()
  })
  await page.goto(tokensUrl(account))
  expect(asked).toEqual(['beforeunload'])
  await expect(told(page, 'Revoking “slow-revoke-1”: done.')).toBeVisible()
  await expect(page.getByRole('link', { name: 'Manage kept' })).toBeVisible()

  // It is told once.
  await page.getByRole('button', { name: 'Dismiss', exact: true }).click()
  await page.reload()
  await expect(page.getByRole('link', { name: 'Manage kept' })).toBeVisible()
  await expect(page.getByText('What was under way')).toBeHidden()
})

test('a person whose tab crashes while it creates learns that the token exists, without its secret', async ({
  page,
  house,
  addAccount,
  signIn,
}) => {
  const account = addAccount({ tokens: [{ name: 'kept' }] })
  await signIn(account)
  await beginToCreate(page)
  house.demo.seedToken(account.username, { name: 'slow-create-1', createTime: now() })
  await page.close()
  const next = await page.context().newPage()
  await next.goto(tokensUrl(account))
  await expect(told(next, 'Creating “slow-create-1”: a token of that name exists.')).toContainText(
    'Its secret was shown nowhere, so revoke it and create another.',
  )
  await told(next, 'slow-create-1').getByRole('link', { name: 'Manage slow-create-1' }).click()
  await expect(next.getByRole('heading', { name: 'Rename Token' })).toBeVisible()
  expect(callsOf(house, account, 'create_full_access')).toBe(1)
})

test('a person whose tab crashes sees an open end become known by itself', async ({
  page,
  house,
  addAccount,
  signIn,
}) => {
  const account = addAccount({ tokens: [{ name: 'slow-revoke-1' }, { name: 'kept' }] })
  await signIn(account)
  // A second server call takes the place of the first one, which may have been broken off.
  await beginToRevoke(page, account)
  await page.close()
  const next = await page.context().newPage()
  await next.goto(tokensUrl(account))
  await expect(told(next, 'Revoking “slow-revoke-1”: it is still there.')).toBeVisible()
  if (namesOf(house, account).includes('slow-revoke-1')) house.demo.revokeToken(account.username, 'slow-revoke-1')
  await next.getByRole('button', { name: 'Look now' }).click()
  await expect(told(next, 'Revoking “slow-revoke-1”: done.')).toBeVisible()
  await expect(next.getByRole('link', { name: 'Manage slow-revoke-1' })).toBeHidden()
})

test('a person who works in two tabs is told of nothing that is still under way in the other', async ({
  page,
  addAccount,
  signIn,
}) => {
  const account = addAccount({ tokens: [{ name: 'slow-revoke-1' }, { name: 'kept' }] })
  await signIn(account)
  await beginToRevoke(page, account)
  const second = await page.context().newPage()
  await second.goto(tokensUrl(account))
  await expect(second.getByRole('link', { name: 'Manage slow-revoke-1' })).toBeVisible()
  await expect(page.getByRole('status').filter({ hasText: 'Revoked slow-revoke-1.' })).toBeVisible()
  await expect(second.getByRole('link', { name: 'Manage slow-revoke-1' })).toBeHidden()
  await expect(second.getByText('What was under way')).toBeHidden()
})

test('a person who logs out after a crash is told once they are logged in again', async ({
  page,
  house,
  addAccount,
  signIn,
}) => {
  const account = addAccount({ tokens: [{ name: 'slow-revoke-1' }, { name: 'kept' }] })
  const other = addAccount({ tokens: [{ name: 'kept' }] })
  await signIn(account)
  await beginToRevoke(page, account)
  house.demo.revokeToken(account.username, 'slow-revoke-1')
  await page.context().clearCookies()
  await signIn(other)
  await expect(told(page, `Log in as ${account.username}, and the list will tell.`)).toBeVisible()
  await told(page, account.username).getByRole('link', { name: 'Log in' }).click()
  await page.getByLabel('Password').fill(account.password)
  await page.getByRole('button', { name: 'Log in', exact: true }).click()
  await expect(told(page, 'Revoking “slow-revoke-1”: done.')).toBeVisible()
})

test('a person who leaves the screen while a token is created is asked, and stays for its secret', async ({
  page,
  addAccount,
  signIn,
}) => {
  await signIn(addAccount({ tokens: [{ name: 'kept' }] }))
  await beginToCreate(page)
  await page.getByRole('link', { name: 'Manage API Tokens', exact: true }).click()
  const dialog = page.getByRole('alertdialog', { name: 'Leave while the token is being created?' })
  await dialog.getByRole('button', { name: 'Stay' }).click()
  await expect(page.getByRole('heading', { name: 'Token Created Successfully' })).toBeVisible()
})

test('a person who leaves the screen all the same learns that the secret was shown nowhere', async ({
  page,
  addAccount,
  signIn,
}) => {
  await signIn(addAccount({ tokens: [{ name: 'kept' }] }))
  await beginToCreate(page)
  await page.getByRole('link', { name: 'Manage API Tokens', exact: true }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Leave', exact: true }).click()
  await expect(told(page, 'Creating “slow-create-1”: a token of that name exists.')).toBeVisible()
})

test('a person whose storage holds garbage notices nothing', async ({ page, addAccount, signIn }) => {
  await page.addInitScript(() => {
    for (const [key, value] of Object.entries({ a: '{', b: 'null', c: '{"kind":"revoke","name":7}' }))
      localStorage.setItem(`keyring.unfinished.${key}`, value)
  })
  await signIn(addAccount({ tokens: [{ name: 'kept' }] }))
  await expect(page.getByRole('link', { name: 'Manage kept' })).toBeVisible()
  await expect.poll(() => page.evaluate(() => Object.keys(localStorage))).toEqual([])
  await expect(page.getByText('What was under way')).toBeHidden()
})
