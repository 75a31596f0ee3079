import { useQuery } from '@tanstack/react-query'
import type { Account } from '../cpanel/tokens'
import { ownTokenQuery } from '../data/ownToken'
import { t } from '../messages/catalogue'
import { Notice } from '../ui/Notice'

type OwnTokenNoticeProps = {
  account: Account
  /** The tokens that something is about to happen to. */
  names: readonly string[]
  words: 'whm.own.text' | 'whm.own.edit'
}

/** Warns where the login itself hangs on one of the tokens. */
export function OwnTokenNotice({ account, names, words }: OwnTokenNoticeProps) {
  const own = useQuery({ ...ownTokenQuery(account.connection), enabled: account.isWhmUser === true })
  if (!own.data || !names.includes(own.data)) return null
  return (
    <Notice tone="danger" title={t('whm.own.title')}>
      <p>{words === 'whm.own.text' ? t(words, { name: own.data }) : t(words)}</p>
    </Notice>
  )
}
