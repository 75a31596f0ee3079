import { memo, useCallback } from 'react'
import { headingAccount, type Order } from '../inventory/order'
import { t } from '../messages/catalogue'
import { Checkbox } from '../ui/Choice'
import { AllTokensHeader } from './AllTokensHeader'
import { GroupRow, TokenRow, rowClass } from './AllTokensRow'
import { useRowsInSight } from './useRowsInSight'

type AllTokensTableProps = {
  /** Row numbers and headings, as inventory/order.ts makes them. */
  entries: Int32Array
  /** How many of them are tokens. */
  total: number
  /** Counts changes of what the numbers stand for. */
  version: number
  order: Order
  onOrder: (order: Order) => void
  selected: ReadonlySet<number>
  onSelect: (rows: readonly number[], isSelected: boolean) => void
  /** All, some or none of what is shown. */
  shownSelected: 'all' | 'some' | 'none'
  onSelectShown: (isSelected: boolean) => void
  now: Date
}

const ROW = { wide: 2.75, narrow: 9 }
const HEADING = { wide: 3, narrow: 4.75 }
const rowHeight = () => ROW

/**
 * All tokens as one table of which only the rows in sight exist. What it is for a screen reader is spelled out: `display`
 * takes the roles away from table elements, and rows that don't exist can't be counted.
 */
export const AllTokensTable = memo(function AllTokensTable(props: AllTokensTableProps) {
  const { entries, total, version, order, onOrder, selected, onSelect, shownSelected, onSelectShown, now } = props
  const heightIn = useCallback((index: number) => ((entries[index] ?? 0) < 0 ? HEADING : ROW), [entries])
  const isGrouped = entries.length > total
  const { setBody, focus, totalHeight, rows } = useRowsInSight(
    entries.length,
    80,
    useCallback((index: number) => entries[index] ?? index, [entries]),
    isGrouped ? heightIn : rowHeight,
  )

  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- only to know which row has the focus
    <table role="table" aria-rowcount={entries.length + 1} className="block w-full text-left text-sm" {...focus}>
      <caption className="sr-only">{t('all.caption')}</caption>
      <AllTokensHeader order={order} onOrder={onOrder}>
        <Checkbox
          aria-label={t('batch.selectAll', { count: total })}
          checked={shownSelected === 'all'}
          isPartly={shownSelected === 'some'}
          onChange={({ target }) => onSelectShown(target.checked)}
        />
      </AllTokensHeader>
      <tbody ref={setBody} role="rowgroup" className="relative block" style={{ height: `${totalHeight}px` }}>
        {rows.map(({ index, key, top, height }) => {
          const entry = entries[index] ?? 0
          const account = headingAccount(entry)
          return (
            <tr
              key={key}
              role="row"
              aria-rowindex={index + 2}
              data-index={index}
              className={rowClass(account !== null, selected.has(entry))}
              style={{ height: `${height}px`, transform: `translateY(${top}px)` }}
            >
              {account === null ? (
                <TokenRow
                  row={entry}
                  version={version}
                  isSelected={selected.has(entry)}
                  onSelect={onSelect}
                  now={now}
                />
              ) : (
                <GroupRow account={account} rows={rowsUnder(entries, index)} selected={selected} onSelect={onSelect} />
              )}
            </tr>
          )
        })}
      </tbody>
    </table>
  )
})

/** The rows from a heading to the next. */
function rowsUnder(entries: Int32Array, heading: number): readonly number[] {
  let end = heading + 1
  while (end < entries.length && (entries[end] ?? 0) >= 0) end += 1
  return [...entries.subarray(heading + 1, end)]
}
