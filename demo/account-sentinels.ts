import type { Account } from './account'
import { resultSentinels } from './sentinels-of-results'
import { storySentinels } from './sentinels-of-stories'
import { wireSentinels } from './sentinels-of-wire'
import type { NewAccount } from './new-account'
import type { Settings } from './options'
import type { Answer, Reply } from './reply'
import type { Row } from './table'
import type { World } from './world'

/** An account name that provokes a failure. README.md has them all in one table. */
export interface AccountSentinel {
  readonly name: string
  /** How the account is made. */
  readonly account?: (settings: Settings) => NewAccount
  /** The answer to every call, which is not worked on. */
  readonly instead?: Reply
  /** What becomes of an answer on its way out. */
  readonly spoil?: (answer: Answer) => Reply
  /** What becomes of a list; null for `data: null`. */
  readonly list?: (rows: readonly Row[]) => readonly Row[] | null
  /** What happens once tokens or accounts have been listed for the first time. */
  readonly afterFirstList?: (world: World, account: Account) => void
  /** The first command of a WHM batch (counted from 0) that lacks its privilege. */
  readonly batchDeniedFrom?: number
}

/** Every account sentinel (section 12). */
export const accountSentinels: readonly AccountSentinel[] = [...wireSentinels, ...resultSentinels, ...storySentinels]

/** The sentinel an account name means: its name alone, or its name, `_` and anything. */
export function accountSentinelFor(username: string): AccountSentinel | undefined {
  return accountSentinels.find(({ name }) => username === name || username.startsWith(`${name}_`))
}
