import type { AccountSentinel } from './account-sentinels'
import { garbageRows } from './garbage'
import { makeUpTokens } from './made-up'
import type { NewAccount } from './new-account'
import type { Settings } from './options'
import { seededRandom } from './random'
import type { Row } from './table'

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
  { name: 'wrongtypes', list: wrongTypes },
  { name: 'heavy', list: heavy },
  { name: 'huge', account: huge },
  { name: 'limited', account: () => ({ tokens: [{ name: 'zone-editor', features: ['zoneedit'] }] }) },
  { name: 'ahead', account: () => ({ clockOffsetMs: tenMinutes }) },
  { name: 'behind', account: () => ({ clockOffsetMs: -tenMinutes }) },
]

/** Rows with all the fields that are documented, each of a type that is not. */
function wrongTypes(rows: readonly Row[]): Row[] {
  return rows.map((row) => ({
    name: { text: row['name'] },
    create_time: [row['create_time']],
    expires_at: 'tomorrow',
    features: 'all',
    has_full_access: [],
    readonly: {},
  }))
}

const tenMegabytes = 10_000_000

/** The same rows with ten megabytes that nobody asked for, and one with a name of a million characters. */
function heavy(rows: readonly Row[]): Row[] {
  const note = 'n'.repeat(tenMegabytes / Math.max(1, rows.length))
  return [...rows.map((row) => ({ ...row, note })), { name: 'n'.repeat(1_000_000), create_time: 1, expires_at: null }]
}

function huge(settings: Settings): NewAccount {
  const tokens = makeUpTokens(seededRandom('huge'), hugeCount, Math.floor(settings.clock() / 1000))
  return { tokens, tokenCount: 0, whmTokens: tokens, reseller: true }
}
