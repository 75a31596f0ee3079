import { useRef, useState, type FormEvent } from 'react'
import { looksLikeSecret } from '../cpanel/testToken'
import type { Account } from '../cpanel/tokens'
import { testTokenMutation } from '../data/testToken'
import { useSoleMutation } from '../data/useSoleMutation'
import { t } from '../messages/catalogue'
import '../messages/testToken'
import { Button } from '../ui/Button'
import { Field, TextInput } from '../ui/Field'
import { TestTokenFailure, TestTokenResult } from './TestTokenResult'
import { useTestPlace } from './useTestPlace'

export type TestTokenProps = {
  account: Account
  secret: string
  /** The token's name, in the list of that account. */
  name: string
}

/** Tries a token whose secret is on the screen. See TestTokenWhenLoaded for how it gets there. */
export function TestToken({ account, secret, name }: TestTokenProps) {
  const place = useTestPlace(account, name)
  const test = useSoleMutation(testTokenMutation(account))
  if (!place.hasDoor) return <p className="text-sm text-muted">{t('testToken.noDoor')}</p>
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <Button size="small" isBusy={test.isPending} onClick={() => test.mutate(() => secret)}>
          {t('testToken.test')}
        </Button>
        <p className="min-w-0 grow basis-64 text-sm text-muted wrap-anywhere">{t('testToken.about', place)}</p>
      </div>
      <TestTokenResult place={place} isPending={test.isPending} verdict={test.data} isPasted={false} />
      {test.error && !test.isPending && <TestTokenFailure error={test.error} />}
    </div>
  )
}

type TestPastedTokenProps = Omit<TestTokenProps, 'secret'>

/**
 * Tries a token whose secret somebody has at hand. It is in the field alone, which React doesn't know the text of, and the
 * field is emptied once the server has answered.
 */
export function TestPastedToken({ account, name }: TestPastedTokenProps) {
  const place = useTestPlace(account, name)
  const field = useRef<HTMLInputElement>(null)
  const [isWrong, setIsWrong] = useState(false)
  const test = useSoleMutation({
    ...testTokenMutation(account),
    onSettled: () => {
      if (field.current) field.current.value = ''
    },
  })
  if (!place.hasDoor) return <p className="text-sm text-muted">{t('testToken.noDoor')}</p>

  const read = () => field.current?.value.trim() ?? ''

  function submit(event: FormEvent) {
    event.preventDefault()
    const isSecret = looksLikeSecret(read())
    setIsWrong(!isSecret)
    if (isSecret) test.mutate(read)
    else field.current?.focus()
  }

  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-3">
      <div className="flex flex-wrap items-start gap-3">
        <Field
          label={t('testToken.pasted', { name })}
          hint={t('testToken.pastedHint', place)}
          error={isWrong ? t('testToken.wrongForm') : undefined}
          className="min-w-0 grow basis-72 sm:max-w-lg"
        >
          {(control) => (
            <TextInput
              {...control}
              ref={field}
              type="password"
              // No browser should offer to keep it.
              autoComplete="off"
              readOnly={test.isPending}
              onChange={() => setIsWrong(false)}
              className="font-mono"
            />
          )}
        </Field>
        {/* Beside the field, below its label. */}
        <Button type="submit" isBusy={test.isPending} className="sm:mt-[calc(1lh+0.375rem)]">
          {t('testToken.pastedTest')}
        </Button>
      </div>
      <TestTokenResult place={place} isPending={test.isPending} verdict={test.data} isPasted />
      {test.error && !test.isPending && <TestTokenFailure error={test.error} />}
    </form>
  )
}
