import { test as base, expect, type Page } from '@playwright/test'
import type { AddedAccount } from '../demo/demo'
import type { NewAccount } from '../demo/new-account'
import { openHouse, type House } from './house'
import { logIn } from './logIn'

export { expect }
export type { AddedAccount, House, Page }

type WorkerFixtures = { house: House }
type TestFixtures = {
  /** A new account of this test alone; `sentinel` makes it misbehave as demo/README.md says of that name. */
  addAccount: (options?: NewAccount & { sentinel?: string }) => AddedAccount
  /** Logs in and opens the list. */
  signIn: (account: AddedAccount) => Promise<void>
  /** Console messages a test provokes on purpose; any other error or warning fails it. */
  allowConsole: (pattern: RegExp) => void
  /** What the browser refused for the CSP so far, on any page of the test and in its Workers; any left at the end fails it. */
  cspViolations: string[]
}

let count = 0

export const test = base.extend<TestFixtures, WorkerFixtures>({
  house: [
    async ({}, use) => {
      const house = await openHouse()
      await use(house)
      await house.close()
    },
    { scope: 'worker' },
  ],
  baseURL: async ({ house }, use) => use(house.url),
  addAccount: async ({ house }, use, { workerIndex }) => {
    await use(({ sentinel, ...options } = {}) =>
      house.demo.addAccount({ username: `${sentinel ?? 'person'}_w${workerIndex}n${(count += 1)}`, ...options }),
    )
  },
  signIn: async ({ page }, use) => {
    await use(async ({ username, password }) => {
      await logIn(page, { kind: 'cpanel', username, password })
      await page.goto(tokensUrl({ username }))
      await expect(page.getByRole('heading', { name: 'List API Tokens' })).toBeVisible()
    })
  },
  allowConsole: [
    async ({ page }, use, testInfo) => {
      const allowed: RegExp[] = []
      const noise: string[] = []
      const heard: string[] = []
      page.on('console', (message) => {
        if (message.type() === 'error' || message.type() === 'warning') noise.push(message.text())
        if (message.type() === 'error') heard.push(`${message.text()} (${message.location().url})`)
      })
      page.on('pageerror', (error) => noise.push(`uncaught: ${error.message}`))
      await use((pattern) => void allowed.push(pattern))
      // What may be said in a test that passes may be the reason of one that doesn't.
      if (testInfo.status !== testInfo.expectedStatus && heard.length > 0)
        process.stdout.write(`\n${testInfo.title}: the console said\n  ${heard.join('\n  ')}\n`)
      expect(noise.filter((text) => !allowed.some((pattern) => pattern.test(text)))).toEqual([])
    },
    { auto: true },
  ],
  cspViolations: [
    async ({ context }, use) => {
      const violations: string[] = []
      await context.addInitScript(tellViolations)
      const tellOfWorkers = (page: Page) =>
        // A Worker that has ended already has nothing more to tell.
        page.on('worker', (worker) => void worker.evaluate(tellViolations).catch(() => {}))
      context.pages().forEach(tellOfWorkers)
      context.on('page', tellOfWorkers)
      context.on('console', (message) => {
        const [, what] = /^CSP violation: (.*)$/.exec(message.text()) ?? []
        if (what !== undefined) violations.push(what)
      })
      await use(violations)
      expect(violations).toEqual([])
    },
    { auto: true },
  ],
})

/** Runs in a page or a Worker. By the console, whose messages outlive the page; what a page calls may get lost with it. */
function tellViolations(): void {
  addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) => {
    // oxlint-disable-next-line no-console -- this is the message, not noise
    console.debug(`CSP violation: ${effectiveDirective} ${blockedURI}`)
  })
}

/** What the browser itself writes for an answer that is not 2xx. */
export const httpFailure = /^Failed to load resource/

/** The URL of an account's token screens. */
export function tokensUrl({ username }: { username: string }): string {
  return `/c/main.cpanel.${username}/tokens`
}
