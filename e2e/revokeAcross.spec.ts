import type { Demo } from '../demo/demo'
import { worksDirectly } from './directCall'
import { expect, httpFailure, type Page } from './fixtures'
import { addLogin, openAllTokens, testWithServers } from './servers'

const test = testWithServers()

/** Ten accounts of a reseller with ten tokens each, all to go. */
function addTenByTen(demo: Demo): string[] {
  return Array.from({ length: 10 }, (_account, index) => {
    const { username } = demo.addAccount({
      username: `client${index}`,
      owner: 'resell',
      tokens: Array.from({ length: 10 }, (_token, number) => ({ name: `leaked-${number}` })),
    })
    return username
  })
}

function left(demo: Demo, users: readonly string[]): number {
  return users.reduce((sum, user) => sum + demo.tokens(user).length, 0)
}

async function selectAll(page: Page, query: string, count: number): Promise<void> {
  await openAllTokens(page, `?q=${query}`)
  await page.getByRole('checkbox', { name: `Select all ${count} that match` }).check()
  await page.getByRole('button', { name: 'Revoke…' }).click()
}

test('a hundred tokens of ten accounts go after somebody typed how many, each once', async ({ page, servers }) => {
  const users = addTenByTen(servers.north)
  await addLogin(page, { server: 'North', kind: 'WHM', username: 'resell' })
  await selectAll(page, 'leaked-*', 100)
  const heading = page.getByRole('heading', { name: 'Revoke 100 API tokens of 10 accounts' })
  await expect(heading).toBeFocused()
  await expect(page.getByRole('listitem').filter({ hasText: 'client0 on North' })).toHaveCount(10)
  const confirm = page.getByRole('button', { name: 'Revoke 100 API tokens' })
  await expect(confirm).toBeDisabled()
  await page.getByLabel('Type 100 to confirm').fill('10')
  await expect(confirm).toBeDisabled()
  await page.getByLabel('Type 100 to confirm').fill('100')
  await confirm.dblclick()
  await expect(page.getByText('Revoked all 100 API tokens of 10 accounts.')).toBeVisible()
  expect(left(servers.north, users)).toBe(0)
  expect(servers.north.calls.filter(({ name }) => name === 'Tokens::revoke')).toHaveLength(100)
  await expect(page.getByText('No token matches.')).toBeVisible()
})

test('the server dies after 40 of 100: 40 are reported done, 60 not, nothing twice, and the rest goes when it is back', async ({
  page,
  servers,
  allowConsole,
}) => {
  allowConsole(httpFailure)
  const users = addTenByTen(servers.north)
  await addLogin(page, { server: 'North', kind: 'WHM', username: 'resell' })
  await selectAll(page, 'leaked-*', 100)
  servers.north.die(40, 'Tokens::revoke')
  await page.getByLabel('Type 100 to confirm').fill('100')
  await page.getByRole('button', { name: 'Revoke 100 API tokens' }).click()
  await expect(page.getByRole('alert').filter({ hasText: '40 of 100 revoked.' })).toContainText(/was|were not/)
  expect(left(servers.north, users)).toBe(60)
  await expect(page.getByRole('listitem').filter({ hasText: /Revoked/ })).toHaveCount(40)

  servers.north.revive()
  // The page says for how many seconds a dead server is left alone. Who tries before that hears it again.
  await expect(async () => {
    const again = page.getByRole('button', { name: /^Try the \d+ left again$/ })
    if (await again.isVisible()) await again.click()
    await expect(page.getByText('Revoked all 100 API tokens of 10 accounts.')).toBeVisible()
  }).toPass()
  expect(left(servers.north, users)).toBe(0)
  expect(servers.north.calls.filter(({ name }) => name === 'Tokens::revoke')).toHaveLength(100)
})

test('each token has its own end: what is refused stays with its reason, and is tried again alone', async ({
  page,
  servers,
}) => {
  servers.north.addAccount({
    username: 'bakery',
    owner: 'resell',
    tokens: [{ name: 'job-1' }, { name: 'cannot-revoke' }],
  })
  servers.south.addAccount({ username: 'florist', tokens: [{ name: 'job-2' }, { name: 'revoke-lies' }] })
  await addLogin(page, { server: 'North', kind: 'WHM', username: 'resell' })
  await addLogin(page, { server: 'South', kind: 'cPanel', username: 'florist' })
  await openAllTokens(page, '?sort=name')
  for (const name of [
    'job-1 of bakery on North',
    'cannot-revoke of bakery on North',
    'job-2 of florist on South',
    'revoke-lies of florist on South',
  ]) {
    await page.getByRole('searchbox').fill(name.split(' ')[0] ?? '')
    await page.getByRole('checkbox', { name: `Select ${name}` }).check()
  }
  await page.getByRole('button', { name: 'Revoke…' }).click()
  await page.getByRole('button', { name: 'Revoke 4 API tokens' }).click()
  await expect(page.getByRole('alert').filter({ hasText: '2 of 4 revoked. 2 were not revoked.' })).toBeVisible()
  await expect(page.getByRole('listitem').filter({ hasText: 'revoke-lies' })).toContainText(
    'its list shows that it was not',
  )
  expect(servers.north.tokens('bakery').map(({ name }) => name)).toEqual(['cannot-revoke'])
  servers.south.revokeToken('florist', 'revoke-lies')
  await page.getByRole('button', { name: 'Try the 2 left again' }).click()
  await expect(page.getByRole('alert').filter({ hasText: '3 of 4 revoked. 1 was not revoked.' })).toBeVisible()
  await page.getByRole('button', { name: 'Back to all tokens' }).click()
  await expect(page.getByRole('searchbox')).toBeVisible()
})

