import { activeLocale } from '../messages/catalogue'

/** The zone dates are shown in: this browser's, by name. */
export function localZone(): string {
  return formatOf('row').resolvedOptions().timeZone
}

const looks = {
  row: { dateStyle: 'medium', timeStyle: 'short' },
  exact: { dateStyle: 'full', timeStyle: 'long' },
  month: { month: 'long', year: 'numeric' },
  shortMonth: { month: 'short' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>

/** Formatters are slow to make, a page has hundreds of dates, and each key of a search draws them anew. */
const formatOf = perLocale((locale, look: keyof typeof looks) => new Intl.DateTimeFormat(locale, looks[look]))
const relativeFormatOf = perLocale(
  (locale, numeric: 'auto' | 'always') => new Intl.RelativeTimeFormat(locale, { numeric }),
)

/** Makes a formatter once for each use and language. */
function perLocale<Use extends string, Format>(make: (locale: string, use: Use) => Format): (use: Use) => Format {
  const made = new Map<Use, { locale: string; format: Format }>()
  return (use) => {
    const locale = activeLocale()
    const known = made.get(use)
    if (known?.locale === locale) return known.format
    const format = make(locale, use)
    made.set(use, { locale, format })
    return format
  }
}

/** A moment to the second with its zone in words: what must not be misread. */
export function exactMoment(at: Date): string {
  const [moment, zone] = [formatOf('exact').format(at), localZone()]
  // Some zones have no other name.
  return moment.includes(zone) ? moment : `${moment} (${zone})`
}

/** A moment as a row shows it; the exact one with its zone on hover, put into words only then. */
export function When({ at }: { at: Date }) {
  return (
    <time
      // Another moment is another element, so that no title of an earlier one stays.
      key={at.getTime()}
      dateTime={at.toISOString()}
      onPointerEnter={({ currentTarget }) => {
        currentTarget.title = exactMoment(at)
      }}
      className="whitespace-nowrap tabular-nums"
    >
      {formatOf('row').format(at)}
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
  return relativeFormatOf(unit === 'second' ? 'auto' : 'always').format(Math.trunc(seconds / length), unit)
}

/** A moment as short as it stays clear, for labels. @param seconds since epoch */
export function shortMoment(seconds: number): string {
  return formatOf('row').format(new Date(seconds * 1000))
}

/** The month of a moment: in full and as short as a column head needs it. @param seconds since epoch */
export function monthNames(seconds: number): { full: string; short: string } {
  const at = new Date(seconds * 1000)
  return { full: formatOf('month').format(at), short: formatOf('shortMonth').format(at) }
}
