import { expect, type Page } from './fixtures'

/**
 * A person who pastes gets this text, a moment after they pressed Copy. Keyring's own pages may not read the clipboard, so
 * another page pastes it.
 */
export async function expectPasted(page: Page, text: string): Promise<void> {
  const elsewhere = await page.context().newPage()
  await elsewhere.setContent('<textarea aria-label="elsewhere"></textarea>')
  const box = elsewhere.getByLabel('elsewhere')
  await expect(async () => {
    await box.fill('')
    await box.press('Control+V')
    await expect(box).toHaveValue(text, { timeout: 500 })
  }).toPass()
  await elsewhere.close()
}
