import { tokenState, type ApiToken, type WhmAccess } from '../cpanel/token'
import { t } from '../messages/catalogue'
import { Badge } from '../ui/Badge'
import { When, fromNow } from './When'

/** Where a token stands, in words; nothing for one that is simply active. */
export function StateBadge({ token, now }: { token: ApiToken; now: Date }) {
  const state = tokenState(token.expiry, now)
  switch (state.kind) {
    case 'expired':
      return <Badge look="danger">{t('token.expired')}</Badge>
    case 'expiring':
      return (
        <Badge look={state.within === 'month' ? 'info' : 'warn'}>
          {t('token.expiresIn', { when: fromNow(state.at, now, 'day') })}
        </Badge>
      )
    case 'active':
      return null
  }
}

/** What a token may do where it is not simply everything. */
export function AccessBadge({ token }: { token: ApiToken }) {
  switch (token.access.kind) {
    case 'full':
      return null
    case 'read-only':
      return <Badge look="plain">{t('token.readOnly')}</Badge>
    case 'limited':
      return (
        <span title={t('token.limitedTo', { features: token.access.features.join(', ') })}>
          <Badge look="plain">{t('token.limited')}</Badge>
        </span>
      )
    case 'whm':
      return (
        <span title={[privilegeNames(token.access), addressWords(token.access)].join(' · ')}>
          <Badge look={hasAll(token.access) ? 'danger' : 'plain'}>{privilegeWords(token.access)}</Badge>
        </span>
      )
  }
}

function hasAll({ privileges }: WhmAccess): boolean {
  return privileges.includes('all')
}

/** How much a token of WHM may do. */
function privilegeWords(access: WhmAccess): string {
  return hasAll(access) ? t('whm.access.all') : t('whm.access.some', { count: access.privileges.length })
}

/** What a token of WHM may do, by the names that programs know. */
export function privilegeNames(access: WhmAccess): string {
  const { privileges } = access
  return hasAll(access) || privileges.length === 0 ? privilegeWords(access) : privileges.join(', ')
}

/** From where a token of WHM works. */
export function addressWords({ addresses }: WhmAccess): string {
  return addresses.length === 0 ? t('whm.access.fromAny') : t('whm.access.from', { addresses: addresses.join(', ') })
}

/** When a token was created; some servers don't say. */
export function CreatedCell({ token }: { token: ApiToken }) {
  return token.created ? <When at={token.created} /> : <span className="text-muted">{t('token.unknownDate')}</span>
}

/** When a token expires, "Never" instead of a blank. */
export function ExpiresCell({ token }: { token: ApiToken }) {
  return token.expiry.kind === 'at' ? (
    <When at={token.expiry.at} />
  ) : (
    <span className="text-muted">{t('token.never')}</span>
  )
}
