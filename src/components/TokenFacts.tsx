import type { ReactNode } from 'react'
import { tokenState, type Access, type ApiToken } from '../cpanel/token'
import { t } from '../messages/catalogue'
import { CreatedCell, ExpiresCell, StateBadge, addressWords, privilegeNames } from './StateBadge'

type TokenFactsProps = { token: ApiToken; now: Date; beside?: ReactNode }

/**
 * All that cPanel tells of a token. It does not know when or by whom a token was last used.
 * @param beside what else there is to say of its state
 */
export function TokenFacts({ token, now, beside }: TokenFactsProps) {
  return (
    <dl className="grid gap-x-6 gap-y-3 rounded-xl border border-line bg-surface p-5 sm:grid-cols-[8rem_1fr]">
      <Fact label={t('manage.name')}>
        <bdi className="font-mono font-semibold wrap-anywhere">{token.name}</bdi>
      </Fact>
      <Fact label={t('manage.created')}>
        <CreatedCell token={token} />
      </Fact>
      <Fact label={t('manage.expires')}>
        <ExpiresCell token={token} />
      </Fact>
      <Fact label={t('manage.state')}>
        <span className="flex flex-wrap items-center gap-2">
          {tokenState(token.expiry, now).kind === 'active' ? (
            t('manage.active')
          ) : (
            <StateBadge token={token} now={now} />
          )}
          {beside}
        </span>
      </Fact>
      <Fact label={t('manage.access')}>
        <span className="wrap-anywhere">{accessWords(token.access)}</span>
      </Fact>
    </dl>
  )
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="contents max-sm:block">
      <dt className="text-muted">{label}</dt>
      <dd>{children}</dd>
    </div>
  )
}

function accessWords(access: Access): string {
  switch (access.kind) {
    case 'full':
      return t('manage.accessFull')
    case 'read-only':
      return t('manage.accessReadOnly')
    case 'limited':
      return t('token.limitedTo', { features: access.features.join(', ') })
    case 'whm':
      return [privilegeNames(access), addressWords(access)].join(' · ')
  }
}
