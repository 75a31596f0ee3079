/** Takes the README's pictures from the running product: the built server with the demo beside it. Run `npm start` once before. */
import { spawn } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { chromium } from '@playwright/test'
import { findBrowser, isRoot } from './browser.mjs'
import { ROOT } from './run.mjs'

const folder = join(ROOT, 'docs', 'pictures')
mkdirSync(folder, { recursive: true })

const server = spawn(process.execPath, [join(ROOT, 'scripts', 'start.mjs')], {
  env: { ...process.env, PORT: '0', LOG_LEVEL: 'silent' },
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

/** Signs in as alice in a window of its own and hands the page over. */
async function withAlice({ width, height, colorScheme }, show) {
  const context = await browser.newContext({ viewport: { width, height }, colorScheme, locale: 'en-US' })
  const page = await context.newPage()
  await page.goto(url)
  await page.getByRole('button', { name: 'Use alice' }).click()
  await page.getByRole('button', { name: 'Log in', exact: true }).click()
  await page.getByRole('table').waitFor()
  await page.getByRole('button', { name: 'Dismiss this notice' }).click()
  await show(page)
  await context.close()
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
    await page.getByRole('heading', { name: 'Token Created Successfully' }).waitFor()
    await page.getByRole('heading', { name: 'Token Created Successfully' }).scrollIntoViewIfNeeded()
    // Even a simulated secret has no place in a picture.
    const mask = [page.getByLabel('API Token', { exact: true }), page.locator('pre')]
    await page.screenshot({ path: join(folder, 'once-dark.png'), mask, maskColor: '#39424f' })
  })
} finally {
  await browser.close()
  server.kill('SIGTERM')
}
