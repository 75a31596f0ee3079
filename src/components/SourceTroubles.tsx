import { Suspense, useState, useSyncExternalStore } from 'react'
import { loading } from '../data/loadAllTokens'
import { openConnection, tokenSources, type Source } from '../data/sources'
import { t } from '../messages/catalogue'
import { endedConnections } from '../session/ended'
import { isKeyringAway } from '../session/reach'
import { Button } from '../ui/Button'
import { Notice } from '../ui/Notice'
import { ErrorNotice } from './ErrorNotice'
import { MissingPrivilege } from './MissingPrivilege'
import { lazyExtra } from '../ui/lazyExtra'

const SignInAgain = lazyExtra(() => import('./SignInAgain').then((module) => module.SignInAgain))

/** What is wrong with single connections: each says so by itself, and none holds up the others. */
export function SourceTroubles() {
  const sources = useSyncExternalStore(tokenSources.subscribe, tokenSources.current)
  const ended = useSyncExternalStore(endedConnections.subscribe, endedConnections.current)
  const [wanted, setWanted] = useState<string | null>(null)
  // Over once somebody is logged in again, wherever that was.
  const signingIn = sources.find(
    ({ connection }) => connection.id === wanted && (connection.hasEnded || ended.has(connection.id)),
  )
  return (
    <>
      {sources.map((source) => (
        <SourceTrouble key={source.connection.id} source={source} onSignIn={() => setWanted(source.connection.id)} />
      ))}
      {signingIn && (
        <Suspense fallback={null}>
          <SignInAgain connection={signingIn.connection} onLeave={() => setWanted(null)} />
        </Suspense>
      )}
    </>
  )
}

function SourceTrouble({ source, onSignIn }: { source: Source; onSignIn: () => void }) {
  const ended = useSyncExternalStore(endedConnections.subscribe, endedConnections.current)
  const { blocked } = useSyncExternalStore(loading.subscribe, loading.current)
  const isAway = useSyncExternalStore(isKeyringAway.subscribe, isKeyringAway.current)
  const { connection, trouble, serverName, isAsking } = source
  const { id, username: user } = connection
  const who = { user, server: serverName }
  const stopped = blocked.get(id)

  if (connection.hasEnded || ended.has(id)) {
    return (
      <Notice
        tone="warn"
        role="alert"
        title={t('trouble.ended', who)}
        actions={
          <Button size="small" onClick={onSignIn}>
            {t('trouble.again')}
          </Button>
        }
      >
        <p>{t('trouble.endedText')}</p>
      </Notice>
    )
  }
  const failure = stopped ?? (trouble?.kind === 'failed' ? trouble.error : null)
  // Said once for the whole page (OfflineNotice), and it goes on by itself.
  if (isAway && failure?.kind === 'offline') return null
  if (stopped !== undefined) {
    return <ErrorNotice title={t('trouble.blocked', who)} error={stopped} onRetry={() => loading.unblock(id)} />
  }
  if (trouble === null) return null
  if (trouble.kind === 'failed') {
    return (
      <ErrorNotice
        title={t('trouble.failed', who)}
        error={trouble.error}
        onRetry={() => void openConnection(connection)}
        isRetrying={isAsking}
      />
    )
  }
  return <MissingPrivilege privilege={trouble.kind} {...who} />
}
