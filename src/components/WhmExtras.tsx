import { useQuery, type UseQueryResult } from '@tanstack/react-query'
import type { Account } from '../cpanel/tokens'
import { privilegesQuery } from '../data/accounts'
import { serversQuery } from '../data/connections'
import type { TokenList } from '../data/tokens'
import { t } from '../messages/catalogue'
import { connectionParts } from '../session/connections'
import { ErrorNotice } from './ErrorNotice'
import { MissingPrivilege } from './MissingPrivilege'
import { ParentNode } from './ParentNode'
import { WhichToken } from './WhichToken'
import { useServerNow } from './useServerNow'

/** What the list of a WHM user has besides its tokens, and why there is no list. */
export function WhmExtras({ account, list }: { account: Account; list: UseQueryResult<TokenList> }) {
  const now = useServerNow(list.data?.clockSkewMs ?? 0)
  const privileges = useQuery(privilegesQuery(account.connection))
  const { server: id = '', username: user = '' } = connectionParts(account.connection) ?? {}
  const server = useQuery(serversQuery).data?.find((one) => one.id === id)?.name ?? id

  if (privileges.data?.mayManageTokens === false && list.data === undefined) {
    return <MissingPrivilege privilege="manage-api-tokens" user={user} server={server} />
  }
  if (list.isError && list.data === undefined) {
    return (
      <ErrorNotice
        title={t('error.loadList')}
        error={list.error}
        onRetry={() => void list.refetch()}
        isRetrying={list.isFetching}
      />
    )
  }
  return (
    <>
      <ParentNode connection={account.connection} />
      {list.data && <WhichToken account={account} now={now} />}
    </>
  )
}
