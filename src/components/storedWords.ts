import { privilegeTitle } from '../cpanel/privileges'
import type { ApiToken } from '../cpanel/token'
import type { StoredDifference } from '../data/createToken'
import { t } from '../messages/catalogue'
import { exactMoment } from './When'

/** What the server stored otherwise than asked, in words. `stored` is the token as its list has it; null when it has none. */
export function differenceWords(difference: StoredDifference, stored: ApiToken | null): string {
  const access = stored?.access.kind === 'whm' ? stored.access : { privileges: [], addresses: [] }
  switch (difference) {
    case 'expiry':
      return t('secret.differs.expiry', {
        stored:
          stored?.expiry.kind === 'at'
            ? t('secret.differs.expiryAt', { moment: exactMoment(stored.expiry.at) })
            : t('secret.differs.expiryNever'),
      })
    case 'access':
      return t('secret.differs.access')
    case 'privileges':
      return t('whm.differs.privileges', { privileges: titles(access.privileges) })
    case 'addresses':
      return t('whm.differs.addresses', { addresses: access.addresses.join(', ') || t('whm.list.any') })
    case 'missing':
      return t('secret.differs.missing')
  }
}

/** One word says it where it is everything: among sixty others nobody would see it. */
function titles(privileges: readonly string[]): string {
  return (privileges.includes('all') ? ['all'] : privileges).map(privilegeTitle).join(', ')
}
