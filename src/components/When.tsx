import { activeLocale } from '../messages/catalogue'

/** The zone dates are shown in: this browser's, by name. */
export function localZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone
}

const formats = new Map<string, Intl.DateTimeFormat>()

/** Formatters are slow to make and a page has hundreds of dates. */
function format(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = activeLocale() + JSON.stringify(options)
  const known = formats.get(key)
  if (known) return known
  const made = new Intl.DateTimeFormat(activeLocale(), options)
  formats.set(key, made)
  return made
}

/** A moment to the second with its zone in words: what must not be misread. */
export function exactMoment(at: Date): string {
  return `${format({ dateStyle: 'full', timeStyle: 'long' }).format(at)} (${localZone()})`
}

/** A moment as a row shows it; the exact one with its zone on hover. */
export function When({ at }: { at: Date }) {
  return (
    <time dateTime={at.toISOString()} title={exactMoment(at)} className="whitespace-nowrap tabular-nums">
      {format({ dateStyle: 'medium', timeStyle: 'short' }).format(at)}
    </time>
  )
}

const STEPS: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 31_557_600],
  ['month', 2_629_800],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
]

/**
 * A moment seen from another: "in 5 hours", "2 days ago". Rounded down, so that nothing claims more time than there is.
 * @param units how far up to go; "in 364 days" is more useful for an expiry than "in 11 months"
 */
export function fromNow(at: Date, now: Date, longest: 'day' | 'year' = 'year'): string {
  const seconds = Math.trunc((at.getTime() - now.getTime()) / 1000)
  const steps = longest === 'year' ? STEPS : STEPS.slice(2)
  const [unit, length] = steps.find(([, step]) => Math.abs(seconds) >= step) ?? (['second', 1] as const)
  return new Intl.RelativeTimeFormat(activeLocale(), { numeric: unit === 'second' ? 'auto' : 'always' }).format(
    Math.trunc(seconds / length),
    unit,
  )
}

/** A moment as short as it stays clear, for labels. @param seconds since epoch */
export function shortMoment(seconds: number): string {
  return format({ dateStyle: 'medium', timeStyle: 'short' }).format(new Date(seconds * 1000))
}

/** The month of a moment: in full and as short as a column head needs it. @param seconds since epoch */
export function monthNames(seconds: number): { full: string; short: string } {
  const at = new Date(seconds * 1000)
  return { full: format({ month: 'long', year: 'numeric' }).format(at), short: format({ month: 'short' }).format(at) }
}
