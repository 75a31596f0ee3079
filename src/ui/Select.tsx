import { Field, inputClass } from './Field'

type SelectProps<Value extends string> = {
  label: string
  value: Value | null
  /** The first entry, for "nothing chosen". */
  anyLabel: string
  options: readonly { value: Value; label: string }[]
  onChange: (value: Value | null) => void
}

/** One of several, or none, in the system's own list. */
export function Select<Value extends string>({ label, value, anyLabel, options, onChange }: SelectProps<Value>) {
  return (
    <Field label={label} className="min-w-0">
      {(control) => (
        <select
          {...control}
          className={inputClass}
          value={value ?? ''}
          onChange={({ target }) => onChange(options.find((option) => option.value === target.value)?.value ?? null)}
        >
          <option value="">{anyLabel}</option>
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      )}
    </Field>
  )
}
