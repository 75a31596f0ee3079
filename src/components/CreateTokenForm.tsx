import { useState, type FormEvent } from 'react'
import { Link } from 'react-router'
import type { Account, NewToken } from '../cpanel/tokens'
import type { TokenList } from '../data/tokens'
import { t } from '../messages/catalogue'
import { paths } from '../paths'
import { Button, buttonClass } from '../ui/Button'
import { Notice } from '../ui/Notice'
import { AccessField, type CpanelAccess } from './AccessField'
import { CreateFailure } from './CreateFailure'
import { ExpiryField, expiryOf, startingExpiry } from './ExpiryField'
import { TokenNameField, tokenNameError } from './TokenNameField'
import { useServerNow } from './useServerNow'

export type CreateTokenFormProps = {
  account: Account
  /** undefined while it loads: then only the server can tell whether a name is taken. */
  list: TokenList | undefined
  isHelpShown: boolean
  /** The next one of several: its name is what one goes on with. */
  isNext: boolean
  isBusy: boolean
  error: Error | null
  /** What `error` is about: the form may say something else by now. */
  tried: NewToken | undefined
  onCreate: (token: NewToken) => void
}

export function CreateTokenForm({
  account,
  list,
  isHelpShown,
  isNext,
  isBusy,
  error,
  tried,
  onCreate,
}: CreateTokenFormProps) {
  const [name, setName] = useState('')
  const [hasLeftName, setHasLeftName] = useState(false)
  const [expiryInput, setExpiryInput] = useState(startingExpiry)
  const [access, setAccess] = useState<CpanelAccess>('full')
  const nameError = tokenNameError(name, list?.tokens.map((token) => token.name) ?? [])
  const clockSkewMs = list?.clockSkewMs ?? 0
  const expiry = expiryOf(expiryInput, undefined, useServerNow(clockSkewMs))
  const isValid = nameError === null && expiry !== null

  function submit(event: FormEvent) {
    event.preventDefault()
    setHasLeftName(true)
    if (nameError === null && expiry !== null && !isBusy) onCreate({ name, expiry, access })
  }

  return (
    <form
      onSubmit={submit}
      noValidate
      className="flex flex-col gap-6 rounded-xl border border-line bg-surface p-5 sm:p-6"
    >
      <TokenNameField
        label={t('create.name')}
        placeholder={t('create.namePlaceholder')}
        hint={isHelpShown ? t('create.nameHint') : undefined}
        value={name}
        onChange={setName}
        autoFocus={isNext}
        onBlur={() => setHasLeftName(true)}
        // "Enter a name" before anybody could type would only nag.
        error={name === '' && !hasLeftName ? null : nameError}
      />
      <ExpiryField input={expiryInput} onInput={setExpiryInput} isHelpShown={isHelpShown} clockSkewMs={clockSkewMs} />
      <AccessField access={access} onAccess={setAccess} isCertain={list?.knowsReadOnly ?? false} />
      <Notice tone="danger" title={t('create.danger')}>
        <p>{t(access === 'full' ? 'create.dangerText' : 'create.dangerReadOnly')}</p>
      </Notice>
      <CreateFailure account={account} error={error} tried={tried} />
      <div className="flex flex-wrap gap-3">
        <Button type="submit" look="primary" disabled={!isValid} isBusy={isBusy}>
          {t('create.submit')}
        </Button>
        <Link to={paths.tokens(account)} className={buttonClass('secondary')}>
          {t('create.back')}
        </Link>
      </div>
    </form>
  )
}
