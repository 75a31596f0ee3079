import type { Locator } from '@playwright/test'
import { tokensUrl, type AddedAccount, type House, type Page } from './fixtures'

/** What a person does on the token screens, in the words of the screens. */

/** From the list to the create screen, the name typed; nothing is sent yet. */
export async function typeNewToken(page: Page, name: string): Promise<void> {
  await page.getByRole('link', { name: 'Create', exact: true }).click()
  await page.getByLabel('API Token Name').fill(name)
}

/** The form's own button; the list has a link of the same name. */
export function createButton(page: Page): Locator {
  return page.getByRole('button', { name: 'Create', exact: true })
}

/** Creates a token and answers its secret from the one-time screen. */
export async function createToken(page: Page, name: string): Promise<string> {
  await typeNewToken(page, name)
  await createButton(page).click()
  return secretField(page).inputValue()
}

/** The field of the one-time screen. The whole name: "API Token Name" is another field. */
export function secretField(page: Page): Locator {
  return page.getByLabel('API Token', { exact: true })
}

/** Opens the manage screen of a token by its address. */
export async function openToken(page: Page, account: AddedAccount, name: string): Promise<void> {
  await page.goto(`${tokensUrl(account)}/${name}`)
  await page.getByRole('heading', { name: 'Rename Token' }).waitFor()
}

/** Presses both buttons: the one that asks and the one that revokes. */
export async function revokeToken(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Revoke the Token', exact: true }).click()
  await page.getByRole('button', { name: 'Yes, Revoke the Token' }).click()
}

export async function renameToken(page: Page, newName: string): Promise<void> {
  await page.getByLabel('New API Token Name').fill(newName)
  await page.getByRole('button', { name: 'Update' }).click()
}

/** An alert by its title. */
export function alert(page: Page, title: string | RegExp): Locator {
  return page.getByRole('alert', { name: title })
}

/** How often a function of the server was called for an account, such as `create_full_access`. */
export function callsOf(house: House, { username }: AddedAccount, name: string): number {
  return house.demo.calls.filter((call) => call.account === username && call.name === `Tokens::${name}`).length
}

/** The names an account's tokens really have. */
export function namesOf(house: House, { username }: AddedAccount): string[] {
  return house.demo.tokens(username).map(({ name }) => name)
}
