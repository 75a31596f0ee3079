import { worksDirectly } from './directCall'
import { expect, httpFailure, test, type AddedAccount, type Page } from './fixtures'
import { reminder, rotationPanel, rowOf } from './rotationScreens'
import { callsOf, namesOf, openToken } from './tokenScreens'
import { message } from './whmLogin'

const DAY = 86_400
const now = () => Math.floor(Date.now() / 1000)

/** Selects tokens in the list and asks to rotate them. */
async function rotate(page: Page, ...names: string[]): Promise<void> {
  for (const name of names) await page.getByRole('checkbox', { name: `Select “${name}”`, exact: true }).check()
  await page.getByRole('button', { name: 'Rotate…' }).click()
}

const secretOf = (page: Page, name: string) => page.getByLabel(`API token ${name}`, { exact: true })
const urlOf = ({ username }: AddedAccount) => `/c/main.cpanel.${username}/tokens`

test('a rotation that was forgotten is said first, and what only looks like one is none', async ({
  page,
  addAccount,
  signIn,
}) => {
  const account = addAccount({
    tokens: [
      { name: 'app', createTime: now() - 400 * DAY },
      { name: 'app-r2', createTime: now() - 200 * DAY, expiresAt: now() - DAY },
      { name: 'app-r3', createTime: now() - 12 * DAY },
      { name: 'backup', createTime: now() - 20 * DAY },
      { name: 'backup-r2', createTime: now() - DAY - 60 },
      { name: 'printer', createTime: now() - DAY },
      { name: 'printer-r7', createTime: now() - 9 * DAY },
      { name: 'api-r2' },
      { name: 'expired-one', expiresAt: now() - DAY },
      { name: 'expired-one-r2' },
    ],
  })
  await signIn(account)
  const notice = reminder(page, '1 rotation was begun more than a week ago and never finished')
  await expect(notice.getByRole('listitem')).toHaveText([
    'app, replaced by app-r3 12 days ago',
    'backup, replaced by backup-r2 1 day ago',
  ])
  const rotating = page.getByRole('row').filter({ has: page.getByRole('link', { name: /^Rotating/ }) })
  await expect(rotating).toHaveCount(4)
  for (const name of ['app', 'app-r3', 'backup', 'backup-r2']) {
    await expect(rowOf(page, name).getByRole('link', { name: /^Rotating/ })).toHaveText('Rotating')
  }
  await notice.getByRole('link', { name: 'app, replaced by app-r3' }).click()
  await expect(page.getByRole('note', { name: 'This rotation was never finished' })).toBeVisible()
})

test('of a chain the newest two are the rotation, and the oldest is said to be left over', async ({
  page,
  addAccount,
  signIn,
}) => {
  const tokens = ['app', 'app-r2', 'app-r3'].map((name, index) => ({ name, createTime: now() - (9 - index) * 3600 }))
  const account = addAccount({ tokens })
  await signIn(account)
  await openToken(page, account, 'app-r3')
  await expect(rotationPanel(page)).toContainText('to replace app-r2. Both work.')
  await expect(rotationPanel(page)).toContainText('Older still, and valid as well: app.')
  await openToken(page, account, 'app')
  await expect(rotationPanel(page)).toContainText('the newest of its family is app-r3')
  await rotationPanel(page).getByRole('link', { name: 'Open app-r3' }).click()
  await expect(page).toHaveURL(`${urlOf(account)}/app-r3`)
})

