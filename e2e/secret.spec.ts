import { readFile } from 'node:fs/promises'
import { expectPasted } from './clipboard'
import { expect, test, tokensUrl } from './fixtures'
import { createButton, createToken, secretField, typeNewToken } from './tokenScreens'

const tokens = [{ name: 'old-one' }]

test('a person who leaves the one-time screen by a link or by Back is asked first, and stays', async ({
  page,
  addAccount,
  signIn,
}) => {
  const account = addAccount({ tokens })
  await signIn(account)
  const secret = await createToken(page, 'deploy-bot')
  const question = page.getByRole('alertdialog', { name: 'Leave without saving the token?' })

  await page.getByRole('link', { name: 'Manage API Tokens', exact: true }).click()
  await expect(question).toContainText('nobody will ever see it again')
  await expect(question.getByRole('button', { name: 'Stay' })).toBeFocused()
  await question.getByRole('button', { name: 'Stay' }).click()
  await expect(secretField(page)).toHaveValue(secret)

  await page.goBack()
  await expect(question).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(question).toBeHidden()
  await expect(secretField(page)).toHaveValue(secret)
  await expect(page).toHaveURL(new RegExp(`${tokensUrl(account)}/create$`))
})

test('a person who leaves all the same finds the token in the list and its secret nowhere', async ({
  page,
  addAccount,
  signIn,
}) => {
  const account = addAccount({ tokens })
  await signIn(account)
  await createToken(page, 'deploy-bot')
  await page.getByRole('link', { name: 'Manage API Tokens', exact: true }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Leave', exact: true }).click()
  await expect(page.getByRole('link', { name: 'Manage deploy-bot' })).toBeVisible()
  await page.goBack()
  await expect(page.getByLabel('API Token Name')).toHaveValue('')
  await expect(secretField(page)).toBeHidden()
})

test('a person who reloads or closes the one-time screen is asked by the browser, until the token is saved', async ({
  page,
  addAccount,
  signIn,
}) => {
  const account = addAccount({ tokens })
  await signIn(account)
  const secret = await createToken(page, 'deploy-bot')
  const asked: string[] = []
  page.on('dialog', (dialog) => {
    asked.push(dialog.type())
    void dialog.dismiss()
  })
  // Dismissed, the reload never happens, so nobody waits for it; that is why it is started from inside the page.
  await page.evaluate(() => window.location.reload())
  await expect.poll(() => asked).toEqual(['beforeunload'])
  await expect(secretField(page)).toHaveValue(secret)

  await page.getByRole('button', { name: 'Yes, I Saved My Token' }).click()
  await expect(page.getByRole('link', { name: 'Manage deploy-bot' })).toBeVisible()
  await page.reload()
  await expect(page.getByRole('link', { name: 'Manage deploy-bot' })).toBeVisible()
  expect(asked).toEqual(['beforeunload'])
})

test('a person whose browser forbids copying finds the token selected and the keys named', async ({
  page,
  addAccount,
  signIn,
}) => {
  // Over plain http on a network there is no clipboard at all.
  await page.addInitScript(() => Object.defineProperty(navigator, 'clipboard', { value: undefined }))
  const account = addAccount({ tokens })
  await signIn(account)
  const secret = await createToken(page, 'deploy-bot')
  await page.getByRole('button', { name: 'Copy', exact: true }).click()
  await expect(page.getByRole('status').filter({ hasText: 'The token is selected: press Ctrl+C.' })).toBeVisible()
  await page.keyboard.press('Control+C')
  await expectPasted(page, secret)
  await page.getByRole('button', { name: 'Copy the example' }).click()
  await expect(page.getByRole('status').filter({ hasText: 'The browser did not allow copying.' }).last()).toBeVisible()
})

test('a person downloads the token as a text file and as a .env file', async ({ page, house, addAccount, signIn }) => {
  const account = addAccount({ tokens })
  await signIn(account)
  const secret = await createToken(page, 'deploy-bot')
  async function downloaded(button: string): Promise<[name: string, content: string]> {
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: button }).click(),
    ])
    return [download.suggestedFilename(), await readFile(await download.path(), 'utf8')]
  }
  expect(await downloaded('As a text file')).toEqual(['deploy-bot.txt', `${secret}\n`])
  expect(await downloaded('As a .env file')).toEqual([
    'deploy-bot.env',
    `CPANEL_URL=${house.demo.cpanelUrl}\nCPANEL_USER=${account.username}\nCPANEL_TOKEN=${secret}\n`,
  ])
})

test('a person who wants to create another comes to an empty form, and the wish is remembered', async ({
  page,
  addAccount,
  signIn,
}) => {
  const account = addAccount({ tokens })
  await signIn(account)
  const first = await createToken(page, 'first')
  const another = page.getByLabel('Create another token after I click Yes, I saved my token.')
  await another.check()
  await page.getByRole('button', { name: 'Yes, I Saved My Token' }).click()
  await expect(page.getByLabel('API Token Name')).toHaveValue('')
  await expect(page.getByLabel('API Token Name')).toBeFocused()
  await expect(page.getByText(first)).toBeHidden()

  await page.goto(tokensUrl(account))
  const second = await createToken(page, 'second')
  expect(second).not.toBe(first)
  await expect(another).toBeChecked()
  await another.uncheck()
  await page.getByRole('button', { name: 'Yes, I Saved My Token' }).click()
  await expect(page.getByRole('link', { name: 'Manage second' })).toBeVisible()
})

test('a person who comes back with Back to a page that the browser kept finds no secret on it', async ({
  page,
  addAccount,
  signIn,
}) => {
  const account = addAccount({ tokens })
  await signIn(account)
  await typeNewToken(page, 'deploy-bot')
  await createButton(page).click()
  const secret = await secretField(page).inputValue()
  // What the browser tells a page that it is about to keep.
  await page.evaluate(() => window.dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true })))
  await expect(page.getByRole('alert', { name: 'The token is no longer shown' })).toContainText('“deploy-bot” exists.')
  await expect(secretField(page)).toBeHidden()
  expect(await page.content()).not.toContain(secret)
})
