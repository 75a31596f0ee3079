import { SlidersHorizontal } from 'lucide-react'
import { useCallback, useEffect, useMemo, useState, useSyncExternalStore } from 'react'
import { allTokens } from '../data/allTokens'
import { tokensView } from '../data/allTokensView'
import { loading } from '../data/loadAllTokens'
import { rowsWithSuccessor } from '../data/rotations'
import { skewsOfAccounts } from '../data/serverClocks'
import { tokenSources } from '../data/sources'
import { ACCESS } from '../inventory/columns'
import { NO_FILTER, accountMatcher, type Filter } from '../inventory/filter'
import { timelineMonths } from '../inventory/timeline'
import type { View, ViewRequest } from '../inventory/view'
import { choiceTo, type Choice } from '../inventory/viewUrl'
import { t } from '../messages/catalogue'
import { Button } from '../ui/Button'
import { Checkbox } from '../ui/Choice'
import { Notice } from '../ui/Notice'
import { AllTokensTable } from './AllTokensTable'
import { BatchBar, ExportRows } from './BatchBar'
import { ExpiryTimeline } from './ExpiryTimeline'
import { NothingToShow } from './NothingToShow'
import { SavedViews } from './SavedViews'
import { SearchBox } from './SearchBox'
import { ActiveFilters, TokenFilters, countFilters } from './TokenFilters'
import { useChoice } from './useChoice'
import { useServerNow } from './useServerNow'
import { TokensSkeleton } from './TokensSkeleton'

