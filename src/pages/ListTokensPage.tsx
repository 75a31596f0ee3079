import { useQuery } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { Suspense, lazy, useDeferredValue, useEffect, useState } from 'react'
import { Link } from 'react-router'
import { EmptyTokens } from '../components/EmptyTokens'
import { ErrorNotice } from '../components/ErrorNotice'
import { Freshness } from '../components/Freshness'
import { Pager, SelectionBar } from '../components/ListToolbar'
import { SearchBox } from '../components/SearchBox'
import { ListNotices } from '../components/ListNotices'
import { PageFrame } from '../components/PageFrame'
import { DueReminders, ShownReminders, beginReminders } from '../components/Reminders'
import { TokenTable } from '../components/TokenTable'
import { TokensSkeleton } from '../components/TokensSkeleton'
import { showTokens } from '../components/listView'
import { useAccount } from '../components/useAccount'
import { useListView } from '../components/useListView'
import { useServerNow } from '../components/useServerNow'
import { rotationPairs } from '../cpanel/rotation'
import { has, tokensQuery, type TokenList } from '../data/tokens'
import { t } from '../messages/catalogue'
import { paths } from '../paths'
import { Button, buttonClass } from '../ui/Button'
import { aheadExtra } from '../ui/lazyExtra'

const WhmExtras = lazy(() => import('../components/WhmExtras').then((module) => ({ default: module.WhmExtras })))

const { Extra: RotationNotice, begin: beginRotationNotice } = aheadExtra(() =>
  import('../components/RotationNotice').then((module) => module.RotationNotice),
)

const loadRevokeSelected = () => import('../components/RevokeSelected')
const RevokeSelected = lazy(async () => ({ default: (await loadRevokeSelected()).RevokeSelected }))

const RotateSelected = lazy(() =>
  import('../components/RotateSelected').then((module) => ({ default: module.RotateSelected })),
)

/** Looking at the list, or revoking or rotating what was selected, in its place. */
type Doing = { kind: 'looking' } | { kind: 'revoking' | 'rotating'; names: readonly string[] }

export function ListTokensPage() {
  const account = useAccount()
  const list = useQuery(tokensQuery(account))
  const [doing, setDoing] = useState<Doing>({ kind: 'looking' })
  // Ahead of need: nobody should wait who has made up their mind, and what comes late would move the list.
  useEffect(() => {
    for (const load of [beginReminders, beginRotationNotice, loadRevokeSelected]) load().catch(() => {})
  }, [])

  return (
    <PageFrame
      title={t(account.isWhmUser ? 'whm.list.title' : 'list.title')}
      takesFocus={false}
      actions={
        list.data && (
          <Freshness
            updatedAt={list.dataUpdatedAt}
            isFetching={list.isFetching}
            onRefresh={() => void list.refetch()}
          />
        )
      }
    >
      {list.isPending && <TokensSkeleton />}
      {list.isError && list.data === undefined && !account.isWhmUser && (
        <ErrorNotice
          title={t('error.loadList')}
          error={list.error}
          onRetry={() => void list.refetch()}
          isRetrying={list.isFetching}
        />
      )}
      {list.data && <ListNotices list={list.data} updatedAt={list.dataUpdatedAt} error={list.error} />}
      {list.data && doing.kind === 'looking' && <DueReminders account={account} list={list.data} />}
      {doing.kind === 'revoking' && (
        <Suspense fallback={<TokensSkeleton />}>
          <RevokeSelected account={account} names={doing.names} onDone={() => setDoing({ kind: 'looking' })} />
        </Suspense>
      )}
      {doing.kind === 'rotating' && list.data && (
        <Suspense fallback={<TokensSkeleton />}>
          <RotateSelected
            account={account}
            names={doing.names}
            list={list.data}
            onDone={() => setDoing({ kind: 'looking' })}
          />
        </Suspense>
      )}
      {list.data &&
        doing.kind === 'looking' &&
        (list.data.tokens.length === 0 && list.data.unreadable === 0 ? (
          <EmptyTokens place={account} />
        ) : (
          <Tokens list={list.data} onDo={(kind, names) => setDoing({ kind, names })} />
        ))}
      {account.isWhmUser && doing.kind === 'looking' && (
        <Suspense fallback={null}>
          <WhmExtras account={account} list={list} />
        </Suspense>
      )}
    </PageFrame>
  )
}

type TokensProps = { list: TokenList; onDo: (kind: 'revoking' | 'rotating', names: readonly string[]) => void }

function Tokens({ list, onDo }: TokensProps) {
  const account = useAccount()
  const now = useServerNow(list.clockSkewMs)
  const [view, setView] = useListView()
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set())
  // Typing stays quick with 500 rows on the page: they follow as soon as there is time.
  const shown = showTokens(list.tokens, useDeferredValue(view))
  const rotations = rotationPairs(list.tokens, now)
  // A token that is gone meanwhile is not selected any more.
  const selected = new Set([...ticked].filter((name) => has(list.tokens, name)))

  function select(names: readonly string[], isSelected: boolean) {
    const next = new Set(selected)
    for (const name of names) {
      if (isSelected) next.add(name)
      else next.delete(name)
    }
    setTicked(next)
  }

  return (
    <>
      {rotations.length > 0 && <RotationNotice place={account} rotations={rotations} now={now} />}
      <div className="flex flex-wrap items-center gap-3">
        <SearchBox
          label={t(account.isWhmUser ? 'whm.list.search' : 'list.searchLabel')}
          query={view.q}
          onQuery={(q) => setView({ q })}
        />
        <Link to={paths.createToken(account)} className={buttonClass('primary', 'normal', 'ml-auto')}>
          <Plus aria-hidden className="size-4" />
          {t(account.isWhmUser ? 'whm.list.generate' : 'list.create')}
        </Link>
      </div>
      <div className="overflow-hidden rounded-xl border border-line bg-surface">
        <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 border-b border-line px-1.5 py-2">
          <SelectionBar
            shown={shown}
            selected={selected}
            onSelectPage={(isSelected) =>
              select(
                shown.tokens.map(({ name }) => name),
                isSelected,
              )
            }
            onRevoke={() => onDo('revoking', [...selected])}
            onRotate={() => onDo('rotating', [...selected])}
            whm={
              account.isWhmUser && {
                onClear: () => setTicked(new Set()),
                onRevokeAll: () => onDo('revoking', list.tokens.map(({ name }) => name).toSorted()),
              }
            }
          />
          <Pager shown={shown} view={view} onView={setView} />
        </div>
        {list.tokens.length === 0 ? (
          <p className="px-4 py-14 text-center">{t('list.noneReadable')}</p>
        ) : shown.total === 0 ? (
          <div role="status" className="flex flex-col items-center gap-3 px-4 py-14 text-center">
            <p>{t(account.isWhmUser ? 'whm.list.none' : 'list.noMatch')}</p>
            <Button onClick={() => setView({ q: '' })}>{t('list.showAll')}</Button>
          </div>
        ) : (
          <TokenTable
            tokens={shown.tokens}
            rotations={rotations}
            place={account}
            view={view}
            onView={setView}
            selected={selected}
            onSelect={(name, isSelected) => select([name], isSelected)}
            now={now}
            onIntent={() => void (account.isWhmUser ? import('./EditWhmTokenPage') : import('./ManageTokenPage'))}
            onRevoke={(name) => onDo('revoking', [name])}
          />
        )}
      </div>
      <ShownReminders account={account} list={list} view={view} />
    </>
  )
}
