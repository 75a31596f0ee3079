import { defineConfig } from '@playwright/test'
import { findBrowser, isRoot } from './scripts/browser.mjs'

const executablePath = findBrowser()

/**
 * Each worker starts its own servers on free ports (e2e's fixtures do), so there is no `webServer` here. Language and
 * time zone are fixed: dates on screen are part of what is tested.
 */
export default defineConfig({
  testDir: 'e2e',
  fullyParallel: true,
  workers: 2,
  retries: 0,
  forbidOnly: true,
  globalTimeout: 25 * 60_000,
  reporter: [[process.stdout.isTTY ? 'list' : 'dot'], ['./e2e/matrixReporter.ts']],
  use: {
    locale: 'en-US',
    timezoneId: 'America/New_York',
    permissions: ['clipboard-read', 'clipboard-write'],
    screenshot: 'only-on-failure',
    actionTimeout: 15_000,
    launchOptions: {
      ...(executablePath !== undefined && { executablePath }),
      args: [
        ...(isRoot() ? ['--no-sandbox'] : []),
        '--disable-gpu',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--no-first-run',
      ],
    },
  },
})
