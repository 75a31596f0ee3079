import { expect, type Page } from './fixtures'

/** What a person gets who pastes now. Keyring's own pages may not read the clipboard, so another page pastes it. */
export async function pasted(page: Page): Promise<string> {
  const elsewhere = await page.context().newPage()
  await elsewhere.setContent('<textarea aria-label="elsewhere"></textarea>')
  const box = elsewhere.getByLabel('elsewhere')
  await box.focus()
  await elsewhere.keyboard.press('Control+V')
  await expect(box).not.toHaveValue('')
  const text = await box.inputValue()
  await elsewhere.close()
  return text
}
