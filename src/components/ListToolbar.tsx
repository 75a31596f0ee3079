import { ChevronLeft, ChevronRight } from 'lucide-react'
import type { ReactNode } from 'react'
import { t } from '../messages/catalogue'
import { Button } from '../ui/Button'
import { Checkbox } from '../ui/Choice'
import { MenuButton } from '../ui/MenuButton'
import { PAGE_SIZES, type ListView, type ShownTokens } from './listView'

type SelectionBarProps = {
  shown: ShownTokens
  selected: ReadonlySet<string>
  onSelectPage: (isSelected: boolean) => void
  onRevoke: () => void
  onRotate: () => void
  /** What WHM offers further; false where the tokens are cPanel's. */
  whm: { onClear: () => void; onRevokeAll: () => void } | false | undefined
}

/** "Toggle Select All" is about this page after filtering, and has three states. */
export function SelectionBar({ shown, selected, onSelectPage, onRevoke, onRotate, whm }: SelectionBarProps) {
  const onPage = shown.tokens.filter(({ name }) => selected.has(name)).length
  const isAll = onPage > 0 && onPage === shown.tokens.length
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <label className="flex min-h-9 items-center gap-2.5 pl-2.5 text-sm">
        <Checkbox
          checked={isAll}
          isPartly={onPage > 0 && !isAll}
          disabled={shown.tokens.length === 0}
          onChange={(event) => onSelectPage(event.target.checked)}
        />
        {t(whm ? 'whm.list.selectAll' : 'list.selectAll')}
      </label>
      <Button size="small" disabled={selected.size === 0} onClick={onRevoke}>
        {t(whm ? 'whm.list.revokeSelected' : 'list.revoke')}
      </Button>
      {selected.size > 0 && (
        <Button size="small" onClick={onRotate}>
          {t('rotating.rotate')}
        </Button>
      )}
      {whm && (
        <Button size="small" onClick={whm.onRevokeAll}>
          {t('whm.list.revokeAll')}
        </Button>
      )}
      {whm && selected.size > 0 && (
        <Button look="quiet" size="small" onClick={whm.onClear}>
          {t('whm.list.clear')}
        </Button>
      )}
      <span role="status" className="text-sm text-muted">
        {selected.size > 0 && t('list.selected', { count: selected.size })}
      </span>
    </div>
  )
}

type PagerProps = { shown: ShownTokens; view: ListView; onView: (change: Partial<ListView>) => void }

/** Range, page by page, and how many at a time. */
export function Pager({ shown, view, onView }: PagerProps) {
  return (
    <div className="flex flex-wrap items-center gap-x-2 gap-y-1 pl-2.5 text-sm">
      <span className="text-muted tabular-nums">
        {t('list.range', { first: shown.first, last: shown.last, total: shown.total })}
      </span>
      <nav aria-label={t('list.pager')} className="flex items-center">
        <PageButton
          label={t('list.previous')}
          isPossible={shown.page > 1}
          onPress={() => onView({ page: shown.page - 1 })}
        >
          <ChevronLeft aria-hidden className="size-4" />
        </PageButton>
        <span className="px-1 tabular-nums">{t('list.page', { page: shown.page, pages: shown.pages })}</span>
        <PageButton
          label={t('list.next')}
          isPossible={shown.page < shown.pages}
          onPress={() => onView({ page: shown.page + 1 })}
        >
          <ChevronRight aria-hidden className="size-4" />
        </PageButton>
      </nav>
      <MenuButton
        label={t('list.perPage')}
        value={String(view.size)}
        options={PAGE_SIZES.map((size) => ({ value: String(size), label: String(size) }))}
        onChoose={(size) => onView({ size: PAGE_SIZES.find((one) => String(one) === size) ?? 20 })}
      />
    </div>
  )
}

type PageButtonProps = { label: string; isPossible: boolean; onPress: () => void; children: ReactNode }

function PageButton({ label, isPossible, onPress, children }: PageButtonProps) {
  return (
    <Button look="quiet" aria-label={label} disabled={!isPossible} onClick={onPress} size="icon">
      {children}
    </Button>
  )
}
