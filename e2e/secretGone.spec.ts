import type { CDPSession } from '@playwright/test'
import { expect, test, type House, type Page } from './fixtures'
import { createToken, typeNewToken } from './tokenScreens'
import { openWhmTokens } from './whmTokenScreens'

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

/** Remembers every address and title of a page from now on, and searches them and all the page leaves behind. */
async function watch(page: Page, house: House) {
  const session = await page.context().newCDPSession(page)
  const addresses: string[] = []
  page.on('request', (request) => addresses.push(request.url()))
  page.on('framenavigated', (frame) => addresses.push(frame.url()))

  /** The places where a text is found. Their names only: a failing test must not print a heap, nor a secret. */
  async function placesWith(text: string): Promise<string[]> {
    const inPage = await page.evaluate(async () => ({
      page: document.documentElement.outerHTML,
      fields: JSON.stringify([...document.querySelectorAll('input')].map(({ value }) => value)),
      title: document.title,
      localStorage: JSON.stringify(Object.entries(localStorage)),
      sessionStorage: JSON.stringify(Object.entries(sessionStorage)),
      databases: JSON.stringify(await indexedDB.databases()),
      caches: JSON.stringify(await window.caches.keys()),
      historyState: JSON.stringify(window.history.state),
      timings: JSON.stringify(performance.getEntries().map(({ name }) => name)),
    }))
    const places: Record<string, string> = {
      ...inPage,
      cookies: JSON.stringify(await page.context().cookies()),
      stored: JSON.stringify(await page.context().storageState({ indexedDB: true })),
      history: JSON.stringify(await session.send('Page.getNavigationHistory')),
      addresses: addresses.join(' '),
      log: house.log(),
      memory: await heapOf(session),
    }
    return Object.keys(places).filter((place) => places[place]?.includes(text))
  }
  return { placesWith }
}

test('a person who confirmed can be sure that the secret is nowhere: page, storage, memory, addresses, log', async ({
  page,
  house,
  addAccount,
  signIn,
}) => {
  const { placesWith } = await watch(page, house)
  const account = addAccount({ tokens: [{ name: 'old-one' }] })
  await signIn(account)
  const secret = await createToken(page, 'deploy-bot')
  await page.getByRole('button', { name: 'Copy', exact: true }).click()
  // While it is shown it is in these places and no other; so the search finds what is there.
  expect(await placesWith(secret)).toEqual(['page', 'fields', 'memory'])

  await page.getByRole('button', { name: 'Yes, I Saved My Token' }).click()
  await expect(page.getByRole('link', { name: 'Manage deploy-bot' })).toBeVisible()
  expect(await placesWith(secret)).toEqual([])
  expect(await placesWith('/Tokens/')).toContain('log')
})

test('a person who leaves without confirming leaves the secret nowhere either', async ({
  page,
  house,
  addAccount,
  signIn,
}) => {
  const { placesWith } = await watch(page, house)
  await signIn(addAccount({ tokens: [{ name: 'old-one' }] }))
  const secret = await createToken(page, 'deploy-bot')
  await page.getByRole('link', { name: 'Manage API Tokens', exact: true }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Leave', exact: true }).click()
  await expect(page.getByRole('link', { name: 'Manage deploy-bot' })).toBeVisible()
  expect(await placesWith(secret)).toEqual([])
})

test('a person who had the token tested leaves nothing of it either', async ({ page, house, addAccount, signIn }) => {
  const { placesWith } = await watch(page, house)
  await signIn(addAccount({ tokens: [{ name: 'old-one' }] }))
  const secret = await createToken(page, 'deploy-bot')
  await page.getByRole('button', { name: 'Test this token' }).click()
  await expect(page.getByRole('status').getByText('The token works')).toBeVisible()
  expect(await placesWith(secret)).toEqual(['page', 'fields', 'memory'])
  await page.getByRole('button', { name: 'Yes, I Saved My Token' }).click()
  await expect(page.getByRole('link', { name: 'Manage deploy-bot' })).toBeVisible()
  expect(await placesWith(secret)).toEqual([])
  expect(await placesWith('/test-token')).toContain('log')
})

test('a token that was pasted to be tested is nowhere afterwards, with the page still open', async ({
  page,
  house,
  addAccount,
  signIn,
}) => {
  const { placesWith } = await watch(page, house)
  const account = addAccount({
    tokens: [
      { name: 'app', createTime: 1_700_000_000 },
      { name: 'app-r2', createTime: 1_750_000_000 },
    ],
  })
  const secret = account.secrets['app-r2'] ?? ''
  await signIn(account)
  await page.getByRole('link', { name: 'Manage app', exact: true }).click()
  await page.getByLabel('Secret of “app-r2”').fill(secret)
  expect(await placesWith(secret)).toEqual(['fields', 'memory'])
  await page.getByRole('button', { name: 'Test', exact: true }).click()
  await expect(page.getByRole('status').getByText('The token works')).toBeVisible()
  await expect(page.getByText('Be sure that it is the one for “app-r2”.')).toBeVisible()
  expect(await placesWith(secret)).toEqual([])
})

test('a secret that was pasted to be found is nowhere afterwards, with the page still open', async ({
  page,
  house,
  addAccount,
}) => {
  const { placesWith } = await watch(page, house)
  const account = addAccount({ reseller: ['all'], whmTokens: [{ name: 'nagios' }] })
  const secret = account.whmSecrets['nagios'] ?? ''
  await openWhmTokens(page, account)
  await page.getByRole('button', { name: 'Which token is this?' }).click()
  await page.getByLabel('Secret').fill(secret)
  expect(await placesWith(secret)).toEqual(['fields', 'memory'])
  await page.getByRole('button', { name: 'Find It' }).click()
  await expect(page.getByRole('alert', { name: 'It is the token “nagios”.' })).toBeVisible()
  expect(await placesWith(secret)).toEqual([])
})

test('a person who creates another leaves nothing of the first secret', async ({ page, house, addAccount, signIn }) => {
  const { placesWith } = await watch(page, house)
  await signIn(addAccount({ tokens: [{ name: 'old-one' }] }))
  const secret = await createToken(page, 'first')
  await page.getByLabel('Create another token after I click Yes, I saved my token.').check()
  await page.getByRole('button', { name: 'Yes, I Saved My Token' }).click()
  await expect(page.getByLabel('API Token Name')).toHaveValue('')
  expect(await placesWith(secret)).toEqual([])
})

test('a password that was used to log in is nowhere afterwards', async ({ page, house, addAccount, signIn }) => {
  const { placesWith } = await watch(page, house)
  const account = addAccount({ tokens: [{ name: 'old-one' }], password: 'a-password-nobody-else-has' })
  await signIn(account)
  await typeNewToken(page, 'deploy-bot')
  expect(await placesWith(account.password)).toEqual([])
})
