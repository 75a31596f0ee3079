import type { AccountSentinel } from './account-sentinels'
import { garbageRows } from './garbage'
import { makeUpTokens } from './made-up'
import type { NewAccount } from './new-account'
import type { Settings } from './options'
import { seededRandom } from './random'

const hugeCount = 5000
const tenMinutes = 600_000

/** Accounts whose answers are well-formed HTTP and JSON, but not what the documentation shows (section 12). */
export const resultSentinels: readonly AccountSentinel[] = [
  { name: 'nulldata', list: () => null },
  { name: 'strings', account: () => ({ quirks: { numbers: 'strings' } }) },
  { name: 'wrapped', account: () => ({ quirks: { envelope: 'wrapped' } }) },
  {
    name: 'emptyarrays',
    account: () => ({ tokenCount: 0, quirks: { emptyObjects: 'arrays', noTokens: 'array', none: 'array' } }),
  },
  { name: 'duplicates', list: (rows) => [...rows, ...rows] },
  { name: 'garbage', list: (rows) => [...rows, ...garbageRows] },
  { name: 'huge', account: huge },
  { name: 'limited', account: () => ({ tokens: [{ name: 'zone-editor', features: ['zoneedit'] }] }) },
  { name: 'ahead', account: () => ({ clockOffsetMs: tenMinutes }) },
  { name: 'behind', account: () => ({ clockOffsetMs: -tenMinutes }) },
]

function huge(settings: Settings): NewAccount {
  const tokens = makeUpTokens(seededRandom('huge'), hugeCount, Math.floor(settings.clock() / 1000))
  return { tokens, tokenCount: 0, whmTokens: tokens, reseller: true }
}
