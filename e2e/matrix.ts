import { test } from '@playwright/test'
import type { Mishap } from '../demo/mishap'
import { expect, type House, type Page } from './fixtures'
import { logIn } from './logIn'

export type Place = {
  /** Makes what is there before, logs in, and answers where the token screens are and what the server really has. */
  begin: (page: Page, house: House, tokens: string[]) => Promise<{ url: string; account: string }>
  names: (house: House, account: string) => string[]
}

const password = 'demo-password-1'
let count = 0
const newName = () => `matrix${(count += 1)}`

export const places = {
  'of an account': {
    async begin(page, { demo }, tokens) {
      const username = newName()
      demo.addAccount({ username, tokens: tokens.map((name) => ({ name })) })
      return { url: `/c/${await logIn(page, { kind: 'cpanel', username, password })}/tokens`, account: username }
    },
    names: ({ demo }, account) => demo.tokens(account).map(({ name }) => name),
  },
  'of an account, through WHM': {
    async begin(page, { demo }, tokens) {
      const [username, account] = [newName(), newName()]
      demo.addAccount({ username, reseller: ['list-accts', 'cpanel-api'] })
      demo.addAccount({ username: account, owner: username, tokens: tokens.map((name) => ({ name })) })
      const connection = await logIn(page, { kind: 'whm', username, password })
      return { url: `/c/${connection}/accounts/${account}/tokens`, account }
    },
    names: ({ demo }, account) => demo.tokens(account).map(({ name }) => name),
  },
  'of WHM': {
    async begin(page, { demo }, tokens) {
      const username = newName()
      const acls = ['list-accts', 'manage-api-tokens']
      demo.addAccount({ username, reseller: acls, whmTokens: tokens.map((name) => ({ name, acls: ['list-accts'] })) })
      return { url: `/c/${await logIn(page, { kind: 'whm', username, password })}/whm-tokens`, account: username }
    },
    names: ({ demo }, account) => demo.whmTokens(account).map(({ name }) => name),
  },
} satisfies Record<string, Place>

export type Ended = 'done' | 'not done' | 'unknown' | 'shown' | 'refused'

/** Notes how one cell ended: `matrixReporter.ts` prints them all as a table. */
export function noteCell(operation: string, mishap: Mishap, ended: Ended): void {
  test.info().annotations.push({ type: 'matrix', description: JSON.stringify([operation, mishap, ended]) })
}

/** How many calls of a function reached the server for an account. */
export function callsFor(house: House, account: string, call: string): number {
  return house.demo.calls.filter((one) => one.name === call && one.account === account).length
}

/** The dialog over the page of somebody who is not logged in any more. */
export async function expectSessionEnded(page: Page): Promise<void> {
  await expect(page.getByRole('dialog', { name: 'Your session has ended' })).toBeVisible()
}