test('a person rotates several at once and sees all secrets once', async ({ page, house, addAccount, signIn }) => {
  const account = addAccount({
    tokens: [
      { name: 'deploy', readonly: true },
      { name: 'backup', createTime: now() - 10 * DAY, expiresAt: now() + 20 * DAY },
      { name: 'gone', expiresAt: now() - DAY },
      { name: 'kept' },
    ],
  })
  await signIn(account)
  // So that Back leads to a page of the app.
  await page.getByRole('link', { name: 'Manage kept' }).click()
  await page.getByRole('link', { name: 'Manage API Tokens', exact: true }).click()
  await rotate(page, 'deploy', 'backup', 'gone')
  await expect(page.getByRole('heading', { name: 'Rotate 2 API tokens' })).toBeFocused()
  const plan = page.getByRole('list', { name: 'What each token becomes' }).getByRole('listitem')
  await expect(plan).toHaveCount(2)
  await expect(plan.filter({ hasText: 'backup-r2' })).toHaveText(/^backup.*expires on/)
  await expect(plan.filter({ hasText: 'deploy-r2' })).toHaveText(/^deploy.*never expires$/)
  await expect(page.getByRole('region', { name: '1 token is left out' })).toContainText('gone')
  await page.getByRole('button', { name: 'Create 2 Successors' }).dblclick()
  await expect(page.getByRole('heading', { name: '2 Successors Created' })).toBeFocused()
  const secret = await secretOf(page, 'deploy-r2').inputValue()
  expect(await worksDirectly(house.demo, account.username, secret)).toBe(true)
  expect(await worksDirectly(house.demo, account.username, await secretOf(page, 'backup-r2').inputValue())).toBe(true)
  expect(callsOf(house, account, 'create_full_access')).toBe(2)
  const made = house.demo.tokens(account.username).find(({ name }) => name === 'deploy-r2')
  expect(made).toMatchObject({ isReadonly: true, expiresAt: null })

  await page.getByRole('button', { name: 'Copy the token deploy-r2' }).click()
  await expect(page.getByText('Copied the token deploy-r2.')).toBeVisible()
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'As a .env file' }).click(),
  ])
  const chunks: Buffer[] = []
  for await (const chunk of await file.createReadStream()) chunks.push(Buffer.from(chunk))
  expect(Buffer.concat(chunks).toString()).toContain(`CPANEL_TOKEN_DEPLOY_R2=${secret}\n`)

  await page.goBack()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Stay' }).click()
  await page.getByRole('button', { name: 'Yes, I Saved My Tokens' }).click()
  await expect(message(page, '2 tokens are being rotated.')).toBeVisible()
  await expect(reminder(page, '2 tokens are being rotated')).toBeVisible()
  await expect(secretOf(page, 'deploy-r2')).toHaveCount(0)
  expect(namesOf(house, account).toSorted()).toEqual(['backup', 'backup-r2', 'deploy', 'deploy-r2', 'gone', 'kept'])
})

test('what failed of several is beside what came, and can be tried again alone', async ({
  page,
  house,
  addAccount,
  signIn,
  allowConsole,
}) => {
  allowConsole(httpFailure)
  const account = addAccount({ tokens: [{ name: 'good' }, { name: 'refused' }, { name: 'lost-answer' }] })
  await signIn(account)
  await rotate(page, 'good', 'refused', 'lost-answer')
  await page.getByRole('button', { name: 'Create 3 Successors' }).click()
  await expect(page.getByRole('heading', { name: '1 Successor Created' })).toBeFocused()
  const secret = await secretOf(page, 'good-r2').inputValue()
  const failed = page.getByRole('alert', { name: '2 tokens have no successor' })
  await expect(failed.getByRole('listitem').filter({ hasText: 'refused' })).toContainText('could not create')
  await expect(failed.getByRole('listitem').filter({ hasText: 'lost-answer' })).toContainText('never arrived')
  await page.getByRole('button', { name: 'Try 1 token again' }).click()
  await expect(failed).toBeVisible()
  await expect(secretOf(page, 'good-r2')).toHaveValue(secret)
  expect(namesOf(house, account).toSorted()).toEqual(['good', 'good-r2', 'lost-answer', 'lost-answer-r2', 'refused'])
  await page.getByRole('button', { name: 'Yes, I Saved My Token' }).click()
  await expect(page.getByRole('link', { name: 'Manage good-r2' })).toBeVisible()
})
