import { Link } from 'react-router'
import type { Account } from '../cpanel/tokens'
import type { Change } from '../data/moved'
import { t } from '../messages/catalogue'
import { paths } from '../paths'
import { buttonClass } from '../ui/Button'
import { Notice } from '../ui/Notice'

type UnknownTokenProps = {
  account: Account
  name: string
  /** What became of it while the page was open, as far as the list tells. */
  change?: Change | undefined
}

/** The address names a token that the list has not: said, with the way to the list, or to what it is called now. */
export function UnknownToken({ account, name, change }: UnknownTokenProps) {
  const newNames = change?.kind === 'renamed' ? change.newNames : []
  const isRenamed = newNames.length > 0
  return (
    <Notice
      tone="warn"
      role="alert"
      title={isRenamed ? t('manage.renamed', { name, newName: newNames.join(' / ') }) : t('manage.unknown', { name })}
      actions={
        <>
          {newNames.map((newName) => (
            <Link key={newName} to={paths.token(account, newName)} className={buttonClass('primary')}>
              {t('list.manageToken', { name: newName })}
            </Link>
          ))}
          <Link to={paths.tokens(account)} className={buttonClass(isRenamed ? 'secondary' : 'primary')}>
            {t('manage.toList')}
          </Link>
        </>
      }
    >
      <p>{t(isRenamed ? 'manage.renamedText' : 'manage.unknownText')}</p>
    </Notice>
  )
}
