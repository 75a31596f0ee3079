import { readFile } from 'node:fs/promises'
import type { AddedAccount } from '../demo/demo'
import { momentOf, readCalendar, textOf, valueOf, type Component } from '../src/inventory/calendar.testing'
import { expectAccessible, expectNoSideways } from './looks'
import { expect, test, tokensUrl, type Page } from './fixtures'
import { addLogin, openAllTokens, testWithServers } from './servers'

const HOUR = 3600
const DAY = 24 * HOUR
const now = Math.floor(Date.now() / 1000)
const testOfAll = testWithServers()

/** What expires within each step, later, never, and what has. */
const tokens = [
  { name: 'tomorrow', expiresAt: now + 30 * HOUR },
  { name: 'this-week', expiresAt: now + 5 * DAY },
  { name: 'fortnight', expiresAt: now + 10 * DAY },
  { name: 'month', expiresAt: now + 20 * DAY },
  { name: 'year', expiresAt: now + 300 * DAY },
  { name: 'forever', expiresAt: null },
  { name: 'old-key', expiresAt: now - DAY },
]

const banner = (page: Page, title: string) => page.getByRole('note', { name: title, exact: true })
const toast = (page: Page, text: string) => page.getByRole('status').filter({ hasText: text })

/** Presses a button that hands over a calendar, and reads that. */
async function eventsOf(page: Page, button: string): Promise<readonly Component[]> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: button, exact: true }).click(),
  ])
  expect(download.suggestedFilename()).toBe('api-token-reminders.ics')
  return readCalendar(await readFile(await download.path(), 'utf8')).parts
}

const summaries = (events: readonly Component[]) => events.map((event) => textOf(event, 'SUMMARY'))
const triggers = (event: Component | undefined) => event?.parts.map((alarm) => valueOf(alarm, 'TRIGGER'))

/** A phone last: there the test goes on. */
const WIDTHS = [1280, 375]

test('a person puts the end of one token into a calendar, and again without a second event', async ({
  page,
  addAccount,
  signIn,
}) => {
  const account: AddedAccount = addAccount({ tokens })
  await signIn(account)
  await page.getByRole('link', { name: 'Manage year' }).click()
  const [event] = await eventsOf(page, 'Download a reminder (.ics)')
  await expect(toast(page, 'Reminder of 1 token downloaded.')).toBeVisible()
  if (event === undefined) throw new Error('no event')
  expect(textOf(event, 'SUMMARY')).toMatch(new RegExp(`^API token year of ${account.username} on .+ expires$`))
  expect(textOf(event, 'DESCRIPTION')).toContain('The API token “year” of ')
  expect(momentOf(event, 'DTSTART')).toBe((now + 300 * DAY) * 1000)
  expect(triggers(event)).toEqual(['-P30D', '-P14D', '-P7D', '-P1D'])
  await page.goto(valueOf(event, 'URL'))
  await expect(page.getByRole('heading', { name: 'Manage API Token', exact: true })).toBeVisible()
  const [again] = await eventsOf(page, 'Download a reminder (.ics)')
  expect(again && valueOf(again, 'UID')).toBe(valueOf(event, 'UID'))
  await expectNoSideways(page, 'reminders', WIDTHS)
})

test('what never expires or has expired offers no reminder', async ({ page, addAccount, signIn }) => {
  const account = addAccount({ tokens })
  await signIn(account)
  for (const name of ['forever', 'old-key']) {
    await page.goto(`${tokensUrl(account)}/${name}`)
    await expect(page.getByRole('button', { name: 'Revoke the Token' })).toBeVisible()
    await expect(page.getByRole('button', { name: /reminder/i })).toHaveCount(0)
  }
})

