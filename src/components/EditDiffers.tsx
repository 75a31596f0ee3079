import { Link, useNavigate } from 'react-router'
import type { Account } from '../cpanel/tokens'
import type { WhmToken } from '../cpanel/whmTokens'
import type { Edited } from '../data/editWhmToken'
import { t } from '../messages/catalogue'
import { paths } from '../paths'
import { Button, buttonClass } from '../ui/Button'
import { Notice } from '../ui/Notice'
import { differenceWords } from './storedWords'

type EditDiffersProps = {
  account: Account
  edited: Extract<Edited, { kind: 'saved' }>
  onAgain: (token: WhmToken, isMineKept: boolean) => void
}

/** The server said done and did something else: what it has now, before anybody relies on it. */
export function EditDiffers({ account, edited, onAgain }: EditDiffersProps) {
  const navigate = useNavigate()
  const { stored, differences } = edited
  return (
    <Notice
      tone="danger"
      role="alert"
      title={t('whm.edit.differs')}
      actions={
        <>
          {stored && (
            <Button
              look="primary"
              onClick={() => {
                onAgain(stored, false)
                void navigate(paths.token(account, stored.name), { replace: true })
              }}
            >
              {t('whm.edit.again')}
            </Button>
          )}
          <Link to={paths.tokens(account)} className={buttonClass('secondary')}>
            {t('manage.toList')}
          </Link>
        </>
      }
    >
      {differences.map((difference) => (
        <p key={difference}>{differenceWords(difference, stored)}</p>
      ))}
    </Notice>
  )
}
