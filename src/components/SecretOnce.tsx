import type { UseQueryResult } from '@tanstack/react-query'
import { Copy, Download } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import type { Account, NewToken } from '../cpanel/tokens'
import { storedDifferences, type Creation } from '../data/createToken'
import type { TokenList } from '../data/tokens'
import { t } from '../messages/catalogue'
import { Button } from '../ui/Button'
import { Checkbox } from '../ui/Choice'
import { Field, TextInput } from '../ui/Field'
import { Notice } from '../ui/Notice'
import { copyText, copyKeys, downloadText } from '../ui/clipboard'
import { HowToUse } from './HowToUse'
import { LeaveGuard } from './LeaveGuard'
import { OutsideLink, documentation } from './OutsideLink'
import { StoredCheck } from './StoredCheck'
import { TestTokenWhenLoaded } from './TestTokenWhenLoaded'
import { useUsage } from './useUsage'
import { exactMoment } from './When'

type SecretOnceProps = {
  account: Account
  creation: Extract<Creation, { kind: 'created' }>
  list: UseQueryResult<TokenList>
  isAnother: boolean
  /** false where creating another one makes no sense. */
  onAnother: ((isWanted: boolean) => void) | false
  onSaved: () => void
}

/** The one-time screen: the only place a secret is ever shown. Leaving asks first until the person says it is saved. */
export function SecretOnce({ account, creation, list, isAnother, onAnother, onSaved }: SecretOnceProps) {
  const { token, secret } = creation
  const usage = useUsage(account)
  const isIgnored =
    !list.isFetching && list.data !== undefined && storedDifferences(token, list.data.tokens).includes('access')
  const isReadOnly = token.access === 'read-only' && !isIgnored
  const heading = useRef<HTMLHeadingElement>(null)
  const field = useRef<HTMLInputElement>(null)
  const [said, setSaid] = useState<string | null>(null)
  const [isSettled, setIsSettled] = useState(false)
  useEffect(() => heading.current?.focus(), [])
  // Only once the guard is gone from the page may the way out be taken.
  useEffect(() => {
    if (isSettled) onSaved()
    // oxlint-disable-next-line react/exhaustive-deps -- once, not again when the page renders meanwhile
  }, [isSettled])

  async function copy() {
    const isCopied = await copyText(secret)
    if (!isCopied) field.current?.select()
    setSaid(isCopied ? t('secret.copied') : t('secret.copyByHand', { keys: copyKeys() }))
  }

  const door = usage.kind.toUpperCase()
  const env = [`${door}_URL=${usage.url}`, `${door}_USER=${usage.user}`, `${door}_TOKEN=${secret}`, ''].join('\n')

  return (
    <div className="flex flex-col gap-5 rounded-xl border border-line bg-surface p-5 sm:p-6">
      <LeaveGuard isActive={!isSettled} />
      <h3 ref={heading} tabIndex={-1} className="text-xl font-bold">
        {t('secret.title')}
      </h3>
      <StoredCheck account={account} token={token} list={list} onRevoked={() => setIsSettled(true)} />
      <p className="wrap-anywhere">{t(createdKey(token, isReadOnly), { name: token.name })}</p>
      <div className="flex flex-col gap-3">
        <p>{t('secret.copyThis')}</p>
        <div className="flex flex-wrap items-end gap-3">
          <Field label={t('secret.field')} className="min-w-0 grow basis-72">
            {(control) => (
              <TextInput
                {...control}
                ref={field}
                readOnly
                value={secret}
                autoComplete="off"
                onFocus={(event) => event.currentTarget.select()}
                className="bg-sunken font-mono"
              />
            )}
          </Field>
          <Button look="primary" onClick={() => void copy()}>
            <Copy aria-hidden className="size-4" />
            {t('secret.copy')}
          </Button>
        </div>
        <p role="status" className="text-sm font-medium empty:hidden">
          {said}
        </p>
        <div role="group" aria-label={t('secret.download')} className="flex gap-x-1 text-sm">
          <span className="flex h-9 items-center gap-2">
            <Download aria-hidden className="size-4 text-muted" />
            {t('secret.download')}
          </span>
          <span>
            <Button look="quiet" size="small" onClick={() => downloadText(`${token.name}.txt`, `${secret}\n`)}>
              {t('secret.downloadText')}
            </Button>
            <Button look="quiet" size="small" onClick={() => downloadText(`${token.name}.env`, env)}>
              {t('secret.downloadEnv')}
            </Button>
          </span>
        </div>
        <TestTokenWhenLoaded account={account} secret={secret} name={token.name} />
      </div>
      <Notice tone="warn" title={t('secret.only')}>
        <p>
          {token.expiry.kind === 'at'
            ? t('secret.onlyExpires', { moment: exactMoment(token.expiry.at) })
            : t('secret.onlyNever')}
        </p>
      </Notice>
      <HowToUse usage={usage} secret={secret} />
      <p className="text-sm">
        <OutsideLink href={documentation.api}>{t('secret.developer')}</OutsideLink>
      </p>
      {onAnother && (
        <label className="flex items-start gap-2.5">
          <Checkbox className="mt-0.5" checked={isAnother} onChange={(event) => onAnother(event.target.checked)} />
          {t('secret.another')}
        </label>
      )}
      <Button look="primary" className="self-start" onClick={() => setIsSettled(true)}>
        {t('secret.saved')}
      </Button>
    </div>
  )
}

function createdKey({ access }: NewToken, isReadOnly: boolean) {
  if (typeof access !== 'string') return 'whm.secret.created'
  return isReadOnly ? 'secret.createdReadOnly' : 'secret.created'
}
