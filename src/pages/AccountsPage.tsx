import { useQuery } from '@tanstack/react-query'
import { KeyRound } from 'lucide-react'
import { useMemo, useState, useSyncExternalStore } from 'react'
import { Link, useParams } from 'react-router'
import { AccountFilters } from '../components/AccountFilters'
import { AccountsTable } from '../components/AccountsTable'
import { ErrorNotice } from '../components/ErrorNotice'
import { LoadProgress } from '../components/LoadProgress'
import { MissingPrivilege } from '../components/MissingPrivilege'
import { PageTitle } from '../components/PageFrame'
import { SearchBox } from '../components/SearchBox'
import { useQueryString } from '../components/useQueryString'
import { accountsQuery, privilegesQuery } from '../data/accounts'
import { allTokens } from '../data/allTokens'
import { connectionsQuery, serversQuery } from '../data/connections'
import { openConnection, tokenSources } from '../data/sources'
import {
  accountChoiceFrom,
  accountChoiceTo,
  chosenAccounts,
  type AccountChoice,
  type ListedAccount,
} from '../inventory/accountList'
import { tokenCount } from '../inventory/inventory'
import { t } from '../messages/catalogue'
import { paths } from '../paths'
import { connectionParts } from '../session/connections'
import { Button, buttonClass } from '../ui/Button'
import { Skeleton } from '../ui/Skeleton'

/** The accounts of a WHM user: found, filtered and sorted, each with the way to its tokens. */
export function AccountsPage() {
  const { connection: id = '' } = useParams()
  const { server: serverId = '', username: user = '' } = connectionParts(id) ?? {}
  const accounts = useQuery(accountsQuery(id))
  const privileges = useQuery(privilegesQuery(id))
  const server = useQuery(serversQuery).data?.find((one) => one.id === serverId)?.name ?? serverId
  const mayReach = privileges.data?.mayReachAccounts !== false

  return (
    <>
      <PageTitle title={t('accounts.title')} />
      <header>
        <h1 className="text-2xl font-bold tracking-tight">{t('accounts.title')}</h1>
        <p className="mt-1 max-w-3xl text-muted">{t('accounts.intro', { user })}</p>
      </header>
      {privileges.data?.mayListAccounts === false ? (
        <MissingPrivilege privilege="list-accts" user={user} server={server} />
      ) : (
        accounts.isError && (
          <ErrorNotice
            title={t('error.loadAccounts')}
            error={accounts.error}
            onRetry={() => void accounts.refetch()}
            isRetrying={accounts.isFetching}
          />
        )
      )}
      {accounts.data && !mayReach && <MissingPrivilege privilege="cpanel-api" user={user} server={server} />}
      {accounts.isPending && (
        <div role="status" aria-label={t('accounts.loading')} className="flex flex-col gap-3">
          {['a', 'b', 'c', 'd'].map((row) => (
            <Skeleton key={row} className="h-12 w-full" />
          ))}
        </div>
      )}
      {accounts.data && <Accounts id={id} server={serverId} accounts={accounts.data} mayReach={mayReach} />}
    </>
  )
}

type AccountsProps = {
  id: string
  server: string
  accounts: readonly Omit<ListedAccount, 'tokens'>[]
  mayReach: boolean
}

function Accounts({ id, server, accounts, mayReach }: AccountsProps) {
  const { version } = useSyncExternalStore(allTokens.subscribe, allTokens.current)
  const isCounting = useSyncExternalStore(tokenSources.subscribe, tokenSources.current).some(
    ({ connection }) => connection.id === id,
  )
  const connection = useQuery(connectionsQuery).data?.find((one) => one.id === id)
  const [search, setSearch] = useQueryString()
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const text = String(search)
  const choice = useMemo(() => accountChoiceFrom(new URLSearchParams(text)), [text])
  const counted = useMemo(
    () =>
      accounts.map((account): ListedAccount => {
        const index = allTokens.find({ server, user: account.user })
        return { ...account, tokens: index === undefined ? null : (tokenCount(allTokens.inventory, index) ?? null) }
      }),
    // oxlint-disable-next-line react/exhaustive-deps -- the inventory changes in place; the version tells when
    [accounts, server, version],
  )
  const shown = useMemo(() => chosenAccounts(counted, choice), [counted, choice])
  const isFiltered = String(accountChoiceTo({ ...choice, by: 'user', isDescending: false })) !== ''

  function change(part: Partial<AccountChoice>) {
    setSearch((before) => accountChoiceTo({ ...accountChoiceFrom(before), ...part }), { replace: true })
  }

  return (
    <>
      <div className="flex flex-wrap items-center gap-3">
        <div className="flex min-w-0 grow max-sm:w-full sm:max-w-sm">
          <SearchBox label={t('accounts.search')} query={choice.query} onQuery={(query) => change({ query })} />
        </div>
        {mayReach && !isCounting && connection && (
          <Button onClick={() => void openConnection(connection)}>{t('accounts.countTokens')}</Button>
        )}
        {mayReach && (
          <Link
            to={paths.createOnMany}
            state={{ accounts: [...chosen].map((user) => ({ server, user })) }}
            className={buttonClass(chosen.size > 0 ? 'primary' : 'secondary', 'normal', 'sm:ml-auto')}
          >
            <KeyRound aria-hidden className="size-4" />
            {chosen.size > 0 ? t('accounts.createOn', { count: chosen.size }) : t('all.createOnMany')}
          </Link>
        )}
      </div>
      <AccountFilters accounts={accounts} choice={choice} onChoice={change} hasCounts={isCounting} />
      <div className="flex flex-wrap items-center gap-x-4">
        <p role="status" className="flex min-h-9 items-center text-sm text-muted">
          {shown.length > 0
            ? t('accounts.count', { count: shown.length })
            : t(isFiltered ? 'accounts.noMatch' : 'accounts.none')}
        </p>
        {isCounting && <LoadProgress />}
      </div>
      {shown.length > 0 && (
        <AccountsTable
          connection={id}
          accounts={shown}
          choice={choice}
          onChoice={change}
          chosen={mayReach ? chosen : null}
          onChosen={setChosen}
        />
      )}
    </>
  )
}
