import { clsx } from 'clsx'
import { useId, type ComponentProps, type ReactNode } from 'react'

/** What a control takes from its Field, so that label, hint and error are read out with it. */
type FieldControl = { id: string; 'aria-describedby': string | undefined; 'aria-invalid': true | undefined }

type FieldProps = {
  label: string
  hint?: ReactNode
  error?: string | undefined
  className?: string
  children: (control: FieldControl) => ReactNode
}

/** A label, its control, a hint and an error, tied together. */
export function Field({ label, hint, error, className, children }: FieldProps) {
  const id = useId()
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ')
  return (
    <div className={clsx('flex flex-col gap-1.5', className)}>
      <label htmlFor={id} className="font-medium">
        {label}
      </label>
      {children({ id, 'aria-describedby': described || undefined, 'aria-invalid': error ? true : undefined })}
      {error && (
        <p id={`${id}-error`} className="text-sm font-medium text-danger">
          {error}
        </p>
      )}
      {hint && (
        <div id={`${id}-hint`} className="text-sm text-muted">
          {hint}
        </div>
      )}
    </div>
  )
}

export const inputClass =
  'min-h-10 w-full rounded-lg border border-line-strong bg-surface px-3 py-1.5 text-ink placeholder:text-muted aria-invalid:border-danger disabled:opacity-60'

/** One line of text. Machine names (tokens, users) are not words: no capitals, no correction. */
export function TextInput({ className, ...rest }: ComponentProps<'input'>) {
  return (
    <input
      type="text"
      autoCapitalize="none"
      autoCorrect="off"
      spellCheck={false}
      {...rest}
      className={clsx(inputClass, className)}
    />
  )
}
