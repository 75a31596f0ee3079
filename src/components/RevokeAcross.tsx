import { useEffect, useRef, useState } from 'react'
import type { Account } from '../cpanel/tokens'
import { doomedFrom, isLeftAlone, revokeAcross, type Doomed } from '../data/revokeAcross'
import { useWorkAcross } from '../data/useWorkAcross'
import type { Result } from '../data/acrossAccounts'
import { csv } from '../inventory/export'
import '../messages/across'
import { t } from '../messages/catalogue'
import { Button } from '../ui/Button'
import { downloadText } from '../ui/clipboard'
import { Field, TextInput } from '../ui/Field'
import { Progress } from '../ui/Progress'
import { toast } from '../ui/Toast'
import { LeaveGuard } from './LeaveGuard'
import { OwnTokenNotice } from './OwnToken'
import { DoomedList, doomedWords } from './DoomedList'

/** More than so many tokens are revoked only when somebody types how many: a slip of the hand types nothing. */
const TYPED_OVER = 10

/** Revoking tokens of many accounts, in place of the table: what will go, how far it is, a result for each, an honest end. */
export function RevokeAcross({ rows, onDone }: { rows: readonly number[]; onDone: () => void }) {
  // What was selected when it began: the columns forget a token once it is gone.
  const [doomed] = useState(() => doomedFrom(rows))
  const { work, start, stop } = useWorkAcross<null>()
  const [typed, setTyped] = useState('')
  const [isStopping, setIsStopping] = useState(false)
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])

  const results = work.kind === 'idle' ? new Map<number, Result<null>>() : work.results
  const counts = countKinds(doomed, results)
  const accounts = new Set(doomed.map(({ account }) => account)).size
  const left = doomed.filter(({ key }) => results.get(key)?.kind !== 'done' && !isLeftAlone(results.get(key)))
  const isConfirmed = doomed.length <= TYPED_OVER || typed.trim() === String(doomed.length)

  async function run(which: readonly Doomed[]) {
    setIsStopping(false)
    const end = await start((tools) => revokeAcross(which, tools))
    if (end === null) return
    if ([...end.values()].some(({ kind }) => kind !== 'done')) return heading.current?.focus()
    toast(t('across.allDone', { count: doomed.length, accounts }))
    onDone()
  }

  return (
    <section
      aria-labelledby="revoke-across"
      className="flex flex-col gap-4 rounded-xl border border-danger/40 bg-surface p-5"
    >
      <LeaveGuard isActive={work.kind === 'running'} atStake="work" />
      <h2 id="revoke-across" ref={heading} tabIndex={-1} className="text-lg font-semibold">
        {t('across.title', { count: doomed.length, accounts })}
      </h2>
      {work.kind === 'idle' && <p>{t('across.text', { count: doomed.length })}</p>}
      {work.kind === 'idle' &&
        ofWhmUsers(doomed).map(({ reach, names }) => (
          <OwnTokenNotice key={reach.connection} account={reach} names={names} words="whm.own.text" />
        ))}
      {work.kind === 'running' && (
        <Progress label={t('across.progress')} max={doomed.length} value={counts.ended}>
          {t('across.progressText', { done: counts.ended, total: doomed.length })}
        </Progress>
      )}
      {work.kind === 'done' && (
        <p role="alert" className="font-medium">
          {summary(doomed.length, counts)}
        </p>
      )}
      <DoomedList doomed={doomed} results={results} />
      {work.kind === 'idle' && doomed.length > TYPED_OVER && (
        <Field label={t('across.typeCount', { count: doomed.length })}>
          {(control) => (
            <TextInput
              {...control}
              inputMode="numeric"
              autoComplete="off"
              value={typed}
              onChange={({ target }) => setTyped(target.value)}
              className="max-w-40"
            />
          )}
        </Field>
      )}
      <div className="flex flex-wrap gap-3">
        {work.kind === 'idle' && (
          <>
            <Button look="danger" disabled={!isConfirmed} onClick={() => void run(doomed)}>
              {t('across.confirm', { count: doomed.length })}
            </Button>
            <Button onClick={onDone}>{t('across.cancel')}</Button>
          </>
        )}
        {work.kind === 'running' && (
          <Button
            isBusy={isStopping}
            onClick={() => {
              setIsStopping(true)
              stop()
            }}
          >
            {t(isStopping ? 'across.stopping' : 'across.stop')}
          </Button>
        )}
        {work.kind === 'done' && (
          <>
            {left.length > 0 && (
              <Button look="danger" onClick={() => void run(left)}>
                {t('across.retry', { count: left.length })}
              </Button>
            )}
            <Button onClick={onDone}>{t('across.back')}</Button>
            <Button look="quiet" onClick={() => downloadText('revoked.csv', resultsAsCsv(doomed, results))}>
              {t('across.export')}
            </Button>
          </>
        )}
      </div>
    </section>
  )
}

/** Those of WHM users, by login. */
function ofWhmUsers(doomed: readonly Doomed[]): { reach: Account; names: readonly string[] }[] {
  const own = doomed.filter(({ isWhmUser }) => isWhmUser)
  const byLogin = new Map(own.map(({ reach }) => [reach.connection, reach]))
  return [...byLogin.values()].map((reach) => ({
    reach,
    names: own.filter(({ connection }) => connection === reach.connection).map(({ name }) => name),
  }))
}

type Counts = { ended: number; revoked: number; failed: number; unresolved: number; skipped: number }

function countKinds(doomed: readonly Doomed[], results: ReadonlyMap<number, Result<null>>): Counts {
  const counts = { ended: 0, revoked: 0, failed: 0, unresolved: 0, skipped: 0 }
  for (const { key } of doomed) {
    const result = results.get(key)
    if (result === undefined || result.kind === 'waiting' || result.kind === 'working') continue
    counts.ended += 1
    if (result.kind === 'done') counts.revoked += 1
    else if (result.kind === 'skipped') counts.skipped += 1
    else if (result.error.isUnresolved) counts.unresolved += 1
    else counts.failed += 1
  }
  return counts
}

function summary(total: number, { revoked, failed, unresolved, skipped }: Counts): string {
  return [
    t('across.summary', { revoked, total }),
    failed > 0 && t('across.summaryFailed', { count: failed }),
    unresolved > 0 && t('across.summaryUnresolved', { count: unresolved }),
    skipped > 0 && t('across.summarySkipped', { count: skipped }),
  ]
    .filter(Boolean)
    .join(' ')
}

function resultsAsCsv(doomed: readonly Doomed[], results: ReadonlyMap<number, Result<null>>): string {
  return csv([
    ['token', 'account', 'server', 'result', 'reason'],
    ...doomed.map(({ key, name, user, server }) => {
      const { words, reason } = doomedWords(results.get(key))
      return [name, user, server, words, reason]
    }),
  ])
}
