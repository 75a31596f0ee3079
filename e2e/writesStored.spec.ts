import { worksDirectly } from './directCall'
import { expect, test } from './fixtures'
import { testInHouse } from './otherHouse'
import { alert, createButton, namesOf, secretField, typeNewToken } from './tokenScreens'

const title = 'The server did not do all that you asked for'

/** Tells whether the notice stands above the secret: it is what a person must read first. */
const isAbove = (above: { y: number } | null, below: { y: number } | null) =>
  above !== null && below !== null && above.y < below.y

for (const { name, ask, words } of [
  {
    name: 'ignored-expiry-1',
    ask: 'Specify an expiration date.',
    words: 'It stored no such expiry: the token does not expire.',
  },
  { name: 'ignored-readonly-1', ask: 'Read-only', words: 'It ignored “Read-only”' },
]) {
  test(`a person whose wish the server ignored (${name}) reads that first and revokes the token at once`, async ({
    page,
    house,
    addAccount,
    signIn,
  }) => {
    const account = addAccount({ tokens: [{ name: 'old-one' }] })
    await signIn(account)
    await typeNewToken(page, name)
    await page.getByLabel(ask).check()
    await createButton(page).click()
    await expect(alert(page, title)).toContainText(words)
    const secret = await secretField(page).inputValue()
    expect(isAbove(await alert(page, title).boundingBox(), await secretField(page).boundingBox())).toBe(true)
    expect(await worksDirectly(house.demo, account.username, secret)).toBe(true)

    await alert(page, title).getByRole('button', { name: 'Revoke it now' }).click()
    await expect(page.getByRole('status').filter({ hasText: `Revoked ${name}. Nobody can use it.` })).toBeVisible()
    await expect(secretField(page)).toBeHidden()
    expect(await worksDirectly(house.demo, account.username, secret)).toBe(false)
    expect(namesOf(house, account)).toEqual(['old-one'])
  })
}

test('a person whose wishes were done reads no such thing', async ({ page, house, addAccount, signIn }) => {
  const account = addAccount({ tokens: [{ name: 'old-one' }] })
  await signIn(account)
  await typeNewToken(page, 'deploy-bot')
  await page.getByLabel('Specify an expiration date.').check()
  await page.getByLabel('API Token Expiration Date').fill('2031-05-01')
  await page.getByLabel('Read-only').check()
  await createButton(page).click()
  await expect(page.getByText('You successfully created a read-only API token “deploy-bot”.')).toBeVisible()
  await expect(page.getByText('Checking what the server stored…')).toBeHidden()
  await expect(alert(page, title)).toBeHidden()
  expect(house.demo.tokens(account.username).at(-1)).toMatchObject({
    // 23:59:59 of that day in New York, where the browser of these tests is.
    expiresAt: Date.parse('2031-05-01T23:59:59-04:00') / 1000,
    isReadonly: true,
  })
})

testInHouse({ version: 136 })(
  'a person on a server before cPanel 138 is warned that read-only may be ignored, and told when it was',
  async ({ page, house, addAccount, signIn }) => {
    const account = addAccount({ tokens: [{ name: 'old-one' }] })
    await signIn(account)
    await typeNewToken(page, 'reporter')
    await expect(page.getByText('Servers before cPanel 138 ignore this wish')).toBeVisible()
    await page.getByLabel('Read-only').check()
    await createButton(page).click()
    await expect(alert(page, title)).toContainText('Servers before cPanel 138 do that.')
    await expect(page.getByText('You successfully created an unrestricted API token “reporter”.')).toBeVisible()
    await alert(page, title).getByRole('button', { name: 'Revoke it now' }).click()
    await expect(page.getByRole('heading', { name: 'List API Tokens' })).toBeVisible()
    expect(namesOf(house, account)).toEqual(['old-one'])
  },
)
