import { stat } from 'node:fs/promises'
import { button, find, findNew, inRows, test, trustAs } from './addedServers'
import { expectAccessible, expectNoSideways } from './looks'
import { expect } from './fixtures'
import { alert } from './tokenScreens'

test('a person who mistypes the address reads what is wrong with it, and goes on from there', async ({
  page,
  house: { demo },
  open,
}) => {
  const noTls = await demo.addListener({ kind: 'cpanel', certificate: 'no-tls' })
  await open()
  await button(page, 'Add a server…').click()
  await expect(page.getByLabel('Address')).toBeFocused()
  for (const [address, words] of [
    ['', 'Enter the address of the server.'],
    ['my server', 'This is no address of a server.'],
    ['http://server.example.com', 'Enter it without http://.'],
    ['https://root:secret@server.example.com', 'Leave out the user name and the password'],
    ['server.example.com:2086', 'Use 2083 for cPanel or 2087 for WHM.'],
    ['server.example.com:2096', 'That port is for webmail'],
  ] as const) {
    await find(page, address)
    await expect(page.getByLabel('Address')).toHaveAccessibleDescription(new RegExp(words))
  }
  for (const [address, words] of [
    ['127.0.0.1:9', 'Nothing listens on port 9 of 127.0.0.1.'],
    ['nowhere.invalid', 'There is no server named nowhere.invalid.'],
    [noTls.url.replace('http://', ''), 'does not speak TLS'],
  ] as const) {
    await find(page, address)
    await expect(alert(page, 'No server was found there')).toContainText(words)
  }
  await page.keyboard.press('Escape')
  await expect(button(page, 'Add a server…')).toBeFocused()
})

test('a person can’t trust a certificate by mistake: not with a key pressed too often, nor when the fingerprints differ', async ({
  page,
  house: { demo },
  file,
  open,
}) => {
  await open()
  await findNew(page, demo.cpanelUrl)
  await page.keyboard.press('Enter')
  await page.getByLabel('Name', { exact: true }).press('Enter')
  await button(page, 'Trust and add').click()
  await expect(page.getByText('Choose who logs in there')).toBeVisible()
  await page.getByLabel('cPanel', { exact: true }).check()
  const other = await demo.addListener({ kind: 'cpanel', certificate: 'other' })
  await page.getByLabel('Fingerprint that the server shows').fill(other.fingerprint256)
  await expect(page.getByText('They differ')).toBeVisible()
  await expect(button(page, 'Trust and add')).toBeDisabled()
  await expect(stat(file)).rejects.toThrow('ENOENT')
  await other.close()
})

test('a person whose server changes its certificate between the look and the yes is told, and nothing is added', async ({
  page,
  house: { demo },
  file,
  open,
}) => {
  const before = await demo.addListener({ kind: 'cpanel', certificate: 'other' })
  await open()
  await findNew(page, before.url)
  await before.close()
  const after = await demo.addListener({ kind: 'cpanel', certificate: 'other', port: Number(new URL(before.url).port) })
  await page.getByLabel('cPanel', { exact: true }).check()
  await button(page, 'Trust and add').click()
  await expect(alert(page, 'The certificate changed just now')).toContainText('nothing was added')
  await expect(stat(file)).rejects.toThrow('ENOENT')
  await button(page, 'Look again').click()
  await expect(page.getByRole('region', { name: '127.0.0.1 answers' })).toContainText(inRows(after.fingerprint256))
  await after.close()
})

test('a person is not asked to add what is configured already, but led to it', async ({
  page,
  house: { demo },
  open,
}) => {
  await open({ CPANEL_URL: demo.cpanelUrl, CPANEL_FINGERPRINT256: demo.fingerprint256 })
  await findNew(page, demo.cpanelUrl)
  await expect(alert(page, 'This server is in the list already')).toBeVisible()
  await button(page, 'Log in to 127.0.0.1').click()
  await expect(page.getByRole('heading', { name: 'Log in' })).toBeVisible()
})

for (const { setting, value } of [
  { setting: 'ADD_SERVERS', value: 'no' },
  { setting: 'TRUST_PROXY', value: '127.0.0.1' },
]) {
  test(`nobody is offered to add a server where others come in as well (${setting})`, async ({ page, open }) => {
    await open({ [setting]: value })
    await expect(button(page, 'Log in')).toBeVisible()
    await expect(page.getByText('Add a server')).toHaveCount(0)
  })
}

test('axe finds nothing wherever one adds a server, and nothing scrolls sideways on a phone', async ({
  page,
  house: { demo },
  open,
}) => {
  test.setTimeout(120_000)
  const [expired, other] = await Promise.all(
    (['expired', 'other'] as const).map((certificate) => demo.addListener({ kind: 'cpanel', certificate })),
  )
  const look = async (screen: string) => {
    await expectAccessible(page, screen)
    await expectNoSideways(page, screen, [320, 375, 1440])
  }
  await open()
  await look('login')
  await button(page, 'Add a server…').click()
  await find(page, 'http://server')
  await expect(page.getByText('Enter it without http://')).toBeVisible()
  await look('wrong address')
  await find(page, '127.0.0.1:9')
  await page.getByRole('alert').waitFor()
  await look('nothing found')
  await find(page, expired?.url ?? '')
  await expect(page.getByText(/^It expired /)).toBeVisible()
  await page.getByLabel('Fingerprint that the server shows').fill('0'.repeat(64))
  await look('found, expired and different')
  await find(page, other?.url ?? '')
  await expect(page.getByText('Is this really your server?')).toBeVisible()
  await look('found')
  await trustAs(page, 'A')
  await button(page, 'Forget this server').click()
  await look('added, about to be forgotten')
})
