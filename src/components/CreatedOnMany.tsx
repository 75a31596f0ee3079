import { useQueries } from '@tanstack/react-query'
import type { NewToken } from '../cpanel/tokens'
import type { Result } from '../data/acrossAccounts'
import { connectionQuery } from '../data/connections'
import type { Gift, Recipient } from '../data/createOnMany'
import type { MadeToken } from '../inventory/secretFiles'
import { t } from '../messages/catalogue'
import { Button } from '../ui/Button'
import { Notice } from '../ui/Notice'
import { errorWords } from './ErrorNotice'
import { SecretsOnce, type SecretsWords } from './SecretsOnce'
import { exactMoment } from './When'

type CreatedOnManyProps = {
  token: NewToken
  recipients: readonly Recipient[]
  results: ReadonlyMap<number, Result<Gift>>
  onRetry: (recipients: readonly Recipient[]) => void
  /** @param created how many secrets were there to save */
  onDone: (created: number) => void
}

/** The end of creating on many accounts: the secrets that came, and beside them what did not, each with its reason. */
export function CreatedOnMany({ token, recipients, results, onRetry, onDone }: CreatedOnManyProps) {
  const urls = useUrls(recipients)
  const made = recipients.flatMap((recipient): MadeToken[] => {
    const result = results.get(recipient.key)
    if (result?.kind !== 'done' || result.value.kind !== 'created') return []
    const { user, domain, server, connection } = recipient
    return [{ user, domain, server, url: urls.get(connection) ?? '', name: token.name, secret: result.value.secret }]
  })
  const without = recipients.filter(({ key }) => reasonOf(results.get(key), token.name) !== null)
  const differing = recipients.filter(({ key }) => isDifferent(results.get(key)))
  const again = without.filter(({ key }) => results.get(key)?.kind !== 'done')

  return (
    <section className="flex flex-col gap-5 rounded-xl border border-line bg-surface p-5 sm:p-6">
      {made.length > 0 ? (
        <SecretsOnce made={made} words={words(token, made.length)} />
      ) : (
        <h2 className="text-xl font-bold">{t('onMany.none')}</h2>
      )}
      {without.length > 0 && (
        <Notice
          tone="danger"
          role="alert"
          title={t('onMany.failed', { count: without.length })}
          actions={
            again.length > 0 && (
              <Button size="small" onClick={() => onRetry(again)}>
                {t('onMany.retry', { count: again.length })}
              </Button>
            )
          }
        >
          {made.length > 0 && <p>{t('onMany.failedText')}</p>}
          <ul className="mt-2 max-h-72 divide-y divide-line overflow-y-auto rounded-lg border border-line bg-surface text-sm">
            {without.map(({ key, user, server }) => (
              <li key={key} className="flex flex-wrap gap-x-3 px-3 py-1.5">
                <bdi className="font-mono font-semibold">{user}</bdi>
                <span className="text-muted">{server}</span>
                <span className="grow basis-64">{reasonOf(results.get(key), token.name)}</span>
              </li>
            ))}
          </ul>
        </Notice>
      )}
      {differing.length > 0 && (
        <Notice tone="warn" role="alert" title={t('onMany.differs', { count: differing.length })}>
          <p>
            {t('onMany.differsText')} {differing.map(({ user }) => user).join(', ')}
          </p>
        </Notice>
      )}
      <Button look="primary" className="self-start" onClick={() => onDone(made.length)}>
        {made.length > 0 ? t(made.length === 1 ? 'onMany.savedOne' : 'onMany.saved') : t('onMany.back')}
      </Button>
    </section>
  )
}

/** One token on many accounts: the accounts tell them apart. */
function words({ name, expiry }: NewToken, count: number): SecretsWords {
  const end =
    expiry.kind === 'never' ? t('secret.onlyNever') : t('secret.onlyExpires', { moment: exactMoment(expiry.at) })
  return {
    title: t('onMany.created', { count }),
    text: `${t('onMany.createdText', { name, count })} ${end}`,
    linesOf: ({ user, domain, server }) => [user, domain === '' ? server : `${domain} · ${server}`],
    secretOf: ({ user, server }) => t('onMany.secretOf', { user, server }),
    copyOf: ({ user, server }) => t('onMany.copyOf', { user, server }),
    copied: ({ user }) => t('onMany.copied', { user }),
  }
}

/** Why an account has nothing to show, in words; null where its secret is there. */
export function reasonOf(result: Result<Gift> | undefined, name: string): string | null {
  switch (result?.kind) {
    case undefined:
    case 'waiting':
    case 'working':
    case 'skipped':
      return t('onMany.skipped')
    case 'failed': {
      const { happened } = errorWords(result.error)
      return result.error.isUnresolved ? `${t('onMany.unresolved')} ${happened}` : happened
    }
    case 'done':
      return result.value.kind === 'lost' ? t('onMany.lost', { name }) : null
  }
}

/** Older servers ignore wishes without a word: the list told. */
export function isDifferent(result: Result<Gift> | undefined): boolean {
  return result?.kind === 'done' && result.value.kind === 'created' && (result.value.differs?.length ?? 0) > 0
}

/** Where each connection's cPanel is, for the files. */
function useUrls(recipients: readonly Recipient[]): ReadonlyMap<string, string> {
  const connections = [...new Set(recipients.map(({ connection }) => connection))]
  const details = useQueries({ queries: connections.map((connection) => connectionQuery(connection)) })
  return new Map(connections.map((connection, index) => [connection, details[index]?.data?.urls.cpanel ?? '']))
}
