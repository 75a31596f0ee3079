import { worksDirectly } from './directCall'
import { expect, httpFailure, test, tokensUrl } from './fixtures'
import {
  comeBack,
  createSuccessor,
  reminder,
  revokeOld,
  rotationPanel,
  rowOf,
  startRotation,
  successorName,
} from './rotationScreens'
import { alert, callsOf, namesOf, openToken, secretField } from './tokenScreens'
import { few, message, openToEdit } from './whmLogin'
import { curlWhm, openWhmTokens } from './whmTokenScreens'

const DAY = 86_400
const now = () => Math.floor(Date.now() / 1000)

test('a person rotates a token from start to end, with a reload and a log-out in the middle', async ({
  page,
  house,
  addAccount,
  signIn,
  allowConsole,
}) => {
  allowConsole(httpFailure)
  // A lifetime is counted in days of the calendar: about midnight a change of clocks in between makes it one day less.
  const noon = new Date().setUTCHours(17, 0, 0, 0) / 1000
  const old = { name: 'deploy', secret: 'OLDDEPLOYSECRET0000000000000', createTime: noon - 30 * DAY, readonly: true }
  const account = addAccount({ tokens: [{ ...old, expiresAt: noon + 60 * DAY }, { name: 'other' }] })
  await signIn(account)
  await page.getByRole('link', { name: 'Manage deploy' }).click()
  await startRotation(page)
  await expect(successorName(page)).toHaveValue('deploy-r2')
  await expect(page.getByText('As long as the old token was made for: 90 days.')).toBeVisible()
  await createSuccessor(page).dblclick()
  await expect(page.getByRole('heading', { name: 'Token Created Successfully' })).toBeFocused()
  await expect(reminder(page, 'The old token still works')).toBeVisible()
  await expect(page.getByText('Create another token')).toBeHidden()
  const secret = await secretField(page).inputValue()
  await page.getByRole('button', { name: 'Yes, I Saved My Token' }).click()

  expect(callsOf(house, account, 'create_full_access')).toBe(1)
  const [, , successor] = house.demo.tokens(account.username)
  expect(successor).toMatchObject({ name: 'deploy-r2', isReadonly: true })
  // 90 days from today, to the end of the day.
  expect(Math.abs((successor?.expiresAt ?? 0) - now() - 90 * DAY)).toBeLessThan(DAY + 3600)
  expect(await worksDirectly(house.demo, account.username, secret)).toBe(true)
  expect(await worksDirectly(house.demo, account.username, old.secret)).toBe(true)

  await expect(rotationPanel(page)).toContainText('to replace deploy. Both work.')
  await page.reload()
  await expect(rotationPanel(page)).toContainText('Put the secret of deploy-r2 in use')
  await comeBack(page, signIn, account)
  const notice = reminder(page, '1 token is being rotated')
  await expect(notice.getByRole('link')).toHaveText(['deploy, replaced by deploy-r2'])
  await expect(rowOf(page, 'other').getByRole('link', { name: /Rotating/ })).toHaveCount(0)
  await rowOf(page, 'deploy-r2').getByRole('link', { name: 'Rotating: open the old token, deploy' }).click()
  await expect(page).toHaveURL(`${tokensUrl(account)}/deploy`)
  await page.getByRole('link', { name: 'Rotating: open the successor, deploy-r2' }).click()
  await expect(page).toHaveURL(`${tokensUrl(account)}/deploy-r2`)
  await expect(page.getByRole('heading', { name: 'Manage API Token', exact: true })).toBeFocused()

  await page.getByLabel('Secret of “deploy-r2”').fill(secret)
  await rotationPanel(page).getByRole('button', { name: 'Test', exact: true }).click()
  await expect(page.getByText('The token works')).toBeVisible()
  await rotationPanel(page).getByRole('button', { name: 'Revoke the Old Token' }).click()
  await expect(page.getByRole('button', { name: 'Yes, Revoke the Token' })).toBeDisabled()
  await page.keyboard.press('Escape')
  await revokeOld(page)
  await expect(message(page, 'Revoked deploy.')).toBeVisible()
  await expect(rowOf(page, 'deploy-r2').getByRole('link', { name: /Rotating/ })).toHaveCount(0)
  await expect(notice).toHaveCount(0)
  expect(namesOf(house, account)).toEqual(['other', 'deploy-r2'])
  expect(await worksDirectly(house.demo, account.username, secret)).toBe(true)
  expect(await worksDirectly(house.demo, account.username, old.secret)).toBe(false)

  await page.getByRole('link', { name: 'Manage deploy-r2' }).click()
  await startRotation(page)
  await expect(successorName(page)).toHaveValue('deploy-r3')
})

