import { useState, type FormEvent } from 'react'
import { Link } from 'react-router'
import { t } from '../messages/catalogue'
import { paths } from '../paths'
import { Button, buttonClass } from '../ui/Button'
import { CreateFailure } from './CreateFailure'
import type { CreateTokenFormProps } from './CreateTokenForm'
import { MissingTokenPrivilege } from './MissingTokenPrivilege'
import { StayingActions } from './StayingActions'
import { useServerNow } from './useServerNow'
import { WhmTokenFields } from './WhmTokenFields'
import { emptyInput, wishOf } from './whmTokenForm'

/** What the token of a WHM user is to be. */
export function CreateWhmTokenForm({
  account,
  list,
  isHelpShown,
  isNext,
  isBusy,
  error,
  tried,
  onCreate,
}: CreateTokenFormProps) {
  const [input, setInput] = useState(emptyInput)
  const [isTried, setIsTried] = useState(false)
  const wish = wishOf(
    input,
    list?.tokens.map(({ name }) => name) ?? [],
    undefined,
    useServerNow(list?.clockSkewMs ?? 0),
  )

  function submit(event: FormEvent) {
    event.preventDefault()
    setIsTried(true)
    if (wish !== null && !isBusy) onCreate(wish)
  }

  return (
    <MissingTokenPrivilege account={account}>
      <form
        onSubmit={submit}
        noValidate
        className="flex flex-col gap-6 rounded-xl border border-line bg-surface p-5 sm:p-6"
      >
        <WhmTokenFields
          account={account}
          list={list}
          input={input}
          onInput={(change) => setInput((before) => ({ ...before, ...change }))}
          isHelpShown={isHelpShown}
          isTried={isTried}
          takesFocus={isNext}
        />
        <CreateFailure account={account} error={error} tried={tried} />
        <StayingActions>
          <Button type="submit" look="primary" isBusy={isBusy}>
            {t('whm.save')}
          </Button>
          <Link to={paths.tokens(account)} className={buttonClass('secondary')}>
            {t('whm.cancel')}
          </Link>
        </StayingActions>
      </form>
    </MissingTokenPrivilege>
  )
}
