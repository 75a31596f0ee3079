import { t } from '../messages/catalogue'
import { Skeleton } from '../ui/Skeleton'

/** The list's outline while it loads, so that nothing jumps when it comes. */
export function TokensSkeleton() {
  return (
    <div role="status" aria-label={t('list.loading')} className="flex flex-col gap-5">
      <div className="flex justify-between gap-3">
        <Skeleton className="h-10 w-72 max-w-full" />
        <Skeleton className="h-10 w-24" />
      </div>
      <div className="flex flex-col rounded-xl border border-line bg-surface">
        {['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map((row) => (
          <div key={row} className="flex h-13 items-center gap-6 border-b border-line px-4 last:border-b-0">
            <Skeleton className="size-4.5 shrink-0" />
            <Skeleton className="h-4 w-40" />
            <Skeleton className="h-4 w-36 max-sm:hidden" />
            <Skeleton className="h-4 w-36 max-sm:hidden" />
            <Skeleton className="ml-auto h-8 w-20" />
          </div>
        ))}
      </div>
    </div>
  )
}