test('a WHM user rotates a token, whose successor has the same privileges and addresses', async ({
  page,
  house,
  addAccount,
  allowConsole,
}) => {
  allowConsole(httpFailure)
  const old = { name: 'billing', acls: ['list-accts', 'basic-whm-functions'], whitelist: ['127.0.0.1', '192.0.2.0/24'] }
  const account = addAccount({ reseller: few, whmTokens: [old] })
  await openToEdit(page, account, 'billing')
  await startRotation(page)
  await createSuccessor(page).click()
  await expect(page.getByRole('heading', { name: 'Token Created Successfully' })).toBeFocused()
  const secret = await secretField(page).inputValue()
  await page.getByRole('button', { name: 'Yes, I Saved My Token' }).click()
  await expect(page.getByRole('heading', { name: 'Edit API Token: billing' })).toBeFocused()
  const whm = () => house.demo.whmTokens(account.username)
  expect(whm()[1]).toMatchObject({ name: 'billing-r2', whitelist: old.whitelist, expiresAt: null })
  expect(whm()[1]?.acls.toSorted()).toEqual(old.acls.toSorted())

  await page.reload()
  await expect(rotationPanel(page)).toContainText('to replace billing. Both work.')
  await page.getByRole('button', { name: 'Log out' }).click()
  await page.getByLabel('Username').waitFor()
  await openWhmTokens(page, account)
  await reminder(page, '1 token is being rotated').getByRole('link').click()
  await revokeOld(page)
  await expect(message(page, 'Revoked billing.')).toBeVisible()
  expect(whm().map(({ name }) => name)).toEqual(['billing-r2'])
  const call = { username: account.username, call: 'listaccts?api.version=1' }
  expect(await curlWhm(house.demo, { ...call, secret })).toBe(true)
  expect(await curlWhm(house.demo, { ...call, secret: account.whmSecrets['billing'] ?? '' })).toBe(false)
})

test('a person whose successor’s name is taken in the last moment hears it and goes on counting', async ({
  page,
  house,
  addAccount,
  signIn,
}) => {
  const account = addAccount({ tokens: [{ name: 'duplicate' }] })
  await signIn(account)
  await openToken(page, account, 'duplicate')
  await startRotation(page)
  await createSuccessor(page).click()
  await expect(alert(page, 'The token was not created')).toContainText('“duplicate-r2” already exists')
  await expect(page.getByText('A token with this name exists already.')).toBeVisible()
  await expect(createSuccessor(page)).toBeDisabled()
  await page.getByRole('button', { name: 'Use duplicate-r3' }).click()
  await expect(successorName(page)).toHaveValue('duplicate-r3')
  expect(namesOf(house, account)).toEqual(['duplicate', 'duplicate-r2'])
})

test('a person who names the successor otherwise hears that nobody will know the two as a pair', async ({
  page,
  house,
  addAccount,
  signIn,
}) => {
  const long = 'a'.repeat(50)
  const account = addAccount({ tokens: [{ name: 'deploy' }, { name: long }] })
  await signIn(account)
  await openToken(page, account, 'deploy')
  await startRotation(page)
  await expect(page.getByText('By this name nobody can tell')).toBeHidden()
  await successorName(page).fill('publish')
  await expect(page.getByText('By this name nobody can tell that it succeeds “deploy”')).toBeVisible()
  await createSuccessor(page).click()
  await page.getByRole('button', { name: 'Yes, I Saved My Token' }).click()
  await expect(page.getByRole('link', { name: 'Create a Successor…' })).toBeVisible()
  expect(namesOf(house, account)).toEqual(['deploy', long, 'publish'])

  await openToken(page, account, long)
  await startRotation(page)
  await expect(page.getByText('rename the old token first, to at most 46 characters')).toBeVisible()
})

for (const [name, title] of [
  ['refused', 'The token was not created'],
  ['lost-request', 'The token was not created'],
  ['fails-500', 'The token was not created'],
] as const) {
  test(`a person whose successor can’t be created (${name}) keeps the old token as it was`, async ({
    page,
    house,
    addAccount,
    signIn,
    allowConsole,
  }) => {
    allowConsole(httpFailure)
    const account = addAccount({ tokens: [{ name }] })
    await signIn(account)
    const before = house.demo.tokens(account.username)
    await openToken(page, account, name)
    await startRotation(page)
    await createSuccessor(page).click()
    await expect(alert(page, title)).toBeVisible()
    await expect(successorName(page)).toHaveValue(`${name}-r2`)
    expect(house.demo.tokens(account.username)).toEqual(before)
    expect(callsOf(house, account, 'create_full_access')).toBe(1)
    expect(callsOf(house, account, 'revoke')).toBe(0)
    await page.getByRole('link', { name: 'Go Back' }).click()
    await expect(rotationPanel(page).getByRole('link', { name: 'Create a Successor…' })).toBeVisible()
  })
}

test('a person whose new secret was lost gets another successor, and the old token lives on', async ({
  page,
  house,
  addAccount,
  signIn,
  allowConsole,
}) => {
  allowConsole(httpFailure)
  const account = addAccount({ tokens: [{ name: 'lost-once' }] })
  await signIn(account)
  await openToken(page, account, 'lost-once')
  await startRotation(page)
  await createSuccessor(page).click()
  await page.getByRole('button', { name: 'Revoke It and Create It Again' }).click()
  await expect(page.getByRole('heading', { name: 'Token Created Successfully' })).toBeFocused()
  expect(await worksDirectly(house.demo, account.username, await secretField(page).inputValue())).toBe(true)
  expect(namesOf(house, account)).toEqual(['lost-once', 'lost-once-r2'])
})

test('a person whose old token can’t be revoked hears it there, and both are as they were', async ({
  page,
  house,
  addAccount,
  signIn,
}) => {
  const account = addAccount({ tokens: [{ name: 'revoke-lies' }, { name: 'revoke-lies-r2', createTime: now() - 60 }] })
  await signIn(account)
  await openToken(page, account, 'revoke-lies-r2')
  await revokeOld(page)
  await expect(alert(page, 'The token was not revoked')).toContainText('its list shows that it was not')
  await expect(rotationPanel(page)).toContainText('to replace revoke-lies. Both work.')
  expect(namesOf(house, account)).toEqual(['revoke-lies', 'revoke-lies-r2'])
})
