import { generationOf } from '../cpanel/rotation'
import { isSuccessorName } from '../cpanel/rotationSuccessor'
import { TOKEN_NAME_MAX } from '../cpanel/token'
import { t } from '../messages/catalogue'
import { Button } from '../ui/Button'
import { Notice } from '../ui/Notice'
import { TokenNameField } from './TokenNameField'

type RotationNameFieldProps = {
  old: string
  /** The name that goes on counting. */
  suggestion: string
  value: string
  onChange: (name: string) => void
  error: string | null
  isHelpShown: boolean
}

/** The longest ending that is likely: `-r99`. */
const ENDING = 4

/** The successor's name, and what is lost when it does not go on counting: then the two are no pair to the list. */
export function RotationNameField({ old, suggestion, value, onChange, error, isHelpShown }: RotationNameFieldProps) {
  const isPairPossible = isSuccessorName(suggestion, old)
  return (
    <div className="flex flex-col gap-3">
      <TokenNameField
        label={t('rotation.name')}
        hint={isHelpShown ? t('rotation.nameHint') : undefined}
        value={value}
        onChange={onChange}
        error={error}
      />
      {value !== suggestion && (
        <Button size="small" className="self-start wrap-anywhere" onClick={() => onChange(suggestion)}>
          {t('rotation.suggest', { suggestion })}
        </Button>
      )}
      {error === null && !isSuccessorName(value, old) && (
        <Notice tone="warn">
          <p>
            {isPairPossible
              ? t('rotation.noPair', { name: old })
              : t('rotation.noPairLong', { name: generationOf(old).base, most: TOKEN_NAME_MAX - ENDING })}
          </p>
        </Notice>
      )}
    </div>
  )
}
