import type { ReactNode } from 'react'

/** The buttons of a long form: they stay in sight at the lower edge. index.css keeps what has the focus from behind them. */
export function StayingActions({ children }: { children: ReactNode }) {
  return (
    <div
      data-stays
      className="sticky bottom-0 z-10 -mx-5 -mb-5 flex flex-wrap gap-3 rounded-b-xl border-t border-line bg-surface px-5 py-3 sm:-mx-6 sm:-mb-6 sm:px-6"
    >
      {children}
    </div>
  )
}
