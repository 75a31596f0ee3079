import type { Locator } from '@playwright/test'
import { expect, httpFailure, test, type Page } from './fixtures'
import { callsOf, namesOf } from './tokenScreens'

async function selectAndAsk(page: Page): Promise<void> {
  await page.getByRole('checkbox', { name: 'Toggle Select All' }).check()
  await page.getByRole('button', { name: 'Revoke', exact: true }).click()
}

/** The line of one token with its result. */
function resultOf(page: Page, name: string): Locator {
  return page.getByRole('listitem').filter({ has: page.getByText(name, { exact: true }) })
}

test('a person who revokes several sees the result of each, and retries only what failed', async ({
  page,
  house,
  addAccount,
  signIn,
  allowConsole,
}) => {
  allowConsole(httpFailure)
  const names = [
    'plain-1',
    'plain-2',
    'lost-answer-1',
    'lost-request-1',
    'refused-1',
    'cannot-revoke-1',
    'revoke-lies-1',
  ]
  const account = addAccount({ tokens: names.map((name) => ({ name })) })
  await signIn(account)
  await selectAndAsk(page)
  await expect(page.getByRole('heading', { name: 'Revoke Selected API Tokens' })).toBeFocused()
  await page.getByRole('button', { name: 'Revoke Selected API Tokens' }).click()
  await expect(page.getByRole('alert').filter({ hasText: '3 of 7 revoked, 4 not.' })).toBeVisible()
  for (const name of ['plain-1', 'plain-2', 'lost-answer-1']) {
    await expect(resultOf(page, name).getByText('Revoked', { exact: true })).toBeVisible()
  }
  const failures = {
    'lost-request-1': 'The server can’t be reached, or the connection to it broke.',
    'refused-1': 'The server said: The system could not revoke the API token “refused-1”.',
    'cannot-revoke-1': 'The server said no.',
    'revoke-lies-1': 'The server said that it was done, but its list shows that it was not.',
  }
  for (const [name, words] of Object.entries(failures)) {
    await expect(resultOf(page, name)).toContainText('Not revoked')
    await expect(resultOf(page, name)).toContainText(words)
  }
  expect(callsOf(house, account, 'revoke')).toBe(7)
  expect(namesOf(house, account)).toEqual(Object.keys(failures))

  await page.getByRole('button', { name: 'Try the 4 failed ones again' }).click()
  await expect.poll(() => callsOf(house, account, 'revoke')).toBe(11)
  await expect(page.getByRole('alert').filter({ hasText: '3 of 7 revoked, 4 not.' })).toBeVisible()
  await page.getByRole('button', { name: 'Back to the list' }).click()
  await expect(page.getByRole('link', { name: 'Manage refused-1' })).toBeVisible()
  await expect(page.getByRole('link', { name: 'Manage plain-1' })).toBeHidden()
})

test('a person who retries what failed comes back to the list once nothing is left', async ({
  page,
  house,
  addAccount,
  signIn,
}) => {
  const account = addAccount({ tokens: [{ name: 'good' }, { name: 'refused-1' }, { name: 'kept' }] })
  await signIn(account)
  for (const name of ['good', 'refused-1']) await page.getByRole('checkbox', { name: `Select “${name}”` }).check()
  await page.getByRole('button', { name: 'Revoke', exact: true }).click()
  await page.getByRole('button', { name: 'Revoke Selected API Tokens' }).click()
  await expect(page.getByRole('alert').filter({ hasText: '1 of 2 revoked, 1 not.' })).toBeVisible()
  // Somebody else revokes it meanwhile; cPanel still refuses the name, so only the list can tell.
  house.demo.revokeToken(account.username, 'refused-1')
  await page.getByRole('button', { name: 'Try the failed one again' }).click()
  await expect(page.getByRole('status').filter({ hasText: 'good, refused-1' })).toBeVisible()
  await expect(page.getByRole('link', { name: 'Manage kept' })).toBeVisible()
  await expect(page.getByRole('link', { name: 'Manage refused-1' })).toBeHidden()
})

test('a person whose session ends while several are revoked logs in over the results, which stay', async ({
  page,
  addAccount,
  signIn,
  allowConsole,
}) => {
  allowConsole(httpFailure)
  const account = addAccount({ tokens: [{ name: 'one' }, { name: 'ends-session-1' }] })
  await signIn(account)
  await selectAndAsk(page)
  await page.getByRole('button', { name: 'Revoke Selected API Tokens' }).click()
  const dialog = page.getByRole('dialog', { name: 'Your session has ended' })
  await dialog.getByLabel('Password').fill(account.password)
  await dialog.getByRole('button', { name: 'Log in', exact: true }).click()
  await expect(dialog).toBeHidden()
  await expect(resultOf(page, 'ends-session-1')).toContainText('Not revoked')
})
