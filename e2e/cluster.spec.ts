import { request } from 'node:https'
import { openCluster, hasParts, type Cluster, type Instance } from './cluster'
import { expect, httpFailure, test as base, type Page } from './fixtures'
import { walkMainJourney } from './mainJourney'
import { alert, callsOf, createButton, namesOf, typeNewToken } from './tokenScreens'

/**
 * Real parts: two Keyrings, Redis, nginx with TLS. What is killed is one of the Keyrings, as a machine that loses power,
 * or stopped, as for an update. Nobody may be signed out by it, and no request answered wrongly.
 */
const test = base.extend<{ cluster: Cluster }>({
  cluster: async ({}, use) => {
    const cluster = await openCluster()
    await use(cluster)
    await cluster.close()
  },
  baseURL: async ({ cluster }, use) => use(cluster.url),
  ignoreHTTPSErrors: true,
  addAccount: async ({ cluster }, use) => {
    let count = 0
    await use(({ sentinel, ...options } = {}) =>
      cluster.demo.addAccount({ username: `${sentinel ?? 'person'}_${(count += 1)}`, ...options }),
    )
  },
})

// Restarting takes its time: the balancer gives one that was away no requests at first.
test.describe.configure({ timeout: 90_000 })
test.skip(!hasParts, 'SKIPPED: there is no redis-server or no nginx on this machine (scripts/serverParts.mjs)')

/** All answers of the proxy from now on, as `status path`. */
function noteAnswers(page: Page): string[] {
  const answers: string[] = []
  page.on('response', (response) => {
    const { pathname } = new URL(response.url())
    if (pathname.startsWith('/api/')) answers.push(`${response.status()} ${pathname}`)
  })
  return answers
}

const notFine = (answers: readonly string[]) => answers.filter((answer) => !answer.startsWith('2'))

async function restart(instance: Instance): Promise<void> {
  await instance.kill()
  await instance.start()
}

test('a person does the whole main job while the proxies are killed and restarted in turn, and notices nothing', async ({
  page,
  cluster,
  addAccount,
  signIn,
}) => {
  const account = addAccount({ tokens: [{ name: 'old-one' }] })
  const answers = noteAnswers(page)
  const [one, two] = cluster.instances
  await one.kill()
  await signIn(account)
  await one.start()
  await two.kill()
  await walkMainJourney(page, cluster, account)
  await two.start()
  await one.stop()
  await page.reload()
  await walkMainJourney(page, cluster, account)
  await one.start()
  await restart(two)
  await page.getByRole('button', { name: 'Log out' }).click()
  await expect(page.getByRole('heading', { name: 'Log in' })).toBeVisible()
  expect(notFine(answers)).toEqual([])
  expect(answers.length).toBeGreaterThan(20)
})

test('a person whose list is on its way when a proxy is killed gets it from the other one', async ({
  page,
  cluster,
  addAccount,
}) => {
  const account = addAccount({ tokens: [{ name: 'old-one' }] })
  // However long it takes to find out who has it: the first list comes never.
  cluster.demo.plan('late-answer', { name: 'Tokens::list', account: account.username })
  const answers = noteAnswers(page)
  await page.goto('/sign-in')
  await page.getByLabel('Username').fill(account.username)
  await page.getByLabel('Password').fill(account.password)
  await page.getByRole('button', { name: 'Log in', exact: true }).click()
  await expect.poll(() => callsOf(cluster, account, 'list')).toBe(1)
  // Which of the two has it shows when the first one is killed: then the other one asks. Killed both, there would be none left.
  const [one, two] = cluster.instances
  await restart(one)
  if (callsOf(cluster, account, 'list') === 1) await restart(two)
  await expect.poll(() => callsOf(cluster, account, 'list')).toBe(2)
  await expect(page.getByRole('link', { name: 'Manage old-one' })).toBeVisible()
  expect(notFine(answers)).toEqual([])
})

