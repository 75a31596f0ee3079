import { useWindowVirtualizer, type Range, defaultRangeExtractor } from '@tanstack/react-virtual'
import { memo, useCallback, useEffect, useRef, useState, useSyncExternalStore, type FocusEvent } from 'react'
import { headingAccount, type Order } from '../inventory/order'
import { t } from '../messages/catalogue'
import { Checkbox } from '../ui/Choice'
import { AllTokensHeader } from './AllTokensHeader'
import { GroupRow, TokenRow, rowClass } from './AllTokensRow'

type AllTokensTableProps = {
  /** Row numbers and headings, as inventory/order.ts makes them. */
  entries: Int32Array
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

const wide = typeof window === 'undefined' ? null : window.matchMedia('(width >= 64rem)')
const isWide = () => wide?.matches ?? true
function onWide(listener: () => void): () => void {
  wide?.addEventListener('change', listener)
  return () => wide?.removeEventListener('change', listener)
}

const ROW_REM = { wide: 2.75, narrow: 8.25 }
const HEADING_REM = { wide: 3, narrow: 4.75 }
const OVERSCAN = 12

/**
 * All tokens as one table of which only the rows in sight exist. The page itself scrolls. What it is for a screen reader is
 * spelled out: `display` takes the roles away from table elements, and rows that don't exist can't be counted.
 */
export const AllTokensTable = memo(function AllTokensTable(props: AllTokensTableProps) {
  const { entries, order, onOrder, selected, onSelect, shownSelected, onSelectShown, now } = props
  const isTable = useSyncExternalStore(onWide, isWide)
  const [body, setBody] = useState<HTMLTableSectionElement | null>(null)
  const scrollMargin = useOffsetTop(body)
  const focused = useRef<number | null>(null)
  const rem = remPixels()
  const size = isTable ? 'wide' : 'narrow'

  // oxlint-disable-next-line react/incompatible-library -- nothing of it is memoised here: this component reads it anew
  const virtualizer = useWindowVirtualizer({
    count: entries.length,
    estimateSize: useCallback(
      (index: number) => ((entries[index] ?? 0) < 0 ? HEADING_REM[size] : ROW_REM[size]) * rem,
      [entries, size, rem],
    ),
    getItemKey: useCallback((index: number) => entries[index] ?? index, [entries]),
    overscan: OVERSCAN,
    scrollMargin,
    // The row that has the focus stays, or the next press of Tab would start from the top of the page.
    rangeExtractor: useCallback(
      (range: Range) => withFocused(defaultRangeExtractor(range), focused.current, range.count),
      [],
    ),
  })
  // Its sizes are kept by key: other sizes of rows need a new measure.
  useEffect(() => virtualizer.measure(), [virtualizer, size, entries])

  function noteFocus({ target }: FocusEvent) {
    const index = target.closest('[data-index]')?.getAttribute('data-index')
    focused.current = index === undefined || index === null ? null : Number(index)
  }

  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- only to know which row has the focus
    <table
      role="table"
      aria-rowcount={entries.length + 1}
      className="block w-full text-left text-sm"
      onFocus={noteFocus}
      onBlur={() => (focused.current = null)}
    >
      <caption className="sr-only">{t('all.caption')}</caption>
      <AllTokensHeader order={order} onOrder={onOrder}>
        <Checkbox
          aria-label={t('batch.selectAll', { count: entries.length })}
          checked={shownSelected === 'all'}
          isPartly={shownSelected === 'some'}
          onChange={({ target }) => onSelectShown(target.checked)}
        />
      </AllTokensHeader>
      <tbody
        ref={setBody}
        role="rowgroup"
        className="relative block"
        style={{ height: `${virtualizer.getTotalSize()}px` }}
      >
        {virtualizer.getVirtualItems().map(({ index, key, start, size: height }) => {
          const entry = entries[index] ?? 0
          const account = headingAccount(entry)
          return (
            <tr
              key={key}
              role="row"
              aria-rowindex={index + 2}
              data-index={index}
              className={rowClass(account !== null, selected.has(entry))}
              style={{ height: `${height}px`, transform: `translateY(${start - scrollMargin}px)` }}
            >
              {account === null ? (
                <TokenRow
                  row={entry}
                  version={props.version}
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

function withFocused(indexes: number[], focused: number | null, count: number): number[] {
  if (focused === null || focused >= count || indexes.includes(focused)) return indexes
  return [...indexes, focused].sort((one, other) => one - other)
}

/** The rows from a heading to the next. */
function rowsUnder(entries: Int32Array, heading: number): readonly number[] {
  let end = heading + 1
  while (end < entries.length && (entries[end] ?? 0) >= 0) end += 1
  return [...entries.subarray(heading + 1, end)]
}

function remPixels(): number {
  return Number.parseFloat(getComputedStyle(document.documentElement).fontSize)
}

/** How far down the page an element begins. What stands above it comes and goes. */
function useOffsetTop(element: HTMLElement | null): number {
  const [top, setTop] = useState(0)
  useEffect(() => {
    const page = element?.closest('main')
    if (!element || !page) return
    const measure = () => setTop(Math.round(element.getBoundingClientRect().top + window.scrollY))
    const observer = new ResizeObserver(measure)
    observer.observe(page)
    measure()
    return () => observer.disconnect()
  }, [element])
  return top
}
