/** Types of browser.mjs for playwright.config.ts; the script itself must run before TypeScript is installed. */

/** The program file of a Chrome or Chromium, or undefined: then Playwright finds its own download. */
export function findBrowser(): string | undefined

/** True as root, where Chromium runs only without its sandbox. */
export function isRoot(): boolean
