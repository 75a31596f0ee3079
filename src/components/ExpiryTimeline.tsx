import { clsx } from 'clsx'
import { memo } from 'react'
import { NO_FILTER, type Filter, type Span } from '../inventory/filter'
import type { Timeline } from '../inventory/timeline'
import { t } from '../messages/catalogue'
import { monthNames } from './When'

type ExpiryTimelineProps = {
  timeline: Timeline
  months: readonly Span[]
  state: Filter['state']
  expires: Span
  onFilter: (change: Partial<Filter>) => void
}

type Bar = { label: string; short: string; count: number; look: string; isChosen: boolean; filter: Partial<Filter> }

const minute = (seconds: number | null) => (seconds === null ? null : Math.floor(seconds / 60))

/** When tokens expire, as a table of counts that is drawn as bars. A bar filters by its time, and once more it doesn't. */
export const ExpiryTimeline = memo(function ExpiryTimeline(props: ExpiryTimelineProps) {
  const { timeline, months, state, expires, onFilter } = props
  const bars = barsOf(timeline, months, { state, expires })
  const most = Math.max(1, ...bars.map(({ count }) => count))
  return (
    <div className="relative overflow-x-auto rounded-xl border border-line bg-surface p-3">
      <table className="w-full min-w-[42rem] table-fixed border-collapse text-center">
        <caption className="pb-1 pl-1 text-left text-sm font-medium">{t('timeline.title')}</caption>
        <tbody className="contents">
          <tr>
            {bars.map(({ label, count, look, isChosen, filter: change }) => (
              <td key={label} className="p-0 align-bottom">
                <button
                  type="button"
                  aria-pressed={isChosen}
                  aria-label={t(isChosen ? 'timeline.barChosen' : 'timeline.bar', { label, count })}
                  onClick={() => onFilter(isChosen ? NO_EXPIRY : change)}
                  className={clsx(
                    'group flex h-20 w-full min-w-7 flex-col justify-end gap-0.5 rounded-md px-0.5 pt-1 hover:bg-sunken',
                    isChosen && 'bg-accent-soft',
                  )}
                >
                  <span className="text-xs text-muted tabular-nums">{count > 0 && count}</span>
                  <span
                    className={clsx('block min-h-px w-full rounded-t-sm', count === 0 ? 'bg-line' : look)}
                    style={{ height: `${(count / most) * 75}%` }}
                  />
                </button>
              </td>
            ))}
          </tr>
        </tbody>
        <tfoot className="contents">
          <tr>
            {bars.map(({ label, short }) => (
              <th key={label} scope="col" className="min-w-7 pt-1 text-xs font-normal text-muted">
                <span aria-hidden>{short}</span>
                <span className="sr-only">{label}</span>
              </th>
            ))}
          </tr>
        </tfoot>
      </table>
    </div>
  )
})

const NO_EXPIRY: Partial<Filter> = { state: null, expires: NO_FILTER.expires }

function barsOf(
  timeline: Timeline,
  months: readonly Span[],
  { state, expires }: Pick<Filter, 'state' | 'expires'>,
): Bar[] {
  const last = months.at(-1)?.to ?? null
  const byState = (which: 'expired' | 'never', count: number, look: string): Bar => ({
    label: t(`timeline.${which}`),
    short: t(`timeline.${which}`),
    count,
    look,
    isChosen: state === which,
    filter: { state: which, expires: NO_FILTER.expires },
  })
  return [
    byState('expired', timeline.expired, 'bg-danger-fill'),
    ...months.map((month, index): Bar => {
      const { full, short } = monthNames(month.from ?? 0)
      return {
        label: full,
        short,
        count: timeline.months[index] ?? 0,
        look: index === 0 ? 'bg-warn' : 'bg-accent-fill',
        isChosen: expires.from !== null && minute(expires.to) === minute(month.to),
        filter: { state: null, expires: month },
      }
    }),
    {
      label: t('timeline.later'),
      short: t('timeline.later'),
      count: timeline.later,
      look: 'bg-accent-fill',
      isChosen: expires.from !== null && expires.to === null && minute(expires.from) === minute(last),
      filter: { state: null, expires: { from: last, to: null } },
    },
    byState('never', timeline.never, 'bg-line-strong'),
  ]
}
