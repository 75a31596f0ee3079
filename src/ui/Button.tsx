import { clsx } from 'clsx'
import { LoaderCircle } from 'lucide-react'
import type { ComponentProps } from 'react'

export type ButtonLook = 'primary' | 'secondary' | 'danger' | 'quiet' | 'chip'
export type ButtonSize = 'normal' | 'small' | 'icon'

const looks: Record<ButtonLook, string> = {
  primary: 'rounded-lg bg-accent-fill text-on-fill border-transparent hover:not-disabled:bg-accent-hover',
  secondary: 'rounded-lg bg-surface text-ink border-line-strong hover:not-disabled:bg-sunken',
  danger: 'rounded-lg bg-danger-fill text-on-fill border-transparent hover:not-disabled:bg-danger-hover',
  quiet: 'rounded-lg bg-transparent text-accent border-transparent hover:not-disabled:bg-accent-soft',
  chip: 'rounded-full bg-surface text-ink border-line-strong hover:bg-sunken aria-pressed:border-accent aria-pressed:bg-accent-soft aria-pressed:text-accent',
}

const sizes: Record<ButtonSize, string> = {
  normal: 'min-h-10 px-4 py-1.5',
  small: 'min-h-9 px-3 py-1 text-sm',
  icon: 'size-9 shrink-0',
}

/** The classes of a button, for links that look like one. */
export function buttonClass(look: ButtonLook = 'secondary', size: ButtonSize = 'normal', extra?: string): string {
  return clsx(
    'inline-flex items-center justify-center gap-2 border font-medium no-underline transition-colors disabled:opacity-55',
    looks[look],
    sizes[size],
    extra,
  )
}

type ButtonProps = ComponentProps<'button'> & {
  look?: ButtonLook
  size?: ButtonSize
  /** Shows that the action runs. The button keeps its name and stays focusable, and a second press does nothing. */
  isBusy?: boolean
}

export function Button({
  look = 'secondary',
  size = 'normal',
  isBusy = false,
  className,
  children,
  onClick,
  type,
  ...rest
}: ButtonProps) {
  return (
    <button
      {...rest}
      type={type ?? 'button'}
      aria-disabled={isBusy || undefined}
      onClick={isBusy ? (event) => event.preventDefault() : onClick}
      className={buttonClass(look, size, clsx(isBusy && 'cursor-progress opacity-80', className))}
    >
      {isBusy && <LoaderCircle aria-hidden className="size-4 animate-spin" />}
      {children}
    </button>
  )
}
