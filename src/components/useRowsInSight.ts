import { useWindowVirtualizer, defaultRangeExtractor, type Range } from '@tanstack/react-virtual'
import {
  useCallback,
  useDeferredValue,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
  type FocusEvent,
} from 'react'

/** Heights in rem: of a line of the table, and of the card that it is on a narrow screen. */
type Heights = { wide: number; narrow: number }

/** Rows kept beyond those in sight, so that scrolling finds them drawn. */
const OVERSCAN = 12
/** While somebody scrolls: a busy browser may tell of two steps at once. */
const OVERSCAN_SCROLLING = 20
/** How many at first when other rows come: what is in sight is painted before what is not. */
const OVERSCAN_AT_FIRST = 1
/**
 * Milliseconds without a step after which nobody scrolls any more. On a slow machine a frame takes longer than the 150 that
 * are usual; between two steps, the end of scrolling would then take in the second one, and draw it a frame late.
 */
const STILL_SCROLLING = 1000

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
 * @param keyOf what tells rows apart while they move; another function for other rows
 * @param wideFrom how many rem of screen a table with lines takes; on less, rows are cards. The same as in their classes
 * @param heightOf which height a row has; another function only where heights change, since then all are measured anew
 */
export function useRowsInSight(
  count: number,
  wideFrom: number,
  keyOf: (index: number) => string | number,
  heightOf: (index: number) => Heights,
): RowsInSight {
  const isWide = useIsWide(wideFrom)
  const [body, setBody] = useState<HTMLElement | null>(null)
  const { top: scrollMargin, rem } = useMeasures(body)
  const focused = useRef<number | null>(null)
  const scrolled = useRef<{ isScrolling: boolean } | null>(null)
  // The deferred value lags behind by one rendering, which the next key may interrupt.
  const isSettled = useDeferredValue<typeof keyOf | null>(keyOf, null) === keyOf

  // oxlint-disable-next-line react/incompatible-library -- nothing of it is memoised: it is read anew on every render
  const virtualizer = useWindowVirtualizer({
    count,
    estimateSize: useCallback(
      (index: number) => heightOf(index)[isWide ? 'wide' : 'narrow'] * rem,
      [heightOf, isWide, rem],
    ),
    overscan: isSettled ? OVERSCAN : OVERSCAN_AT_FIRST,
    scrollMargin,
    isScrollingResetDelay: STILL_SCROLLING,
    rangeExtractor: useCallback((range: Range) => {
      // Whoever scrolls right after something changed must not outrun the rows.
      const overscan = scrolled.current?.isScrolling ? OVERSCAN_SCROLLING : range.overscan
      return withFocused(defaultRangeExtractor({ ...range, overscan }), focused.current, range.count)
    }, []),
  })
  useLayoutEffect(() => {
    scrolled.current = virtualizer
  }, [virtualizer])
  // It keeps sizes by index: where rows have other sizes, all are measured anew, before anybody sees the old ones.
  useLayoutEffect(() => virtualizer.measure(), [virtualizer, isWide, heightOf])

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
    rows: virtualizer.getVirtualItems().map(({ index, size, start }) => ({
      index,
      key: keyOf(index),
      height: size,
      top: start - scrollMargin,
    })),
  }
}

function withFocused(indexes: number[], focused: number | null, count: number): number[] {
  if (focused === null || focused >= count || indexes.includes(focused)) return indexes
  return [...indexes, focused].sort((one, other) => one - other)
}

/** Whether the screen is at least so many rem wide. */
function useIsWide(rem: number): boolean {
  const query = useMemo(() => window.matchMedia(`(width >= ${rem}rem)`), [rem])
  const subscribe = useCallback(
    (listener: () => void) => {
      query.addEventListener('change', listener)
      return () => query.removeEventListener('change', listener)
    },
    [query],
  )
  return useSyncExternalStore(subscribe, () => query.matches)
}

type Measures = { top: number; rem: number }

/** Asked when this is loaded: while a page is being drawn, the answer would cost laying it out. */
const first: Measures = { top: 0, rem: typeof window === 'undefined' ? 16 : remNow() }

/**
 * In pixels: how far down the page an element begins, since what stands above it comes and goes, and what a rem is. Measured
 * whenever the page has changed its size, after the browser has laid it out.
 */
function useMeasures(element: HTMLElement | null): Measures {
  const [measures, setMeasures] = useState(first)
  useEffect(() => {
    const page = element?.closest('main')
    if (!element || !page) return
    const observer = new ResizeObserver(() => {
      const next = { top: Math.round(element.getBoundingClientRect().top + window.scrollY), rem: remNow() }
      setMeasures((before) => (before.top === next.top && before.rem === next.rem ? before : next))
    })
    observer.observe(page)
    return () => observer.disconnect()
  }, [element])
  return measures
}

function remNow(): number {
  return Number.parseFloat(getComputedStyle(document.documentElement).fontSize)
}
