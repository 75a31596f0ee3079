import { useState, type FormEvent } from 'react'
import { Link } from 'react-router'
import { asCpanelError } from '../cpanel/errors'
import type { Account, NewToken } from '../cpanel/uapi'
import { checkAgainMutation } from '../data/createToken'
import type { TokenList } from '../data/tokens'
import { useSoleMutation } from '../data/useSoleMutation'
import { t } from '../messages/catalogue'
import { paths } from '../paths'
import { Button, buttonClass } from '../ui/Button'
import { Notice } from '../ui/Notice'
import { AccessField } from './AccessField'
import { ErrorNotice } from './ErrorNotice'
import { ExpiryField, expiryOf, startingExpiry } from './ExpiryField'
import { TokenNameField, tokenNameError } from './TokenNameField'

type CreateTokenFormProps = {
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
  const [access, setAccess] = useState<NewToken['access']>('full')
  const nameError = tokenNameError(name, list?.tokens.map((token) => token.name) ?? [])
  const expiry = expiryOf(expiryInput)
  const isValid = nameError === null && expiry !== null
  const failure = error === null ? null : asCpanelError(error)

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
      <ExpiryField input={expiryInput} onInput={setExpiryInput} isHelpShown={isHelpShown} />
      <AccessField access={access} onAccess={setAccess} isCertain={list?.knowsReadOnly ?? false} />
      <Notice tone="danger" title={t('create.danger')}>
        <p>{t(access === 'full' ? 'create.dangerText' : 'create.dangerReadOnly')}</p>
      </Notice>
      {failure && !failure.isUnresolved && <ErrorNotice title={t('create.failed')} error={failure} />}
      {failure?.isUnresolved && tried && <Unresolved account={account} token={tried} />}
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

/** Nobody knows whether the token exists: the list is asked again until it tells. */
function Unresolved({ account, token }: { account: Account; token: NewToken }) {
  const check = useSoleMutation(checkAgainMutation(account))
  if (check.data === 'absent') {
    return (
      <Notice tone="ok" role="alert">
        <p>{t('create.checkAbsent', { name: token.name })}</p>
      </Notice>
    )
  }
  return (
    <Notice
      tone="warn"
      role="alert"
      title={t(check.data === 'exists' ? 'lost.title' : 'create.unresolved')}
      actions={
        check.data === 'exists' ? (
          <Link to={paths.token(account, token.name)} className={buttonClass('primary')}>
            {t('list.manageToken', { name: token.name })}
          </Link>
        ) : (
          <Button isBusy={check.isPending} onClick={() => check.mutate(token)}>
            {t('create.checkAgain')}
          </Button>
        )
      }
    >
      <p>{check.data === 'exists' ? t('lost.text', { name: token.name }) : t('create.unresolvedText')}</p>
      {check.error && <ErrorNotice title={t('error.loadList')} error={check.error} />}
    </Notice>
  )
}
