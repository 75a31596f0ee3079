import clsx from 'clsx'
import { LoaderCircle } from 'lucide-react'
import type { ComponentProps } from 'react'

export type ButtonLook = 'primary' | 'secondary' | 'danger' | 'quiet'

const looks: Record<ButtonLook, string> = {
  primary: 'bg-accent-fill text-on-fill border-transparent hover:not-disabled:bg-accent-hover',
  secondary: 'bg-surface text-ink border-line-strong hover:not-disabled:bg-sunken',
  danger: 'bg-danger-fill text-on-fill border-transparent hover:not-disabled:bg-danger-hover',
  quiet: 'bg-transparent text-accent border-transparent hover:not-disabled:bg-accent-soft',
}

/** The classes of a button, for links that look like one. */
export function buttonClass(look: ButtonLook = 'secondary', extra?: string): string {
  return clsx(
    'inline-flex min-h-10 items-center justify-center gap-2 rounded-lg border px-4 py-1.5 font-medium no-underline',
    'transition-colors disabled:opacity-55',
    looks[look],
    extra,
  )
}

type ButtonProps = ComponentProps<'button'> & {
  look?: ButtonLook
  /** Shows that the action runs. The button keeps its name and stays focusable, and a second press does nothing. */
  isBusy?: boolean
}

export function Button({ look = 'secondary', isBusy = false, className, children, onClick, type, ...rest }: ButtonProps) {
  return (
    <button
      {...rest}
      type={type ?? 'button'}
      aria-disabled={isBusy || undefined}
      onClick={isBusy ? (event) => event.preventDefault() : onClick}
      className={buttonClass(look, clsx(isBusy && 'cursor-progress opacity-80', className))}
    >
      {isBusy && <LoaderCircle aria-hidden className="size-4 animate-spin" />}
      {children}
    </button>
  )
}
