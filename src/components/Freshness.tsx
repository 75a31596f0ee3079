import { RefreshCw } from 'lucide-react'
import { t } from '../messages/catalogue'
import { Button } from '../ui/Button'
import { useServerNow } from './useServerNow'
import { fromNow } from './When'

/** How old the list is, and a way to have a new one. It also refreshes when the window gets the focus. */
export function Freshness({
  updatedAt,
  isFetching,
  onRefresh,
}: {
  updatedAt: number
  isFetching: boolean
  onRefresh: () => void
}) {
  return (
    <div className="flex items-center gap-1 text-sm text-muted">
      <Age updatedAt={updatedAt} />
      <Button look="quiet" size="small" isBusy={isFetching} onClick={onRefresh}>
        {!isFetching && <RefreshCw aria-hidden className="size-4" />}
        {t('list.refresh')}
      </Button>
    </div>
  )
}

function Age({ updatedAt }: { updatedAt: number }) {
  const now = useServerNow(0)
  return <span>{t('list.age', { age: ageOf(updatedAt, now) })}</span>
}

/** "now", then whole minutes: seconds that count up would only distract. */
export function ageOf(updatedAt: number, now: Date): string {
  const age = now.getTime() - updatedAt
  return fromNow(age < 60_000 ? now : new Date(updatedAt), now)
}
