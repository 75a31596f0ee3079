import { Suspense, lazy, useState, useSyncExternalStore } from 'react'
import { Link } from 'react-router'
import { AllTokens } from '../components/AllTokens'
import { FailedAccounts, LoadProgress } from '../components/LoadProgress'
import { PageTitle } from '../components/PageFrame'
import { RevokeAcross } from '../components/RevokeAcross'
import { SourceTroubles } from '../components/SourceTroubles'
import { tokenSources, type Source } from '../data/sources'
import { t } from '../messages/catalogue'
import { paths } from '../paths'
import { endedConnections } from '../session/ended'
import { buttonClass } from '../ui/Button'

const SignInAgain = lazy(() => import('../components/SignInAgain').then((module) => ({ default: module.SignInAgain })))

/** Looking at the table, or revoking what was selected, in its place. */
type Doing = { kind: 'looking' } | { kind: 'revoking'; rows: readonly number[] }

export function AllTokensPage() {
  const [doing, setDoing] = useState<Doing>({ kind: 'looking' })
  const [wanted, setWanted] = useState<Source | null>(null)
  const ended = useSyncExternalStore(endedConnections.subscribe, endedConnections.current)
  const sources = useSyncExternalStore(tokenSources.subscribe, tokenSources.current)
  // Over once somebody is logged in again, wherever that was.
  const signingIn = sources.find(
    ({ connection }) => connection.id === wanted?.connection.id && (connection.hasEnded || ended.has(connection.id)),
  )

  return (
    <>
      <PageTitle title={t('all.title')} />
      <header className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div>
          <h1 className="text-2xl font-bold tracking-tight">{t('all.title')}</h1>
          <p className="mt-1 max-w-prose text-muted">{t('all.intro')}</p>
        </div>
        <Link to={paths.createOnMany} className={buttonClass('primary')}>
          {t('all.createOnMany')}
        </Link>
      </header>
      <LoadProgress />
      <SourceTroubles onSignIn={setWanted} />
      <FailedAccounts />
      {doing.kind === 'revoking' ? (
        <RevokeAcross rows={doing.rows} onDone={() => setDoing({ kind: 'looking' })} />
      ) : (
        <AllTokens onRevoke={(rows) => setDoing({ kind: 'revoking', rows })} />
      )}
      {signingIn && (
        <Suspense fallback={null}>
          <SignInAgain connection={signingIn.connection} onLeave={() => setWanted(null)} />
        </Suspense>
      )}
    </>
  )
}
