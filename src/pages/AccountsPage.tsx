import { useQuery } from '@tanstack/react-query'
import { useParams, useSearchParams, Link } from 'react-router'
import { ErrorNotice } from '../components/ErrorNotice'
import { SearchBox } from '../components/SearchBox'
import { PageTitle } from '../components/PageFrame'
import { accountsQuery } from '../data/accounts'
import { t } from '../messages/catalogue'
import { paths } from '../paths'
import { connectionParts } from '../session/connections'
import { Badge } from '../ui/Badge'
import { buttonClass } from '../ui/Button'
import { Skeleton } from '../ui/Skeleton'

/** The accounts of a WHM user, each with the way to its tokens. */
export function AccountsPage() {
  const { connection = '' } = useParams()
  const accounts = useQuery(accountsQuery(connection))
  const [search, setSearch] = useSearchParams()
  const query = (search.get('q') ?? '').trim().toLowerCase()
  const shown = (accounts.data ?? []).filter(({ user, domain }) => user.includes(query) || domain.includes(query))

  return (
    <>
      <PageTitle title={t('accounts.title')} />
      <h1 className="text-2xl font-bold tracking-tight">{t('accounts.title')}</h1>
      <p className="max-w-prose text-muted">
        {t('accounts.intro', { user: connectionParts(connection)?.username ?? '' })}
      </p>
      {accounts.isError && (
        <ErrorNotice
          title={t('error.loadAccounts')}
          error={accounts.error}
          onRetry={() => void accounts.refetch()}
          isRetrying={accounts.isFetching}
        />
      )}
      {accounts.isPending && (
        <div role="status" aria-label={t('accounts.loading')} className="flex flex-col gap-3">
          {['a', 'b', 'c', 'd'].map((row) => (
            <Skeleton key={row} className="h-12 w-full" />
          ))}
        </div>
      )}
      {accounts.data && (
        <>
          <SearchBox
            label={t('accounts.search')}
            query={search.get('q') ?? ''}
            onQuery={(q) => setSearch(q === '' ? {} : { q }, { replace: true })}
          />
          <p role="status" className="text-sm text-muted">
            {shown.length > 0
              ? t('accounts.count', { count: shown.length })
              : t(query === '' ? 'accounts.none' : 'accounts.noMatch')}
          </p>
          <ul className="divide-y divide-line rounded-xl border border-line bg-surface empty:hidden">
            {shown.map(({ user, domain, isSuspended }) => (
              <li key={user} className="flex items-center gap-3 px-4 py-2">
                <div className="min-w-0 grow">
                  <p className="font-mono text-sm font-semibold wrap-anywhere">{user}</p>
                  <p className="text-sm text-muted wrap-anywhere">{domain}</p>
                </div>
                {isSuspended && <Badge look="warn">{t('accounts.suspended')}</Badge>}
                <Link
                  to={paths.tokens({ connection, user })}
                  aria-label={t('accounts.openOf', { user })}
                  className={buttonClass('secondary', 'small')}
                >
                  {t('accounts.open')}
                </Link>
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  )
}
