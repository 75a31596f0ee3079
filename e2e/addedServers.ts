import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Locator } from '@playwright/test'
import { expect, test as base, type Page } from './fixtures'
import { startKeyring } from './house'

type Own = {
  /** Where this test's Keyrings remember servers. */
  file: string
  /** Starts (another) Keyring that knows one server where nothing listens, and opens its login page. */
  open: (settings?: Record<string, string>) => Promise<{ close: () => Promise<void>; log: () => string }>
}

/** Each test has Keyrings and a file of its own. */
export const test = base.extend<Own>({
  file: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'keyring-added-'))
    await use(join(folder, 'keyring', 'servers.json'))
    await rm(folder, { recursive: true })
  },
  open: async ({ page, file }, use) => {
    const running: (() => Promise<void>)[] = []
    await use(async (settings = {}) => {
      const configured = { CPANEL_URL: 'https://127.0.0.1:9', ADDED_SERVERS_FILE: file }
      const keyring = await startKeyring({ ...configured, ...settings })
      running.push(keyring.close)
      await page.goto(`${keyring.url}/sign-in`)
      await page.getByLabel('Username').waitFor()
      return keyring
    })
    for (const close of running) await close()
  },
})

export function button(page: Page, name: string): Locator {
  return page.getByRole('button', { name, exact: true })
}

/** Types an address and has it looked at. */
export async function find(page: Page, address: string): Promise<void> {
  await page.getByLabel('Address').fill(address)
  await button(page, 'Find the server').click()
}

/** From the login page to what was found at an address. */
export async function findNew(page: Page, address: string): Promise<void> {
  await button(page, 'Add a server…').click()
  await find(page, address)
  await expect(page.getByRole('heading', { name: '127.0.0.1 answers' })).toBeFocused()
}

/** Says which door it is, gives it a name and trusts it. */
export async function trustAs(page: Page, name: string): Promise<void> {
  await page.getByLabel('cPanel', { exact: true }).check()
  await page.getByLabel('Name', { exact: true }).fill(name)
  await button(page, 'Trust and add').click()
  await expect(page.getByRole('status').filter({ hasText: `Added ${name}.` })).toBeVisible()
}

/** From the login page to whatever comes of it. */
export async function logIn(page: Page, { username, password }: { username: string; password: string }): Promise<void> {
  await page.getByLabel('Username').fill(username)
  await page.getByLabel('Password').fill(password)
  await button(page, 'Log in').click()
}

/** The list of servers on the login page. */
export function server(page: Page): Locator {
  return page.getByLabel('Server', { exact: true })
}

/** A fingerprint that is broken into rows on screen. */
export function inRows(fingerprint: string): RegExp {
  return new RegExp(fingerprint.replaceAll(':', ':\\s*'))
}
