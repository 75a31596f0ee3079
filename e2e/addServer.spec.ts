import { readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { button, findNew, inRows, logIn, server, test, trustAs } from './addedServers'
import { expect, httpFailure } from './fixtures'
import { alert } from './tokenScreens'

test('a person adds a server by its address, compares, logs in, and finds it again after a restart', async ({
  page,
  house: { demo },
  addAccount,
  file,
  open,
}) => {
  test.setTimeout(60_000)
  const account = addAccount({ tokens: [{ name: 'old-one' }] })
  const listener = await demo.addListener({ kind: 'cpanel', certificate: 'other' })
  const { url, fingerprint256 } = listener
  const keyring = await open()
  // A whole pasted address, with the token of somebody's session in it.
  await findNew(page, `${url}/cpsess0123456789/frontend/jupiter/index.html`)
  const found = page.getByRole('region', { name: '127.0.0.1 answers' })
  await expect(found).toContainText(inRows(fingerprint256))
  await expect(found).toContainText('itself (self-signed)')
  await expect(found.getByRole('note', { name: 'Is this really your server?' })).toBeVisible()
  await expect(found.getByRole('region', { name: /^Run this/ })).toContainText(`localhost:${new URL(url).port}`)
  await page.getByLabel('Fingerprint that the server shows').fill(`sha256 Fingerprint=${fingerprint256}`)
  await expect(page.getByText('They are the same: this is your server.')).toBeVisible()
  await trustAs(page, 'Mine')
  await expect(server(page)).toBeFocused()
  expect((await stat(file)).mode & 0o777).toBe(0o600)
  expect(await readFile(file, 'utf8')).not.toContain('cpsess')
  expect(keyring.log()).not.toContain('cpsess')
  await logIn(page, account)
  await expect(page.getByRole('row', { name: /old-one/ })).toBeVisible()
  await keyring.close()

  await open()
  await expect(server(page).locator('option')).toHaveText(['127.0.0.1', 'Mine'])
  await server(page).selectOption('Mine')
  await logIn(page, account)
  await expect(page.getByRole('row', { name: /old-one/ })).toBeVisible()
  await listener.close()
})

test('a person whose added server shows a new certificate sees both fingerprints, trusts the new one, and has it forgotten', async ({
  page,
  house: { demo },
  addAccount,
  allowConsole,
  file,
  open,
}) => {
  test.setTimeout(60_000)
  allowConsole(httpFailure)
  const account = addAccount({ tokens: [{ name: 'old-one' }] })
  const first = await demo.addListener({ kind: 'cpanel', certificate: 'other' })
  await open()
  await findNew(page, first.url)
  await trustAs(page, 'Mine')
  const port = Number(new URL(first.url).port)
  await first.close()
  const renewed = await demo.addListener({ kind: 'cpanel', certificate: 'other', port })
  await logIn(page, account)
  const changed = alert(page, 'The server’s certificate has changed')
  await expect(changed).toContainText('Nothing was sent to it.')
  await expect(changed.getByRole('definition')).toHaveText([first.fingerprint256, renewed.fingerprint256])
  await button(page, 'Look at the new certificate…').click()
  await expect(page.getByRole('heading', { name: 'The certificate of Mine' })).toBeVisible()
  const found = page.getByRole('region', { name: '127.0.0.1 answers' })
  for (const { fingerprint256 } of [first, renewed]) await expect(found).toContainText(inRows(fingerprint256))
  await button(page, 'Trust this certificate').click()
  await expect(server(page).locator('option:checked')).toHaveText('Mine')
  await logIn(page, account)
  await expect(page.getByRole('row', { name: /old-one/ })).toBeVisible()

  await page.goto(new URL('/sign-in', page.url()).href)
  // The one of last time stands there already.
  await expect(server(page).locator('option:checked')).toHaveText('Mine')
  await button(page, 'Forget this server').click()
  await expect(page.getByText('Forget Mine?')).toBeFocused()
  await expect(page.getByText('Nothing on the server changes')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(button(page, 'Forget this server')).toBeFocused()
  await button(page, 'Forget this server').click()
  await button(page, 'Forget it').click()
  await expect(page.getByRole('status').filter({ hasText: 'Forgot Mine.' })).toBeVisible()
  await expect(server(page)).toBeFocused()
  await expect(server(page).locator('option')).toHaveText(['127.0.0.1'])
  await expect(page.getByText(`logged in as ${account.username}`)).toBeHidden()
  expect(await readFile(file, 'utf8')).not.toContain(String(port))
  expect(demo.tokens(account.username).map(({ name }) => name)).toEqual(['old-one'])
  await renewed.close()
})

test('a person whose server has a certificate of a known authority compares nothing, and no fingerprint is pinned', async ({
  page,
  house: { demo },
  addAccount,
  file,
  open,
}) => {
  const account = addAccount()
  const authorities = join(file, '..', '..', 'authorities.pem')
  await writeFile(authorities, demo.certificatePem)
  await open({ NODE_EXTRA_CA_CERTS: authorities })
  await findNew(page, demo.cpanelUrl)
  await expect(page.getByRole('note', { name: 'Its certificate is trusted' })).toBeVisible()
  await expect(page.getByText('Run this on the server')).toBeHidden()
  await page.getByLabel('cPanel', { exact: true }).check()
  await button(page, 'Add the server').click()
  await logIn(page, account)
  await expect(page.getByRole('heading', { name: 'List API Tokens' })).toBeVisible()
  expect(await readFile(file, 'utf8')).not.toContain('fingerprint256')
})
