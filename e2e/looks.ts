import { AxeBuilder } from '@axe-core/playwright'
import { expect, type Page } from './fixtures'

/** What axe finds on a page, as `screen: rule element`. In one go: pages of the house have no frames of others. */
async function found(page: Page, screen: string, rules?: string[]): Promise<string[]> {
  const axe = new AxeBuilder({ page }).setLegacyMode()
  const { violations } = await (rules ? axe.withRules(rules) : axe).analyze()
  return violations.map(({ id, nodes }) => `${screen}: ${id} ${nodes[0]?.html}`)
}

/** Nothing of a screen is hard to see or to understand, light or dark. Goes on where something is. */
export async function expectAccessible(page: Page, screen: string): Promise<void> {
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
  expect.soft(await found(page, screen)).toEqual([])
  // Only colours differ in the dark.
  await page.emulateMedia({ colorScheme: 'dark' })
  expect.soft(await found(page, `${screen}, dark`, ['color-contrast'])).toEqual([])
  await page.emulateMedia({ colorScheme: 'light' })
}

/** Nothing has to be scrolled sideways to be read. What floats over the page finds its place a frame later. */
export async function expectNoSideways(page: Page, screen: string, widths: readonly number[]): Promise<void> {
  for (const width of widths) {
    await page.setViewportSize({ width, height: 900 })
    const overflow = () => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
    await expect.soft.poll(overflow, { message: `${screen} at ${width}` }).toBeLessThanOrEqual(0)
  }
}