test('a person hears what expires soon, the most urgent first, and dismisses it for the day', async ({
  page,
  addAccount,
  signIn,
}) => {
  await page.clock.install()
  const account = addAccount({ tokens })
  await signIn(account)
  const soon = banner(page, '2 tokens expire within 7 days')
  await expect(soon.getByRole('listitem')).toHaveText([
    /^tomorrow\s*this-week$/,
    /^Within 14 days: 1 more\s*fortnight$/,
    /^Within 30 days: 1 more\s*month$/,
  ])
  await expectNoSideways(page, 'reminders', WIDTHS)
  const events = await eventsOf(page, 'Download reminders (.ics)')
  expect(
    summaries(events)
      .map((summary) => summary.split(' ')[2] ?? '')
      .sort(),
  ).toEqual(['fortnight', 'month', 'this-week', 'tomorrow', 'year'])
  await expect(toast(page, 'Left out: 1 token that never expires, 1 that has expired.')).toBeVisible()
  await soon.getByRole('link', { name: 'tomorrow' }).click()
  await expect(page.getByRole('heading', { name: 'Manage API Token', exact: true })).toBeVisible()
  await page.goBack()
  await soon.getByRole('button', { name: 'Dismiss this notice until tomorrow' }).press('Enter')
  await expect(page.getByRole('main')).toBeFocused()
  await expect(soon).toHaveCount(0)
  await page.reload()
  await expect(page.getByRole('button', { name: 'Reminders of these tokens for a calendar (.ics)' })).toBeVisible()
  await expect(page.getByRole('note').filter({ hasText: 'Within 30 days' })).toHaveCount(0)
  const kept = await page.evaluate(() => localStorage.getItem('keyring.reminders'))
  expect(kept).toMatch(/^\w{3} \w{3} \d\d \d{4}\|[\da-z]{1,7}$/)
  await page.clock.fastForward('24:00:00')
  await expect(banner(page, '2 tokens expire within 7 days')).toBeVisible()
})

test('a person gets reminders of what the list shows', async ({ page, addAccount, signIn }) => {
  await signIn(addAccount({ tokens }))
  await page.getByRole('searchbox').fill('o')
  await expect(page.getByRole('row', { name: /fortnight/ })).toBeVisible()
  await expect(page.getByRole('row', { name: /this-week/ })).toHaveCount(0)
  const events = await eventsOf(page, 'Reminders of these tokens for a calendar (.ics)')
  const names = summaries(events).map((summary) => summary.split(' ')[2] ?? '')
  expect([...names].sort()).toEqual(['fortnight', 'month', 'tomorrow'])
  await page.getByRole('searchbox').fill('forever')
  await expect(page.getByRole('row', { name: /fortnight/ })).toHaveCount(0)
  await page.getByRole('button', { name: 'Reminders of these tokens for a calendar (.ics)' }).click()
  await expect(toast(page, 'There is nothing to remind of: none of these tokens will expire.')).toBeVisible()
})

test('nothing is said where nothing expires within 30 days', async ({ page, addAccount, signIn }) => {
  await signIn(addAccount({ tokens: tokens.slice(4) }))
  await expect(page.getByRole('button', { name: 'Reminders of these tokens for a calendar (.ics)' })).toBeVisible()
  await expect(page.getByText('Within 30 days')).toHaveCount(0)
})

for (const [sentinel, words] of [
  ['ahead', 'The clock of this server is about 10 minutes ahead of this computer’s.'],
  ['behind', 'The clock of this server is about 10 minutes behind this computer’s.'],
] as const) {
  test(`a person whose server is ${sentinel} of the time hears by how much, what it means and what to do`, async ({
    page,
    addAccount,
    signIn,
  }) => {
    await signIn(addAccount({ sentinel, tokens: [{ name: 'one', expiresAt: now + 10 * DAY }] }))
    const notice = page.getByRole('note').filter({ hasText: words })
    await expect(notice).toContainText('it is the one that decides')
    await expect(notice).toContainText('Check the date and time of this computer.')
    await expect(banner(page, '1 token expires within 14 days')).toBeVisible()
    await expectNoSideways(page, 'reminders', WIDTHS)
    await expectAccessible(page, 'reminders')
  })
}

