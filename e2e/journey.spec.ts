import type { Quirks } from '../demo/quirks'
import { test } from './fixtures'
import { walkMainJourney } from './mainJourney'

/** What CPANEL_API.md leaves open: any server that follows it may behave in any of these ways. */
const servers: Record<string, Partial<Quirks>> = {
  'the documented way': {},
  'wrapped, with numbers as strings': { envelope: 'wrapped', numbers: 'strings', none: 'array', createEchoes: true },
  'loosely, with empty lists for empty maps': {
    emptyObjects: 'arrays',
    unknownParameters: 'ignored',
    uniqueNames: 'case-insensitive',
  },
}

for (const [way, quirks] of Object.entries(servers)) {
  test(`a person does the whole main job on a server that answers ${way}`, async ({
    page,
    house,
    addAccount,
    signIn,
  }) => {
    const account = addAccount({ quirks, tokens: [{ name: 'old-one' }] })
    await signIn(account)
    await walkMainJourney(page, house, account)
  })
}

test('an account without tokens is told what they are for, and makes its first', async ({
  page,
  house,
  addAccount,
  signIn,
}) => {
  const account = addAccount({ tokens: [] })
  await signIn(account)
  await page.getByRole('heading', { name: 'No API tokens yet' }).waitFor()
  await walkMainJourney(page, house, account)
})
