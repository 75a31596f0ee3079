import { useSyncExternalStore } from 'react'
import { Link } from 'react-router'
import { allTokens } from '../data/allTokens'
import { t } from '../messages/catalogue'
import { paths } from '../paths'
import { Button, buttonClass } from '../ui/Button'

type NothingToShowProps = { why: 'no-accounts' | 'no-tokens' | 'no-match'; onClear?: () => void }

/** Why the table of all tokens is empty, and what to do. */
export function NothingToShow({ why, onClear }: NothingToShowProps) {
  const { waiting } = useSyncExternalStore(allTokens.subscribe, allTokens.current)
  // "No token" would be a lie while accounts have yet to answer.
  if (why === 'no-tokens' && waiting > 0) return null
  return (
    <div
      role="status"
      className="flex flex-col items-center gap-3 rounded-xl border border-line bg-surface px-4 py-14 text-center"
    >
      {why === 'no-match' && (
        <>
          <p>{t(waiting > 0 ? 'all.noMatchYet' : 'all.noMatch')}</p>
          <Button onClick={onClear}>{t('all.clear')}</Button>
        </>
      )}
      {why === 'no-tokens' && (
        <>
          <p className="font-semibold">{t('all.empty')}</p>
          <p className="text-muted">{t('all.emptyText')}</p>
        </>
      )}
      {why === 'no-accounts' && (
        <>
          <p className="font-semibold">{t('all.noAccounts')}</p>
          <p className="text-muted">{t('all.noAccountsText')}</p>
          <Link to={paths.signIn()} className={buttonClass('primary')}>
            {t('trouble.addCpanel')}
          </Link>
        </>
      )}
    </div>
  )
}
