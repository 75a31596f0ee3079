import { worksDirectly } from './directCall'
import { expect, httpFailure, test } from './fixtures'
import { alert, callsOf, createButton, namesOf, secretField, typeNewToken } from './tokenScreens'

const tokens = [{ name: 'old-one' }]

for (const [name, how] of [
  ['lost-answer-1', 'the connection breaks before the answer'],
  ['null-answer-1', 'the answer comes without the secret'],
] as const) {
  test(`a person whose new secret is lost hears exactly that: ${how}`, async ({
    page,
    house,
    addAccount,
    signIn,
    allowConsole,
  }) => {
    allowConsole(httpFailure)
    const account = addAccount({ tokens })
    await signIn(account)
    await typeNewToken(page, name)
    await createButton(page).click()
    const notice = alert(page, 'The token exists, but its secret was lost')
    await expect(notice).toContainText(`The server created “${name}”`)
    await expect(notice).toContainText('nobody can use this token')
    expect(namesOf(house, account)).toEqual(['old-one', name])
    expect(callsOf(house, account, 'create_full_access')).toBe(1)

    // These names lose every answer: one press creates once, and says the truth again.
    await notice.getByRole('button', { name: 'Revoke It and Create It Again' }).click()
    await expect.poll(() => callsOf(house, account, 'create_full_access')).toBe(2)
    await expect(notice.getByRole('button', { name: 'Revoke It and Create It Again' })).toBeEnabled()
    await expect(alert(page, 'The token was not created again')).toBeHidden()
    expect(callsOf(house, account, 'create_full_access')).toBe(2)
    expect(namesOf(house, account)).toEqual(['old-one', name])
  })
}

test('a person whose new secret was lost gets another one with one button', async ({
  page,
  house,
  addAccount,
  signIn,
  allowConsole,
}) => {
  allowConsole(httpFailure)
  const account = addAccount({ tokens })
  await signIn(account)
  await typeNewToken(page, 'lost-once-1')
  await createButton(page).click()
  await page.getByRole('button', { name: 'Revoke It and Create It Again' }).click()
  await expect(page.getByRole('heading', { name: 'Token Created Successfully' })).toBeFocused()
  expect(await worksDirectly(house.demo, account.username, await secretField(page).inputValue())).toBe(true)
  expect(namesOf(house, account)).toEqual(['old-one', 'lost-once-1'])
})

test('a person whose call was lost is not told that somebody else’s token of that name is theirs', async ({
  page,
  house,
  addAccount,
  signIn,
  allowConsole,
}) => {
  allowConsole(httpFailure)
  const account = addAccount({ tokens })
  await signIn(account)
  await typeNewToken(page, 'lost-request-1')
  // Somebody else made it an hour ago, after this page had read the list.
  house.demo.seedToken(account.username, { name: 'lost-request-1', createTime: Math.floor(Date.now() / 1000) - 3600 })
  await createButton(page).click()
  await expect(alert(page, 'The token was not created')).toBeVisible()
  await expect(page.getByText('A token with this name exists already.')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Revoke It and Create It Again' })).toBeHidden()
})

for (const { name, words } of [
  { name: 'lost-request-2', words: 'The server can’t be reached, or the connection to it broke.' },
  { name: 'refused-1', words: 'The server said: The system could not create the API token “refused-1”.' },
  { name: 'fails-500-1', words: 'The server reported a fault of its own.' },
  { name: 'forbidden-1', words: 'The server refused this call.' },
]) {
  test(`a person whose create fails (${name}) hears why, keeps what was typed, and nothing is tried again by itself`, async ({
    page,
    house,
    addAccount,
    signIn,
    allowConsole,
  }) => {
    allowConsole(httpFailure)
    const account = addAccount({ tokens })
    await signIn(account)
    await typeNewToken(page, name)
    await page.getByLabel('Specify an expiration date.').check()
    await page.getByLabel('API Token Expiration Date').fill('2031-05-01')
    await page.getByLabel('Read-only').check()
    await createButton(page).click()
    await expect(alert(page, 'The token was not created')).toContainText(words)
    await expect(page.getByLabel('API Token Name')).toHaveValue(name)
    await expect(page.getByLabel('API Token Expiration Date')).toHaveValue('2031-05-01')
    await expect(page.getByLabel('Read-only')).toBeChecked()
    await expect(createButton(page)).toBeEnabled()
    expect(callsOf(house, account, 'create_full_access')).toBe(1)
    expect(namesOf(house, account)).toEqual(['old-one'])
  })
}

test('a person who double-clicks Create on a slow server sees it busy and makes one token', async ({
  page,
  house,
  addAccount,
  signIn,
}) => {
  const account = addAccount({ tokens })
  await signIn(account)
  await typeNewToken(page, 'slow-create-1')
  await createButton(page).dblclick()
  await expect(createButton(page)).toHaveAttribute('aria-disabled', 'true')
  await page.getByLabel('API Token Name').press('Enter')
  await expect(page.getByRole('heading', { name: 'Token Created Successfully' })).toBeFocused()
  expect(await worksDirectly(house.demo, account.username, await secretField(page).inputValue())).toBe(true)
  expect(callsOf(house, account, 'create_full_access')).toBe(1)
})

test('a person whose name was taken in the last moment hears it and goes on with another', async ({
  page,
  house,
  addAccount,
  signIn,
}) => {
  const account = addAccount({ tokens })
  await signIn(account)
  await typeNewToken(page, 'duplicate-1')
  await createButton(page).click()
  await expect(alert(page, 'The token was not created')).toContainText(
    'The server said: An API token named “duplicate-1” already exists.',
  )
  await expect(page.getByText('A token with this name exists already.')).toBeVisible()
  await page.getByLabel('API Token Name').fill('mine')
  await createButton(page).click()
  await expect(page.getByRole('heading', { name: 'Token Created Successfully' })).toBeFocused()
  expect(namesOf(house, account)).toEqual(['old-one', 'duplicate-1', 'mine'])
})
