import { across } from './across'
import { allTokens } from './allTokens'
import { connections } from './connections'
import { create } from './create'
import { errors } from './errors'
import { frame } from './frame'
import { list } from './list'
import { manage } from './manage'
import { reminders } from './reminders'
import { rotating, rotation } from './rotation'
import { secret } from './secret'
import { servers } from './servers'
import { signIn } from './signIn'
import { testToken } from './testToken'
import { unfinished } from './unfinished'
import { whm } from './whm'

/** What comes with the app. Words that few people need come with the screens that show them: see ../servers.ts. */
export const first = {
  ...frame,
  ...signIn,
  ...list,
  ...rotating,
  ...create,
  ...secret,
  ...manage,
  ...errors,
  ...allTokens,
  ...connections,
  ...whm,
} as const

/**
 * Every visible sentence, in ICU message format. Labels that stand in quotation marks in the description of cPanel's
 * interface are kept to the letter; the rest is our own. vite.config.ts compiles this when building.
 */
export const english = {
  ...first,
  ...across,
  ...servers,
  ...testToken,
  ...rotation,
  ...reminders,
  ...unfinished,
} as const

export type English = typeof english
