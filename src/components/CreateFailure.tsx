import { Link } from 'react-router'
import { asCpanelError } from '../cpanel/errors'
import type { Account, NewToken } from '../cpanel/tokens'
import { checkAgainMutation } from '../data/createToken'
import { useSoleMutation } from '../data/useSoleMutation'
import { t } from '../messages/catalogue'
import { paths } from '../paths'
import { Button, buttonClass } from '../ui/Button'
import { Notice } from '../ui/Notice'
import { ErrorNotice } from './ErrorNotice'

type CreateFailureProps = {
  account: Account
  error: Error | null
  /** What `error` is about: the form may say something else by now. */
  tried: NewToken | undefined
}

/** Why nothing was created, or that nobody knows whether something was. */
export function CreateFailure({ account, error, tried }: CreateFailureProps) {
  if (error === null) return null
  const failure = asCpanelError(error)
  if (!failure.isUnresolved) return <ErrorNotice title={t('create.failed')} error={failure} />
  return tried && <Unresolved account={account} token={tried} />
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
