import { expect, type Page } from './fixtures'

/** Presses Tab until the element is reached: proof that a keyboard gets there, and that the focus is to be seen. */
export async function tabTo(
  page: Page,
  name: string | RegExp,
  role: 'button' | 'link' | 'textbox' | 'radio' | 'checkbox' | 'searchbox',
) {
  const target = page.getByRole(role, { name, exact: typeof name === 'string' })
  for (let presses = 0; presses < 80; presses += 1) {
    await page.keyboard.press('Tab')
    if (await target.evaluateAll((elements) => elements.some((element) => element === document.activeElement))) {
      await expect(page.locator(':focus')).not.toHaveCSS('outline-style', 'none')
      return
    }
  }
  throw new Error(`Tab does not reach ${role} ${name}`)
}
