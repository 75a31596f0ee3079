import type { CDPSession } from '@playwright/test'
import { expect, test, type Page } from './fixtures'
import { createToken, typeNewToken } from './tokenScreens'

/** Everything that a page leaves behind in the browser, as one text. */
function leftBehind(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const databases = await indexedDB.databases()
    const caches = await window.caches.keys()
    const stored = [localStorage, sessionStorage].map((storage) => JSON.stringify(Object.entries(storage)))
    const { href } = window.location
    const fields = [...document.querySelectorAll('input')].map(({ value }) => value)
    return JSON.stringify([
      document.documentElement.outerHTML,
      fields,
      stored,
      document.cookie,
      databases,
      caches,
      window.history.state,
      href,
      document.title,
      performance.getEntries().map(({ name }) => name),
    ])
  })
}

/** The page's whole JavaScript heap after garbage collection, with every string in it. */
async function heapOf(session: CDPSession): Promise<string> {
  const chunks: string[] = []
  const listen = ({ chunk }: { chunk: string }) => chunks.push(chunk)
  session.on('HeapProfiler.addHeapSnapshotChunk', listen)
  await session.send('HeapProfiler.collectGarbage')
  await session.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false })
  session.off('HeapProfiler.addHeapSnapshotChunk', listen)
  return chunks.join('')
}

test('a person who confirmed can be sure that the secret is nowhere: page, storage, memory, addresses, log', async ({
  page,
  context,
  house,
  addAccount,
  signIn,
}) => {
  const urls: string[] = []
  const titles: string[] = []
  page.on('request', (request) => urls.push(request.url()))
  page.on('framenavigated', (frame) => urls.push(frame.url()))
  const session = await context.newCDPSession(page)
  const account = addAccount({ tokens: [{ name: 'old-one' }] })
  await signIn(account)
  const secret = await createToken(page, 'deploy-bot')
  titles.push(await page.title())
  // The search itself works: while the secret is shown, it is found in the page and in memory.
  expect(await leftBehind(page)).toContain(secret)
  expect(await heapOf(session)).toContain(secret)

  await page.getByRole('button', { name: 'Copy', exact: true }).click()
  await page.getByRole('button', { name: 'Yes, I Saved My Token' }).click()
  await expect(page.getByRole('link', { name: 'Manage deploy-bot' })).toBeVisible()
  titles.push(await page.title())
  expect(await leftBehind(page)).not.toContain(secret)
  const cookies = await context.cookies()
  const { entries } = await session.send('Page.getNavigationHistory')
  expect(
    JSON.stringify([cookies, entries, urls, titles, await context.storageState({ indexedDB: true })]),
  ).not.toContain(secret)
  expect(house.log()).toContain('/execute/Tokens/:function')
  expect(house.log()).not.toContain(secret)
  expect(await heapOf(session)).not.toContain(secret)
})

test('a password that was used to log in stays neither in the page nor in the log', async ({
  page,
  context,
  house,
  addAccount,
  signIn,
}) => {
  const session = await context.newCDPSession(page)
  const account = addAccount({ password: 'a-password-nobody-else-has' })
  await signIn(account)
  await typeNewToken(page, 'deploy-bot')
  expect(await leftBehind(page)).not.toContain(account.password)
  expect(house.log()).not.toContain(account.password)
  expect(await heapOf(session)).not.toContain(account.password)
})
