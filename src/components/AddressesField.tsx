import { letsIn, readAddresses } from '../cpanel/addresses'
import { t } from '../messages/catalogue'
import { Button } from '../ui/Button'
import { Field, inputClass } from '../ui/Field'
import { addressErrors } from './whmTokenForm'

type AddressesFieldProps = {
  /** As typed or pasted. */
  text: string
  onText: (text: string) => void
  isHelpShown: boolean
  /** From where this browser comes, as the server would see it; null where nobody knows. */
  mine: string | null
}

/** From where a token works. What is wrong is said for each line; what is right is shown as the server will keep it. */
export function AddressesField({ text, onText, isHelpShown, mine }: AddressesFieldProps) {
  const { addresses, wrong } = readAddresses(text)
  const errors = addressErrors(text)
  const typed = text.split(/[\s,;]+/).filter(Boolean)
  const isRewritten = errors.length === 0 && typed.some((one) => !addresses.includes(one))
  const isShutOut = mine !== null && wrong.length === 0 && !letsIn(addresses, mine)
  return (
    <div className="flex flex-col gap-2">
      <Field
        label={t('whm.ips')}
        hint={isHelpShown ? t('whm.ips.hint') : undefined}
        error={errors.length > 0 ? errors.join(' ') : undefined}
      >
        {(control) => (
          <textarea
            {...control}
            rows={Math.min(8, Math.max(3, text.split('\n').length))}
            value={text}
            onChange={({ target }) => onText(target.value)}
            autoCapitalize="none"
            autoCorrect="off"
            autoComplete="off"
            spellCheck={false}
            className={`${inputClass} max-w-lg font-mono text-sm`}
          />
        )}
      </Field>
      {mine !== null && !addresses.includes(mine) && (
        <Button
          size="small"
          className="self-start"
          onClick={() => onText([text.trimEnd(), mine].filter(Boolean).join('\n'))}
        >
          {t('whm.ips.limitToMine', { address: mine })}
        </Button>
      )}
      <p role="status" className="flex flex-col gap-1 text-sm wrap-anywhere empty:hidden">
        {isShutOut && <span className="font-medium text-warn">{t('whm.ips.lockout', { address: mine })}</span>}
        {isRewritten && <span className="text-muted">{t('whm.ips.stored', { addresses: addresses.join(', ') })}</span>}
      </p>
    </div>
  )
}
