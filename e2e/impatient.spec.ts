import { expect, httpFailure } from './fixtures'
import { testInHouse } from './otherHouse'
import { alert } from './tokenScreens'

/** A Keyring that waits no longer than a second for an answer. */
testInHouse({}, { ANSWER_TIMEOUT: '1' })(
  'a person whose server never answers reads that it took too long, and can try again',
  async ({ page, addAccount, signIn, allowConsole }) => {
    allowConsole(httpFailure)
    await signIn(addAccount({ sentinel: 'hangs' }))
    const notice = alert(page, 'The tokens could not be loaded')
    await expect(notice).toContainText('The server took too long to answer. It may be busy.')
    await notice.getByRole('button', { name: 'Try again' }).click()
    await expect(page.getByRole('status', { name: 'Loading the API tokens…' })).toBeVisible()
    await expect(notice.getByRole('button', { name: 'Try again' })).toBeVisible()
  },
)
