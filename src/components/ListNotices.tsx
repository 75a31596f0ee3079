import { Suspense } from 'react'
import { NOTABLE_SKEW_MS } from '../data/clockSkew'
import type { TokenList } from '../data/tokens'
import { t } from '../messages/catalogue'
import { Notice } from '../ui/Notice'
import { ErrorNotice } from './ErrorNotice'
import { ageOf } from './Freshness'
import { useServerNow } from './useServerNow'
import { lazyExtra } from '../ui/lazyExtra'

const ServerClockNotice = lazyExtra(() => import('./ClockNotice').then((module) => module.ServerClockNotice))

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
        <Suspense fallback={null}>
          <ServerClockNotice skewMs={list.clockSkewMs} />
        </Suspense>
      )}
    </>
  )
}
