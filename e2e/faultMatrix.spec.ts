import { mishaps, type Mishap } from '../demo/mishap'
import { expect, httpFailure, type House, type Page } from './fixtures'
import { callsFor, expectSessionEnded, noteCell, places } from './matrix'
import { testInHouse } from './otherHouse'
import { alert, createButton, renameToken, revokeToken } from './tokenScreens'
import { nameField, saveButton } from './whmLogin'

/** A Keyring that waits a second for an answer that never comes. */
const test = testInHouse({ accounts: 0 }, { ANSWER_TIMEOUT: '1' })

/**
 * How a write ends that met a mishap, at the server and in words: why it failed.
 */
type End = { isDone: boolean; why?: string }

const ends: Record<Mishap, End> = {
  'lost-request': { isDone: false, why: 'can’t be reached, or the connection to it broke' },
  'lost-answer': { isDone: true },
  'cut-answer': { isDone: true },
  'late-answer': { isDone: true },
  'status-401': { isDone: false },
  'status-403': { isDone: false, why: 'The server refused this call.' },
  'status-429': { isDone: false, why: 'The server asks for a break.' },
  'status-500': { isDone: false, why: 'reported a fault of its own' },
  'status-502': { isDone: false, why: 'reported a fault of its own' },
  'tls-break': { isDone: true },
  // The list can't be read at once either; it is asked for again.
  restart: { isDone: false, why: 'can’t be reached, or the connection to it broke' },
}

type Operation = {
  place: keyof typeof places
  what: 'creating' | 'renaming' | 'revoking'
  /** The function whose call meets the mishap. */
  call: string
  /** The page, below the token screens. */
  page: (token: string) => string
  act: (page: Page, token: string) => Promise<void>
  /** What the page says once it is done, and the title of what it says where it is not. */
  done: (token: string) => string
  failed: string
  /** The names that the server has before, and once it is done. */
  before: (token: string) => string[]
  after: (token: string) => string[]
}

const revoking = {
  what: 'revoking',
  page: (token) => `/${token}`,
  act: (page) => revokeToken(page),
  done: (token) => `Revoked ${token}.`,
  failed: 'The token was not revoked',
  before: (token) => [token],
  after: () => [],
} satisfies Partial<Operation>

// The secret went with the answer.
const lost = () => 'The token exists, but its secret was lost'
const notCreated = {
  failed: 'The token was not created',
  done: lost,
  before: () => [],
  after: (name: string) => [name],
}

const ofAccounts = (place: Operation['place']): Operation[] => [
  {
    ...notCreated,
    place,
    what: 'creating',
    call: 'Tokens::create_full_access',
    page: () => '/create',
    act: async (page, token) => {
      await page.getByLabel('API Token Name').fill(token)
      await createButton(page).click()
    },
  },
  {
    place,
    what: 'renaming',
    call: 'Tokens::rename',
    page: (token) => `/${token}`,
    act: (page, token) => renameToken(page, `${token}-2`),
    done: (token) => `Renamed ${token} to ${token}-2.`,
    failed: 'The token was not renamed',
    before: (token) => [token],
    after: (token) => [`${token}-2`],
  },
  { ...revoking, place, call: 'Tokens::revoke' },
]

const operations: Operation[] = [
  ...ofAccounts('of an account'),
  ...ofAccounts('of an account, through WHM'),
  {
    ...notCreated,
    place: 'of WHM',
    what: 'creating',
    call: 'api_token_create',
    page: () => '/create',
    act: async (page, token) => {
      await page.getByLabel('Name', { exact: true }).fill(token)
      await page.getByRole('checkbox', { name: /^List Accounts/ }).check()
      await page.getByRole('button', { name: 'Save', exact: true }).click()
    },
  },
  {
    place: 'of WHM',
    what: 'renaming',
    call: 'api_token_update',
    page: (token) => `/${token}`,
    act: async (page, token) => {
      await nameField(page).fill(`${token}-2`)
      await saveButton(page).click()
    },
    done: (token) => `Saved ${token}-2.`,
    failed: 'The token was not saved',
    before: (token) => [token],
    after: (token) => [`${token}-2`],
  },
  { ...revoking, place: 'of WHM', call: 'api_token_revoke' },
]

test.beforeEach(({ allowConsole }) => allowConsole(httpFailure))

for (const operation of operations) {
  test(`${operation.what} a token ${operation.place} ends as done or as not done, whatever happens to the call`, async ({
    page,
    house,
  }) => {
    test.setTimeout(180_000)
    for (const mishap of mishaps) await test.step(mishap, () => meet(page, house, operation, mishap))
  })
}

/** One cell of the matrix: what the page says and what the server has are the same, and it was asked once. */
async function meet(page: Page, house: House, operation: Operation, mishap: Mishap): Promise<void> {
  const { place, what, call, act, done, failed, before, after } = operation
  const token = `t-${mishap}`
  const { url, account } = await places[place].begin(page, house, before(token))
  await page.goto(`${url}${operation.page(token)}`)
  house.demo.plan(mishap, { name: call, account })
  await act(page, token)
  const { isDone, why } = ends[mishap]
  if (isDone) await expect(page.getByText(done(token), { exact: true }).first()).toBeVisible()
  else if (why === undefined) await expectSessionEnded(page)
  else await expect(alert(page, failed)).toContainText(why)
  expect(places[place].names(house, account)).toEqual(isDone ? after(token) : before(token))
  expect(callsFor(house, account, call)).toBe(1)
  noteCell(`${what} a token ${place}`, mishap, isDone ? 'done' : 'not done')
}
