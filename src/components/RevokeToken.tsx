import { useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { useNavigate } from 'react-router'
import { asCpanelError } from '../cpanel/errors'
import { tokenState, type ApiToken } from '../cpanel/token'
import type { Account } from '../cpanel/tokens'
import { revokeMutation } from '../data/tokens'
import { useSoleMutation } from '../data/useSoleMutation'
import { t } from '../messages/catalogue'
import { paths } from '../paths'
import { Button } from '../ui/Button'
import { toast } from '../ui/Toast'
import { ErrorNotice } from './ErrorNotice'
import { OwnTokenNotice } from './OwnToken'

type RevokeTokenProps = { account: Account; token: ApiToken; now: Date }

/** Revoking one token: asked again in place, where the error shows too when it fails. */
export function RevokeToken({ account, token, now }: RevokeTokenProps) {
  const navigate = useNavigate()
  const revoke = useSoleMutation({
    ...revokeMutation(account),
    onSuccess: async (_list, name) => {
      await navigate(paths.tokens(account))
      toast(t('revoke.done', { name }))
    },
  })
  const [isAsking, setIsAsking] = useState(false)
  const question = useRef<HTMLParagraphElement>(null)
  const opener = useRef<HTMLButtonElement>(null)
  const isExpired = tokenState(token.expiry, now).kind === 'expired'

  function ask() {
    flushSync(() => setIsAsking(true))
    question.current?.focus()
  }

  function cancel() {
    revoke.reset()
    flushSync(() => setIsAsking(false))
    opener.current?.focus()
  }

  return (
    <section aria-labelledby="revoke" className="rounded-xl border border-danger/40 bg-surface p-5">
      <h3 id="revoke" className="mb-1 font-semibold">
        {t('revoke.title')}
      </h3>
      <p className="mb-4 max-w-prose text-muted">{t(isExpired ? 'revoke.expiredText' : 'revoke.text')}</p>
      {!isAsking && (
        <Button ref={opener} look="danger" onClick={ask}>
          {t('revoke.submit')}
        </Button>
      )}
      {isAsking && (
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Escape, from wherever in it the focus is
        <div
          role="group"
          aria-labelledby="revoke-question"
          className="flex flex-col gap-3"
          onKeyDown={(event) => {
            if (event.key === 'Escape' && !revoke.isPending) cancel()
          }}
        >
          <p id="revoke-question" ref={question} tabIndex={-1} className="font-medium wrap-anywhere outline-none">
            {t('revoke.ask', { name: token.name })}
          </p>
          <OwnTokenNotice account={account} names={[token.name]} words="whm.own.text" />
          {revoke.error && (
            <ErrorNotice
              title={t(asCpanelError(revoke.error).isUnresolved ? 'revoke.unresolved' : 'revoke.failed')}
              error={revoke.error}
            />
          )}
          <div className="flex flex-wrap gap-3">
            <Button look="danger" isBusy={revoke.isPending} onClick={() => revoke.mutate(token.name)}>
              {t('revoke.confirm')}
            </Button>
            <Button disabled={revoke.isPending} onClick={cancel}>
              {t('revoke.cancel')}
            </Button>
          </div>
        </div>
      )}
    </section>
  )
}
