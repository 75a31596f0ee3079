import * as fc from 'fast-check'
import type { ApiToken } from '../cpanel/token'
import { applyPatch, type AccountFacts, type Patch } from './columns'
import { accountIndex, newInventory, putAccounts, putTokens, rowOf, type Inventory } from './inventory'
import { addSearchTexts } from './searchTexts'
import { newViewer, type Viewer } from './view'

export const DAY = 86_400
/** Seconds since epoch. */
export const NOW = Date.UTC(2027, 4, 31, 12) / 1000

export function facts(user: string, more: Partial<AccountFacts> = {}): AccountFacts {
  const told = { server: 's1', serverName: 'One', user, domain: `${user}.example`, owner: 'root', plan: 'basic' }
  return { ...told, isSuspended: false, ...more }
}

/** @param expires seconds since epoch, null for never */
export function token(name: string, expires: number | null = null, more: Partial<ApiToken> = {}): ApiToken {
  const expiry = expires === null ? { kind: 'never' as const } : { kind: 'at' as const, at: new Date(expires * 1000) }
  return { name, created: null, expiry, access: { kind: 'full' }, ...more }
}

/** A row as one would write it down without columns. */
export type PlainRow = { row: number; account: number; facts: AccountFacts; token: ApiToken }

/** An inventory as the page has it and a viewer as the Worker has it, without names, both told the same. */
export type Followed = {
  inventory: Inventory
  viewer: Viewer
  tell: (facts: AccountFacts, tokens: readonly ApiToken[]) => void
  /** What was told last, in no order that matters. */
  rows: () => PlainRow[]
}

export function followed(): Followed {
  const [inventory, viewer] = [newInventory(), newViewer()]
  const told = new Map<number, { facts: AccountFacts; tokens: readonly ApiToken[] }>()
  function follow(patch: Patch) {
    applyPatch(viewer.columns, patch)
    viewer.columns.names.length = 0
    addSearchTexts(viewer.texts, patch)
  }
  return {
    inventory,
    viewer,
    tell(facts, tokens) {
      follow(putAccounts(inventory, [facts]))
      const account = accountIndex(inventory, facts) ?? -1
      follow(putTokens(inventory, account, tokens))
      told.set(account, { facts, tokens })
    },
    rows: () =>
      [...told].flatMap(([account, { facts, tokens }]) =>
        tokens.map((token) => ({ row: rowOf(inventory, account, token.name) ?? -1, account, facts, token })),
      ),
  }
}

/** Few of everything, so that much is equal, and some of it only nearly. */
const names = ['a', 'A', 'b', 'ci-9', 'ci-10', 'ci-09', 'ci-9x', '9', '10', 'a.b', '[a]', '-', '*', 'a*', 'Backup']
export const anySecond = fc.constantFrom(
  ...[-400, -365, -30, 0, 1, 7, 8, 30, 90, 91, 400].map((days) => NOW + days * DAY),
)
const anyToken = fc
  .record({
    name: fc.constantFrom(...names),
    expires: fc.option(anySecond),
    created: fc.option(anySecond.map((second) => new Date(second * 1000))),
    access: fc.constantFrom<ApiToken['access']>(
      { kind: 'full' },
      { kind: 'read-only' },
      { kind: 'limited', features: ['email'] },
      { kind: 'whm', privileges: ['list-accts'], addresses: ['192.0.2.1'] },
    ),
  })
  .map(({ name, expires, ...more }) => token(name, expires, more))
const anyFacts = fc
  .record({
    server: fc.constantFrom('s1', 's01', 's2'),
    serverName: fc.constantFrom('One', 'one', 'Two'),
    user: fc.constantFrom('web1', 'web01', 'web10', 'web9', 'zed'),
    domain: fc.constantFrom('', 'a.example', 'B.example', 'web9.example'),
    owner: fc.constant('root'),
    plan: fc.constantFrom('', 'basic', 'big'),
    isSuspended: fc.boolean(),
  })
  // A reseller is an account and a WHM user of one name.
  .chain((one) => fc.constantFrom<AccountFacts>(one, { ...one, isWhmUser: true }))

/** What accounts tell, again and again: tokens come, go and change, and so does what is known of the account. */
export const anyHistory = fc.array(
  fc.tuple(anyFacts, fc.uniqueArray(anyToken, { selector: ({ name }) => name, maxLength: 6 })),
  { maxLength: 12 },
)
