import { useQuery } from '@tanstack/react-query'
import { accountsQuery, privilegesQuery } from '../data/accounts'
import { t } from '../messages/catalogue'
import { Notice } from '../ui/Notice'

/**
 * Warns where this server is the parent of others: it controls accounts there. The API tells it of the parent only, by the
 * child nodes of accounts (CPANEL_API.md 3.6); a child node does not say that it is one.
 */
export function ParentNode({ connection }: { connection: string }) {
  const mayList = useQuery(privilegesQuery(connection)).data?.mayListAccounts === true
  const accounts = useQuery({ ...accountsQuery(connection), enabled: mayList }).data ?? []
  const distributed = accounts.filter(({ childNodes }) => childNodes.length > 0)
  if (distributed.length === 0) return null
  const nodes = [...new Set(distributed.flatMap(({ childNodes }) => childNodes))].sort()
  return (
    <Notice tone="warn" title={t('whm.parent')}>
      <p>{t('whm.parentText', { nodes: nodes.join(', '), count: distributed.length })}</p>
    </Notice>
  )
}