/** Views, filters, the picture of expiries and the table under them. */
export function AllTokens({ onRevoke }: { onRevoke: (rows: readonly number[]) => void }) {
  const { version, accounts: accountCount, whmUsers } = useSyncExternalStore(allTokens.subscribe, allTokens.current)
  const { view, isBroken } = useSyncExternalStore(tokensView.subscribe, tokensView.current)
  const sources = useSyncExternalStore(tokenSources.subscribe, tokenSources.current)
  const minute = Math.floor(useServerNow(0).getTime() / 60_000) * 60
  const now = useMemo(() => new Date(minute * 1000), [minute])
  const months = useMemo(() => timelineMonths(minute), [minute])
  const requestOf = (wanted: Choice): ViewRequest => ({
    ...wanted,
    now: minute,
    months,
    skews: skewsOfAccounts(),
    succeeded: wanted.filter.review.includes('succeeded') ? rowsWithSuccessor(now) : [],
  })
  const [choice, change, latest] = useChoice((next) => tokensView.ask(requestOf(next)))
  const [isOpen, setIsOpen] = useState(false)
  const [ticked, setTicked] = useState<ReadonlySet<number>>(new Set())
  const { accounts } = allTokens.inventory.columns
  const { filter } = choice

  // What streams in changes the view as well as what is typed.
  const asks = String(choiceTo(choice))
  useEffect(() => {
    tokensView.ask(requestOf(latest()))
    // oxlint-disable-next-line react/exhaustive-deps -- asked anew only for another choice, other rows or another minute
  }, [asks, version, minute])
  // Accounts that somebody filters by are asked before the others.
  const asksFor = JSON.stringify([filter.server, filter.account, filter.plan, filter.isSuspended])
  useEffect(() => {
    loading.prioritize(accountMatcher(allTokens.inventory.columns, filter))
    // oxlint-disable-next-line react/exhaustive-deps -- only these conditions are about accounts
  }, [asksFor])

  const rows = useMemo(() => rowsIn(view), [view])
  // What is gone meanwhile is not selected any more.
  const selected = useMemo(
    () => new Set([...ticked].filter((row) => allTokens.inventory.columns.access[row] !== ACCESS.gone)),
    // oxlint-disable-next-line react/exhaustive-deps -- the columns change in place; the version tells when
    [ticked, version],
  )
  const shownSelected = useMemo(() => countIn(rows, selected), [rows, selected])
  const select = useCallback((which: Iterable<number>, isSelected: boolean) => {
    setTicked((before) => {
      const next = new Set(before)
      for (const row of which) {
        if (isSelected) next.add(row)
        else next.delete(row)
      }
      return next
    })
  }, [])
  const selectShown = useCallback((isSelected: boolean) => select(rows, isSelected), [rows, select])
  const onOrder = useCallback((next: Choice['order']) => change({ order: next }), [change])
  const onFilter = useCallback(
    (part: Partial<Filter>) => change({ filter: { ...latest().filter, ...part } }),
    [change, latest],
  )

  const isAsking = sources.length === 0 || sources.some((source) => source.isAsking)
  if (accountCount + whmUsers === 0) return isAsking ? <TokensSkeleton /> : <NothingToShow why="no-accounts" />
  const count = countFilters(filter)
  const isFiltered = count > 0 || filter.query !== ''

  return (
    <>
      <SavedViews choice={choice} now={now} />
      {filter.review.length > 0 && <p className="max-w-prose text-sm text-muted">{t('view.hygieneText')}</p>}
      {filter.created.from !== null && choice.order.by === 'created' && (
        <p className="max-w-prose text-sm text-muted">{t('view.incidentText')}</p>
      )}
      {view && (
        <ExpiryTimeline
          timeline={view.timeline}
          months={months}
          state={filter.state}
          expires={filter.expires}
          onFilter={onFilter}
        />
      )}
      <div className="flex flex-wrap items-center gap-x-4 gap-y-3">
        <div className="flex min-w-0 grow max-sm:w-full sm:max-w-sm">
          <SearchBox label={t('filter.search')} query={filter.query} onQuery={(query) => onFilter({ query })} />
        </div>
        <Button aria-expanded={isOpen} onClick={() => setIsOpen(!isOpen)}>
          <SlidersHorizontal aria-hidden className="size-4" />
          {count > 0 ? t('filter.openCount', { count }) : t('filter.open')}
        </Button>
        <label className="flex min-h-9 items-center gap-2.5 text-sm">
          <Checkbox checked={choice.isGrouped} onChange={({ target }) => change({ isGrouped: target.checked })} />
          {t('all.group')}
        </label>
        <p role="status" className="text-sm text-muted tabular-nums sm:ml-auto">
          {view && t('all.count', { total: view.total, accounts: view.accounts })}
        </p>
        <ExportRows rows={() => [...(selected.size > 0 ? rows.filter((row) => selected.has(row)) : rows)]} />
      </div>
      {isOpen && <TokenFilters filter={filter} onFilter={onFilter} accounts={accounts} />}
      <ActiveFilters filter={filter} onFilter={onFilter} accounts={accounts} />
      {isBroken && (
        <Notice tone="danger" role="alert" title={t('all.broken')}>
          <p>{t('all.brokenText')}</p>
        </Notice>
      )}
      {view && view.total === 0 && (
        <NothingToShow why={isFiltered ? 'no-match' : 'no-tokens'} onClear={() => onFilter(NO_FILTER)} />
      )}
      {view && view.total > 0 && (
        <div className="rounded-xl border border-line bg-surface">
          <AllTokensTable
            entries={view.entries}
            total={view.total}
            version={version}
            order={choice.order}
            onOrder={onOrder}
            selected={selected}
            onSelect={select}
            shownSelected={shownSelected === 0 ? 'none' : shownSelected === rows.length ? 'all' : 'some'}
            onSelectShown={selectShown}
            now={now}
          />
        </div>
      )}
      <BatchBar
        selected={selected}
        total={rows.length}
        shownSelected={shownSelected}
        onSelectAll={() => select(rows, true)}
        onClear={() => setTicked(new Set())}
        onRevoke={() => onRevoke([...selected])}
      />
    </>
  )
}

/** The rows of a view without its headings. */
function rowsIn(view: View | null): Int32Array {
  if (view === null) return new Int32Array(0)
  return view.entries.length === view.total ? view.entries : view.entries.filter((entry) => entry >= 0)
}

function countIn(rows: Int32Array, selected: ReadonlySet<number>): number {
  if (selected.size === 0) return 0
  let count = 0
  for (const row of rows) if (selected.has(row)) count += 1
  return count
}
