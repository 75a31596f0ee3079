import { Link } from 'react-router'
import { t } from '../messages/catalogue'
import { paths } from '../paths'
import { buttonClass } from '../ui/Button'
import { Notice } from '../ui/Notice'

type MissingPrivilegeProps = {
  privilege: 'list-accts' | 'cpanel-api' | 'manage-api-tokens'
  user: string
  server: string
}

/** Which privilege a WHM user lacks, who gives it and where, and what works without it. */
export function MissingPrivilege({ privilege, user, server }: MissingPrivilegeProps) {
  return (
    <Notice
      tone="warn"
      title={t(`trouble.${privilege}`, { user, server })}
      actions={
        // An account's own login stands in for WHM's way to it, not for WHM's own tokens.
        privilege !== 'manage-api-tokens' && (
          <Link to={paths.signIn()} className={buttonClass('secondary', 'small')}>
            {t('trouble.addCpanel')}
          </Link>
        )
      }
    >
      <p>
        {t(`trouble.${privilege}Text`)} {t('trouble.token')}
      </p>
    </Notice>
  )
}
