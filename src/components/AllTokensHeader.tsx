import { clsx } from 'clsx'
import { ArrowDown, ArrowUp, ChevronsUpDown } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Order, SortKey } from '../inventory/order'
import { t } from '../messages/catalogue'
import { gridClass } from './AllTokensRow'

const columns: readonly { key: SortKey; label: Parameters<typeof t>[0] & `all.col.${string}` }[] = [
  { key: 'name', label: 'all.col.name' },
  { key: 'account', label: 'all.col.account' },
  { key: 'domain', label: 'all.col.domain' },
  { key: 'server', label: 'all.col.server' },
  { key: 'created', label: 'all.col.created' },
  { key: 'expires', label: 'all.col.expires' },
  { key: 'access', label: 'all.col.access' },
]

type AllTokensHeaderProps = { order: Order; onOrder: (order: Order) => void; children: ReactNode }

/** The head of the table, which stays in sight: what everything is, by what it is sorted, and the box for all. */
export function AllTokensHeader({ order, onOrder, children }: AllTokensHeaderProps) {
  return (
    <thead role="rowgroup" className="sticky top-0 z-10 block rounded-t-xl border-b border-line bg-surface">
      <tr role="row" aria-rowindex={1} className={clsx(gridClass, 'flex flex-wrap items-center py-1')}>
        <th role="columnheader" scope="col" className="flex justify-center">
          <label className="flex size-9 items-center justify-center">{children}</label>
        </th>
        {columns.map(({ key, label }) => (
          <SortHeader key={key} column={key} label={t(label)} order={order} onOrder={onOrder} />
        ))}
        <th role="columnheader" scope="col" className="hidden px-2 font-semibold lg:block">
          {t('all.col.state')}
        </th>
      </tr>
    </thead>
  )
}

type SortHeaderProps = { column: SortKey; label: string; order: Order; onOrder: (order: Order) => void }

function SortHeader({ column, label, order, onOrder }: SortHeaderProps) {
  const isSorted = order.by === column
  const Arrow = isSorted ? (order.isDescending ? ArrowDown : ArrowUp) : ChevronsUpDown
  return (
    <th
      role="columnheader"
      scope="col"
      aria-sort={isSorted ? (order.isDescending ? 'descending' : 'ascending') : undefined}
      className="min-w-0 font-semibold"
    >
      <button
        type="button"
        onClick={() => onOrder({ by: column, isDescending: isSorted && !order.isDescending })}
        className="inline-flex min-h-9 max-w-full items-center gap-1 rounded-md px-2 hover:bg-sunken max-lg:px-1.5"
      >
        <span className="truncate">{label}</span>
        <Arrow aria-hidden className={clsx('size-3.5 shrink-0', isSorted ? 'text-accent' : 'text-muted')} />
      </button>
    </th>
  )
}
