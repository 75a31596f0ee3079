import { useEffect, useRef } from 'react'
import type { Account } from '../cpanel/tokens'
import { useRevokeMany, type RevokeResult } from '../data/revokeMany'
import { t } from '../messages/catalogue'
import { Button } from '../ui/Button'
import { toast } from '../ui/Toast'
import { errorWords } from './ErrorNotice'
import { MovedNotice } from './MovedNotice'
import { OwnTokenNotice } from './OwnToken'

type RevokeSelectedProps = { account: Account; names: readonly string[]; onDone: () => void }

/** Revoking several, in place of the list: the names, then a result for each; what failed can be tried again. */
export function RevokeSelected({ account, names: chosen, onDone }: RevokeSelectedProps) {
  const { work, changes, start } = useRevokeMany(account)
  // What is called otherwise now is not what was chosen by its name: whoever wants it gone too chooses it again.
  const names = chosen.filter((name) => !changes.some((change) => change.name === name && change.kind !== 'revoked'))
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])

  const results = work.kind === 'idle' ? new Map<string, RevokeResult>() : work.results
  const ofKind = (kind: RevokeResult['kind']) => names.filter((name) => results.get(name)?.kind === kind)
  const failed = ofKind('failed')
  const revoked = ofKind('revoked')

  async function run(which: readonly string[]) {
    const end = await start(which)
    if (end === null) return undefined
    if ([...end.values()].some(({ kind }) => kind !== 'revoked')) return heading.current?.focus()
    toast(doneWords(names))
    return onDone()
  }

  return (
    <section
      aria-labelledby="revoke-selected"
      className="flex flex-col gap-4 rounded-xl border border-danger/40 bg-surface p-5"
    >
      <h3 id="revoke-selected" ref={heading} tabIndex={-1} className="text-lg font-semibold">
        {t(account.isWhmUser ? 'whm.revoke.title' : 'revokeMany.title')}
      </h3>
      {work.kind === 'idle' && <p>{t('revokeMany.text', { count: names.length })}</p>}
      <MovedNotice changes={changes} />
      <OwnTokenNotice account={account} names={names} words="whm.own.text" />
      {work.kind === 'running' && (
        <div className="flex flex-wrap items-center gap-3">
          <progress
            aria-label={t('revokeMany.progress')}
            max={names.length}
            value={revoked.length + failed.length}
            className="h-2 grow accent-accent-fill"
          />
          <span className="text-sm tabular-nums">
            {t('revokeMany.progressText', { done: revoked.length + failed.length, total: names.length })}
          </span>
        </div>
      )}
      {work.kind === 'done' && (
        <p role="alert" className="font-medium">
          {t('revokeMany.summary', { revoked: revoked.length, total: names.length, failed: failed.length })}
        </p>
      )}
      <ul className="max-h-96 divide-y divide-line overflow-y-auto rounded-lg border border-line">
        {names.map((name) => (
          <li key={name} className="flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-2">
            <bdi className="grow font-mono text-sm font-semibold wrap-anywhere">{name}</bdi>
            <Result result={results.get(name)} />
          </li>
        ))}
      </ul>
      <div className="flex flex-wrap gap-3">
        {work.kind === 'idle' && (
          <>
            <Button look="danger" disabled={names.length === 0} onClick={() => void run(names)}>
              {t('revokeMany.confirm', { count: names.length })}
            </Button>
            <Button onClick={onDone}>{t('revokeMany.cancel')}</Button>
          </>
        )}
        {work.kind === 'done' && (
          <>
            {failed.length > 0 && (
              <Button look="danger" onClick={() => void run(failed)}>
                {t('revokeMany.retry', { count: failed.length })}
              </Button>
            )}
            <Button onClick={onDone}>{t('revokeMany.back')}</Button>
          </>
        )}
      </div>
    </section>
  )
}

const NAMED = 3

/** Names the tokens; of many, the first few and how many more. */
function doneWords(names: readonly string[]): string {
  const named = names.slice(0, NAMED).join(', ')
  if (names.length <= NAMED) return t('revokeMany.allDone', { names: named })
  return t('revokeMany.allDoneMany', { count: names.length, names: named, more: names.length - NAMED })
}

function Result({ result }: { result: RevokeResult | undefined }) {
  switch (result?.kind) {
    case undefined:
      return null
    case 'waiting':
      return <span className="text-sm text-muted">{t('revokeMany.waiting')}</span>
    case 'working':
      return <span className="text-sm text-muted">{t('revokeMany.working')}</span>
    case 'revoked':
      return <span className="text-sm font-medium text-ok">{t('revokeMany.revoked')}</span>
    case 'failed': {
      const { happened, todo } = errorWords(result.error)
      return (
        <div className="w-full text-sm">
          <p className="font-medium text-danger">
            {t(result.error.isUnresolved ? 'revokeMany.unresolved' : 'revokeMany.failed')}
          </p>
          <p>
            {happened} {todo}
          </p>
        </div>
      )
    }
  }
}
