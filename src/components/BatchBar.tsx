import { Download } from 'lucide-react'
import { Suspense } from 'react'
import { allTokens } from '../data/allTokens'
import { tokensAsCsv, tokensAsJson } from '../inventory/export'
import { t } from '../messages/catalogue'
import { Button, buttonClass } from '../ui/Button'
import { downloadText } from '../ui/clipboard'
import { lazyExtra } from '../ui/lazyExtra'

const CalendarExport = lazyExtra(() => import('./ReminderAll').then((module) => module.CalendarExport))

type BatchBarProps = {
  selected: ReadonlySet<number>
  /** How many tokens the filters show, and how many of these are selected. */
  total: number
  shownSelected: number
  onSelectAll: () => void
  onClear: () => void
  onRevoke: () => void
}

/** What is selected, in words, and what can be done with it. Stays in sight at the lower edge. */
export function BatchBar({ selected, total, shownSelected, onSelectAll, onClear, onRevoke }: BatchBarProps) {
  const { columns } = allTokens.inventory
  if (selected.size === 0) return null
  const accounts = new Set(Array.from(selected, (row) => columns.account[row])).size
  const isAll = shownSelected === total && selected.size === total
  const hidden = selected.size - shownSelected
  return (
    <section
      aria-label={t('batch.label')}
      className="sticky bottom-3 z-20 flex flex-wrap items-center gap-x-4 gap-y-2 rounded-xl border border-accent bg-raised px-4 py-2.5 shadow-lg"
    >
      <p role="status" className="font-medium">
        {isAll ? t('batch.all', { count: selected.size }) : t('batch.some', { count: selected.size, accounts })}
        {hidden > 0 && <span className="text-warn"> · {t('batch.hidden', { count: hidden })}</span>}
      </p>
      {shownSelected < total && (
        <Button look="quiet" size="small" onClick={onSelectAll}>
          {t('batch.selectAll', { count: total })}
        </Button>
      )}
      <Button look="quiet" size="small" onClick={onClear}>
        {t('batch.clear')}
      </Button>
      <Button look="danger" size="small" className="ml-auto" onClick={onRevoke}>
        {t('batch.revoke')}
      </Button>
    </section>
  )
}

/** Hands over the given rows as a file: names, accounts and dates, never a secret. */
export function ExportRows({ rows }: { rows: () => readonly number[] }) {
  const { columns } = allTokens.inventory
  return (
    <div role="group" aria-label={t('export.label')} className="flex items-center text-sm">
      <Download aria-hidden className="mr-1 size-4 text-muted" />
      <Button
        look="quiet"
        size="small"
        aria-label={t('export.csv')}
        title={t('export.csv')}
        onClick={() => downloadText('api-tokens.csv', tokensAsCsv(columns, rows()))}
      >
        CSV
      </Button>
      <Button
        look="quiet"
        size="small"
        aria-label={t('export.json')}
        title={t('export.json')}
        onClick={() => downloadText('api-tokens.json', tokensAsJson(columns, rows()))}
      >
        JSON
      </Button>
      {/* It keeps its place until it has come: the other two must not move under the pointer. */}
      <Suspense fallback={<span className={buttonClass('quiet', 'small', 'invisible')}>ICS</span>}>
        <CalendarExport rows={rows} />
      </Suspense>
    </div>
  )
}
