import { clsx } from 'clsx'
import type { ReactNode } from 'react'

const looks = {
  plain: 'bg-sunken text-muted',
  info: 'bg-accent-soft text-accent',
  warn: 'bg-warn-soft text-warn',
  danger: 'bg-danger-soft text-danger',
}

/** A state in words; the colour only repeats it. */
export function Badge({ look, children }: { look: keyof typeof looks; children: ReactNode }) {
  return (
    <span
      className={clsx(
        'inline-flex items-center rounded-full px-2.5 py-0.5 text-xs font-semibold whitespace-nowrap',
        looks[look],
      )}
    >
      {children}
    </span>
  )
}
