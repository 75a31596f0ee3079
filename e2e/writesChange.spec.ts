import { expect, httpFailure, test } from './fixtures'
import { alert, callsOf, namesOf, openToken, renameToken, revokeToken } from './tokenScreens'

const said = (text: string) => ({ hasText: text })
const refusals = {
  'lost-request': 'The server can’t be reached, or the connection to it broke.',
  refused: 'The server said: The system could not',
  'fails-500': 'The server reported a fault of its own.',
  forbidden: 'The server refused this call.',
}

for (const [name, words] of Object.entries(refusals)) {
  test(`a person whose rename fails (${name}) hears why, and the typed name stays`, async ({
    page,
    house,
    addAccount,
    signIn,
    allowConsole,
  }) => {
    allowConsole(httpFailure)
    const account = addAccount({ tokens: [{ name: 'old-one' }] })
    await signIn(account)
    await openToken(page, account, 'old-one')
    await renameToken(page, `${name}-1`)
    await expect(alert(page, 'The token was not renamed')).toContainText(words)
    await expect(page.getByLabel('New API Token Name')).toHaveValue(`${name}-1`)
    expect(callsOf(house, account, 'rename')).toBe(1)
    expect(namesOf(house, account)).toEqual(['old-one'])

    await renameToken(page, 'new-one')
    await expect(page.getByRole('status').filter(said('Renamed old-one to new-one.'))).toBeVisible()
  })

  test(`a person whose revocation fails (${name}) hears why beside the question, and can try again`, async ({
    page,
    house,
    addAccount,
    signIn,
    allowConsole,
  }) => {
    allowConsole(httpFailure)
    const account = addAccount({ tokens: [{ name: `${name}-1` }] })
    await signIn(account)
    await openToken(page, account, `${name}-1`)
    await revokeToken(page)
    await expect(alert(page, 'The token was not revoked')).toContainText(words)
    await expect(page.getByRole('button', { name: 'Yes, Revoke the Token' })).toBeEnabled()
    expect(callsOf(house, account, 'revoke')).toBe(1)
    expect(namesOf(house, account)).toEqual([`${name}-1`])
  })
}

test('a person whose rename lost its answer hears that it was done, because the list says so', async ({
  page,
  house,
  addAccount,
  signIn,
  allowConsole,
}) => {
  allowConsole(httpFailure)
  const account = addAccount({ tokens: [{ name: 'old-one' }] })
  await signIn(account)
  await openToken(page, account, 'old-one')
  await renameToken(page, 'lost-answer-1')
  await expect(page.getByRole('status').filter(said('Renamed old-one to lost-answer-1.'))).toBeVisible()
  await expect(page.getByRole('link', { name: 'Manage lost-answer-1' })).toBeVisible()
  expect(callsOf(house, account, 'rename')).toBe(1)
})

test('a person whose revocation lost its answer hears that it was done, because the list says so', async ({
  page,
  house,
  addAccount,
  signIn,
  allowConsole,
}) => {
  allowConsole(httpFailure)
  const account = addAccount({ tokens: [{ name: 'lost-answer-1' }, { name: 'old-one' }] })
  await signIn(account)
  await openToken(page, account, 'lost-answer-1')
  await revokeToken(page)
  await expect(page.getByRole('status').filter(said('Revoked lost-answer-1.'))).toBeVisible()
  await expect(page.getByRole('row', { name: 'lost-answer-1' })).toBeHidden()
  expect(callsOf(house, account, 'revoke')).toBe(1)
})

test('a person whose new name was taken in the last moment hears it', async ({ page, house, addAccount, signIn }) => {
  const account = addAccount({ tokens: [{ name: 'old-one' }] })
  await signIn(account)
  await openToken(page, account, 'old-one')
  await renameToken(page, 'duplicate-1')
  await expect(alert(page, 'The token was not renamed')).toContainText(
    'The server said: An API token named “duplicate-1” already exists.',
  )
  await expect(page.getByLabel('New API Token Name')).toHaveValue('duplicate-1')
  expect(namesOf(house, account)).toEqual(['old-one', 'duplicate-1'])
})

for (const { name, words } of [
  { name: 'cannot-revoke-1', words: 'The server said no.' },
  { name: 'revoke-lies-1', words: 'The server said that it was done, but its list shows that it was not.' },
]) {
  test(`a person whose token stays (${name}) is not told that it is gone`, async ({
    page,
    house,
    addAccount,
    signIn,
  }) => {
    const account = addAccount({ tokens: [{ name }] })
    await signIn(account)
    await openToken(page, account, name)
    await revokeToken(page)
    await expect(alert(page, 'The token was not revoked')).toContainText(words)
    await expect(page.getByRole('status').filter(said('Revoked'))).toBeHidden()
    expect(namesOf(house, account)).toEqual([name])
  })
}

test('a person who presses twice on a slow server revokes once and sees the button busy', async ({
  page,
  house,
  addAccount,
  signIn,
}) => {
  const account = addAccount({ tokens: [{ name: 'slow-revoke-1' }] })
  await signIn(account)
  await openToken(page, account, 'slow-revoke-1')
  await page.getByRole('button', { name: 'Revoke the Token', exact: true }).click()
  await page.getByRole('button', { name: 'Yes, Revoke the Token' }).dblclick()
  await expect(page.getByRole('button', { name: 'Yes, Revoke the Token' })).toHaveAttribute('aria-disabled', 'true')
  await expect(page.getByRole('status').filter(said('Revoked slow-revoke-1.'))).toBeVisible()
  expect(callsOf(house, account, 'revoke')).toBe(1)
})
