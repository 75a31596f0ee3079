import { t } from '../messages/catalogue'
import { Skeleton } from '../ui/Skeleton'

/** What stands there until the first page's code and session are known: its outline, quiet and without words. */
export function Starting() {
  return (
    <div className="mx-auto flex max-w-6xl flex-col gap-4 p-6">
      <p role="status" className="sr-only">
        {t('app.loading')}
      </p>
      <Skeleton className="h-8 w-56" />
      <Skeleton className="h-4 w-80 max-w-full" />
      <Skeleton className="mt-6 h-64 w-full" />
    </div>
  )
}
