import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { isWhmToken, type Account } from '../cpanel/tokens'
import type { WhmToken } from '../cpanel/whmTokens'
import { privilegesQuery } from '../data/accounts'
import { connectionQuery } from '../data/connections'
import type { TokenList } from '../data/tokens'
import { t } from '../messages/catalogue'
import { Notice } from '../ui/Notice'
import { Skeleton } from '../ui/Skeleton'
import { AddressesField } from './AddressesField'
import { ExpiryField } from './ExpiryField'
import { PrivilegesField, dangersOf } from './PrivilegesField'
import { TokenNameField } from './TokenNameField'
import { whmNameError, type WhmTokenInput } from './whmTokenForm'

type WhmTokenFieldsProps = {
  account: Account
  list: TokenList | undefined
  input: WhmTokenInput
  onInput: (change: Partial<WhmTokenInput>) => void
  /** The token that is edited. */
  kept?: WhmToken
  isHelpShown: boolean
  /** Somebody tried to save: what is missing is said. */
  isTried: boolean
  takesFocus?: boolean
}

/** Where nobody knows what the user has, the server is the one to refuse. */
const EVERYTHING = ['all']

/** All that a token of WHM has: its name, its end, from where it works and what it may do. */
export function WhmTokenFields(props: WhmTokenFieldsProps) {
  const { account, list, input, onInput, kept, isHelpShown, isTried, takesFocus = false } = props
  const privileges = useQuery(privilegesQuery(account.connection))
  const mine = useQuery(connectionQuery(account.connection)).data?.address ?? null
  const [hasLeftName, setHasLeftName] = useState(false)
  const others = (list?.tokens ?? []).filter(({ name }) => name !== kept?.name)
  const nameError = whmNameError(
    input.name,
    others.map(({ name }) => name),
  )
  const held = privileges.data?.held ?? (privileges.isError ? EVERYTHING : null)
  const dangers = dangersOf(input.privileges, held ?? [])
  const isNameShown = input.name !== kept?.name && (input.name !== '' || hasLeftName || isTried)

  return (
    <>
      <TokenNameField
        label={t('whm.name')}
        placeholder={t('create.namePlaceholder')}
        hint={isHelpShown ? t('create.nameHint') : undefined}
        value={input.name}
        onChange={(name) => onInput({ name })}
        onBlur={() => setHasLeftName(true)}
        autoFocus={takesFocus}
        error={isNameShown ? nameError : null}
      />
      <ExpiryField
        input={input.expiry}
        onInput={(expiry) => onInput({ expiry })}
        isHelpShown={isHelpShown}
        isEditable
        kept={kept?.expiry}
        clockSkewMs={list?.clockSkewMs ?? 0}
      />
      <AddressesField
        text={input.addresses}
        onText={(addresses) => onInput({ addresses })}
        isHelpShown={isHelpShown}
        mine={mine}
      />
      {privileges.isError && (
        <Notice tone="warn">
          <p>{t('whm.privileges.unread')}</p>
        </Notice>
      )}
      {held === null ? (
        <div role="status" aria-label={t('whm.privileges.loading')}>
          <Skeleton className="h-64 w-full" />
        </div>
      ) : (
        <PrivilegesField
          selected={input.privileges}
          onSelect={(selected) => onInput({ privileges: selected })}
          held={held}
          kept={kept?.access.privileges ?? []}
          tokens={others.filter(isWhmToken)}
          isHelpShown={isHelpShown}
          error={isTried && input.privileges.size === 0 ? t('whm.privileges.none') : null}
        />
      )}
      {dangers.length > 0 && (
        <Notice tone="danger" title={t('whm.danger.notice')}>
          {dangers.map((words) => (
            <p key={words}>{words}</p>
          ))}
        </Notice>
      )}
    </>
  )
}
