import { clsx } from 'clsx'
import { ArrowDown, ArrowUp, ChevronsUpDown } from 'lucide-react'

type SortHeaderProps = {
  label: string
  /** How the table is sorted by this column; null where it is sorted by another. */
  sorted: 'ascending' | 'descending' | null
  /** @param isDescending a second press turns the order round */
  onSort: (isDescending: boolean) => void
  className?: string
}

/** The head of a column that sorts by it. The role is spelled out, since tables that become cards lose it by `display`. */
export function SortHeader({ label, sorted, onSort, className }: SortHeaderProps) {
  const Arrow = sorted === null ? ChevronsUpDown : sorted === 'descending' ? ArrowDown : ArrowUp
  return (
    <th
      // oxlint-disable-next-line jsx-a11y/no-redundant-roles -- see above
      role="columnheader"
      scope="col"
      aria-sort={sorted ?? undefined}
      className={clsx('min-w-0 shrink-0 font-semibold', className)}
    >
      <button
        type="button"
        onClick={() => onSort(sorted === 'ascending')}
        className="inline-flex min-h-9 max-w-full items-center gap-1 rounded-md px-2 hover:bg-sunken max-sm:px-1.5"
      >
        <span className="truncate">{label}</span>
        <Arrow aria-hidden className={clsx('size-3.5 shrink-0', sorted ? 'text-accent' : 'text-muted')} />
      </button>
    </th>
  )
}
