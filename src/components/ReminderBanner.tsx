import { CalendarPlus } from 'lucide-react'
import type { ReactNode } from 'react'
import { Link } from 'react-router'
import type { ApiToken } from '../cpanel/token'
import type { Account } from '../cpanel/tokens'
import { REMINDER_DAYS } from '../inventory/calendar'
import { t } from '../messages/catalogue'
import '../messages/reminders'
import { paths } from '../paths'
import { Button } from '../ui/Button'
import { Notice } from '../ui/Notice'
import { listViewTo } from './listView'
import { saveReminders } from './reminderFile'
import { useReminderOwner } from './useReminderOwner'

type ReminderBannerProps = {
  /** What expires first: so many tokens within so many days. */
  first: { days: number; count: number }
  /** The steps, the most urgent one first. */
  children: ReactNode
  onSave: () => void
  onDismiss: () => void
}

/** What expires soon, in words, with a file for the calendar. */
export function ReminderBanner({ first, children, onSave, onDismiss }: ReminderBannerProps) {
  return (
    <Notice
      tone={first.days <= 7 ? 'warn' : 'info'}
      title={t('reminders.title', first)}
      dismiss={{ label: t('reminders.dismiss'), onDismiss }}
      actions={
        <Button size="small" onClick={onSave}>
          <CalendarPlus aria-hidden className="size-4" />
          {t('reminders.download')}
        </Button>
      }
    >
      {children}
    </Notice>
  )
}

/** More names than this in a line nobody reads. */
const NAMED = 5

type Expiring = { token: ApiToken; at: Date }
type Step = { days: number; soon: readonly Expiring[] }

const DAY_MS = 86_400_000

/** What expires within each number of days and not within a smaller one; steps with nothing are left out. */
function stepsOf(tokens: readonly ApiToken[], now: Date): Step[] {
  const left = ({ at }: Expiring) => at.getTime() - now.getTime()
  const ahead = tokens
    .flatMap((token) => (token.expiry.kind === 'at' ? [{ token, at: token.expiry.at }] : []))
    .filter((one) => left(one) > 0)
    .sort((one, other) => left(one) - left(other))
  const steps = REMINDER_DAYS.map((days, index) => {
    const from = (REMINDER_DAYS[index - 1] ?? 0) * DAY_MS
    return { days, soon: ahead.filter((one) => left(one) >= from && left(one) < days * DAY_MS) }
  })
  return steps.filter(({ soon }) => soon.length > 0)
}

type AccountRemindersProps = { account: Account; tokens: readonly ApiToken[]; now: Date; onDismiss: () => void }

/** What expires soon of one account, by name. */
export function AccountReminders({ account, tokens, now, onDismiss }: AccountRemindersProps) {
  const owner = useReminderOwner(account)
  const steps = stepsOf(tokens, now)
  const [first] = steps
  if (first === undefined) return null
  return (
    <ReminderBanner
      first={{ days: first.days, count: first.soon.length }}
      onSave={() => saveReminders(tokens.map((token) => ({ token, owner, now })))}
      onDismiss={onDismiss}
    >
      <ul className="flex flex-col">
        {steps.map((step) => (
          <li key={step.days} className="flex flex-wrap items-center gap-x-3">
            {/* What the first one is, the title says. */}
            {step !== first && <span>{t('reminders.stepMore', { days: step.days, count: step.soon.length })}</span>}
            {step.soon.slice(0, NAMED).map(({ token: { name } }) => (
              <Link key={name} to={paths.token(account, name)} className={linkClass}>
                <bdi>{name}</bdi>
              </Link>
            ))}
            {step.soon.length > NAMED && (
              <Link
                to={{ pathname: paths.tokens(account), search: String(listViewTo(BY_EXPIRY)) }}
                className={linkClass}
              >
                {t('reminders.moreNames', { count: step.soon.length - NAMED })}
              </Link>
            )}
          </li>
        ))}
      </ul>
    </ReminderBanner>
  )
}

const BY_EXPIRY = { q: '', sort: 'expires', isDescending: false, page: 1, size: 100 } as const

const linkClass = 'inline-flex min-h-6 min-w-6 items-center text-accent underline underline-offset-2'
