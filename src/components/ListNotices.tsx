import type { TokenList } from '../data/tokens'
import { t } from '../messages/catalogue'
import { Notice } from '../ui/Notice'
import { ErrorNotice } from './ErrorNotice'
import { ageOf } from './Freshness'
import { useServerNow } from './useServerNow'

const NOTABLE_SKEW_MS = 120_000

/** What one should know about a list before trusting it: its age after a failure, rows left out, another clock. */
export function ListNotices({ list, updatedAt, error }: { list: TokenList; updatedAt: number; error: Error | null }) {
  const now = useServerNow(0)
  return (
    <>
      {error && <ErrorNotice title={t('list.stale', { age: ageOf(updatedAt, now) })} error={error} />}
      {list.unreadable > 0 && (
        <Notice tone="warn" role="alert">
          <p>{t('list.unreadable', { count: list.unreadable })}</p>
        </Notice>
      )}
      {Math.abs(list.clockSkewMs) > NOTABLE_SKEW_MS && (
        <Notice tone="warn">
          <p>{t('frame.clock', { minutes: Math.round(Math.abs(list.clockSkewMs) / 60_000) })}</p>
        </Notice>
      )}
    </>
  )
}
