import { addToDay, dayIn, dayProblem, endOfDay, type IsoDay } from '../cpanel/expiryDate'
import type { Expiry } from '../cpanel/token'
import { t } from '../messages/catalogue'
import { Button } from '../ui/Button'
import { RadioGroup } from '../ui/Choice'
import { DateField } from '../ui/DateField'
import { useServerNow } from './useServerNow'
import { exactMoment, fromNow, localZone } from './When'

/** What the field holds while somebody decides: the day stays typed when one looks at "never" in between. */
export type ExpiryInput = { kind: 'never' | 'at'; day: string }

/** The day it is here when a server's clock says `now`. */
const dayOf = (now: Date) => dayIn(localZone(), now)

/** cPanel's default is "never", and its first date a year from today. */
export function startingExpiry(now = new Date()): ExpiryInput {
  return { kind: 'never', day: addToDay(dayOf(now), { years: 1 }) }
}

/** The input that stands for an expiry which a token has already. */
export function inputOf(expiry: Expiry): ExpiryInput {
  return expiry.kind === 'never' ? startingExpiry() : { kind: 'at', day: dayIn(localZone(), expiry.at) }
}

/**
 * The expiry that the input means, or null while it means none. The day ends in this browser's zone.
 * @param kept what the token has already: its day stands for its very moment, also when that is over
 * @param now the server's clock where it is known: it decides what is past
 */
export function expiryOf(input: ExpiryInput, kept?: Expiry, now = new Date()): Expiry | null {
  if (input.kind === 'never') return { kind: 'never' }
  if (kept !== undefined && isDayOf(input, kept)) return kept
  if (dayProblem(input.day, dayOf(now)) !== null) return null
  const at = endOfDay(input.day.trim(), localZone())
  return at === null ? null : { kind: 'at', at }
}

function isDayOf({ day }: ExpiryInput, expiry: Expiry): boolean {
  return expiry.kind === 'at' && day.trim() === dayIn(localZone(), expiry.at)
}

const quick: readonly { label: () => string; day: (from: IsoDay) => IsoDay }[] = [
  ...[7, 30, 60, 90].map((days) => ({
    label: () => t('create.quickDays', { days }),
    day: (from: IsoDay) => addToDay(from, { days }),
  })),
  { label: () => t('create.quickYear'), day: (from) => addToDay(from, { years: 1 }) },
]

type ExpiryFieldProps = {
  input: ExpiryInput
  onInput: (input: ExpiryInput) => void
  isHelpShown: boolean
  /** cPanel's tokens keep their date for good; those of WHM don't. */
  isEditable?: boolean
  kept?: Expiry | undefined
  /** How far the server's clock is ahead: presets count from its day, and it decides what is past. */
  clockSkewMs?: number
}

export function ExpiryField({
  input,
  onInput,
  isHelpShown,
  isEditable = false,
  kept,
  clockSkewMs = 0,
}: ExpiryFieldProps) {
  const now = useServerNow(clockSkewMs)
  const today = dayOf(now)
  const expiry = expiryOf(input, kept, now)
  return (
    <div className="flex flex-col gap-3">
      <RadioGroup
        label={t('create.expire')}
        value={input.kind}
        onChange={(kind) => onInput({ ...input, kind })}
        options={[
          { value: 'never', label: t('create.expire.never'), description: t('create.expire.neverRisk') },
          {
            value: 'at',
            label: t('create.expire.at'),
            ...(isHelpShown ? { description: t(isEditable ? 'whm.expire.atHelp' : 'create.expire.atHelp') } : {}),
          },
        ]}
      />
      {input.kind === 'at' && (
        <div className="ml-2 flex flex-col gap-3 border-l-2 border-line pl-4.5">
          <div role="group" aria-label={t('create.quick')} className="flex flex-wrap gap-2">
            {quick.map(({ label, day }) => (
              <Button
                key={label()}
                aria-pressed={input.day === day(today)}
                look="chip"
                size="small"
                onClick={() => onInput({ kind: 'at', day: day(today) })}
              >
                {label()}
              </Button>
            ))}
          </div>
          <DateField
            label={t('create.date')}
            hint={isHelpShown ? t('create.dateHint') : ''}
            error={expiry === null ? dayError(input.day, today) : undefined}
            value={input.day}
            onChange={(day) => onInput({ kind: 'at', day })}
            min={today}
            chooseLabel={t('create.chooseDate')}
            calendarLabel={t('create.calendar')}
          />
          <p role="status" className="text-sm">
            {expiry?.kind === 'at' &&
              t('create.moment', { relative: fromNow(expiry.at, now, 'day'), moment: exactMoment(expiry.at) })}
          </p>
        </div>
      )}
    </div>
  )
}

function dayError(day: string, today: IsoDay): string | undefined {
  switch (dayProblem(day, today)) {
    case null:
      return undefined
    case 'empty':
      return t('create.date.empty')
    case 'not-a-day':
      return t('create.date.notADay', { example: addToDay(today, { years: 1 }) })
    case 'past':
      return t('create.date.past')
  }
}
