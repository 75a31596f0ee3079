import { useState } from 'react'
import { allTokens } from '../data/allTokens'
import { t } from '../messages/catalogue'
import { Badge } from '../ui/Badge'
import { Button } from '../ui/Button'
import { Checkbox } from '../ui/Choice'
import { Select } from '../ui/Select'
import { TextInput } from '../ui/Field'

type ChooseAccountsProps = {
  /** Numbers of accounts that can be reached. */
  accounts: readonly number[]
  chosen: ReadonlySet<number>
  onChosen: (chosen: ReadonlySet<number>) => void
  /** Accounts that have a token of the name already. */
  taken: ReadonlySet<number>
}

/** So many are drawn; beyond that one searches. Choosing all is about all that match, drawn or not. */
const DRAWN = 200

/** Accounts to choose from, by search, server and package. */
export function ChooseAccounts({ accounts, chosen, onChosen, taken }: ChooseAccountsProps) {
  const [query, setQuery] = useState('')
  const [server, setServer] = useState<string | null>(null)
  const [plan, setPlan] = useState<string | null>(null)
  const facts = allTokens.inventory.columns.accounts
  const servers = [
    ...new Map(accounts.map((account) => [facts[account]?.server ?? '', facts[account]?.serverName ?? ''])),
  ]
  const plans = [...new Set(accounts.map((account) => facts[account]?.plan ?? ''))].filter((name) => name !== '').sort()
  const text = query.trim().toLowerCase()
  const shown = accounts.filter((account) => {
    const one = facts[account]
    if (one === undefined) return false
    const isMatch = one.user.toLowerCase().includes(text) || one.domain.toLowerCase().includes(text)
    return isMatch && (server === null || one.server === server) && (plan === null || one.plan === plan)
  })
  const left = shown.filter((account) => !chosen.has(account))

  function choose(account: number, isChosen: boolean) {
    const next = new Set(chosen)
    if (isChosen) next.add(account)
    else next.delete(account)
    onChosen(next)
  }

  return (
    <div className="flex flex-col gap-3">
      <div className="grid items-end gap-3 sm:grid-cols-[minmax(0,2fr)_1fr_1fr]">
        <TextInput
          type="search"
          aria-label={t('onMany.search')}
          placeholder={t('onMany.search')}
          value={query}
          onChange={({ target }) => setQuery(target.value)}
        />
        {servers.length > 1 && (
          <Select
            label={t('filter.server')}
            anyLabel={t('filter.any')}
            value={server}
            options={servers.map(([value, label]) => ({ value, label }))}
            onChange={setServer}
          />
        )}
        {plans.length > 1 && (
          <Select
            label={t('filter.package')}
            anyLabel={t('filter.any')}
            value={plan}
            options={plans.map((value) => ({ value, label: value }))}
            onChange={setPlan}
          />
        )}
      </div>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
        <p role="status" className="font-medium">
          {t('onMany.chosen', { count: chosen.size })}
        </p>
        {left.length > 0 && (
          <Button look="quiet" size="small" onClick={() => onChosen(new Set([...chosen, ...left]))}>
            {t('onMany.selectShown', { count: shown.length })}
          </Button>
        )}
        {chosen.size > 0 && (
          <Button look="quiet" size="small" onClick={() => onChosen(new Set())}>
            {t('onMany.clear')}
          </Button>
        )}
      </div>
      {shown.length === 0 ? (
        <p className="rounded-lg border border-line px-4 py-6 text-center text-muted">{t('onMany.noMatch')}</p>
      ) : (
        <ul className="max-h-96 divide-y divide-line overflow-y-auto rounded-lg border border-line">
          {shown.slice(0, DRAWN).map((account) => (
            <li key={account}>
              <label className="flex min-h-11 flex-wrap items-center gap-x-3 gap-y-0.5 px-3 py-1.5 hover:bg-sunken">
                <Checkbox
                  aria-label={t('onMany.chooseOne', {
                    user: facts[account]?.user ?? '',
                    server: facts[account]?.serverName ?? '',
                  })}
                  checked={chosen.has(account)}
                  onChange={({ target }) => choose(account, target.checked)}
                />
                <bdi className="font-mono text-sm font-semibold wrap-anywhere">{facts[account]?.user}</bdi>
                <bdi className="min-w-0 grow truncate text-sm text-muted">{facts[account]?.domain}</bdi>
                <span className="text-sm text-muted">{facts[account]?.serverName}</span>
                {facts[account]?.isSuspended && <Badge look="warn">{t('onMany.suspended')}</Badge>}
                {taken.has(account) && <Badge look="info">{t('onMany.has')}</Badge>}
              </label>
            </li>
          ))}
          {shown.length > DRAWN && (
            <li className="px-4 py-2 text-sm text-muted">{t('onMany.more', { count: shown.length - DRAWN })}</li>
          )}
        </ul>
      )}
    </div>
  )
}
