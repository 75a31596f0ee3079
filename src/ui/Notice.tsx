import { clsx } from 'clsx'
import { CircleCheck, CircleX, Info, TriangleAlert, X } from 'lucide-react'
import { useId, type ReactNode } from 'react'

type Tone = 'info' | 'ok' | 'warn' | 'danger'

const tones = {
  info: { Icon: Info, box: 'bg-accent-soft border-accent/30', icon: 'text-accent' },
  ok: { Icon: CircleCheck, box: 'bg-ok-soft border-ok/30', icon: 'text-ok' },
  warn: { Icon: TriangleAlert, box: 'bg-warn-soft border-warn/40', icon: 'text-warn' },
  danger: { Icon: CircleX, box: 'bg-danger-soft border-danger/40', icon: 'text-danger' },
}

type NoticeProps = {
  tone: Tone
  title?: string
  children?: ReactNode
  /** `alert` interrupts a screen reader: for what just went wrong. Standing advice stays a note. */
  role?: 'alert' | 'note'
  dismiss?: { label: string; onDismiss: () => void }
  actions?: ReactNode
}

/** A coloured box with an icon: what happened, what is unchanged, what to do. */
export function Notice({ tone, title, children, role = 'note', dismiss, actions }: NoticeProps) {
  const id = useId()
  const { Icon, box, icon } = tones[tone]
  return (
    <div
      role={role}
      aria-labelledby={title ? id : undefined}
      className={clsx('flex gap-3 rounded-xl border px-4 py-3', box)}
    >
      <Icon aria-hidden className={clsx('mt-0.5 size-5 shrink-0', icon)} />
      <div className="flex min-w-0 grow flex-col gap-1 wrap-anywhere">
        {title && (
          <p id={id} className="font-semibold">
            {title}
          </p>
        )}
        {children}
        {actions && <div className="mt-2 flex flex-wrap gap-2">{actions}</div>}
      </div>
      {dismiss && (
        <button
          type="button"
          aria-label={dismiss.label}
          onClick={(event) => {
            // Its button goes with it: whoever works by keyboard goes on from here, not from the top of the window.
            event.currentTarget.closest('main')?.focus()
            dismiss.onDismiss()
          }}
          className="-m-1.5 flex size-8 shrink-0 items-center justify-center rounded-lg hover:bg-surface"
        >
          <X aria-hidden className="size-4" />
        </button>
      )}
    </div>
  )
}
