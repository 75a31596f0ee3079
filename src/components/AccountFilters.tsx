import type { AccountChoice, ListedAccount } from '../inventory/accountList'
import { t } from '../messages/catalogue'
import { Select } from '../ui/Select'

type AccountFiltersProps = {
  accounts: readonly Omit<ListedAccount, 'tokens'>[]
  choice: AccountChoice
  onChoice: (change: Partial<AccountChoice>) => void
  /** Whether anybody has counted tokens: before, one can't ask for accounts with some. */
  hasCounts: boolean
}

/** Conditions on accounts, those that can make a difference. */
export function AccountFilters({ accounts, choice, onChoice, hasCounts }: AccountFiltersProps) {
  const plans = distinct(accounts.map(({ plan }) => plan))
  const owners = distinct(accounts.map(({ owner }) => owner))
  return (
    <div className="grid grid-cols-2 gap-3 lg:grid-cols-4">
      {plans.length > 1 && (
        <Select
          label={t('filter.package')}
          anyLabel={t('filter.any')}
          value={choice.plan}
          options={plans.map((value) => ({ value, label: value }))}
          onChange={(plan) => onChoice({ plan })}
        />
      )}
      {owners.length > 1 && (
        <Select
          label={t('accounts.owner')}
          anyLabel={t('filter.any')}
          value={choice.owner}
          options={owners.map((value) => ({ value, label: value }))}
          onChange={(owner) => onChoice({ owner })}
        />
      )}
      <YesOrNo
        label={t('filter.suspended')}
        value={choice.isSuspended}
        onChange={(isSuspended) => onChoice({ isSuspended })}
      />
      {hasCounts && (
        <YesOrNo
          label={t('accounts.hasTokens')}
          value={choice.hasTokens}
          onChange={(hasTokens) => onChoice({ hasTokens })}
        />
      )}
    </div>
  )
}

type YesOrNoProps = { label: string; value: boolean | null; onChange: (value: boolean | null) => void }

function YesOrNo({ label, value, onChange }: YesOrNoProps) {
  return (
    <Select
      label={label}
      anyLabel={t('filter.any')}
      value={value === null ? null : value ? 'yes' : 'no'}
      options={[
        { value: 'yes', label: t('filter.yes') },
        { value: 'no', label: t('filter.no') },
      ]}
      onChange={(chosen) => onChange(chosen === null ? null : chosen === 'yes')}
    />
  )
}

function distinct(values: readonly string[]): string[] {
  return [...new Set(values)].filter((value) => value !== '').sort()
}
