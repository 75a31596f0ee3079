import type { UseQueryResult } from '@tanstack/react-query'
import type { Account, NewToken } from '../cpanel/tokens'
import { storedDifferences } from '../data/createToken'
import { revokeMutation, type TokenList } from '../data/tokens'
import { useSoleMutation } from '../data/useSoleMutation'
import { t } from '../messages/catalogue'
import { Button } from '../ui/Button'
import { Notice } from '../ui/Notice'
import { toast } from '../ui/Toast'
import { ErrorNotice } from './ErrorNotice'
import { differenceWords } from './storedWords'

type StoredCheckProps = { account: Account; token: NewToken; list: UseQueryResult<TokenList>; onRevoked: () => void }

/**
 * What the server made of the wish. Older servers ignore "read-only", some hosts the expiry, without a word (CPANEL_API.md
 * 1.1): then this says so before anything else, and offers to revoke at once.
 */
export function StoredCheck({ account, token, list, onRevoked }: StoredCheckProps) {
  const revoke = useSoleMutation({
    ...revokeMutation(account),
    onSuccess: () => {
      toast(t('secret.revokedNow', { name: token.name }))
      onRevoked()
    },
  })
  if (list.isFetching && !revoke.isPending) return <p className="text-sm text-muted">{t('secret.checking')}</p>
  if (list.error || list.data === undefined) {
    return (
      <Notice tone="warn">
        <p>{t('secret.unchecked')}</p>
      </Notice>
    )
  }
  const { tokens } = list.data
  const differences = storedDifferences(token, tokens)
  if (differences.length === 0) return null
  const stored = tokens.find(({ name }) => name === token.name) ?? null

  return (
    <Notice
      tone="danger"
      role="alert"
      title={t('secret.differs')}
      actions={
        <Button look="danger" isBusy={revoke.isPending} onClick={() => revoke.mutate(token.name)}>
          {t('secret.revokeNow')}
        </Button>
      }
    >
      {differences.map((difference) => (
        <p key={difference}>{differenceWords(difference, stored)}</p>
      ))}
      {revoke.error && <ErrorNotice title={t('revoke.failed')} error={revoke.error} />}
    </Notice>
  )
}
