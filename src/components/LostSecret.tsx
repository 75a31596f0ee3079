import { Link } from 'react-router'
import type { Account, NewToken } from '../cpanel/tokens'
import { t } from '../messages/catalogue'
import { paths } from '../paths'
import { Button, buttonClass } from '../ui/Button'
import { Notice } from '../ui/Notice'
import { ErrorNotice } from './ErrorNotice'

type LostSecretProps = {
  account: Account
  token: NewToken
  isBusy: boolean
  error: Error | null
  onReplace: () => void
}

/** The token exists and nobody will ever know its secret: say exactly that, and mend it with one button. */
export function LostSecret({ account, token, isBusy, error, onReplace }: LostSecretProps) {
  return (
    <>
      {error && <ErrorNotice title={t('lost.replaceFailed')} error={error} />}
      <Notice
        tone="warn"
        role="alert"
        title={t('lost.title')}
        actions={
          <>
            <Button look="primary" isBusy={isBusy} onClick={onReplace}>
              {t('lost.replace')}
            </Button>
            <Link to={paths.tokens(account)} className={buttonClass('secondary')}>
              {t('lost.keep')}
            </Link>
          </>
        }
      >
        <p>{t('lost.text', { name: token.name })}</p>
      </Notice>
    </>
  )
}
