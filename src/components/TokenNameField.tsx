import type { ComponentProps } from 'react'
import { tokenNameProblem } from '../cpanel/token'
import { t } from '../messages/catalogue'
import { Field, TextInput } from '../ui/Field'

/** What is wrong with a name, in words, or null. */
export function tokenNameError(name: string, taken: Iterable<string>): string | null {
  switch (tokenNameProblem(name, taken)) {
    case null:
      return null
    case 'empty':
      return t('create.name.empty')
    case 'too-long':
      return t('create.name.tooLong', { length: name.length })
    case 'characters':
      return t('create.name.characters')
    case 'taken':
      return t('create.name.taken')
  }
}

type TokenNameFieldProps = Omit<ComponentProps<'input'>, 'value' | 'onChange'> & {
  label: string
  hint: string | undefined
  error: string | null
  value: string
  onChange: (name: string) => void
}

/** A token's name. Longer input is not cut off: a pasted name that lost its end would be another name. */
export function TokenNameField({ label, hint, error, value, onChange, ...input }: TokenNameFieldProps) {
  return (
    <Field label={label} hint={hint} error={error ?? undefined}>
      {(control) => (
        <TextInput
          {...input}
          {...control}
          autoComplete="off"
          required
          value={value}
          onChange={(event) => onChange(event.target.value)}
          className="max-w-lg font-mono"
        />
      )}
    </Field>
  )
}
