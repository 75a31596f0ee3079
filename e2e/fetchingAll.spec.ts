import { expect, httpFailure, type Page } from './fixtures'
import { addLogin, callsTo, openAllTokens, testWithServers } from './servers'

const test = testWithServers({ accounts: 60, tokensPerAccount: 1, latencyMs: 60, maxParallel: 4 })

/** So slow that what is asked for is still on its way when something is done about it, on any machine. */
const slow = { latencyMs: 600 }
const quick = { latencyMs: 0 }

const count = (page: Page) => page.getByText(/^[\d,]+ tokens? in/)

test('fetching is stopped and gone on with, and nothing is asked twice', async ({ page, servers }) => {
  await addLogin(page, { server: 'North', kind: 'WHM', username: 'root' })
  servers.north.set(slow)
  await page.goto('/tokens')
  await page.getByRole('button', { name: 'Stop', exact: true }).click()
  const stopped = page.getByText(/^Stopped at \d+ of 67 accounts\./)
  await expect(stopped).toBeVisible()
  const answered = Number(/\d+/.exec(await stopped.innerText())?.[0])
  const before = callsTo(servers.north, 'uapi_cpanel')
  expect(before).toBeLessThan(60)
  await expect(count(page)).toBeVisible()
  servers.north.set(quick)
  await page.getByRole('button', { name: 'Go on' }).click()
  await expect(page.getByText('67 accounts asked.')).toBeVisible()
  // Only what had no answer on the page yet; as many as are asked at a time may have been on their way when it was stopped.
  expect(callsTo(servers.north, 'uapi_cpanel') - before).toBeLessThanOrEqual(67 - answered + 8)
})

test('who goes away stops the work at the server', async ({ page, servers }) => {
  await addLogin(page, { server: 'North', kind: 'WHM', username: 'root' })
  servers.north.set(slow)
  await page.goto('/tokens')
  await expect(page.getByRole('progressbar', { name: 'Accounts asked' })).toBeVisible()
  await page.goto('about:blank')
  servers.north.set(quick)
  // Everything is asked anew by who comes back; had the first work gone on, twice as much would have been asked.
  await page.goto('/tokens')
  await expect(page.getByText('67 accounts asked.')).toBeVisible()
  expect(callsTo(servers.north, 'uapi_cpanel')).toBeLessThan(100)
})

test('accounts that somebody filters by are asked first', async ({ page, servers }) => {
  servers.north.addAccount({ username: 'zzlast', package: 'special', tokens: [{ name: 'wanted' }] })
  await addLogin(page, { server: 'North', kind: 'WHM', username: 'root' })
  servers.north.set(slow)
  await page.goto('/tokens?package=special')
  await expect(page.getByRole('link', { name: 'Manage wanted of zzlast' })).toBeVisible()
  await expect(page.getByRole('progressbar', { name: 'Accounts asked' })).toBeVisible()
})

test('accounts that fail are listed with their reason and asked again alone', async ({
  page,
  servers,
  allowConsole,
}) => {
  allowConsole(httpFailure)
  servers.north.addAccount({ username: 'nofeature_1', owner: 'resell' })
  servers.north.addAccount({ username: 'halfjson_1', owner: 'resell' })
  await addLogin(page, { server: 'North', kind: 'WHM', username: 'resell' })
  await openAllTokens(page)
  await expect(page.getByText(/accounts could not be read/)).toBeVisible()
  await page.getByRole('button', { name: 'Show which' }).click()
  await expect(page.getByRole('listitem').filter({ hasText: 'nofeature_1' })).toContainText(/feature/)
  await expect(page.getByRole('listitem').filter({ hasText: 'halfjson_1' })).toContainText('can’t be understood')
  const before = callsTo(servers.north, 'uapi_cpanel')
  servers.north.setFeature('nofeature_1', 'apitokens', true)
  const button = page.getByRole('button', { name: /^Try (it|these \d+) again/ })
  const failed = Number(/\d+/.exec((await button.textContent()) ?? '')?.[0] ?? 1)
  await button.click()
  await expect(page.getByRole('listitem').filter({ hasText: 'nofeature_1' })).toBeHidden()
  await page.getByRole('searchbox').fill('nofeature_1')
  await expect(page.getByText('3 tokens in 1 account')).toBeVisible()
  expect(callsTo(servers.north, 'uapi_cpanel') - before).toBe(failed)
})

test('a server that dies in the middle keeps what came, and the rest is asked when it is back', async ({
  page,
  servers,
  allowConsole,
}) => {
  allowConsole(httpFailure)
  await addLogin(page, { server: 'North', kind: 'WHM', username: 'root' })
  servers.north.die(30, 'Tokens::list')
  await page.goto('/tokens')
  await expect(page.getByText('root on North: fetching stopped')).toBeVisible()
  await expect(count(page)).toBeVisible()
  servers.north.revive()
  await page
    .getByRole('alert')
    .filter({ hasText: 'fetching stopped' })
    .getByRole('button', { name: 'Try again' })
    .click()
  await expect(page.getByText('67 accounts asked.')).toBeVisible()
})
