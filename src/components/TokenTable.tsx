import { clsx } from 'clsx'
import type { ReactNode } from 'react'
import { Link } from 'react-router'
import type { Rotation } from '../cpanel/rotation'
import { tokenState, type ApiToken } from '../cpanel/token'
import { t } from '../messages/catalogue'
import { paths, type Place } from '../paths'
import { Button, buttonClass } from '../ui/Button'
import { Checkbox } from '../ui/Choice'
import { SortHeader } from '../ui/SortHeader'
import type { ListView, SortKey } from './listView'
import { RotatingBadge } from './RotatingBadge'
import { AccessBadge, CreatedCell, ExpiresCell, StateBadge } from './StateBadge'

type TokenTableProps = {
  tokens: readonly ApiToken[]
  /** Of all tokens, also of those that are not on this page of the list. */
  rotations: readonly Rotation[]
  place: Place
  view: ListView
  onView: (change: Partial<ListView>) => void
  selected: ReadonlySet<string>
  onSelect: (name: string, isSelected: boolean) => void
  now: Date
  /** Starts loading the manage screen's code when somebody is about to open it. */
  onIntent: () => void
  /** Only where a row has a button for it, as in WHM. */
  onRevoke: (name: string) => void
}

/**
 * The tokens as a table; on a phone each row becomes a card and nothing is lost. The roles are spelled out because
 * `display: block` takes them away from table elements in browsers.
 */
export function TokenTable({
  tokens,
  rotations,
  place,
  view,
  onView,
  selected,
  onSelect,
  now,
  onIntent,
  onRevoke,
}: TokenTableProps) {
  const isOfWhm = place.isWhmUser === true
  function sortOf(column: SortKey) {
    return {
      sorted: view.sort === column ? (view.isDescending ? ('descending' as const) : ('ascending' as const)) : null,
      onSort: (isDescending: boolean) => onView({ sort: column, isDescending }),
      className: 'sm:[&>button]:-ml-2',
    }
  }
  return (
    <table role="table" className="block w-full border-collapse text-left sm:table">
      <caption className="sr-only">{t('list.caption')}</caption>
      <thead role="rowgroup" className="block border-b border-line sm:table-header-group">
        <tr role="row" className="flex flex-wrap px-1.5 py-1 text-sm sm:table-row sm:px-0">
          <th role="columnheader" scope="col" className="hidden w-12 sm:table-cell">
            <span className="sr-only">{t('list.revoke')}</span>
          </th>
          <SortHeader label={t(isOfWhm ? 'whm.list.name' : 'list.name')} {...sortOf('name')} />
          <SortHeader label={t('list.created')} {...sortOf('created')} />
          <SortHeader label={t('list.expires')} {...sortOf('expires')} />
          {isOfWhm && (
            <th role="columnheader" scope="col" className="hidden pr-4 font-semibold sm:table-cell">
              {t('whm.list.ips')}
            </th>
          )}
          <th role="columnheader" scope="col" className="hidden sm:table-cell">
            <span className="sr-only">{t('list.actions')}</span>
          </th>
        </tr>
      </thead>
      <tbody role="rowgroup" className="block sm:table-row-group">
        {tokens.map((token) => (
          <tr
            key={token.name}
            role="row"
            className={clsx(
              'relative flex flex-col gap-1.5 border-b border-line py-3 pr-3 pl-12 last:border-b-0 sm:table-row sm:p-0',
              selected.has(token.name)
                ? 'bg-accent-soft'
                : tokenState(token.expiry, now).kind === 'expired' && 'bg-danger-soft/50',
            )}
          >
            <td role="cell" className="absolute top-2 left-1.5 sm:static sm:pl-1.5">
              <label className="flex size-9 items-center justify-center">
                <Checkbox
                  aria-label={t('list.selectToken', { name: token.name })}
                  checked={selected.has(token.name)}
                  onChange={(event) => onSelect(token.name, event.target.checked)}
                />
              </label>
            </td>
            <td role="cell" className="max-sm:flex max-sm:min-h-8 max-sm:items-center max-sm:pr-24 sm:py-2 sm:pr-4">
              <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
                <bdi className="font-mono text-sm font-semibold wrap-anywhere">{token.name}</bdi>
                <AccessBadge token={token} />
                <RotatingBadge name={token.name} rotations={rotations} place={place} />
              </span>
            </td>
            <LabelledCell label={t('list.created')}>
              <CreatedCell token={token} />
            </LabelledCell>
            <LabelledCell label={t('list.expires')}>
              <ExpiresCell token={token} />
              <StateBadge token={token} now={now} />
            </LabelledCell>
            {token.access.kind === 'whm' && (
              <LabelledCell label={t('whm.list.ips')}>
                <Addresses addresses={token.access.addresses} />
              </LabelledCell>
            )}
            <td
              role="cell"
              className={clsx(
                'sm:py-1.5 sm:pr-3 sm:text-right',
                isOfWhm
                  ? 'flex gap-2 max-sm:mt-1 sm:table-cell sm:whitespace-nowrap'
                  : 'max-sm:absolute max-sm:top-2 max-sm:right-3',
              )}
            >
              <Link
                to={paths.token(place, token.name)}
                aria-label={t(isOfWhm ? 'whm.list.editToken' : 'list.manageToken', { name: token.name })}
                onPointerEnter={onIntent}
                onFocus={onIntent}
                className={buttonClass('secondary', 'small')}
              >
                {t(isOfWhm ? 'whm.list.edit' : 'list.manage')}
              </Link>
              {isOfWhm && (
                <Button
                  size="small"
                  className="sm:ml-2"
                  aria-label={t('whm.list.revokeToken', { name: token.name })}
                  onClick={() => onRevoke(token.name)}
                >
                  {t('list.revoke')}
                </Button>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

const SHOWN_ADDRESSES = 2

/** From where a token of WHM works; the first few, all of them when somebody points at them. */
function Addresses({ addresses }: { addresses: readonly string[] }) {
  if (addresses.length === 0) return <span className="text-muted">{t('whm.list.any')}</span>
  const more = addresses.length - SHOWN_ADDRESSES
  return (
    <span title={addresses.join(', ')} className="font-mono text-xs wrap-anywhere">
      {addresses.slice(0, SHOWN_ADDRESSES).join(', ')}
      {more > 0 && <span className="font-sans text-muted"> {t('whm.list.moreIps', { count: more })}</span>}
    </span>
  )
}

/** A cell that says its column's name itself where the header is out of sight. */
function LabelledCell({ label, children }: { label: string; children: ReactNode }) {
  return (
    <td role="cell" className="flex gap-2 text-sm sm:table-cell sm:py-2 sm:pr-4">
      <span aria-hidden className="w-16 shrink-0 text-muted sm:hidden">
        {label}
      </span>
      <span className="inline-flex flex-wrap items-center gap-x-2 gap-y-1">{children}</span>
    </td>
  )
}
