import { execFile } from 'node:child_process'
import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expectPasted } from './clipboard'
import { expect, test, type Page } from './fixtures'
import { createToken } from './tokenScreens'

const run = promisify(execFile)

async function exampleIn(page: Page, language: string): Promise<string> {
  await page.getByRole('radiogroup', { name: 'Example in' }).getByLabel(language, { exact: true }).check()
  return page.getByRole('region', { name: `Example in ${language}` }).innerText()
}

test('a person runs the examples as they stand, and they list the tokens of the account', async ({
  page,
  house,
  addAccount,
  signIn,
}, testInfo) => {
  const account = addAccount({ tokens: [{ name: 'old-one' }] })
  await signIn(account)
  await createToken(page, 'deploy-bot')
  const folder = await mkdtemp(join(tmpdir(), `keyring-${testInfo.workerIndex}-`))
  const certificate = join(folder, 'demo.pem')
  await writeFile(certificate, house.demo.certificatePem)
  // The demo's certificate is its own authority: each client is told so in its own way, the examples stay as shown.
  const env = {
    ...process.env,
    CURL_CA_BUNDLE: certificate,
    NODE_EXTRA_CA_CERTS: certificate,
    SSL_CERT_FILE: certificate,
  }

  const curl = await exampleIn(page, 'curl')
  expect((await run('sh', ['-c', curl], { env })).stdout).toContain('"name":"deploy-bot"')

  const program = join(folder, 'example.mjs')
  await writeFile(program, await exampleIn(page, 'Node.js'))
  expect((await run(process.execPath, [program], { env })).stdout).toContain('deploy-bot')
})

test('a person finds the real address, user and token in every example, and copies it', async ({
  page,
  house,
  addAccount,
  signIn,
}) => {
  const account = addAccount({ tokens: [{ name: 'old-one' }] })
  await signIn(account)
  const secret = await createToken(page, 'deploy-bot')
  const header = `cpanel ${account.username}:${secret}`
  await expect(page.getByRole('region', { name: 'The header' })).toHaveText(`Authorization: ${header}`)
  for (const language of ['curl', 'PHP', 'Python', 'Node.js']) {
    const example = await exampleIn(page, language)
    expect(example).toContain(`${house.demo.cpanelUrl}/execute/Tokens/list`)
    expect(example).toContain(header)
    expect(example).not.toMatch(/insecure|verify|Bearer/i)
    await page.getByRole('button', { name: 'Copy the example' }).click()
    await expect(page.getByText('Copied the example, with the token in it.')).toBeVisible()
    await expectPasted(page, example)
  }
})
