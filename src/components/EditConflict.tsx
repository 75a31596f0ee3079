import { Link } from 'react-router'
import type { Account } from '../cpanel/tokens'
import type { WhmToken } from '../cpanel/whmTokens'
import { t } from '../messages/catalogue'
import { paths } from '../paths'
import { Button, buttonClass } from '../ui/Button'
import { Notice } from '../ui/Notice'
import { whmChanges } from './whmChanges'

type EditConflictProps = {
  account: Account
  opened: WhmToken
  /** What the token is now; null when it is gone. */
  current: WhmToken | null
  onOpen: (token: WhmToken, isMineKept: boolean) => void
}

/** Somebody else was quicker: what they changed, and whether one's own changes are to stay. Nothing is overwritten unseen. */
export function EditConflict({ account, opened, current, onOpen }: EditConflictProps) {
  if (current === null) {
    return (
      <Notice
        tone="warn"
        role="alert"
        title={t('whm.edit.gone', { name: opened.name })}
        actions={
          <Link to={paths.tokens(account)} className={buttonClass('primary')}>
            {t('manage.toList')}
          </Link>
        }
      >
        <p>{t('whm.edit.goneText')}</p>
      </Notice>
    )
  }
  const changes = whmChanges(opened, current)
  return (
    <Notice
      tone="warn"
      role="alert"
      title={t('whm.edit.conflict')}
      actions={
        <>
          <Button size="small" onClick={() => onOpen(current, true)}>
            {t('whm.edit.conflictKeep')}
          </Button>
          <Button size="small" onClick={() => onOpen(current, false)}>
            {t('whm.edit.conflictTake')}
          </Button>
        </>
      }
    >
      <p>{t('whm.edit.conflictText')}</p>
      <ul className="list-disc pl-5">
        {(changes.length > 0 ? changes : [t('whm.edit.conflictOther')]).map((words) => (
          <li key={words}>{words}</li>
        ))}
      </ul>
    </Notice>
  )
}
