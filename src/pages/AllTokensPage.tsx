import { useState } from 'react'
import { Link } from 'react-router'
import { AllTokens } from '../components/AllTokens'
import { ClocksOfAll } from '../components/ClocksOfAll'
import { FailedAccounts, LoadProgress } from '../components/LoadProgress'
import { PageTitle } from '../components/PageFrame'
import { AllReminders } from '../components/ReminderAll'
import { RevokeAcross } from '../components/RevokeAcross'
import { SourceTroubles } from '../components/SourceTroubles'
import { t } from '../messages/catalogue'
import { paths } from '../paths'
import { buttonClass } from '../ui/Button'

/** Looking at the table, or revoking what was selected, in its place. */
type Doing = { kind: 'looking' } | { kind: 'revoking'; rows: readonly number[] }

export function AllTokensPage() {
  const [doing, setDoing] = useState<Doing>({ kind: 'looking' })

  return (
    <>
      <PageTitle title={t('all.title')} />
      <header className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="min-w-0">
          <h1 className="text-2xl font-bold tracking-tight">{t('all.title')}</h1>
          {doing.kind === 'looking' && (
            <>
              <p className="mt-1 max-w-3xl text-muted">{t('all.intro')}</p>
              <LoadProgress />
            </>
          )}
        </div>
        {doing.kind === 'looking' && (
          <Link to={paths.createOnMany} className={buttonClass('primary')}>
            {t('all.createOnMany')}
          </Link>
        )}
      </header>
      <SourceTroubles />
      <ClocksOfAll />
      {doing.kind === 'revoking' ? (
        <RevokeAcross rows={doing.rows} onDone={() => setDoing({ kind: 'looking' })} />
      ) : (
        <>
          <FailedAccounts />
          <AllReminders />
          <AllTokens onRevoke={(rows) => setDoing({ kind: 'revoking', rows })} />
        </>
      )}
    </>
  )
}
