import { Link } from 'react-router'
import type { Account } from '../cpanel/tokens'
import { t } from '../messages/catalogue'
import { paths } from '../paths'
import { buttonClass } from '../ui/Button'
import { Notice } from '../ui/Notice'

/** The address names a token that the list has not: said, with the way to the list. */
export function UnknownToken({ account, name }: { account: Account; name: string }) {
  return (
    <Notice
      tone="warn"
      role="alert"
      title={t('manage.unknown', { name })}
      actions={
        <Link to={paths.tokens(account)} className={buttonClass('primary')}>
          {t('manage.toList')}
        </Link>
      }
    >
      <p>{t('manage.unknownText')}</p>
    </Notice>
  )
}
