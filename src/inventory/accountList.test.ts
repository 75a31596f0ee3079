import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  accountChoiceFrom,
  accountChoiceTo,
  chosenAccounts,
  type AccountChoice,
  type AccountSortKey,
  type ListedAccount,
} from './accountList'
import { compareAsPeopleCount } from './plain.testing'

const FIRST: AccountChoice = {
  query: '',
  plan: null,
  owner: null,
  isSuspended: null,
  hasTokens: null,
  by: 'user',
  isDescending: false,
}

function listed(user: string, more: Partial<ListedAccount> = {}): ListedAccount {
  const told = { user, domain: `${user}.example`, owner: 'root', plan: 'basic', isSuspended: false, tokens: null }
  return { ...told, ...more }
}

/** The users that a choice shows, in order. */
function users(accounts: readonly ListedAccount[], choice: Partial<AccountChoice>): string[] {
  return chosenAccounts(accounts, { ...FIRST, ...choice }).map(({ user }) => user)
}

const text = fc.string({ unit: 'binary', minLength: 1 })
const by = fc.constantFrom<AccountSortKey>('user', 'domain', 'plan', 'owner', 'tokens')
const answer = fc.option(fc.boolean())

describe('the choice in the URL', () => {
  test('comes back as it was', () => {
    const choice = fc.record<AccountChoice>({
      query: fc.string({ unit: 'binary' }),
      plan: fc.option(text),
      owner: fc.option(text),
      isSuspended: answer,
      hasTokens: answer,
      by,
      isDescending: fc.boolean(),
    })
    fc.assert(
      fc.property(choice, (choice) => {
        const search = String(accountChoiceTo(choice))
        expect(accountChoiceFrom(new URLSearchParams(search))).toEqual(choice)
      }),
      { numRuns: 300 },
    )
  })

  test('is nothing where nothing was chosen', () => {
    expect(String(accountChoiceTo(FIRST))).toBe('')
    expect(accountChoiceFrom(new URLSearchParams())).toEqual(FIRST)
  })

  test.each(['sort=colour&dir=up', 'tokens=2&suspended=true', 'package=&owner=&q=', 'isDescending=true'])(
    'that says %s is taken without what is wrong in it',
    (search) => {
      expect(accountChoiceFrom(new URLSearchParams(search))).toEqual(FIRST)
    },
  )

  test('never stops the page', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (search) => {
        const choice = accountChoiceFrom(new URLSearchParams(search))
        expect(accountChoiceFrom(accountChoiceTo(choice))).toEqual(choice)
      }),
    )
  })
})

describe('the list of accounts', () => {
  const account: fc.Arbitrary<ListedAccount> = fc.record({
    user: fc.constantFrom('web1', 'web01', 'web9', 'web10', 'Ada', 'ada'),
    domain: fc.constantFrom('', 'a.example', 'B.example', 'web9.example'),
    owner: fc.constantFrom('root', 'reseller2', 'reseller10'),
    plan: fc.constantFrom('', 'basic', 'big'),
    isSuspended: fc.boolean(),
    tokens: fc.option(fc.nat(3)),
  })
  const choice = fc.record<AccountChoice>({
    query: fc.constantFrom('', ' WEB', 'a', 'b.ex', '.*', '9'),
    plan: fc.constantFrom(null, null, 'big', 'none'),
    owner: fc.constantFrom(null, null, 'root'),
    isSuspended: answer,
    hasTokens: answer,
    by,
    isDescending: fc.boolean(),
  })

  test('is what filtering and sorting by hand gives, and the list it was made of stays as it is', () => {
    fc.assert(
      fc.property(fc.array(account, { maxLength: 30 }), choice, (accounts, choice) => {
        const before = [...accounts]
        const { query, plan, owner, isSuspended, hasTokens, by, isDescending } = choice
        const shown = accounts
          .filter(({ user, domain }) =>
            [user, domain].some((text) => text.toLowerCase().includes(query.trim().toLowerCase())),
          )
          .filter((account) => plan === null || account.plan === plan)
          .filter((account) => owner === null || account.owner === owner)
          .filter((account) => isSuspended === null || account.isSuspended === isSuspended)
          .filter(({ tokens }) => hasTokens === null || (hasTokens ? (tokens ?? 0) > 0 : tokens === 0))
          .sort((one, other) => compareAsPeopleCount(one.user, other.user))
          .sort((one, other) => {
            const upwards =
              by === 'tokens' ? (one.tokens ?? -1) - (other.tokens ?? -1) : compareAsPeopleCount(one[by], other[by])
            return isDescending ? -upwards : upwards
          })
        expect(chosenAccounts(accounts, choice)).toEqual(shown)
        expect(accounts).toEqual(before)
      }),
      { numRuns: 300 },
    )
  })

  test('has web9 before web10, and equals by user whichever way round', () => {
    const accounts = ['web10', 'web9', 'Web8'].map((user) => listed(user))
    expect(users(accounts, {})).toEqual(['Web8', 'web9', 'web10'])
    expect(users(accounts, { isDescending: true })).toEqual(['web10', 'web9', 'Web8'])
    expect(users(accounts, { by: 'plan', isDescending: true })).toEqual(['Web8', 'web9', 'web10'])
  })

  test('says neither that an account has tokens nor that it has none before anybody counted', () => {
    const accounts = [listed('some', { tokens: 2 }), listed('none', { tokens: 0 }), listed('unknown')]
    expect(users(accounts, { hasTokens: true })).toEqual(['some'])
    expect(users(accounts, { hasTokens: false })).toEqual(['none'])
    expect(users(accounts, { by: 'tokens' })).toEqual(['unknown', 'none', 'some'])
    expect(users(accounts, { by: 'tokens', isDescending: true })).toEqual(['some', 'none', 'unknown'])
  })

  test('is searched by user and domain, in either case, blanks around it aside', () => {
    const accounts = [listed('Ada', { domain: 'shop.example' }), listed('bob', { owner: 'shopkeeper', plan: 'shop' })]
    expect(users(accounts, { query: ' SHOP ' })).toEqual(['Ada'])
    expect(users(accounts, { query: 'aDA' })).toEqual(['Ada'])
    expect(users(accounts, { query: '*' })).toEqual([])
  })
})
