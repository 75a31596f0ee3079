import { clsx } from 'clsx'
import { useEffect, useId, useRef, type ComponentProps, type ReactNode } from 'react'

type Option<Value extends string> = { value: Value; label: string; description?: ReactNode }

type RadioGroupProps<Value extends string> = {
  label: string
  value: Value
  options: readonly Option<Value>[]
  onChange: (value: Value) => void
  isInline?: boolean
}

/** One of a few, all visible. */
export function RadioGroup<Value extends string>({
  label,
  value,
  options,
  onChange,
  isInline,
}: RadioGroupProps<Value>) {
  const id = useId()
  return (
    <fieldset role="radiogroup" aria-labelledby={`${id}-label`} className="flex flex-col gap-2">
      <legend id={`${id}-label`} className="mb-1.5 font-medium">
        {label}
      </legend>
      <div className={clsx('flex gap-x-6 gap-y-2', isInline ? 'flex-wrap' : 'flex-col')}>
        {options.map((option) => (
          <div key={option.value} className="flex flex-col">
            <label className="flex min-h-6 w-fit items-center gap-2.5">
              <input
                type="radio"
                name={id}
                className="size-4 shrink-0 accent-accent-fill"
                checked={option.value === value}
                onChange={() => onChange(option.value)}
                aria-describedby={option.description ? `${id}-${option.value}` : undefined}
              />
              {option.label}
            </label>
            {option.description && (
              <div id={`${id}-${option.value}`} className="pl-6.5 text-sm text-muted">
                {option.description}
              </div>
            )}
          </div>
        ))}
      </div>
    </fieldset>
  )
}

type CheckboxProps = Omit<ComponentProps<'input'>, 'type'> & { isPartly?: boolean }

/** The box alone; give it a name with aria-label or a label around it. `isPartly` is the third state. */
export function Checkbox({ isPartly = false, className, ...rest }: CheckboxProps) {
  const box = useRef<HTMLInputElement>(null)
  // There is no attribute for the third state, only the DOM property.
  useEffect(() => {
    if (box.current) box.current.indeterminate = isPartly
  }, [isPartly])
  return (
    <input {...rest} ref={box} type="checkbox" className={clsx('size-4.5 shrink-0 accent-accent-fill', className)} />
  )
}
