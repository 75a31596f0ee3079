import { expect, httpFailure, tokensUrl } from './fixtures'
import { testInHouse } from './otherHouse'
import { alert } from './tokenScreens'

/** A Keyring that waits no longer than a second for an answer. */
const test = testInHouse({ slowMs: 3_000 }, { ANSWER_TIMEOUT: '1' })

for (const sentinel of ['hangs', 'slow']) {
  test(`a person whose server never answers in time (${sentinel}) reads that it took too long, and can try again`, async ({
    page,
    addAccount,
    signIn,
    allowConsole,
  }) => {
    allowConsole(httpFailure)
    const account = addAccount({ sentinel })
    await signIn(account)
    const notice = alert(page, 'The tokens could not be loaded')
    await expect(notice).toContainText('The server took too long to answer. It may be busy.')
    await notice.getByRole('button', { name: 'Try again' }).click()
    await expect(page.getByRole('status', { name: 'Loading the API tokens…' })).toBeVisible()
    await expect(notice.getByRole('button', { name: 'Try again' })).toBeVisible()
    await page.goto(`${tokensUrl(account)}/any`)
    await expect(notice).toBeVisible()
  })
}
