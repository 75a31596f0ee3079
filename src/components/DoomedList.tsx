import { clsx } from 'clsx'
import type { Result } from '../data/acrossAccounts'
import type { Doomed } from '../data/revokeAcross'
import { t } from '../messages/catalogue'
import { errorWords } from './ErrorNotice'

/** So many are listed one by one; nobody reads ten thousand. What went wrong comes first. */
const LISTED = 300

/** The tokens of the work by account, each with where it stands. */
export function DoomedList({
  doomed,
  results,
}: {
  doomed: readonly Doomed[]
  results: ReadonlyMap<number, Result<null>>
}) {
  const isOver = doomed.every(({ key }) => isEnded(results.get(key)))
  const sorted = isOver && doomed.length > 0 ? worstFirst(doomed, results) : doomed
  const shown = sorted.slice(0, LISTED)
  return (
    <ul className="max-h-96 divide-y divide-line overflow-y-auto rounded-lg border border-line">
      {shown.map((one) => (
        <li key={one.key} className="flex flex-wrap items-center gap-x-4 gap-y-0.5 px-4 py-2">
          <bdi className="font-mono text-sm font-semibold wrap-anywhere">{one.name}</bdi>
          <span className="grow text-sm text-muted wrap-anywhere">
            {t('across.tokensOf', {
              user: one.isWhmUser ? t('whm.userNamed', { user: one.user }) : one.user,
              server: one.server,
            })}
          </span>
          <Outcome result={results.get(one.key)} />
        </li>
      ))}
      {doomed.length > LISTED && (
        <li className="px-4 py-2 text-sm text-muted">{t('across.more', { count: doomed.length - LISTED })}</li>
      )}
    </ul>
  )
}

function isEnded(result: Result<null> | undefined): boolean {
  return result !== undefined && result.kind !== 'waiting' && result.kind !== 'working'
}

const rank = { failed: 0, skipped: 1, working: 2, waiting: 2, done: 3 }

function worstFirst(doomed: readonly Doomed[], results: ReadonlyMap<number, Result<null>>): Doomed[] {
  const rankOf = ({ key }: Doomed) => rank[results.get(key)?.kind ?? 'waiting']
  return doomed.toSorted((one, other) => rankOf(one) - rankOf(other))
}

/** Where a token stands, and why. */
export function doomedWords(result: Result<null> | undefined): { words: string; reason: string } {
  switch (result?.kind) {
    case undefined:
    case 'waiting':
      return { words: t('across.waiting'), reason: '' }
    case 'working':
      return { words: t('across.working'), reason: '' }
    case 'skipped':
      return { words: t('across.skipped'), reason: '' }
    case 'done':
      return { words: t('across.revoked'), reason: '' }
    case 'failed': {
      const { happened, todo } = errorWords(result.error)
      const words = t(result.error.isUnresolved ? 'across.unresolved' : 'across.failed')
      return { words, reason: `${happened} ${todo}` }
    }
  }
}

function Outcome({ result }: { result: Result<null> | undefined }) {
  if (result === undefined) return null
  const { words, reason } = doomedWords(result)
  return (
    <>
      <span
        className={clsx(
          'text-sm',
          result.kind === 'done' && 'font-medium text-ok',
          result.kind === 'failed' && 'font-medium text-danger',
          result.kind !== 'done' && result.kind !== 'failed' && 'text-muted',
        )}
      >
        {words}
      </span>
      {reason !== '' && <span className="w-full text-sm">{reason}</span>}
    </>
  )
}