testOfAll(
  'a reseller hears what expires soon on all accounts, sees which, and has it as a calendar',
  async ({ page, servers: { north } }) => {
    north.addAccount({
      username: 'agency',
      reseller: true,
      whmTokens: [{ name: 'whm-key', expiresAt: now + 3 * DAY, acls: ['list-accts', 'cpanel-api'] }],
    })
    north.addAccount({ username: 'shop', owner: 'agency', tokens })
    await addLogin(page, { server: 'North', kind: 'WHM', username: 'agency' })
    await openAllTokens(page)
    const soon = banner(page, '3 tokens expire within 7 days')
    await expect(soon.getByRole('listitem')).toHaveText([
      'Within 7 days: 3 tokens',
      'Within 14 days: 4 tokens',
      'Within 30 days: 5 tokens',
    ])
    await expectNoSideways(page, 'reminders', WIDTHS)
    await expectAccessible(page, 'reminders')
    expect(await eventsOf(page, 'Download reminders (.ics)')).toHaveLength(6)
    await soon.getByRole('link', { name: 'Within 14 days: 4 tokens' }).click()
    await expect(page).toHaveURL(/[?&]state=within14/)
    await expect(page.getByText('4 tokens in 2 accounts')).toBeVisible()
    const events = await eventsOf(page, 'As reminders for a calendar (.ics)')
    expect(summaries(events)).toEqual([
      'API token tomorrow of shop on North expires',
      'API token whm-key of WHM user agency on North expires',
      'API token this-week of shop on North expires',
      'API token fortnight of shop on North expires',
    ])
    expect(triggers(events[0])).toEqual(['-P1D'])
    const [, ofWhm] = events
    await soon.getByRole('button', { name: 'Dismiss this notice until tomorrow' }).click()
    await expect(soon).toHaveCount(0)
    await page.goto(ofWhm ? valueOf(ofWhm, 'URL') : '/')
    const [single] = await eventsOf(page, 'Download a reminder (.ics)')
    // The same token, wherever its reminder comes from.
    expect(single && valueOf(single, 'UID')).toBe(ofWhm && valueOf(ofWhm, 'UID'))
  },
)

testOfAll(
  'a reseller on servers with other clocks hears which, and each token’s state goes by its server',
  async ({ page, servers: { north, south } }) => {
    north.set({ clock: 10 * 60_000 })
    south.set({ clock: -3 * HOUR * 1000 })
    for (const [demo, expiresAt] of [
      [north, now + 300],
      [south, now - 300],
    ] as const) {
      demo.addAccount({ username: 'agency', reseller: true })
      demo.addAccount({ username: 'shop', owner: 'agency', tokens: [{ name: 'edge', expiresAt }] })
    }
    await addLogin(page, { server: 'North', kind: 'WHM', username: 'agency' })
    await addLogin(page, { server: 'South', kind: 'WHM', username: 'agency' })
    await openAllTokens(page)
    const notice = page.getByRole('note').filter({ hasText: 'it is the one that decides' })
    await expect(notice).toContainText('The clock of North is about 10 minutes ahead of this computer’s.')
    await expect(notice).toContainText('The clock of South is about 3 hours behind this computer’s.')
    await expectNoSideways(page, 'reminders', WIDTHS)
    const row = (server: string) => page.getByRole('row').filter({ hasText: server })
    await expect(row('North')).toContainText('Expired')
    await expect(row('South')).toContainText(/Expires in 2 hours/)
    await expect(banner(page, '1 token expires within 7 days')).toBeVisible()
    await page.goto('/tokens?state=expired')
    await expect(page.getByText('1 token in 1 account')).toBeVisible()
    await expect(row('North')).toContainText('Expired')
    await expect(row('South')).toHaveCount(0)
  },
)
