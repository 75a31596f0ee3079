import { useState, useSyncExternalStore } from 'react'
import { flushSync } from 'react-dom'
import { useLocation, useNavigate } from 'react-router'
import { CreateOnManyForm } from '../components/CreateOnManyForm'
import { CreatedOnMany } from '../components/CreatedOnMany'
import { LeaveGuard } from '../components/LeaveGuard'
import { PageTitle } from '../components/PageFrame'
import { SourceTroubles } from '../components/SourceTroubles'
import { usePageHide } from '../components/usePageHide'
import type { NewToken } from '../cpanel/tokens'
import { allTokens } from '../data/allTokens'
import { createOnMany, recipientsFrom, type Gift, type Recipient } from '../data/createOnMany'
import { useWorkAcross } from '../data/useWorkAcross'
import '../messages/across'
import { t } from '../messages/catalogue'
import { paths } from '../paths'
import { Button } from '../ui/Button'
import { Notice } from '../ui/Notice'
import { Progress } from '../ui/Progress'
import { toast } from '../ui/Toast'

/** What is being created where; null while the form is filled in. */
type Wish = { token: NewToken; recipients: readonly Recipient[] }

/**
 * One token on many accounts: the form, then progress, then the one-time screen of all. The results of the work are the only
 * home of the secrets.
 */
export function CreateOnManyPage() {
  useSyncExternalStore(allTokens.subscribe, allTokens.current)
  const navigate = useNavigate()
  const location = useLocation()
  const [wish, setWish] = useState<Wish | null>(null)
  const [wiped, setWiped] = useState<string | null>(null)
  const [isSettled, setIsSettled] = useState(false)
  const { work, start, stop, reset } = useWorkAcross<Gift>()
  const results = work.kind === 'idle' ? new Map() : work.results
  const hasSecrets = [...results.values()].some((result) => result.kind === 'done' && result.value.kind === 'created')

  // The browser may keep the whole page for its Back button: no secret may be in what it keeps.
  usePageHide(() => {
    if (!hasSecrets || wish === null) return
    flushSync(() => {
      setWiped(wish.token.name)
      setWish(null)
      reset()
    })
  })

  async function run(token: NewToken, recipients: readonly Recipient[], all = recipients) {
    setWiped(null)
    setWish({ token, recipients: all })
    await start((tools) => createOnMany(recipients, token, tools))
  }

  function finish(count: number) {
    if (wish !== null && count > 0) toast(t('onMany.savedToast', { count, name: wish.token.name }))
    // Once the guard is gone from the page the way out may be taken.
    flushSync(() => setIsSettled(true))
    void Promise.resolve(navigate(paths.allTokens)).then(reset)
  }

  const ended = [...results.values()].filter(({ kind }) => kind !== 'waiting' && kind !== 'working').length
  return (
    <div className="mx-auto flex w-full max-w-4xl flex-col gap-5">
      <PageTitle title={t('onMany.title')} />
      <LeaveGuard
        isActive={!isSettled && (hasSecrets || work.kind === 'running')}
        atStake={hasSecrets ? 'secret' : 'work'}
      />
      <header>
        <h1 className="text-2xl font-bold tracking-tight">{t('onMany.title')}</h1>
        <p className="mt-1 max-w-prose text-muted">{t('onMany.intro')}</p>
      </header>
      <SourceTroubles />
      {wiped !== null && (
        <Notice tone="warn" role="alert" title={t('onMany.gone')}>
          <p>{t('onMany.goneText', { name: wiped })}</p>
        </Notice>
      )}
      {wish === null && (
        <CreateOnManyForm
          start={wantedAccounts(location.state)}
          onCreate={(token, accounts) => void run(token, recipientsFrom(accounts))}
        />
      )}
      {wish !== null && work.kind === 'running' && (
        <section className="flex flex-col gap-4 rounded-xl border border-line bg-surface p-5 sm:p-6">
          <h2 className="text-lg font-semibold">{t('onMany.creating', { name: wish.token.name })}</h2>
          <Progress label={t('onMany.progress')} max={wish.recipients.length} value={ended}>
            {t('onMany.progressText', { done: ended, total: wish.recipients.length })}
          </Progress>
          <p className="text-muted">{t('onMany.keep')}</p>
          <Button className="self-start" onClick={stop}>
            {t('onMany.stop')}
          </Button>
        </section>
      )}
      {wish !== null && work.kind === 'done' && !isSettled && (
        <CreatedOnMany
          token={wish.token}
          recipients={wish.recipients}
          results={work.results}
          onRetry={(which) => void run(wish.token, which, wish.recipients)}
          onDone={finish}
        />
      )}
    </div>
  )
}

/** The accounts another page chose already, by number, from the state of the navigation. */
function wantedAccounts(state: unknown): readonly number[] {
  if (typeof state !== 'object' || state === null || !('accounts' in state) || !Array.isArray(state.accounts)) return []
  return state.accounts.flatMap((wanted: unknown) => {
    if (typeof wanted !== 'object' || wanted === null || !('server' in wanted) || !('user' in wanted)) return []
    const { server, user } = wanted
    if (typeof server !== 'string' || typeof user !== 'string') return []
    const found = allTokens.find({ server, user })
    return found === undefined ? [] : [found]
  })
}
