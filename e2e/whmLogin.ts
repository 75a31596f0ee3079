import type { Locator } from '@playwright/test'
import { expect, type AddedAccount, type House, type Page } from './fixtures'
import { openWhmTokens } from './whmTokenScreens'

/** Privileges of a reseller who may do little. */
export const few = ['basic-whm-functions', 'list-accts', 'list-pkgs', 'manage-api-tokens']

/** Logs in to WHM and opens a token from the list; returns once everything about it can be changed. */
export async function openToEdit(page: Page, account: AddedAccount, name: string, token?: string): Promise<void> {
  await openWhmTokens(page, account, token)
  await page.getByRole('link', { name: `Edit ${name}`, exact: true }).click()
  await expect(page.getByRole('heading', { name: `Edit API Token: ${name}` })).toBeVisible()
  await expect(page.getByRole('group', { name: 'Privileges', exact: true })).toBeVisible()
}

export function nameField(page: Page): Locator {
  return page.getByLabel('Name', { exact: true })
}

export function addressField(page: Page): Locator {
  return page.getByLabel('Whitelisted IPs')
}

export function saveButton(page: Page): Locator {
  return page.getByRole('button', { name: 'Save', exact: true })
}

/** The part of the form that says before saving what it will do. */
export function whatWillChange(page: Page): Locator {
  return page.getByRole('region', { name: 'What will change' })
}

/** A message that goes away by itself. */
export function message(page: Page, words: string): Locator {
  return page.getByRole('status').filter({ hasText: words })
}

/** The calls of one function of WHM by one user. */
export function whmCalls({ demo }: House, { username }: AddedAccount, name: string) {
  return demo.calls.filter((call) => call.name === name && call.user === username)
}

/** Where in the page and in all that it leaves behind a text is found. */
export async function placesWith(page: Page, house: House, text: string): Promise<string[]> {
  const places: Record<string, string> = await page.evaluate(() => ({
    page: document.documentElement.outerHTML,
    fields: JSON.stringify([...document.querySelectorAll('input, textarea')].map((one) => 'value' in one && one.value)),
    storage: JSON.stringify([Object.entries(localStorage), Object.entries(sessionStorage)]),
    history: JSON.stringify([location.href, history.state]),
    timings: JSON.stringify(performance.getEntries().map(({ name }) => name)),
  }))
  places['stored'] = JSON.stringify(await page.context().storageState({ indexedDB: true }))
  places['log'] = house.log()
  return Object.keys(places).filter((place) => places[place]?.includes(text))
}