test('an old token whose successor is gone meanwhile stays, says so, and is not offered to be tried again', async ({
  page,
  servers: { north },
}) => {
  await page.clock.install()
  const tokens = ['till', 'till-r2', 'till-old'].map((name, index) => ({ name, createTime: 1_700_000_000 + index }))
  north.addAccount({ username: 'bakery', owner: 'resell', tokens })
  await addLogin(page, { server: 'North', kind: 'WHM', username: 'resell' })
  await openAllTokens(page, '?q=till')
  for (const name of ['till', 'till-old'])
    await page.getByRole('checkbox', { name: `Select ${name} of bakery on North`, exact: true }).check()
  await page.getByRole('button', { name: 'Revoke…' }).click()
  north.revokeToken('bakery', 'till-r2')
  await page.clock.fastForward('00:06')
  await page.getByRole('button', { name: 'Revoke 2 API tokens' }).click()
  await expect(page.getByRole('alert').filter({ hasText: '1 of 2 revoked. 1 was not revoked.' })).toBeVisible()
  await expect(page.getByRole('listitem').filter({ hasText: 'Its successor is gone meanwhile' })).toContainText('till')
  await expect(page.getByRole('button', { name: /^Try the/ })).toHaveCount(0)
  expect(north.tokens('bakery').map(({ name }) => name)).toEqual(['till'])
})

test('stopping stops, says what was not tried, and asks before the page is left meanwhile', async ({
  page,
  servers,
}) => {
  servers.north.set({ latencyMs: 150, maxParallel: 2 })
  const users = addTenByTen(servers.north)
  await addLogin(page, { server: 'North', kind: 'WHM', username: 'resell' })
  await selectAll(page, 'leaked-*', 100)
  await page.getByLabel('Type 100 to confirm').fill('100')
  await page.getByRole('button', { name: 'Revoke 100 API tokens' }).click()
  await page.getByRole('link', { name: 'All tokens' }).click()
  await page
    .getByRole('alertdialog', { name: 'Leave while work is under way?' })
    .getByRole('button', { name: 'Stay' })
    .click()
  await page.getByRole('button', { name: 'Stop', exact: true }).last().click()
  const end = page.getByRole('alert').filter({ hasText: 'of 100 revoked.' })
  await expect(end).toContainText('were not tried')
  const revoked = Number(/^\d+/.exec((await end.textContent()) ?? '')?.[0])
  expect(left(servers.north, users)).toBe(100 - revoked)
})

test('a session that ends in the middle ends only its own part; logged in again, the rest goes', async ({
  page,
  servers,
  allowConsole,
}) => {
  allowConsole(httpFailure)
  servers.north.addAccount({
    username: 'bakery',
    owner: 'resell',
    tokens: [{ name: 'ends-session' }, { name: 'zz-later' }],
  })
  const { secrets } = servers.south.addAccount({ username: 'florist', tokens: [{ name: 'job' }] })
  await addLogin(page, { server: 'North', kind: 'WHM', username: 'resell' })
  await addLogin(page, { server: 'South', kind: 'cPanel', username: 'florist' })
  await openAllTokens(page)
  for (const name of ['ends-session of bakery on North', 'job of florist on South']) {
    await page.getByRole('searchbox').fill(name.split(' ')[0] ?? '')
    await page.getByRole('checkbox', { name: `Select ${name}` }).check()
  }
  await page.getByRole('button', { name: 'Revoke…' }).click()
  await page.getByRole('button', { name: 'Revoke 2 API tokens' }).click()
  await expect(page.getByRole('alert').filter({ hasText: '1 of 2 revoked. 1 was not revoked.' })).toBeVisible()
  await expect(page.getByRole('alert').filter({ hasText: 'resell on North is no longer logged in' })).toBeVisible()
  expect(await worksDirectly(servers.south, 'florist', secrets['job'] ?? '')).toBe(false)
  expect(servers.north.tokens('bakery')).toHaveLength(2)
})
