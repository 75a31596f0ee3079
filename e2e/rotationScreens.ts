import type { Locator } from '@playwright/test'
import type { AddedAccount, Page } from './fixtures'

/** What a person does to rotate a token, in the words of the screens. */

/** The part of a token's screen that says where its rotation stands. */
export function rotationPanel(page: Page): Locator {
  return page.getByRole('region', { name: 'Rotation', exact: true })
}

/** What the list says of rotations that were begun. */
export function reminder(page: Page, title: string): Locator {
  return page.getByRole('note', { name: title })
}

/** The row of a token in the list. */
export function rowOf(page: Page, name: string): Locator {
  return page.getByRole('row').filter({ has: page.getByText(name, { exact: true }) })
}

/** From a token's screen to the form for its successor. */
export async function startRotation(page: Page): Promise<void> {
  await rotationPanel(page).getByRole('link', { name: 'Create a Successor…' }).click()
  await page.getByRole('heading', { name: 'Rotate API Token' }).waitFor()
}

export function successorName(page: Page): Locator {
  return page.getByLabel('Name of the Successor')
}

export function createSuccessor(page: Page): Locator {
  return page.getByRole('button', { name: 'Create the Successor' })
}

/** Says that the successor is in use, and revokes the old token. */
export async function revokeOld(page: Page): Promise<void> {
  await rotationPanel(page).getByRole('button', { name: 'Revoke the Old Token' }).click()
  await page.getByRole('checkbox', { name: /is in use, and nothing needs/ }).check()
  await page.getByRole('button', { name: 'Yes, Revoke the Token' }).click()
}

/** Logs out, and in again, as somebody does who goes on a week later. */
export async function comeBack(page: Page, signIn: (account: AddedAccount) => Promise<void>, account: AddedAccount) {
  await page.getByRole('button', { name: 'Log out' }).click()
  await page.getByLabel('Username').waitFor()
  await signIn(account)
}
