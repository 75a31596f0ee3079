import type { UseQueryResult } from '@tanstack/react-query'
import type { Account } from '../cpanel/tokens'
import type { TokenList } from '../data/tokens'
import { t } from '../messages/catalogue'
import { ErrorNotice } from './ErrorNotice'
import { MissingTokenPrivilege } from './MissingTokenPrivilege'
import { ParentNode } from './ParentNode'
import { WhichToken } from './WhichToken'
import { useServerNow } from './useServerNow'

/** What the list of a WHM user has besides its tokens, and why there is no list. */
export function WhmExtras({ account, list }: { account: Account; list: UseQueryResult<TokenList> }) {
  const now = useServerNow(list.data?.clockSkewMs ?? 0)
  if (list.data === undefined) {
    return (
      <MissingTokenPrivilege account={account}>
        {list.isError && (
          <ErrorNotice
            title={t('error.loadList')}
            error={list.error}
            onRetry={() => void list.refetch()}
            isRetrying={list.isFetching}
          />
        )}
      </MissingTokenPrivilege>
    )
  }
  return (
    <>
      <ParentNode connection={account.connection} />
      <WhichToken account={account} now={now} />
    </>
  )
}
