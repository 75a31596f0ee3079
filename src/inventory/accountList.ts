import { naturalKey } from './searchTexts'

/** An account as the list of accounts shows it; `tokens` is null while nobody has counted. */
export type ListedAccount = {
  user: string
  domain: string
  owner: string
  plan: string
  isSuspended: boolean
  tokens: number | null
}

const ACCOUNT_SORT_KEYS = ['user', 'domain', 'plan', 'owner', 'tokens'] as const
export type AccountSortKey = (typeof ACCOUNT_SORT_KEYS)[number]

/** Which accounts to show; null and empty ask nothing. */
export type AccountChoice = {
  query: string
  plan: string | null
  owner: string | null
  isSuspended: boolean | null
  hasTokens: boolean | null
  by: AccountSortKey
  isDescending: boolean
}

/** The choice a query string makes; what it has wrong is left out. */
export function accountChoiceFrom(search: URLSearchParams): AccountChoice {
  const isYes = (key: string) => (search.get(key) === 'yes' ? true : search.get(key) === 'no' ? false : null)
  return {
    query: search.get('q') ?? '',
    plan: search.get('package') || null,
    owner: search.get('owner') || null,
    isSuspended: isYes('suspended'),
    hasTokens: isYes('tokens'),
    by: ACCOUNT_SORT_KEYS.find((key) => key === search.get('sort')) ?? 'user',
    isDescending: search.get('dir') === 'desc',
  }
}

/** The query string of a choice; what is as at first is not said. */
export function accountChoiceTo(choice: AccountChoice): URLSearchParams {
  const said: readonly (readonly [key: string, value: string | null])[] = [
    ['q', choice.query],
    ['package', choice.plan],
    ['owner', choice.owner],
    ['suspended', yesOrNo(choice.isSuspended)],
    ['tokens', yesOrNo(choice.hasTokens)],
    ['sort', choice.by === 'user' ? null : choice.by],
    ['dir', choice.isDescending ? 'desc' : null],
  ]
  const search = new URLSearchParams()
  for (const [key, value] of said) if (value) search.set(key, value)
  return search
}

function yesOrNo(value: boolean | null): string | null {
  return value === null ? null : value ? 'yes' : 'no'
}

/** The accounts of a choice in its order. What nobody has counted yet has neither tokens nor none. */
export function chosenAccounts(accounts: readonly ListedAccount[], choice: AccountChoice): ListedAccount[] {
  const query = choice.query.trim().toLowerCase()
  const shown = accounts.filter(
    (account) =>
      (query === '' || account.user.toLowerCase().includes(query) || account.domain.toLowerCase().includes(query)) &&
      (choice.plan === null || account.plan === choice.plan) &&
      (choice.owner === null || account.owner === choice.owner) &&
      (choice.isSuspended === null || account.isSuspended === choice.isSuspended) &&
      (choice.hasTokens === null || (account.tokens !== null && account.tokens > 0 === choice.hasTokens)),
  )
  const keyed = shown.map((account) => ({ account, key: keyOf(account, choice.by), user: naturalKey(account.user) }))
  const direction = choice.isDescending ? -1 : 1
  keyed.sort((one, other) => direction * compare(one.key, other.key) || compare(one.user, other.user))
  return keyed.map(({ account }) => account)
}

function keyOf(account: ListedAccount, by: AccountSortKey): string | number {
  return by === 'tokens' ? (account.tokens ?? -1) : naturalKey(account[by])
}

function compare(one: string | number, other: string | number): number {
  return one < other ? -1 : Number(one > other)
}
