import type { Account } from '../cpanel/tokens'
import type { Result } from '../data/acrossAccounts'
import type { Gift } from '../data/createOnMany'
import type { MadeToken } from '../inventory/secretFiles'
import { t } from '../messages/catalogue'
import { connectionParts } from '../session/connections'
import { Button } from '../ui/Button'
import { Notice } from '../ui/Notice'
import { isDifferent, reasonOf } from './CreatedOnMany'
import type { Succession } from './RotationPlanList'
import { SecretsOnce, type SecretsWords } from './SecretsOnce'
import { useUsage } from './useUsage'

type RotatedSelectedProps = {
  account: Account
  successions: readonly Succession[]
  results: ReadonlyMap<number, Result<Gift>>
  onRetry: (successions: readonly Succession[]) => void
  /** @param created how many secrets were there to save */
  onDone: (created: number) => void
}

/** The end of rotating several: the secrets that came, and beside them what did not, each with its reason. */
export function RotatedSelected({ account, successions, results, onRetry, onDone }: RotatedSelectedProps) {
  const { url, user } = useUsage(account)
  const server = connectionParts(account.connection)?.server ?? ''
  const made = successions.flatMap(({ key, token: { name } }): MadeToken[] => {
    const result = results.get(key)
    if (result?.kind !== 'done' || result.value.kind !== 'created') return []
    return [{ user, domain: '', server, url, name, secret: result.value.secret }]
  })
  const without = successions.flatMap((one) => {
    const reason = why(results.get(one.key), one.token.name)
    return reason === null ? [] : [{ ...one, reason }]
  })
  const again = without.filter(({ key }) => results.get(key)?.kind !== 'done')
  const differing = successions.filter(({ key }) => isDifferent(results.get(key)))

  return (
    <>
      {made.length > 0 ? (
        <SecretsOnce made={made} words={words(successions, made.length)} />
      ) : (
        <p role="alert" className="font-semibold">
          {t('rotation.many.none')}
        </p>
      )}
      {without.length > 0 && (
        <Notice
          tone="danger"
          role="alert"
          title={t('rotation.many.failed', { count: without.length })}
          actions={
            again.length > 0 && (
              <Button size="small" onClick={() => onRetry(again)}>
                {t('rotation.many.retry', { count: again.length })}
              </Button>
            )
          }
        >
          <p>{t('rotation.many.failedText')}</p>
          <ul className="mt-2 max-h-72 divide-y divide-line overflow-y-auto rounded-lg border border-line bg-surface text-sm">
            {without.map(({ key, old, reason }) => (
              <li key={key} className="flex flex-wrap gap-x-3 px-3 py-1.5">
                <bdi className="font-mono font-semibold wrap-anywhere">{old}</bdi>
                <span className="grow basis-64">{reason}</span>
              </li>
            ))}
          </ul>
        </Notice>
      )}
      {differing.length > 0 && (
        <Notice tone="warn" role="alert" title={t('rotation.many.differs', { count: differing.length })}>
          <p>
            {t('rotation.many.differsText')} {differing.map(({ token: { name } }) => name).join(', ')}
          </p>
        </Notice>
      )}
      <Button look="primary" className="self-start" onClick={() => onDone(made.length)}>
        {made.length > 0 ? t(made.length === 1 ? 'onMany.savedOne' : 'onMany.saved') : t('rotation.many.back')}
      </Button>
    </>
  )
}

/** Why a token has no successor that anybody can use; null where its secret is there. */
function why(result: Result<Gift> | undefined, name: string): string | null {
  const isLost = result?.kind === 'done' && result.value.kind === 'lost'
  return isLost ? t('rotation.many.lost', { name }) : reasonOf(result, name)
}

/** Several tokens of one account: their names tell them apart. */
function words(successions: readonly Succession[], count: number): SecretsWords {
  const oldOf = (name: string) => successions.find(({ token }) => token.name === name)?.old ?? ''
  return {
    title: t('rotation.many.created', { count }),
    text: t('rotation.many.createdText'),
    linesOf: ({ name }) => [name, t('rotation.many.replaces', { old: oldOf(name) })],
    secretOf: ({ name }) => t('rotation.many.secretOf', { name }),
    copyOf: ({ name }) => t('rotation.many.copyOf', { name }),
    copied: ({ name }) => t('rotation.many.copied', { name }),
  }
}
