import { clsx } from 'clsx'

/** A grey bar where text will be. Hidden from screen readers: the place says in words that it loads. */
export function Skeleton({ className }: { className: string }) {
  return <span aria-hidden className={clsx('block animate-pulse rounded-md bg-line', className)} />
}
