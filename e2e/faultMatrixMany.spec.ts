import { mishaps, type Mishap } from '../demo/mishap'
import { expect, httpFailure, type House, type Page } from './fixtures'
import { logIn } from './logIn'
import { callsFor, expectSessionEnded, noteCell, places } from './matrix'
import { testInHouse } from './otherHouse'
import { alert } from './tokenScreens'

/** The rest of the matrix (faultMatrix.spec.ts): reading, and work on many of which one meets a mishap. */
const test = testInHouse({ accounts: 0 }, { ANSWER_TIMEOUT: '1' })

test.beforeEach(({ allowConsole }) => allowConsole(httpFailure))

const lists = {
  'of an account': 'Tokens::list',
  'of an account, through WHM': 'Tokens::list',
  'of WHM': 'api_token_list',
}

for (const [place, call] of Object.entries(lists)) {
  test(`the list ${place} is shown in the end, or the page says why not, whatever happens to the call`, async ({
    page,
    house,
  }) => {
    test.setTimeout(120_000)
    for (const mishap of mishaps) await test.step(mishap, () => readThrough(page, house, place, call, mishap))
  })
}

/** What may pass is asked again by the page itself; nobody needs to press anything. */
async function readThrough(page: Page, house: House, place: string, call: string, mishap: Mishap): Promise<void> {
  const { url, account } = await placeNamed(place).begin(page, house, ['kept'])
  const isRefused = mishap === 'status-401' || mishap === 'status-403'
  house.demo.plan(mishap, { name: call, account })
  // A page that comes up later than its first answer asks once more by itself.
  if (isRefused) house.demo.plan(mishap, { name: call, account })
  await page.goto(url)
  if (mishap === 'status-401') await expectSessionEnded(page)
  else if (mishap === 'status-403') await expect(page.getByRole('alert')).toContainText('refused this call')
  else await expect(page.getByRole('link', { name: /(?:Manage|Edit) kept/ })).toBeVisible({ timeout: 15_000 })
  expect(callsFor(house, account, call)).toBeGreaterThanOrEqual(isRefused ? 1 : 2)
  noteCell(`reading the list ${place}`, mishap, isRefused ? 'refused' : 'shown')
}

function placeNamed(name: string) {
  const place = Object.entries(places).find(([other]) => other === name)?.[1]
  if (place === undefined) throw new Error(`No such place: ${name}`)
  return place
}

const [A, B, C] = ['a-1', 'b-1', 'c-1']
const password = 'demo-password-1'

/** Whether the one call that met a mishap did what it was for, as the server has it. */
const isDone: Record<Mishap, boolean> = {
  'lost-request': false,
  'lost-answer': true,
  'cut-answer': true,
  'late-answer': true,
  'status-401': false,
  'status-403': false,
  'status-429': false,
  'status-500': false,
  'status-502': false,
  'tls-break': true,
  restart: false,
}

test('revoking the selected tokens tells the truth of each, whatever happens to one call', async ({ page, house }) => {
  test.setTimeout(120_000)
  for (const mishap of mishaps) {
    await test.step(mishap, async () => {
      const { url, account } = await places['of an account'].begin(page, house, [A, B, C])
      await page.goto(url)
      await page.getByRole('checkbox', { name: 'Toggle Select All' }).check()
      await page.getByRole('button', { name: 'Revoke', exact: true }).click()
      house.demo.plan(mishap, { name: 'Tokens::revoke', account })
      await page.getByRole('button', { name: 'Revoke Selected API Tokens' }).click()
      if (isDone[mishap]) await expect(page.getByText(`Revoked ${A}, ${B}, ${C}.`)).toBeVisible()
      else await expect(page.getByText(/^\d of 3 revoked, \d not\.$/)).toBeVisible({ timeout: 15_000 })
      if (mishap === 'status-401') await expectSessionEnded(page)
      await expectTruth(page, house, account, mishap)
      noteCell('revoking the selected tokens', mishap, isDone[mishap] ? 'done' : 'not done')
    })
  }
})

