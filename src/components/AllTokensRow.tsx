import { clsx } from 'clsx'
import { memo } from 'react'
import { Link } from 'react-router'
import { tokenState } from '../cpanel/token'
import { allTokens } from '../data/allTokens'
import { rotationsOf } from '../data/rotations'
import { skewOfAccount } from '../data/serverClocks'
import { tokenAt } from '../inventory/inventory'
import { t } from '../messages/catalogue'
import { paths } from '../paths'
import { Badge } from '../ui/Badge'
import { Checkbox } from '../ui/Choice'
import { RotatingBadge } from './RotatingBadge'
import { AccessBadge, CreatedCell, ExpiresCell, StateBadge } from './StateBadge'

/** The columns, the same in the head and in every row. */
export const gridClass =
  'xl:grid xl:grid-cols-[2.75rem_minmax(9rem,1.5fr)_minmax(6rem,1fr)_minmax(7rem,1.3fr)_minmax(5rem,0.8fr)_11.5rem_11.5rem_8rem_11rem] xl:items-center'

/** Where a row stands, and what tells a heading and a selected row from others. */
export function rowClass(isHeading: boolean, isSelected: boolean): string {
  return clsx(
    // Nothing in a row moves anything outside of it, which saves the browser looking.
    'absolute inset-x-0 top-0 border-b border-line contain-size contain-layout contain-style',
    isHeading
      ? 'flex items-center bg-sunken'
      : clsx(
          gridClass,
          'max-xl:grid max-xl:grid-cols-[minmax(0,auto)_minmax(0,1fr)] max-xl:content-start max-xl:gap-x-3 max-xl:gap-y-0.5 max-xl:py-2.5 max-xl:pr-3 max-xl:pl-12',
        ),
    isSelected && 'bg-accent-soft',
  )
}

type TokenRowProps = {
  row: number
  version: number
  isSelected: boolean
  onSelect: (rows: readonly number[], isSelected: boolean) => void
  now: Date
}

const cell = 'min-w-0 xl:px-2'
const line = 'block truncate'

