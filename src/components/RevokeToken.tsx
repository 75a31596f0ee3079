import { useId, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { useNavigate } from 'react-router'
import { asCpanelError } from '../cpanel/errors'
import { tokenState, type ApiToken } from '../cpanel/token'
import type { Account } from '../cpanel/tokens'
import { Moved, revokeUnlessMovedMutation } from '../data/moved'
import { leaveBehind, useIsHere, useIsOnPage, useSoleMutation } from '../data/useSoleMutation'
import { t } from '../messages/catalogue'
import { paths } from '../paths'
import { Button } from '../ui/Button'
import { Checkbox } from '../ui/Choice'
import { toast } from '../ui/Toast'
import { ErrorNotice } from './ErrorNotice'
import { MovedNotice } from './MovedNotice'
import { OwnTokenNotice } from './OwnToken'

type RevokeTokenProps = {
  account: Account
  token: ApiToken
  now: Date
  /** The name of the token that replaces it: that one must be said to be in use first. */
  successor?: string
}

/** Revoking one token: asked again in place, where the error shows too when it fails. */
export function RevokeToken({ account, token, now, successor }: RevokeTokenProps) {
  const navigate = useNavigate()
  const id = useId()
  const [isInUse, setIsInUse] = useState(false)
  const isHere = useIsHere()
  const isOnPage = useIsOnPage()
  const revoke = useSoleMutation({
    ...revokeUnlessMovedMutation(account),
    onError: (error, name) => isHere.current || leaveBehind(account, { kind: 'revoke', name }, error),
    onSuccess: async (_list, name) => {
      if (isOnPage()) await navigate(paths.tokens(account))
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
    <section aria-labelledby={id} className="rounded-xl border border-danger/40 bg-surface p-5">
      <h3 id={id} className="mb-1 font-semibold">
        {t(successor === undefined ? 'revoke.title' : 'rotation.revoke')}
      </h3>
      <p className="mb-4 max-w-prose wrap-anywhere text-muted">
        {successor === undefined
          ? t(isExpired ? 'revoke.expiredText' : 'revoke.text')
          : t('rotation.revokeText', { name: token.name, successor })}
      </p>
      {!isAsking && (
        <Button ref={opener} look="danger" onClick={ask}>
          {t(successor === undefined ? 'revoke.submit' : 'rotation.revoke')}
        </Button>
      )}
      {isAsking && (
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Escape, from wherever in it the focus is
        <div
          role="group"
          aria-labelledby={`${id}-question`}
          className="flex flex-col gap-3"
          onKeyDown={(event) => {
            if (event.key === 'Escape' && !revoke.isPending) cancel()
          }}
        >
          <p id={`${id}-question`} ref={question} tabIndex={-1} className="font-medium wrap-anywhere outline-none">
            {t('revoke.ask', { name: token.name })}
          </p>
          <OwnTokenNotice account={account} names={[token.name]} words="whm.own.text" />
          {successor !== undefined && (
            <label className="flex items-start gap-2.5 wrap-anywhere">
              <Checkbox className="mt-0.5" checked={isInUse} onChange={(event) => setIsInUse(event.target.checked)} />
              {t('rotation.inUse', { old: token.name, successor })}
            </label>
          )}
          {revoke.error instanceof Moved && <MovedNotice changes={[revoke.error.change]} />}
          {revoke.error && !(revoke.error instanceof Moved) && (
            <ErrorNotice
              title={t(asCpanelError(revoke.error).isUnresolved ? 'revoke.unresolved' : 'revoke.failed')}
              error={revoke.error}
            />
          )}
          <div className="flex flex-wrap gap-3">
            <Button
              look="danger"
              disabled={successor !== undefined && !isInUse}
              isBusy={revoke.isPending}
              onClick={() => revoke.mutate(token.name)}
            >
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
