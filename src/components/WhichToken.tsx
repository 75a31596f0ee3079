import { useRef, useState, type FormEvent } from 'react'
import { Link } from 'react-router'
import { tokenState } from '../cpanel/token'
import type { Account } from '../cpanel/tokens'
import { findBySecretMutation } from '../data/ownToken'
import { useSoleMutation } from '../data/useSoleMutation'
import { t } from '../messages/catalogue'
import { paths } from '../paths'
import { Button, buttonClass } from '../ui/Button'
import { Field, TextInput } from '../ui/Field'
import { Notice } from '../ui/Notice'
import { ErrorNotice } from './ErrorNotice'
import { TokenFacts } from './TokenFacts'

/** Secrets are letters and digits; anything else is something pasted by mistake and better not sent anywhere. */
const SECRET = /^[A-Za-z0-9]{1,256}$/

/** Says which token a secret is of. The field is emptied once the server has answered, and the answer has no secret. */
export function WhichToken({ account, now }: { account: Account; now: Date }) {
  const [isOpen, setIsOpen] = useState(false)
  return (
    <section aria-labelledby="which" className="rounded-xl border border-line bg-surface">
      <h3 id="which">
        <Button
          look="quiet"
          aria-expanded={isOpen}
          onClick={() => setIsOpen(!isOpen)}
          className="w-full justify-start text-left"
        >
          {t('whm.which')}
        </Button>
      </h3>
      {isOpen && <Finder account={account} now={now} />}
    </section>
  )
}

function Finder({ account, now }: { account: Account; now: Date }) {
  // The secret is in the field alone, which React doesn't know the text of: it would remember it for a while.
  const field = useRef<HTMLInputElement>(null)
  const [isWrong, setIsWrong] = useState(false)
  const find = useSoleMutation({
    ...findBySecretMutation(account),
    onSettled: () => {
      if (field.current) field.current.value = ''
    },
  })
  const found = find.isPending ? undefined : find.data

  const read = () => field.current?.value.trim() ?? ''

  function submit(event: FormEvent) {
    event.preventDefault()
    const isSecret = SECRET.test(read())
    setIsWrong(!isSecret)
    if (isSecret) find.mutate(read)
    else field.current?.focus()
  }

  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-4 px-4 pb-4">
      <p className="max-w-prose text-sm text-muted">{t('whm.which.text')}</p>
      <div className="flex flex-wrap items-end gap-3">
        <Field
          label={t('whm.which.field')}
          error={isWrong ? t('whm.which.wrongForm') : undefined}
          className="min-w-0 grow basis-72 sm:max-w-lg"
        >
          {(control) => (
            <TextInput
              {...control}
              ref={field}
              type="password"
              // No browser should offer to keep it.
              autoComplete="off"
              readOnly={find.isPending}
              onChange={() => setIsWrong(false)}
              className="font-mono"
            />
          )}
        </Field>
        <Button type="submit" isBusy={find.isPending}>
          {t('whm.which.find')}
        </Button>
      </div>
      {find.error && !find.isPending && <ErrorNotice title={t('whm.which.failed')} error={find.error} />}
      {found === null && (
        <Notice tone="info" role="alert">
          <p>{t('whm.which.none')}</p>
        </Notice>
      )}
      {found && (
        <>
          <Notice
            tone="ok"
            role="alert"
            title={t('whm.which.found', { name: found.name })}
            actions={
              <Link to={paths.token(account, found.name)} className={buttonClass('secondary', 'small')}>
                {t('whm.list.editToken', { name: found.name })}
              </Link>
            }
          >
            {tokenState(found.expiry, now).kind === 'expired' && <p>{t('whm.which.expired')}</p>}
          </Notice>
          <TokenFacts token={found} now={now} />
        </>
      )}
    </form>
  )
}