/** The cells of one token: a line of the table, or on a narrow screen a card. */
export const TokenRow = memo(function TokenRow({ row, isSelected, onSelect, now: here }: TokenRowProps) {
  const { inventory } = allTokens
  const token = tokenAt(inventory, row)
  const account = inventory.columns.account[row] ?? 0
  const facts = inventory.columns.accounts[account]
  const now = new Date(here.getTime() + skewOfAccount(account))
  const place = allTokens.reach(account)
  const [user, server] = [facts?.user ?? '', facts?.serverName ?? '']
  const rotating = place && <RotatingBadge name={token.name} rotations={rotationsOf(account, here)} place={place} />
  // root may be both, an account and a user of WHM.
  const named = facts?.isWhmUser ? t('whm.userNamed', { user }) : user
  return (
    <>
      <td role="cell" className="flex justify-center max-xl:absolute max-xl:top-1 max-xl:left-1.5">
        <label className="flex size-9 items-center justify-center">
          <Checkbox
            aria-label={t('all.selectRow', { name: token.name, account: named, server })}
            checked={isSelected}
            onChange={({ target }) => onSelect([row], target.checked)}
          />
        </label>
      </td>
      <td role="cell" className={clsx(cell, 'flex items-center gap-2 max-xl:col-span-2 max-xl:min-h-6 max-xl:pr-32')}>
        {place ? (
          <Link
            to={paths.token(place, token.name)}
            aria-label={t('all.openRow', { name: token.name, account: named })}
            title={token.name}
            className={clsx(
              line,
              'rounded-sm py-1 font-mono font-semibold text-accent underline-offset-2 hover:underline',
            )}
          >
            <bdi>{token.name}</bdi>
          </Link>
        ) : (
          <bdi className={clsx(line, 'font-mono font-semibold')}>{token.name}</bdi>
        )}
        <span className="shrink-0 max-xl:hidden">{rotating}</span>
      </td>
      <td role="cell" className={clsx(cell, 'flex items-center gap-2 max-xl:col-span-2 max-xl:pr-24')}>
        <bdi title={user} className={clsx(line, 'font-mono')}>
          {user}
        </bdi>
        {facts?.isSuspended && <Badge look="warn">{t('all.suspended')}</Badge>}
        {facts?.isWhmUser && <Badge look="info">{t('whm.kind')}</Badge>}
        {/* Where the name needs the whole line. */}
        <span className="shrink-0 xl:hidden">{rotating}</span>
      </td>
      <td role="cell" className={clsx(cell, 'text-muted max-xl:empty:hidden')}>
        {facts?.domain && (
          <bdi title={facts.domain} className={line}>
            {facts.domain}
          </bdi>
        )}
      </td>
      <td role="cell" className={clsx(cell, 'text-muted')}>
        <span title={server} className={line}>
          {server}
        </span>
      </td>
      <td role="cell" className={clsx(cell, 'max-xl:col-span-2 max-xl:flex max-xl:gap-1.5')}>
        <span className="text-muted xl:hidden">{t('all.col.created')}</span>
        <CreatedCell token={token} />
      </td>
      <td role="cell" className={clsx(cell, 'max-xl:col-span-2 max-xl:flex max-xl:gap-1.5')}>
        <span className="text-muted xl:hidden">{t('all.col.expires')}</span>
        <ExpiresCell token={token} />
      </td>
      <td role="cell" className={clsx(cell, 'max-xl:absolute max-xl:top-9 max-xl:right-3')}>
        {token.access.kind === 'full' ? (
          <span className="text-muted max-xl:hidden">{t('all.access.full')}</span>
        ) : (
          <AccessBadge token={token} />
        )}
      </td>
      <td role="cell" className={clsx(cell, 'max-xl:absolute max-xl:top-2.5 max-xl:right-3')}>
        <StateBadge token={token} now={now} />
        {tokenState(token.expiry, now).kind === 'active' && (
          <span className="text-muted max-xl:hidden">{t('all.state.active')}</span>
        )}
      </td>
    </>
  )
})

type GroupRowProps = {
  account: number
  rows: readonly number[]
  selected: ReadonlySet<number>
  onSelect: (rows: readonly number[], isSelected: boolean) => void
}

/** The heading of one account's tokens. */
export function GroupRow({ account, rows, selected, onSelect }: GroupRowProps) {
  const facts = allTokens.inventory.columns.accounts[account]
  const place = allTokens.reach(account)
  const chosen = rows.filter((row) => selected.has(row)).length
  const names = { account: facts?.user ?? '', server: facts?.serverName ?? '' }
  return (
    <th
      role="rowheader"
      colSpan={9}
      scope="rowgroup"
      className="flex min-w-0 grow items-center gap-x-3 pr-3 font-normal"
    >
      <label className="flex size-9 shrink-0 items-center justify-center max-xl:ml-1.5 xl:w-11">
        <Checkbox
          aria-label={t('all.selectGroup', names)}
          checked={chosen === rows.length}
          isPartly={chosen > 0 && chosen < rows.length}
          onChange={({ target }) => onSelect(rows, target.checked)}
        />
      </label>
      <span className="flex min-w-0 flex-wrap items-center gap-x-3">
        <bdi className="truncate font-mono font-semibold">{names.account}</bdi>
        <bdi className="truncate text-muted">{facts?.domain}</bdi>
        <span className="truncate text-muted">{names.server}</span>
        {facts?.isSuspended && <Badge look="warn">{t('all.suspended')}</Badge>}
        {facts?.isWhmUser && <Badge look="info">{t('whm.kind')}</Badge>}
      </span>
      <span className="ml-auto shrink-0 text-muted tabular-nums">{t('all.groupCount', { count: rows.length })}</span>
      {place && (
        <Link
          to={paths.tokens(place)}
          className="shrink-0 text-accent underline-offset-2 hover:underline max-sm:hidden"
        >
          {t('all.openAccount', names)}
        </Link>
      )}
    </th>
  )
}
