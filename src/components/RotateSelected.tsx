import { clsx } from 'clsx'
import { useEffect, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import '../messages/rotation'
import { rotationPlan } from '../cpanel/rotationPlan'
import type { Account } from '../cpanel/tokens'
import { createEach, type Gift } from '../data/createOnMany'
import type { TokenList } from '../data/tokens'
import { useWorkAcross } from '../data/useWorkAcross'
import '../messages/across'
import { t } from '../messages/catalogue'
import { Button } from '../ui/Button'
import { Notice } from '../ui/Notice'
import { Progress } from '../ui/Progress'
import { toast } from '../ui/Toast'
import { LeaveGuard } from './LeaveGuard'
import { RotatedSelected } from './RotatedSelected'
import { RotationPlanList, type Succession } from './RotationPlanList'
import { usePageHide } from './usePageHide'
import { useServerNow } from './useServerNow'
import { localZone } from './When'

type RotateSelectedProps = { account: Account; names: readonly string[]; list: TokenList; onDone: () => void }

/**
 * Rotating several, in place of the list: what each becomes, progress, then all secrets once. The results of the work are
 * their only home.
 */
export function RotateSelected({ account, names, list, onDone }: RotateSelectedProps) {
  const now = useServerNow(list.clockSkewMs)
  // What was agreed to is what is done: the list changes under it as successors appear.
  const [plan] = useState(() => rotationPlan(names, list.tokens, { now, zone: localZone() }))
  const [wiped, setWiped] = useState(false)
  const [isSettled, setIsSettled] = useState(false)
  const { work, start, stop, reset } = useWorkAcross<Gift>()
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])

  const successions = plan.successions.map((one, key): Succession => ({ ...one, key }))
  const results = work.kind === 'idle' ? new Map() : work.results
  const hasSecrets = [...results.values()].some((result) => result.kind === 'done' && result.value.kind === 'created')
  const ended = [...results.values()].filter(({ kind }) => kind !== 'waiting' && kind !== 'working').length

  // The browser may keep the whole page for its Back button: no secret may be in what it keeps.
  usePageHide(() => {
    if (!hasSecrets) return
    flushSync(() => {
      setWiped(true)
      reset()
    })
  })

  async function run(which: readonly Succession[]) {
    // The button that was pressed goes; where secrets come, their heading takes the focus.
    heading.current?.focus()
    await start((tools) =>
      createEach(
        which.map(({ key, token }) => ({ key, token, connection: account.connection, reach: account })),
        tools,
      ),
    )
  }

  function finish(count: number) {
    if (count > 0) toast(t('rotation.many.savedToast', { count }))
    // Once the guard is gone from the page the way out may be taken.
    flushSync(() => setIsSettled(true))
    reset()
    onDone()
  }

  if (wiped) {
    return (
      <Notice
        tone="warn"
        role="alert"
        title={t('onMany.gone')}
        actions={<Button onClick={onDone}>{t('rotation.many.back')}</Button>}
      >
        <p>{t('rotation.many.goneText')}</p>
      </Notice>
    )
  }
  return (
    <section
      aria-labelledby="rotate-selected"
      className="flex flex-col gap-5 rounded-xl border border-line bg-surface p-5"
    >
      <LeaveGuard
        isActive={!isSettled && (hasSecrets || work.kind === 'running')}
        atStake={hasSecrets ? 'secret' : 'work'}
      />
      <h3
        id="rotate-selected"
        ref={heading}
        tabIndex={-1}
        className={clsx('text-lg font-semibold', work.kind === 'done' && hasSecrets && 'sr-only')}
      >
        {t('rotation.many.title', { count: successions.length })}
      </h3>
      {work.kind === 'idle' && (
        <>
          {successions.length > 0 && <p className="max-w-prose">{t('rotation.many.text')}</p>}
          <RotationPlanList account={account} successions={successions} leftOut={plan.leftOut} />
          <div className="flex flex-wrap gap-3">
            {successions.length > 0 && (
              <Button look="primary" onClick={() => void run(successions)}>
                {t('rotation.many.create', { count: successions.length })}
              </Button>
            )}
            <Button onClick={onDone}>{t('rotation.many.cancel')}</Button>
          </div>
        </>
      )}
      {work.kind === 'running' && (
        <>
          <Progress label={t('rotation.many.progress')} max={successions.length} value={ended}>
            {t('rotation.many.progressText', { done: ended, total: successions.length })}
          </Progress>
          <p className="text-muted">{t('onMany.keep')}</p>
          <Button className="self-start" onClick={stop}>
            {t('rotation.many.stop')}
          </Button>
        </>
      )}
      {work.kind === 'done' && !isSettled && (
        <RotatedSelected
          account={account}
          successions={successions}
          results={work.results}
          onRetry={(which) => void run(which)}
          onDone={finish}
        />
      )}
    </section>
  )
}