test('revoking tokens across accounts tells the truth of each, whatever happens to one call', async ({
  page,
  house,
}) => {
  test.setTimeout(120_000)
  for (const [index, mishap] of mishaps.entries()) {
    await test.step(mishap, async () => {
      const [reseller, account] = [`across${index}`, `acrossed${index}`]
      house.demo.addAccount({ username: reseller, reseller: ['list-accts', 'cpanel-api'] })
      house.demo.addAccount({ username: account, owner: reseller, tokens: [A, B, C].map((name) => ({ name })) })
      await logInAlone(page, reseller)
      await page.goto('/tokens')
      await expect(page.getByText(/accounts? asked\. As of/)).toBeVisible()
      await page.getByRole('checkbox', { name: 'Select all 3 that match' }).check()
      await page.getByRole('button', { name: 'Revoke…' }).click()
      house.demo.plan(mishap, { name: 'Tokens::revoke', account })
      await page.getByRole('button', { name: 'Revoke 3 API tokens' }).click()
      if (isDone[mishap]) await expect(page.getByText(/^Revoked all 3 API tokens/)).toBeVisible()
      else await expect(page.getByText(/^\d of 3 revoked\. /)).toBeVisible({ timeout: 15_000 })
      await expectTruth(page, house, account, mishap)
      noteCell('revoking tokens across accounts', mishap, isDone[mishap] ? 'done' : 'not done')
    })
  }
})

/** What a page says of each of three tokens is what the server has, and none was sent for twice. */
async function expectTruth(page: Page, house: House, account: string, mishap: Mishap): Promise<void> {
  const left = house.demo.tokens(account).map(({ name }) => name)
  expect(callsFor(house, account, 'Tokens::revoke')).toBeLessThanOrEqual(3)
  if (isDone[mishap]) return expect(left).toEqual([])
  const lines = page.getByRole('listitem')
  // Work on many does not wait for a server that restarts: what nobody knows is said to be, and looked up by itself.
  const isLeft = mishap === 'restart' ? /Not (?:revoked|tried|known)/ : /Not (?:revoked|tried)/
  for (const name of [A, B, C]) {
    const line = lines.filter({ has: page.getByText(name, { exact: true }) }).last()
    await expect(line).toContainText(left.includes(name) ? isLeft : /^(?!.*Not ).*Revoked/)
  }
  expect(left.length).toBeGreaterThan(0)
}

test('creating on several accounts tells the truth of each, whatever happens to one call', async ({ page, house }) => {
  test.setTimeout(120_000)
  for (const [index, mishap] of mishaps.entries()) {
    await test.step(mishap, async () => {
      const reseller = `onmany${index}`
      const users = ['x', 'y', 'z'].map((letter) => `${letter}many${index}`)
      house.demo.addAccount({ username: reseller, reseller: ['list-accts', 'cpanel-api'] })
      for (const username of users) house.demo.addAccount({ username, owner: reseller })
      await logInAlone(page, reseller)
      await page.goto('/tokens')
      await expect(page.getByText(/accounts? asked\. As of/)).toBeVisible()
      await page.getByRole('link', { name: 'Create on accounts…' }).click()
      for (const user of users) await page.getByRole('checkbox', { name: `Choose ${user} on 127.0.0.1` }).check()
      await page.getByLabel('API Token Name').fill('made')
      const [met = ''] = users
      house.demo.plan(mishap, { name: 'Tokens::create_full_access', account: met })
      await page.getByRole('button', { name: 'Create on 3 accounts' }).click()
      const saved = page.getByRole('button', { name: /^Yes, I Saved My Tokens?$|^Back to all tokens$/ })
      await expect(saved).toBeVisible({ timeout: 15_000 })
      for (const user of users) {
        const hasSecret = (await page.getByLabel(`API token of ${user} on 127.0.0.1`).count()) === 1
        const isThere = house.demo.tokens(user).length === 1
        // Whose secret was lost has one that nobody can use: that is said of it.
        const isLost = isThere && user === met
        expect({ user, hasSecret }).toEqual({ user, hasSecret: isThere && !isLost })
        const line = alert(page, /no new token/)
          .getByRole('listitem')
          .filter({ hasText: user })
        if (isLost) await expect(line).toContainText('never arrived')
        else if (!isThere) await expect(line).toBeVisible()
        expect(callsFor(house, user, 'Tokens::create_full_access')).toBeLessThanOrEqual(1)
      }
      expect(house.demo.tokens(met)).toHaveLength(isDone[mishap] ? 1 : 0)
      noteCell('creating on several accounts', mishap, isDone[mishap] ? 'done' : 'not done')
    })
  }
})

/** With no other login beside it. */
async function logInAlone(page: Page, username: string): Promise<void> {
  await page.context().clearCookies()
  await logIn(page, { kind: 'whm', username, password })
}
