import { useEffect, useState, type FormEvent } from 'react'
import { Link } from 'react-router'
import { tokenState } from '../cpanel/token'
import type { Account } from '../cpanel/tokens'
import type { WhmToken } from '../cpanel/whmTokens'
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

type Answer = { kind: 'none' } | { kind: 'answered'; found: WhmToken | null } | { kind: 'failed'; error: Error }

function Finder({ account, now }: { account: Account; now: Date }) {
  const [secret, setSecret] = useState('')
  const [isWrong, setIsWrong] = useState(false)
  // React keeps what a component showed before its last render, the secret with it: one render more, and it is gone.
  const [, setSwept] = useState(0)
  const [answer, setAnswer] = useState<Answer>({ kind: 'none' })
  const { reset, ...find } = useSoleMutation({
    ...findBySecretMutation(account),
    onSettled: (found, error) => {
      setSecret('')
      setAnswer(error ? { kind: 'failed', error } : { kind: 'answered', found: found ?? null })
    },
  })
  // The mutation remembers what it was asked, and that was the secret.
  useEffect(() => {
    if (answer.kind !== 'none') reset()
    // oxlint-disable-next-line react/exhaustive-deps -- once for each answer
  }, [answer])
  const isEmpty = secret === ''
  // oxlint-disable-next-line react/set-state-in-effect -- the second render is the point
  useEffect(() => setSwept((before) => before + 1), [isEmpty])

  function submit(event: FormEvent) {
    event.preventDefault()
    const text = secret.trim()
    setIsWrong(!SECRET.test(text))
    if (!SECRET.test(text)) return
    setAnswer({ kind: 'none' })
    find.mutate(text)
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
              type="password"
              // No browser should offer to keep it.
              autoComplete="off"
              value={secret}
              onChange={({ target }) => {
                setSecret(target.value)
                setIsWrong(false)
              }}
              className="font-mono"
            />
          )}
        </Field>
        <Button type="submit" disabled={secret.trim() === ''} isBusy={find.isPending}>
          {t('whm.which.find')}
        </Button>
      </div>
      {answer.kind === 'failed' && <ErrorNotice title={t('whm.which.failed')} error={answer.error} />}
      {answer.kind === 'answered' && answer.found === null && (
        <Notice tone="info" role="alert">
          <p>{t('whm.which.none')}</p>
        </Notice>
      )}
      {answer.kind === 'answered' && answer.found && (
        <>
          <Notice
            tone="ok"
            role="alert"
            title={t('whm.which.found', { name: answer.found.name })}
            actions={
              <Link to={paths.token(account, answer.found.name)} className={buttonClass('secondary', 'small')}>
                {t('whm.list.editToken', { name: answer.found.name })}
              </Link>
            }
          >
            {tokenState(answer.found.expiry, now).kind === 'expired' && <p>{t('whm.which.expired')}</p>}
          </Notice>
          <TokenFacts token={answer.found} now={now} />
        </>
      )}
    </form>
  )
}