test('a person whose token is being created when the proxies are stopped for an update gets it', async ({
  page,
  cluster,
  addAccount,
  signIn,
}) => {
  const account = addAccount()
  const answers = noteAnswers(page)
  await signIn(account)
  await typeNewToken(page, 'slow-create')
  await createButton(page).click()
  await expect.poll(() => callsOf(cluster, account, 'create_full_access')).toBe(1)
  for (const instance of cluster.instances) {
    await instance.stop()
    await instance.start()
  }
  await expect(page.getByRole('heading', { name: 'Token Created Successfully' })).toBeFocused()
  expect(namesOf(cluster, account)).toEqual(['slow-create'])
  expect(notFine(answers)).toEqual([])
})

test('a person whose token is being created when both proxies lose power is told the truth and stays logged in', async ({
  page,
  cluster,
  addAccount,
  signIn,
  allowConsole,
}) => {
  allowConsole(httpFailure)
  const account = addAccount()
  await signIn(account)
  await typeNewToken(page, 'slow-create')
  await createButton(page).click()
  await expect.poll(() => callsOf(cluster, account, 'create_full_access')).toBe(1)
  await Promise.all(cluster.instances.map((instance) => instance.kill()))
  await expect(alert(page, 'It is not known whether the token was created')).toBeVisible()
  await Promise.all(cluster.instances.map((instance) => instance.start()))
  await page.getByRole('button', { name: 'Check again' }).click()
  // The server gave up with the connection, and still logged in the page has seen it.
  await expect(page.getByText('“slow-create” is not in the list. Creating it again is safe.')).toBeVisible()
  expect(namesOf(cluster, account)).toEqual([])
  await createButton(page).click()
  await expect(page.getByRole('heading', { name: 'Token Created Successfully' })).toBeFocused()
  expect(namesOf(cluster, account)).toEqual(['slow-create'])
})

type Answer = { status: number; names: string }

/** One list as a program asks for it, over a connection of its own. */
function askForList(url: string, cookie: string, username: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request(
      `${url}/api/connections/main.cpanel.${username}/execute/Tokens/list`,
      {
        method: 'POST',
        agent: false,
        rejectUnauthorized: false,
        headers: { cookie, 'content-type': 'application/json', 'content-length': 2 },
      },
      (response) => {
        let body = ''
        response.setEncoding('utf8')
        response.on('data', (chunk: string) => (body += chunk))
        response.on('end', () => {
          const names = [...body.matchAll(/"name":"([^"]*)"/g)].map(([, name]) => name).join()
          resolve({ status: response.statusCode ?? 0, names })
        })
      },
    )
    sent.once('error', reject)
    sent.end('{}')
  })
}

test('four people who keep asking get their own list each time, while the proxies are killed and restarted', async ({
  browser,
  cluster,
  addAccount,
  signIn: _signIn,
}) => {
  const people = []
  for (const name of ['a', 'b', 'c', 'd']) {
    const account = addAccount({ tokens: [{ name: `of-${name}` }] })
    const context = await browser.newContext({ baseURL: cluster.url, ignoreHTTPSErrors: true })
    const { username, password } = account
    const answer = await context.request.post('/api/connections', {
      data: { server: 'main', kind: 'cpanel', username, password },
    })
    expect(answer.status()).toBe(201)
    const [cookie] = await context.cookies()
    expect(cookie).toMatchObject({ secure: true, httpOnly: true, sameSite: 'Strict' })
    expect(cookie?.name).toMatch(/^__Host-keyring/)
    people.push({ username, expected: `of-${name}`, cookie: `${cookie?.name}=${cookie?.value}` })
    await context.close()
  }
  const over = new AbortController()
  const wrong: string[] = []
  let right = 0
  const asking = people.map(async ({ username, expected, cookie }) => {
    while (!over.signal.aborted) {
      const { status, names } = await askForList(cluster.url, cookie, username)
      if (status === 200 && names === expected) right += 1
      else wrong.push(`${username}: ${status} ${names}`)
    }
  })
  for (const instance of [...cluster.instances, ...cluster.instances]) await restart(instance)
  for (const instance of cluster.instances) {
    await instance.stop()
    await instance.start()
  }
  over.abort()
  await Promise.all(asking)
  expect(wrong).toEqual([])
  expect(right).toBeGreaterThan(100)
})
