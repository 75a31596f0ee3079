/** Takes the README's pictures from the running product: the built server with the demo beside it. Run `npm start` once before. */
import { spawn } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from '@playwright/test'
import { findBrowser, isRoot } from './browser.mjs'
import { ROOT } from './run.mjs'

const folder = join(ROOT, 'docs', 'pictures')
mkdirSync(folder, { recursive: true })

const server = spawn(process.execPath, [join(ROOT, 'scripts', 'start.mjs')], {
  env: {
    ...process.env,
    PORT: '0',
    LOG_LEVEL: 'silent',
    DEMO_SERVERS: '2',
    // No servers of whoever takes the pictures.
    ADDED_SERVERS_FILE: join(tmpdir(), 'keyring-without-added-servers', 'servers.json'),
  },
  stdio: ['ignore', 'pipe', 'inherit'],
})
const url = await new Promise((resolve, reject) => {
  server.stdout.on('data', (chunk) => /Ready: (\S+)/.test(chunk) && resolve(/Ready: (\S+)/.exec(chunk)[1]))
  server.once('exit', () => reject(new Error('The server ended before it was ready.')))
})
const browser = await chromium.launch({
  executablePath: findBrowser(),
  args: [...(isRoot() ? ['--no-sandbox'] : []), '--disable-gpu', '--disable-background-networking'],
})

/** A window of its own; what it shows goes with it. */
async function inWindow({ width, height, colorScheme }, show) {
  const context = await browser.newContext({ viewport: { width, height }, colorScheme, locale: 'en-US' })
  await show(await context.newPage())
  await context.close()
}

async function logIn(page, user, server = 'Demo server') {
  await page.goto(`${url}/sign-in`)
  await page.getByRole('button', { name: `Use ${user}` }).click()
  await page.getByLabel('Server', { exact: true }).selectOption(server)
  await page.getByLabel('Password').fill('demo-password-1')
  await page.getByRole('button', { name: 'Log in', exact: true }).click()
  await page.getByRole('table').waitFor()
}

function withAlice(window, show) {
  return inWindow(window, async (page) => {
    await logIn(page, 'alice')
    for (const name of ['Dismiss this notice', 'Dismiss this notice until tomorrow'])
      await page.getByRole('button', { name, exact: true }).click()
    await page.mouse.move(0, 0)
    await page.evaluate(() => scrollTo(0, 0))
    await show(page)
  })
}

try {
  await withAlice({ width: 1200, height: 860, colorScheme: 'light' }, (page) =>
    page.screenshot({ path: join(folder, 'list-light.png') }),
  )
  await withAlice({ width: 375, height: 800, colorScheme: 'light' }, (page) =>
    page.screenshot({ path: join(folder, 'phone-light.png') }),
  )
  await withAlice({ width: 1200, height: 1000, colorScheme: 'dark' }, async (page) => {
    await page.getByRole('link', { name: 'Create' }).click()
    await page.getByLabel('API Token Name').fill('release-notes')
    await page.getByRole('button', { name: 'Create', exact: true }).click()
    await page.getByRole('button', { name: 'Test this token' }).waitFor()
    await page.evaluate(() => scrollTo(0, 0))
    // Even a simulated secret has no place in a picture.
    const mask = [page.getByLabel('API Token', { exact: true }), page.locator('pre')]
    await page.screenshot({ path: join(folder, 'once-dark.png'), mask, maskColor: '#39424f' })
  })
  await inWindow({ width: 1400, height: 900, colorScheme: 'light' }, async (page) => {
    await logIn(page, 'resell')
    await logIn(page, 'resell', 'Demo server 2')
    await page.goto(`${url}/tokens`)
    await page.getByText(/accounts asked\. As of/).waitFor()
    await page.getByRole('searchbox').blur()
    await page.screenshot({ path: join(folder, 'all-light.png') })
  })
  await inWindow({ width: 1200, height: 900, colorScheme: 'light' }, async (page) => {
    await logIn(page, 'root')
    await page.getByRole('link', { name: 'WHM API Tokens' }).click()
    await page.getByRole('link', { name: 'Edit nagios' }).click()
    await page.getByRole('checkbox', { name: 'List Accounts list-accts' }).check()
    await page.getByLabel('Whitelisted IPs').fill('192.0.2.10\n198.51.100.0/24')
    await page.getByRole('button', { name: '90 days' }).click()
    await page.getByLabel('Only what is selected').check()
    await page.getByRole('region', { name: 'What will change' }).scrollIntoViewIfNeeded()
    await page.screenshot({ path: join(folder, 'whm-light.png') })
  })
} finally {
  await browser.close()
  server.kill('SIGTERM')
}
