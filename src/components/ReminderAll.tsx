/** Reminders of the tokens of all accounts. */
import { useMemo, useState, useSyncExternalStore } from 'react'
import { Link } from 'react-router'
import { allTokens } from '../data/allTokens'
import { skewOfAccount, skewsOfAccounts } from '../data/serverClocks'
import { REMINDER_DAYS } from '../inventory/calendar'
import { ACCESS } from '../inventory/columns'
import { countExpiring } from '../inventory/expiring'
import { NO_FILTER } from '../inventory/filter'
import { tokenAt } from '../inventory/inventory'
import { FIRST_CHOICE, choiceTo } from '../inventory/viewUrl'
import { t } from '../messages/catalogue'
import { paths } from '../paths'
import { Button } from '../ui/Button'
import { ReminderBanner } from './ReminderBanner'
import { dismissReminders, isDismissed } from './reminderDay'
import { saveReminders, type Reminded } from './reminderFile'
import { useServerNow } from './useServerNow'

/** The rows as reminders, each by the clock of its server. */
function* remindedOf(rows: Iterable<number>): Generator<Reminded> {
  const { columns } = allTokens.inventory
  for (const row of rows) {
    const account = columns.account[row] ?? -1
    const { server = '', serverName = '', user = '', isWhmUser = false } = columns.accounts[account] ?? {}
    yield {
      token: tokenAt(allTokens.inventory, row),
      owner: { server, serverName, user, isWhmUser, place: allTokens.reach(account) },
      now: new Date(Date.now() + skewOfAccount(account)),
    }
  }
}

/** Hands over the ends of the given rows as a file for a calendar. */
export function CalendarExport({ rows }: { rows: () => readonly number[] }) {
  return (
    <Button
      look="quiet"
      size="small"
      aria-label={t('reminders.asCalendar')}
      title={t('reminders.asCalendar')}
      onClick={() => saveReminders(remindedOf(rows()))}
    >
      ICS
    </Button>
  )
}

/** What expires soon on all accounts, each step with the filter that shows it, unless it was dismissed today. */
export function AllReminders() {
  const { version } = useSyncExternalStore(allTokens.subscribe, allTokens.current)
  const now = useServerNow(0)
  const [, setIsDismissed] = useState(false)
  const minute = Math.floor(now.getTime() / 60_000) * 60
  const counts = useMemo(
    () => countExpiring(allTokens.inventory.columns, minute, skewsOfAccounts()),
    // oxlint-disable-next-line react/exhaustive-deps -- the columns change in place; the version tells when
    [minute, version],
  )
  const steps = REMINDER_DAYS.map((days, index) => ({
    days,
    count: counts[index] ?? 0,
    before: counts[index - 1] ?? 0,
  }))
  // A step that adds nothing to the one before would only repeat it.
  const said = steps.filter(({ count, before }) => count > before)
  const [first] = said
  if (first === undefined || isDismissed('all', now)) return null

  function dismiss() {
    dismissReminders('all', now)
    setIsDismissed(true)
  }
  return (
    <ReminderBanner first={first} onSave={() => saveReminders(remindedOf(liveRows()))} onDismiss={dismiss}>
      <ul className="flex flex-wrap gap-x-5">
        {said.map(({ days, count }) => (
          <li key={days}>
            <Link
              to={{ pathname: paths.allTokens, search: String(choiceTo(choiceOf(days))) }}
              className="inline-flex min-h-6 items-center text-accent underline underline-offset-2"
            >
              {t('reminders.step', { days, count })}
            </Link>
          </li>
        ))}
      </ul>
    </ReminderBanner>
  )
}

/** What shows the tokens of a step, those that end first above. */
function choiceOf(days: (typeof REMINDER_DAYS)[number]) {
  const filter = { ...NO_FILTER, state: `within${days}` as const }
  return { ...FIRST_CHOICE, filter, order: { by: 'expires', isDescending: false } } as const
}

function liveRows(): number[] {
  const { access, length } = allTokens.inventory.columns
  return Array.from({ length }, (_row, row) => row).filter((row) => access[row] !== ACCESS.gone)
}
