import { CalendarPlus } from 'lucide-react'
import type { ApiToken } from '../cpanel/token'
import type { Account } from '../cpanel/tokens'
import type { TokenList } from '../data/tokens'
import { t } from '../messages/catalogue'
import '../messages/reminders'
import { Button } from '../ui/Button'
import { showTokens, type ListView } from './listView'
import { saveReminders } from './reminderFile'
import { useReminderOwner } from './useReminderOwner'

/** The end of one token as a file for a calendar. */
export function TokenReminder({ account, token, now }: { account: Account; token: ApiToken; now: Date }) {
  const owner = useReminderOwner(account)
  return (
    <Button size="small" className="self-start" onClick={() => saveReminders([{ token, owner, now }])}>
      <CalendarPlus aria-hidden className="size-4" />
      {t('reminders.ofToken')}
    </Button>
  )
}

type ListRemindersProps = { account: Account; list: TokenList; view: ListView; now: Date }

/** The ends of all tokens that the search lets through, on whatever page they are. */
export function ListReminders({ account, list, view, now }: ListRemindersProps) {
  const owner = useReminderOwner(account)
  function save() {
    const { tokens } = showTokens(list.tokens, { ...view, page: 1, size: list.tokens.length })
    saveReminders(tokens.map((token) => ({ token, owner, now })))
  }
  return (
    <Button look="quiet" size="small" className="self-start" onClick={save}>
      <CalendarPlus aria-hidden className="size-4" />
      {t('reminders.ofShown')}
    </Button>
  )
}
