import { expect, type Page } from '@playwright/test'

type Login = { server?: string; kind: 'cpanel' | 'whm'; username: string } & ({ password: string } | { token: string })

/**
 * Logs this browser in, in addition to whoever is logged in already, with the one call that the form makes: what is on screen
 * stays. Tests about logging in use the form.
 *
 * @returns the connection's id
 */
export async function logIn(page: Page, { server = 'main', ...login }: Login): Promise<string> {
  const answer = await page.request.post('/api/connections', { data: { server, ...login } })
  expect(answer.status()).toBe(201)
  return `${server}.${login.kind}.${login.username}`
}
