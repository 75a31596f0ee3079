import { useState, type FormEvent } from 'react'
import { Link } from 'react-router'
import type { NewToken } from '../cpanel/tokens'
import { allTokens } from '../data/allTokens'
import { skewOfAccount } from '../data/serverClocks'
import { rowOf } from '../inventory/inventory'
import '../messages/across'
import { t } from '../messages/catalogue'
import { Button, buttonClass } from '../ui/Button'
import { Notice } from '../ui/Notice'
import { AccessField, type CpanelAccess } from './AccessField'
import { ChooseAccounts } from './ChooseAccounts'
import { ExpiryField, expiryOf, startingExpiry } from './ExpiryField'
import { lastView } from './lastView'
import { TokenNameField, tokenNameError } from './TokenNameField'
import { useServerNow } from './useServerNow'

type CreateOnManyFormProps = {
  start: readonly number[]
  onCreate: (token: NewToken, accounts: readonly number[]) => void
}

/** The accounts first, then what each is to get. An account that has a token of the name is left alone, and it is said. */
export function CreateOnManyForm({ start, onCreate }: CreateOnManyFormProps) {
  const [chosen, setChosen] = useState<ReadonlySet<number>>(() => new Set(start))
  const [name, setName] = useState('')
  const [hasLeftName, setHasLeftName] = useState(false)
  const [expiryInput, setExpiryInput] = useState(startingExpiry)
  const [access, setAccess] = useState<CpanelAccess>('full')
  const { inventory } = allTokens
  const accounts = [...inventory.columns.accounts.keys()].filter(
    (account) => !inventory.columns.accounts[account]?.isWhmUser && allTokens.reach(account) !== null,
  )
  const taken = new Set(accounts.filter((account) => rowOf(inventory, account, name) !== undefined))
  const going = [...chosen].filter((account) => !taken.has(account) && allTokens.reach(account) !== null)
  const nameError = tokenNameError(name, [])
  // What is still to come for the server that is furthest ahead is so for every other.
  const clockSkewMs = going
    .map(skewOfAccount)
    .reduce((most, skew) => Math.max(most, skew), skewOfAccount(going[0] ?? -1))
  const expiry = expiryOf(expiryInput, undefined, useServerNow(clockSkewMs))

  function submit(event: FormEvent) {
    event.preventDefault()
    setHasLeftName(true)
    if (nameError === null && expiry !== null && going.length > 0) onCreate({ name, expiry, access }, going)
  }

  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-5">
      <section className="flex flex-col gap-4 rounded-xl border border-line bg-surface p-5 sm:p-6">
        <h2 className="text-lg font-semibold">{t('onMany.choose')}</h2>
        <ChooseAccounts accounts={accounts} chosen={chosen} onChosen={setChosen} taken={taken} />
      </section>
      <section className="flex flex-col gap-6 rounded-xl border border-line bg-surface p-5 sm:p-6">
        <h2 className="text-lg font-semibold">{t('onMany.which')}</h2>
        <TokenNameField
          label={t('create.name')}
          placeholder={t('create.namePlaceholder')}
          hint={t('create.nameHint')}
          value={name}
          onChange={setName}
          onBlur={() => setHasLeftName(true)}
          error={name === '' && !hasLeftName ? null : nameError}
        />
        {chosen.size > going.length && (
          <Notice tone="info">
            <p>{t('onMany.taken', { count: chosen.size - going.length })}</p>
          </Notice>
        )}
        <ExpiryField input={expiryInput} onInput={setExpiryInput} isHelpShown clockSkewMs={clockSkewMs} />
        <AccessField access={access} onAccess={setAccess} isCertain={false} />
        <Notice tone="danger" title={t('create.danger')}>
          <p>{t(access === 'full' ? 'create.dangerText' : 'create.dangerReadOnly')}</p>
        </Notice>
        <div className="flex flex-wrap gap-3">
          <Button type="submit" look="primary" disabled={nameError !== null || expiry === null || going.length === 0}>
            {t('onMany.create', { count: going.length })}
          </Button>
          <Link to={lastView()} className={buttonClass('secondary')}>
            {t('onMany.back')}
          </Link>
        </div>
      </section>
    </form>
  )
}
