import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState, type FormEvent } from 'react'
import { asCpanelError } from '../cpanel/errors'
import { serversQuery, signInMutation } from '../data/connections'
import { useSoleMutation } from '../data/useSoleMutation'
import { t } from '../messages/catalogue'
import type { Connection, ConnectionKind } from '../session/connections'
import { Button } from '../ui/Button'
import { Field, TextInput } from '../ui/Field'
import { SignInFailure } from './SignInFailure'

export type Who = { server: string; kind: ConnectionKind; username: string }

type SignInFormProps = {
  who: Who
  /** Left out where the user is settled, as when signing in again. */
  onUsername?: (username: string) => void
  onSignedIn: (connection: Connection) => void
  /** Looks at the certificate of an added server again. Left out where that can't be done. */
  onLook?: (() => void) | undefined
  /** Fills in the password, for the demo server. */
  password?: string
}

type Problem = 'username' | 'secret' | 'code'

/** User name and password or API token, a code when the server asks for one. Made so that password managers know it. */
export function SignInForm({ who, onUsername, onSignedIn, onLook, password: given = '' }: SignInFormProps) {
  const signIn = useSoleMutation({
    ...signInMutation,
    onSuccess: (connection) => signInMutation.onSuccess(connection).then(() => onSignedIn(connection)),
  })
  const [isWithToken, setIsWithToken] = useState(false)
  const [secret, setSecret] = useState(given)
  const [code, setCode] = useState<string | null>(null)
  const [problem, setProblem] = useState<Problem | null>(null)
  const tried = signIn.variables?.server
  const isAdded = useQuery(serversQuery).data?.some(({ id, isAdded }) => id === tried && isAdded)
  const codeBox = useRef<HTMLInputElement>(null)
  const failure = signIn.error === null ? null : asCpanelError(signIn.error)
  const isCodeAsked = failure?.kind === 'code_required'
  const isCodeShown = !isWithToken && (code !== null || isCodeAsked)

  // The server asked for the code: that is where the person goes on.
  useEffect(() => {
    if (isCodeAsked) codeBox.current?.focus()
  }, [isCodeAsked])

  function submit(event: FormEvent) {
    event.preventDefault()
    if (signIn.isPending) return
    const found =
      who.username.trim() === ''
        ? 'username'
        : secret === ''
          ? 'secret'
          : isCodeShown && code && !/^\d{6}$/.test(code)
            ? 'code'
            : null
    setProblem(found)
    if (found !== null) return
    // Field by field: a connection that ended is a `who` too, and has more fields than the proxy takes.
    const common = { server: who.server, kind: who.kind, username: who.username.trim() }
    if (isWithToken) signIn.mutate({ ...common, token: secret.trim() })
    else signIn.mutate({ ...common, password: secret, ...(isCodeShown && code ? { code } : {}) })
  }

  function switchWay() {
    setIsWithToken(!isWithToken)
    setSecret('')
    setCode(null)
    setProblem(null)
    signIn.reset()
  }

  return (
    <form onSubmit={submit} method="post" noValidate className="flex flex-col gap-4">
      {failure && (
        <SignInFailure
          failure={failure}
          way={isWithToken ? 'token' : code ? 'code' : 'password'}
          added={isAdded ? { onLook: tried === who.server ? onLook : undefined } : undefined}
        />
      )}
      {onUsername ? (
        <Field label={t('signIn.username')} error={problem === 'username' ? t('signIn.missingUsername') : undefined}>
          {(control) => (
            <TextInput
              {...control}
              name="username"
              autoComplete="username"
              required
              value={who.username}
              onChange={(event) => onUsername(event.target.value)}
            />
          )}
        </Field>
      ) : (
        <input type="text" name="username" autoComplete="username" value={who.username} readOnly hidden />
      )}
      <Field
        key={isWithToken ? 'token' : 'password'}
        label={isWithToken ? t('signIn.token') : t('signIn.password')}
        error={
          problem === 'secret' ? (isWithToken ? t('signIn.missingToken') : t('signIn.missingPassword')) : undefined
        }
      >
        {(control) => (
          <TextInput
            {...control}
            type="password"
            name={isWithToken ? 'token' : 'password'}
            autoComplete={isWithToken ? 'off' : 'current-password'}
            required
            value={secret}
            onChange={(event) => setSecret(event.target.value)}
          />
        )}
      </Field>
      {isCodeShown && (
        <Field
          label={t('signIn.code')}
          hint={t('signIn.codeHint')}
          error={problem === 'code' ? t('signIn.badCode') : undefined}
        >
          {(control) => (
            <TextInput
              {...control}
              ref={codeBox}
              name="code"
              autoComplete="one-time-code"
              inputMode="numeric"
              maxLength={6}
              value={code ?? ''}
              onChange={(event) => setCode(event.target.value)}
              className="max-w-36 tracking-widest tabular-nums"
            />
          )}
        </Field>
      )}
      <Button type="submit" look="primary" isBusy={signIn.isPending}>
        {t('signIn.submit')}
      </Button>
      <div className="-mx-3 -mt-1 flex flex-wrap justify-between">
        <Button look="quiet" size="small" onClick={switchWay}>
          {isWithToken ? t('signIn.usePassword') : t('signIn.useToken')}
        </Button>
        {!isWithToken && !isCodeShown && (
          <Button look="quiet" size="small" onClick={() => setCode('')}>
            {t('signIn.haveCode')}
          </Button>
        )}
      </div>
    </form>
  )
}
