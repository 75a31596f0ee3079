import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, httpFailure, test as base } from './fixtures'
import { startKeyring } from './house'
import { alert } from './tokenScreens'

/** A Keyring whose servers all have something wrong with their address or their certificate. */
const test = base.extend<object, { keyring: { url: string; fingerprintOfOther: string } }>({
  keyring: [
    async ({ house: { demo } }, use) => {
      const open = (certificate: 'expired' | 'wrong-name' | 'other' | 'no-tls') =>
        demo.addListener({ kind: 'cpanel', certificate })
      const [expired, wrongName, other, noTls] = await Promise.all([
        open('expired'),
        open('wrong-name'),
        open('other'),
        open('no-tls'),
      ])
      const folder = await mkdtemp(join(tmpdir(), 'keyring-servers-'))
      const trusting = async (name: string, { url, certificatePem }: { url: string; certificatePem: string }) => {
        await writeFile(join(folder, `${name}.pem`), certificatePem)
        return { cpanel: url, ca: `${name}.pem` }
      }
      const servers = Object.entries({
        Expired: await trusting('expired', expired),
        'Wrong name': await trusting('wrong-name', wrongName),
        Changed: { cpanel: other.url, fingerprint256: demo.fingerprint256 },
        Unknown: { cpanel: demo.cpanelUrl },
        'No TLS': { cpanel: noTls.url.replace('http:', 'https:') },
        'Not running': { cpanel: `https://127.0.0.1:${await closedPort()}` },
      }).map(([name, server]) => ({ id: name.toLowerCase().replaceAll(' ', '-'), name, ...server }))
      const file = join(folder, 'servers.json')
      await writeFile(file, JSON.stringify(servers))
      const keyring = await startKeyring({ SERVERS_FILE: file })
      await use({ url: keyring.url, fingerprintOfOther: other.fingerprint256 })
      await keyring.close()
      await rm(folder, { recursive: true })
    },
    { scope: 'worker' },
  ],
  baseURL: async ({ keyring }, use) => use(keyring.url),
})

/** A port where nothing listens. */
function closedPort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address()
      const port = typeof address === 'object' && address !== null ? address.port : 0
      server.close(() => resolve(port))
    })
  })
}

const untrusted = 'The server’s certificate is not trusted'
const changed = 'The server’s certificate has changed'
const failed = 'Logging in did not work'

for (const { server, title, words } of [
  { server: 'Expired', title: untrusted, words: 'Nothing was sent to it.' },
  { server: 'Wrong name', title: untrusted, words: 'Nothing was sent to it.' },
  { server: 'Changed', title: changed, words: 'Only if they are the same' },
  { server: 'Unknown', title: untrusted, words: 'CPANEL_FINGERPRINT256' },
  { server: 'No TLS', title: failed, words: 'The server can’t be reached' },
  { server: 'Not running', title: failed, words: 'Check that it runs, then try again.' },
]) {
  test(`a person who logs in to a server that can’t be trusted or reached (${server}) reads which, and what to do`, async ({
    page,
    house,
    keyring,
    addAccount,
    allowConsole,
  }) => {
    allowConsole(httpFailure)
    const { username, password } = addAccount()
    await page.goto('/sign-in')
    await page.getByLabel('Server').selectOption({ label: server })
    await page.getByLabel('Username').fill(username)
    await page.getByLabel('Password').fill(password)
    await page.getByRole('button', { name: 'Log in', exact: true }).click()
    await expect(alert(page, title)).toContainText(words)
    if (server === 'Changed') {
      const notice = alert(page, title)
      await expect(notice.getByRole('term')).toHaveText(['Expected', 'Shown now'])
      await expect(notice.getByRole('definition')).toHaveText([house.demo.fingerprint256, keyring.fingerprintOfOther])
    }
    if (server === 'Unknown') await expect(alert(page, title)).toContainText(house.demo.fingerprint256)
    // Not even the password went out, and what was typed stays for the next try.
    expect(house.demo.calls.filter(({ user }) => user === username)).toEqual([])
    await expect(page.getByLabel('Username')).toHaveValue(username)
  })
}
