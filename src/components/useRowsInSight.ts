import { useWindowVirtualizer, defaultRangeExtractor, type Range } from '@tanstack/react-virtual'
import { useCallback, useEffect, useRef, useState, useSyncExternalStore, type FocusEvent } from 'react'

/** Heights in rem: of a line of the table, and of the card that it is on a narrow screen. */
type Heights = { wide: number; narrow: number }

const wide = typeof window === 'undefined' ? null : window.matchMedia('(width >= 64rem)')
function onWide(listener: () => void): () => void {
  wide?.addEventListener('change', listener)
  return () => wide?.removeEventListener('change', listener)
}

const OVERSCAN = 12

type RowsInSight = {
  /** For the element that holds the rows. */
  setBody: (body: HTMLElement | null) => void
  /** For the table: which row has the focus. */
  focus: { onFocus: (event: FocusEvent) => void; onBlur: () => void }
  /** Pixels. */
  totalHeight: number
  rows: { index: number; key: string | number; height: number; top: number }[]
}

/**
 * The rows of a long table that are in sight or nearly so; the page itself scrolls. The row with the focus stays among them,
 * or the next press of Tab would start from the top of the page. Rows need `data-index`.
 * @param keyOf what tells rows apart while they move
 * @param heightOf which height a row has; the same function as long as the rows are
 */
export function useRowsInSight(
  count: number,
  keyOf: (index: number) => string | number,
  heightOf: (index: number) => Heights,
): RowsInSight {
  const isWide = useSyncExternalStore(onWide, () => wide?.matches ?? true)
  const [body, setBody] = useState<HTMLElement | null>(null)
  const scrollMargin = useOffsetTop(body)
  const focused = useRef<number | null>(null)
  const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize)

  // oxlint-disable-next-line react/incompatible-library -- nothing of it is memoised: it is read anew on every render
  const virtualizer = useWindowVirtualizer({
    count,
    estimateSize: useCallback(
      (index: number) => heightOf(index)[isWide ? 'wide' : 'narrow'] * rem,
      [heightOf, isWide, rem],
    ),
    getItemKey: keyOf,
    overscan: OVERSCAN,
    scrollMargin,
    rangeExtractor: useCallback(
      (range: Range) => withFocused(defaultRangeExtractor(range), focused.current, range.count),
      [],
    ),
  })
  // It keeps sizes by key: where rows have other sizes, all are measured anew.
  useEffect(() => virtualizer.measure(), [virtualizer, isWide, heightOf])

  return {
    setBody,
    focus: {
      onFocus: ({ target }) => {
        const index = target.closest('[data-index]')?.getAttribute('data-index')
        focused.current = index === undefined || index === null ? null : Number(index)
      },
      onBlur: () => {
        focused.current = null
      },
    },
    totalHeight: virtualizer.getTotalSize(),
    rows: virtualizer.getVirtualItems().map(({ index, key, size, start }) => ({
      index,
      key: typeof key === 'bigint' ? String(key) : key,
      height: size,
      top: start - scrollMargin,
    })),
  }
}

function withFocused(indexes: number[], focused: number | null, count: number): number[] {
  if (focused === null || focused >= count || indexes.includes(focused)) return indexes
  return [...indexes, focused].sort((one, other) => one - other)
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
