import { clsx } from 'clsx'
import { useCallback } from 'react'
import { Link } from 'react-router'
import type { AccountChoice, AccountSortKey, ListedAccount } from '../inventory/accountList'
import { t } from '../messages/catalogue'
import { paths } from '../paths'
import { Badge } from '../ui/Badge'
import { buttonClass } from '../ui/Button'
import { Checkbox } from '../ui/Choice'
import { SortHeader } from '../ui/SortHeader'
import { useRowsInSight } from './useRowsInSight'

type AccountsTableProps = {
  connection: string
  accounts: readonly ListedAccount[]
  choice: AccountChoice
  onChoice: (change: Partial<AccountChoice>) => void
  /** By user; null where nothing can be done with several. */
  chosen: ReadonlySet<string> | null
  onChosen: (chosen: ReadonlySet<string>) => void
}

const HEIGHTS = { wide: 3, narrow: 7.25 }
const heightOf = () => HEIGHTS

const grid =
  'lg:grid lg:grid-cols-[2.75rem_minmax(11rem,1.3fr)_minmax(9rem,1.6fr)_minmax(6rem,0.8fr)_minmax(6rem,0.8fr)_6rem_7rem] lg:items-center'

const columns = [
  ['user', 'accounts.user'],
  ['domain', 'accounts.domain'],
  ['plan', 'filter.package'],
  ['owner', 'accounts.owner'],
  ['tokens', 'accounts.tokens'],
] as const satisfies readonly (readonly [AccountSortKey, string])[]

/** Accounts as a table of which only the rows in sight exist; ten thousand are as quick as ten. */
export function AccountsTable({ connection, accounts, choice, onChoice, chosen, onChosen }: AccountsTableProps) {
  const { setBody, focus, totalHeight, rows } = useRowsInSight(
    accounts.length,
    64,
    useCallback((index: number) => accounts[index]?.user ?? index, [accounts]),
    heightOf,
  )
  const shownChosen = chosen === null ? 0 : accounts.filter(({ user }) => chosen.has(user)).length

  function choose(users: readonly string[], isChosen: boolean) {
    const next = new Set(chosen)
    for (const user of users) {
      if (isChosen) next.add(user)
      else next.delete(user)
    }
    onChosen(next)
  }

  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- only to know which row has the focus
    <table
      role="table"
      aria-rowcount={accounts.length + 1}
      className="block rounded-xl border border-line bg-surface text-left text-sm"
      {...focus}
    >
      <caption className="sr-only">{t('accounts.title')}</caption>
      <thead role="rowgroup" className="sticky top-0 z-10 block rounded-t-xl border-b border-line bg-surface">
        <tr role="row" aria-rowindex={1} className={clsx(grid, 'flex items-center py-1 max-lg:overflow-x-auto')}>
          <th
            role="columnheader"
            scope="col"
            className="flex min-h-9 shrink-0 items-center justify-center max-lg:ml-1.5"
          >
            {chosen === null ? (
              <span className="sr-only">{t('accounts.choose')}</span>
            ) : (
              <label className="flex size-9 items-center justify-center">
                <Checkbox
                  aria-label={t('accounts.chooseAll', { count: accounts.length })}
                  checked={shownChosen === accounts.length}
                  isPartly={shownChosen > 0 && shownChosen < accounts.length}
                  onChange={({ target }) =>
                    choose(
                      accounts.map(({ user }) => user),
                      target.checked,
                    )
                  }
                />
              </label>
            )}
          </th>
          {columns.map(([key, label]) => (
            <SortHeader
              key={key}
              label={t(label)}
              sorted={choice.by === key ? (choice.isDescending ? 'descending' : 'ascending') : null}
              onSort={(isDescending) => onChoice({ by: key, isDescending })}
            />
          ))}
          <th role="columnheader" scope="col" className="max-lg:hidden">
            <span className="sr-only">{t('list.actions')}</span>
          </th>
        </tr>
      </thead>
      <tbody ref={setBody} role="rowgroup" className="relative block" style={{ height: `${totalHeight}px` }}>
        {rows.map(({ index, key, top, height }) => {
          const account = accounts[index]
          if (account === undefined) return null
          return (
            <tr
              key={key}
              role="row"
              aria-rowindex={index + 2}
              data-index={index}
              className={clsx(
                grid,
                'absolute inset-x-0 top-0 border-b border-line max-lg:grid max-lg:grid-cols-[auto_minmax(0,1fr)] max-lg:content-start max-lg:gap-x-4 max-lg:gap-y-0.5 max-lg:py-2.5 max-lg:pr-3 max-lg:pl-12',
                chosen?.has(account.user) && 'bg-accent-soft',
              )}
              style={{ height: `${height}px`, transform: `translateY(${top}px)` }}
            >
              <AccountCells
                connection={connection}
                account={account}
                isChosen={chosen === null ? null : chosen.has(account.user)}
                onChoose={(isChosen) => choose([account.user], isChosen)}
              />
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}

type AccountCellsProps = {
  connection: string
  account: ListedAccount
  isChosen: boolean | null
  onChoose: (isChosen: boolean) => void
}

const cell = 'min-w-0 lg:px-2'

function AccountCells({ connection, account, isChosen, onChoose }: AccountCellsProps) {
  const { user, domain, plan, owner, isSuspended, tokens } = account
  return (
    <>
      <td role="cell" className="flex justify-center max-lg:absolute max-lg:top-1 max-lg:left-1.5">
        {isChosen !== null && (
          <label className="flex size-9 items-center justify-center">
            <Checkbox
              aria-label={t('accounts.chooseOne', { user })}
              checked={isChosen}
              onChange={({ target }) => onChoose(target.checked)}
            />
          </label>
        )}
      </td>
      <td role="cell" className={clsx(cell, 'flex items-center gap-2 max-lg:col-span-2 max-lg:min-h-6 max-lg:pr-24')}>
        <bdi title={user} className="truncate font-mono font-semibold">
          {user}
        </bdi>
        {isSuspended && <Badge look="warn">{t('accounts.suspended')}</Badge>}
      </td>
      <td role="cell" className={clsx(cell, 'text-muted max-lg:col-span-2 max-lg:pr-24')}>
        <bdi title={domain} className="block truncate">
          {domain}
        </bdi>
      </td>
      <td role="cell" className={clsx(cell, 'truncate text-muted')}>
        <span className="lg:hidden">{t('filter.package')}</span> {plan}
      </td>
      <td role="cell" className={clsx(cell, 'truncate text-muted')}>
        <span className="lg:hidden">{t('accounts.owner')}</span> {owner}
      </td>
      <td role="cell" className={clsx(cell, 'tabular-nums max-lg:col-span-2')}>
        {tokens === null ? (
          <span className="text-muted">
            <span aria-hidden className="max-lg:hidden">
              –
            </span>
            <span className="sr-only">{t('accounts.notCounted')}</span>
          </span>
        ) : (
          <>
            <span className="max-lg:hidden">{tokens}</span>
            <span className="text-muted lg:hidden">{t('all.groupCount', { count: tokens })}</span>
          </>
        )}
      </td>
      <td role="cell" className={clsx(cell, 'max-lg:absolute max-lg:top-3 max-lg:right-3 lg:text-right')}>
        <Link
          to={paths.tokens({ connection, user })}
          aria-label={t('accounts.openOf', { user })}
          className={buttonClass('secondary', 'small')}
        >
          {t('accounts.open')}
        </Link>
      </td>
    </>
  )
}
