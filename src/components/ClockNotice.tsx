import type { ReactNode } from 'react'
import { t } from '../messages/catalogue'
import '../messages/reminders'
import { Notice } from '../ui/Notice'

const MINUTES_AN_HOUR = 60
const MINUTES_A_DAY = 1440

/** A difference in the largest unit of which there are at least two. */
function differenceWords(skewMs: number): string {
  const minutes = Math.round(Math.abs(skewMs) / 60_000)
  if (minutes >= 2 * MINUTES_A_DAY) return t('clock.days', { count: Math.round(minutes / MINUTES_A_DAY) })
  if (minutes >= 2 * MINUTES_AN_HOUR) return t('clock.hours', { count: Math.round(minutes / MINUTES_AN_HOUR) })
  return t('clock.minutes', { count: minutes })
}

/** Which clock is ahead by how much, what that means and what to do. @param skewMs how far each server's is ahead */
export function ClockNotice({ clocks }: { clocks: readonly { server: string; name: string; skewMs: number }[] }) {
  if (clocks.length === 0) return null
  return (
    <ClockNoticeFrame>
      {clocks.map(({ server, name, skewMs }) => (
        <p key={server}>
          {t(skewMs > 0 ? 'clock.ahead' : 'clock.behind', { server: name, difference: differenceWords(skewMs) })}
        </p>
      ))}
    </ClockNoticeFrame>
  )
}

/** The same where there is only one server. */
export function ServerClockNotice({ skewMs }: { skewMs: number }) {
  return (
    <ClockNoticeFrame>
      <p>{t(skewMs > 0 ? 'clock.thisAhead' : 'clock.thisBehind', { difference: differenceWords(skewMs) })}</p>
    </ClockNoticeFrame>
  )
}

function ClockNoticeFrame({ children }: { children: ReactNode }) {
  return (
    <Notice tone="info">
      <div className="font-semibold">{children}</div>
      <p>
        {t('clock.means')} {t('clock.todo')}
      </p>
    </Notice>
  )
}
