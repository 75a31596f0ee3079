import { clsx } from 'clsx'
import type { ReactNode } from 'react'
import type { Order, SortKey } from '../inventory/order'
import { t } from '../messages/catalogue'
import { SortHeader } from '../ui/SortHeader'
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
      <tr role="row" aria-rowindex={1} className={clsx(gridClass, 'flex items-center py-1 max-xl:overflow-x-auto')}>
        <th role="columnheader" scope="col" className="flex shrink-0 justify-center max-xl:ml-1.5">
          <label className="flex size-9 items-center justify-center">{children}</label>
        </th>
        {columns.map(({ key, label }) => (
          <SortHeader
            key={key}
            label={t(label)}
            sorted={order.by === key ? (order.isDescending ? 'descending' : 'ascending') : null}
            onSort={(isDescending) => onOrder({ by: key, isDescending })}
          />
        ))}
        <th role="columnheader" scope="col" className="hidden px-2 font-semibold xl:block">
          {t('all.col.state')}
        </th>
      </tr>
    </thead>
  )
}
