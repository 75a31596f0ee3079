import { RefreshCw } from 'lucide-react'
import { useState, useSyncExternalStore } from 'react'
import { allTokens } from '../data/allTokens'
import { loading } from '../data/loadAllTokens'
import { refreshAll } from '../data/sources'
import { t } from '../messages/catalogue'
import { isKeyringAway } from '../session/reach'
import { Button } from '../ui/Button'
import { Notice } from '../ui/Notice'
import { Progress } from '../ui/Progress'
import { errorWords } from './ErrorNotice'
import { ageOf } from './Freshness'
import { useServerNow } from './useServerNow'

/** How far fetching has come, counted in accounts, with a way to stop it, to go on and to have everything anew. */
export function LoadProgress() {
  const { accounts, waiting, oldestAt } = useSyncExternalStore(allTokens.subscribe, allTokens.current)
  const { isRunning, isStopped } = useSyncExternalStore(loading.subscribe, loading.current)
  const now = useServerNow(0)
  const done = accounts - waiting
  if (accounts === 0) return null

  return (
    <div className="flex min-h-9 flex-wrap items-center gap-x-4 gap-y-2 text-sm">
      {isRunning ? (
        <>
          <Progress label={t('progress.label')} value={done} max={accounts}>
            {t('progress.running', { done, total: accounts })}
          </Progress>
          <Button size="small" onClick={() => loading.stop()}>
            {t('progress.stop')}
          </Button>
        </>
      ) : (
        <>
          <p role="status" className="text-muted">
            {isStopped && waiting > 0
              ? t('progress.stopped', { done, total: accounts })
              : waiting > 0
                ? t('progress.left', { count: waiting })
                : t('progress.done', { total: accounts })}{' '}
            {oldestAt !== null && t('progress.doneAt', { age: ageOf(oldestAt, now) })}
          </p>
          {isStopped && waiting > 0 && (
            <Button size="small" onClick={() => loading.start()}>
              {t('progress.resume')}
            </Button>
          )}
          <Button look="quiet" size="small" onClick={() => refreshAll()}>
            <RefreshCw aria-hidden className="size-4" />
            {t('all.refresh')}
          </Button>
        </>
      )}
    </div>
  )
}

const NAMED = 50

/** The accounts that could not be read, each with its reason, and a way to ask only these again. */
export function FailedAccounts() {
  const now = useSyncExternalStore(allTokens.subscribe, allTokens.current)
  const isAway = useSyncExternalStore(isKeyringAway.subscribe, isKeyringAway.current)
  const [isOpen, setIsOpen] = useState(false)
  // What only the way to Keyring failed is said once for the whole page, and goes on by itself.
  const failed = isAway ? now.failed.filter(({ error }) => error.kind !== 'offline') : now.failed
  const { accounts } = allTokens.inventory.columns
  if (failed.length === 0) return null
  return (
    <Notice
      tone="warn"
      role="alert"
      title={t('progress.failed', { count: failed.length })}
      actions={
        <>
          <Button size="small" onClick={() => loading.retry(failed.map(({ account }) => account))}>
            {t('progress.retry', { count: failed.length })}
          </Button>
          <Button look="quiet" size="small" aria-expanded={isOpen} onClick={() => setIsOpen(!isOpen)}>
            {t('progress.show')}
          </Button>
        </>
      }
    >
      <p>{t('progress.failedText')}</p>
      {isOpen && (
        <ul className="mt-2 max-h-72 divide-y divide-line overflow-y-auto rounded-lg border border-line bg-surface text-sm">
          {failed.slice(0, NAMED).map(({ account, error }) => (
            <li key={account} className="flex flex-wrap gap-x-3 px-3 py-1.5">
              <bdi className="font-mono font-semibold">{accounts[account]?.user}</bdi>
              <span className="text-muted">{accounts[account]?.serverName}</span>
              <span className="grow basis-64">{errorWords(error).happened}</span>
            </li>
          ))}
          {failed.length > NAMED && (
            <li className="px-3 py-1.5">{t('progress.more', { count: failed.length - NAMED })}</li>
          )}
        </ul>
      )}
    </Notice>
  )
}
