import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Demo } from '../demo/demo'
import { expect, type AddedAccount, type Page } from './fixtures'
import { logIn } from './logIn'

/** The URL of a WHM user's own tokens. */
export function whmTokensUrl({ username }: Pick<AddedAccount, 'username'>): string {
  return `/c/main.whm.${username}/whm-tokens`
}

/** Logs in to WHM, with a password or an API token, and opens the tokens of the WHM user. */
export async function openWhmTokens(page: Page, account: AddedAccount, token?: string): Promise<void> {
  const { username, password } = account
  await logIn(page, { kind: 'whm', username, ...(token === undefined ? { password } : { token }) })
  await page.goto(whmTokensUrl(account))
  await expect(page.getByRole('heading', { name: 'API Tokens', exact: true })).toBeVisible()
}

const run = promisify(execFile)

/**
 * Calls WHM API 1 as a script would, with curl and a token in the header.
 * @param from the address of this machine that the call comes from: all of 127.0.0.0/8 is loopback
 * @returns whether WHM did it
 */
export async function curlWhm(
  demo: Demo,
  { username, secret, call, from = '127.0.0.1' }: { username: string; secret: string; call: string; from?: string },
): Promise<boolean> {
  const folder = await mkdtemp(join(tmpdir(), 'keyring-curl-'))
  const certificate = join(folder, 'demo.pem')
  await writeFile(certificate, demo.certificatePem)
  const options = ['--silent', '--interface', from, '--cacert', certificate]
  const header = `Authorization: whm ${username}:${secret}`
  const { stdout } = await run('curl', [...options, '--header', header, `${demo.whmUrl}/json-api/${call}`])
  await rm(folder, { recursive: true })
  return /"result":\s*1\b/.test(stdout)
}
