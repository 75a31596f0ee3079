import { X } from 'lucide-react'
import { memo } from 'react'
import { EXPIRY_STATES, NO_FILTER, REVIEWS, type Filter, type Span } from '../inventory/filter'
import type { AccountFacts } from '../inventory/columns'
import { t } from '../messages/catalogue'
import { Button } from '../ui/Button'
import { Checkbox } from '../ui/Choice'
import { Field, TextInput } from '../ui/Field'
import { Select } from '../ui/Select'
import { localMoment, momentFrom } from './localMoment'
import { localZone, shortMoment } from './When'

type TokenFiltersProps = {
  filter: Filter
  onFilter: (change: Partial<Filter>) => void
  accounts: readonly AccountFacts[]
}

/** All conditions, one field each. */
export function TokenFilters({ filter, onFilter, accounts }: TokenFiltersProps) {
  const servers = [...new Map(accounts.map(({ server, serverName }) => [server, serverName]))]
  const plans = [...new Set(accounts.map(({ plan }) => plan))].filter((plan) => plan !== '').sort()
  return (
    <div className="grid gap-4 rounded-xl border border-line bg-surface p-4 sm:grid-cols-2 lg:grid-cols-4">
      <Select
        label={t('filter.state')}
        anyLabel={t('filter.any')}
        value={filter.state}
        options={EXPIRY_STATES.map((value) => ({ value, label: t(`filter.state.${value}`) }))}
        onChange={(state) => onFilter({ state, expires: NO_FILTER.expires })}
      />
      <Select
        label={t('filter.server')}
        anyLabel={t('filter.any')}
        value={filter.server}
        options={servers.map(([value, label]) => ({ value, label }))}
        onChange={(server) => onFilter({ server })}
      />
      <Select
        label={t('filter.package')}
        anyLabel={t('filter.any')}
        value={filter.plan}
        options={plans.map((value) => ({ value, label: value }))}
        onChange={(plan) => onFilter({ plan })}
      />
      <Select
        label={t('filter.suspended')}
        anyLabel={t('filter.any')}
        value={filter.isSuspended === null ? null : filter.isSuspended ? 'yes' : 'no'}
        options={[
          { value: 'yes', label: t('filter.yes') },
          { value: 'no', label: t('filter.no') },
        ]}
        onChange={(value) => onFilter({ isSuspended: value === null ? null : value === 'yes' })}
      />
      <Field label={t('filter.account')}>
        {(control) => (
          <TextInput
            {...control}
            autoComplete="off"
            list="all-accounts"
            value={filter.account ?? ''}
            onChange={({ target }) => onFilter({ account: target.value.trim() || null })}
          />
        )}
      </Field>
      <datalist id="all-accounts">
        {accounts.slice(0, OFFERED).map(({ server, user, domain, isWhmUser }) => (
          <option key={`${server}/${isWhmUser ? 'whm/' : ''}${user}`} value={user}>
            {isWhmUser ? t('whm.kind') : domain}
          </option>
        ))}
      </datalist>
      <Moment
        label={t('filter.createdFrom')}
        value={filter.created.from}
        onChange={(from) => onFilter({ created: { ...filter.created, from } })}
      />
      <Moment
        label={t('filter.createdTo')}
        value={filter.created.to}
        onChange={(to) => onFilter({ created: { ...filter.created, to } })}
      />
      <fieldset className="flex flex-col gap-1.5">
        <legend className="mb-1.5 font-medium">{t('filter.review')}</legend>
        {REVIEWS.map((review) => (
          <label key={review} className="flex min-h-6 items-center gap-2.5">
            <Checkbox
              checked={filter.review.includes(review)}
              onChange={({ target }) =>
                onFilter({
                  review: REVIEWS.filter((one) => (one === review ? target.checked : filter.review.includes(one))),
                })
              }
            />
            {t(`filter.review.${review}`)}
          </label>
        ))}
      </fieldset>
      <p className="text-sm text-muted sm:col-span-2 lg:col-span-4">{t('filter.searchHint')}</p>
    </div>
  )
}

/** More would make the browser's own list slow and nobody reads them; what is typed need not be in it. */
const OFFERED = 500

function Moment({
  label,
  value,
  onChange,
}: {
  label: string
  value: number | null
  onChange: (at: number | null) => void
}) {
  return (
    <Field label={label} hint={t('filter.zone', { zone: localZone() })}>
      {(control) => (
        <TextInput
          {...control}
          type="datetime-local"
          max="9999-12-31T23:59"
          value={localMoment(value)}
          onChange={({ target }) => onChange(momentFrom(target.value))}
        />
      )}
    </Field>
  )
}

/** The conditions that hold, each with a way to be rid of it. The search stands in its own box. */
export const ActiveFilters = memo(function ActiveFilters({ filter, onFilter, accounts }: TokenFiltersProps) {
  const chips = chipsOf(filter, accounts)
  if (chips.length === 0) return null
  return (
    <ul aria-label={t('filter.active')} className="flex flex-wrap items-center gap-2">
      {chips.map(({ label, value, without }) => (
        <li key={label + value}>
          <Button
            look="chip"
            size="small"
            aria-label={t('filter.remove', { label, value })}
            onClick={() => onFilter(without)}
          >
            {t('filter.chip', { label, value })}
            <X aria-hidden className="size-3.5" />
          </Button>
        </li>
      ))}
      <li>
        <Button look="quiet" size="small" onClick={() => onFilter(NO_FILTER)}>
          {t('all.clear')}
        </Button>
      </li>
    </ul>
  )
})

type Chip = { label: string; value: string; without: Partial<Filter> }

/** How many conditions hold besides the search. */
export function countFilters(filter: Filter): number {
  return chipsOf(filter, []).length
}

function chipsOf(filter: Filter, accounts: readonly AccountFacts[]): Chip[] {
  const { state, server, account, plan, isSuspended, created, expires, review } = filter
  const serverName = accounts.find((facts) => facts.server === server)?.serverName ?? server
  const chips: (Chip | null)[] = [
    state && { label: t('filter.state'), value: t(`filter.state.${state}`), without: { state: null } },
    spanChip(t('filter.expiresIn'), expires, { expires: NO_FILTER.expires }),
    spanChip(t('all.col.created'), created, { created: NO_FILTER.created }),
    serverName && { label: t('filter.server'), value: serverName, without: { server: null } },
    account && { label: t('filter.account'), value: account, without: { account: null } },
    plan && { label: t('filter.package'), value: plan, without: { plan: null } },
    isSuspended === null
      ? null
      : {
          label: t('filter.suspended'),
          value: t(isSuspended ? 'filter.yes' : 'filter.no'),
          without: { isSuspended: null },
        },
    ...review.map((one) => ({
      label: t('filter.review'),
      value: t(`filter.review.${one}`),
      without: { review: review.filter((other) => other !== one) },
    })),
  ].map((chip) => chip || null)
  return chips.filter((chip) => chip !== null)
}

function spanChip(label: string, { from, to }: Span, without: Partial<Filter>): Chip | null {
  if (from === null && to === null) return null
  const [first, end] = [from === null ? '' : shortMoment(from), to === null ? '' : shortMoment(to)]
  if (from === null) return { label, value: t('filter.to', { to: end }), without }
  if (to === null) return { label, value: t('filter.from', { from: first }), without }
  return { label, value: t('filter.between', { from: first, to: end }), without }
}
