/** Reminders of what expires, where there are any. Their code comes after the list, and only for those who have some. */
import { Suspense, useState } from 'react'
import { tokenState, type ApiToken } from '../cpanel/token'
import type { Account } from '../cpanel/tokens'
import type { TokenList } from '../data/tokens'
import type { ListView } from './listView'
import { dismissReminders, isDismissed } from './reminderDay'
import { useServerNow } from './useServerNow'
import { aheadExtra, lazyExtra } from '../ui/lazyExtra'

const { Extra: AccountReminders, begin: beginReminders } = aheadExtra(
  () => import('./ReminderBanner').then((module) => module.AccountReminders),
  // As high as a short one, so that the list moves little when it comes late.
  <div className="h-34" />,
)
export { beginReminders }
const TokenReminder = lazyExtra(() => import('./ReminderDownload').then((module) => module.TokenReminder))
const ListDownload = lazyExtra(() => import('./ReminderDownload').then((module) => module.ListReminders))

/** What expires within 30 days, above the list, unless it was dismissed today. */
export function DueReminders({ account, list }: { account: Account; list: TokenList }) {
  const now = useServerNow(list.clockSkewMs)
  const today = useServerNow(0)
  const [, setIsDismissed] = useState(false)
  const isDue = list.tokens.some(({ expiry }) => tokenState(expiry, now).kind === 'expiring')
  if (!isDue || isDismissed(account, today)) return null
  function dismiss() {
    dismissReminders(account, today)
    setIsDismissed(true)
  }
  return <AccountReminders account={account} tokens={list.tokens} now={now} onDismiss={dismiss} />
}

/** Below the list: what it shows, as a file for a calendar. */
export function ShownReminders(props: { account: Account; list: TokenList; view: ListView }) {
  const now = useServerNow(props.list.clockSkewMs)
  if (!props.list.tokens.some(({ expiry }) => expiry.kind === 'at' && expiry.at > now)) return null
  return (
    <Suspense fallback={null}>
      <ListDownload {...props} now={now} />
    </Suspense>
  )
}

/** One token's end as a file for a calendar; nothing where it has none, or is over. */
export function ReminderOfToken(props: { account: Account; token: ApiToken; now: Date }) {
  const { expiry } = props.token
  if (expiry.kind === 'never' || expiry.at <= props.now) return null
  return (
    <Suspense fallback={<div className="h-9" />}>
      <TokenReminder {...props} />
    </Suspense>
  )
}
