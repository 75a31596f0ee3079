import { useState, type FormEvent } from 'react'
import { Link, useNavigate } from 'react-router'
import { asCpanelError } from '../cpanel/errors'
import type { Account } from '../cpanel/tokens'
import type { WhmToken } from '../cpanel/whmTokens'
import { editMutation, isSameToken, type EditRequest } from '../data/editWhmToken'
import type { TokenList } from '../data/tokens'
import { leaveBehind, useIsHere, useIsOnPage, useSoleMutation } from '../data/useSoleMutation'
import { t } from '../messages/catalogue'
import { paths } from '../paths'
import { Button, buttonClass } from '../ui/Button'
import { toast } from '../ui/Toast'
import { EditConflict } from './EditConflict'
import { EditDiffers } from './EditDiffers'
import { ErrorNotice } from './ErrorNotice'
import { OwnTokenNotice } from './OwnToken'
import { StayingActions } from './StayingActions'
import { useServerNow } from './useServerNow'
import { WhmTokenFields } from './WhmTokenFields'
import { whmChanges } from './whmChanges'
import { inputFrom, wishOf } from './whmTokenForm'

type EditWhmTokenProps = {
  account: Account
  list: TokenList
  /** The token as it was when somebody began to change it: what the changes are told against. */
  opened: WhmToken
  /** The token as the list has it now; null when it is gone. */
  current: WhmToken | null
  isHelpShown: boolean
  /** From now on the changes are told against this. */
  onOpen: (token: WhmToken) => void
}

/** Name, expiry, addresses and privileges in one save, with what it changes in words before it. */
export function EditWhmToken({ account, list, opened, current, isHelpShown, onOpen }: EditWhmTokenProps) {
  const navigate = useNavigate()
  const [input, setInput] = useState(() => inputFrom(opened))
  const [isTried, setIsTried] = useState(false)
  const isHere = useIsHere()
  const isOnPage = useIsOnPage()
  const edit = useSoleMutation({
    ...editMutation(account),
    onError: (error, { opened: { name }, wanted }) =>
      isHere.current || leaveBehind(account, { kind: 'save', name, newName: wanted.name }, error),
    onSuccess: async ({ edited }, { wanted }: EditRequest) => {
      if (edited.kind === 'conflict' || edited.differences.length > 0) return
      if (isOnPage()) await navigate(paths.tokens(account))
      toast(t('whm.edit.saved', { name: wanted.name }))
    },
  })
  const others = list.tokens.map(({ name }) => name).filter((name) => name !== opened.name)
  const wish = wishOf(input, others, opened, useServerNow(list.clockSkewMs))
  const changes = wish === null ? [] : whmChanges(opened, wish)
  const edited = edit.data?.edited
  // The mutation looked later than the list on the page may have.
  const now = edited?.kind === 'conflict' ? edited.current : current
  const isConflict = edited?.kind !== 'saved' && !edit.isPending && (now === null || !isSameToken(now, opened))

  function submit(event: FormEvent) {
    event.preventDefault()
    setIsTried(true)
    if (wish === null || changes.length === 0 || isConflict || edit.isPending) return
    edit.mutate({ opened, wanted: wish })
  }

  function open(token: WhmToken, isMineKept: boolean) {
    edit.reset()
    onOpen(token)
    if (!isMineKept) setInput(inputFrom(token))
  }

  if (edited?.kind === 'saved') {
    return edited.differences.length === 0 ? null : <EditDiffers account={account} edited={edited} onAgain={open} />
  }
  return (
    <form
      onSubmit={submit}
      noValidate
      className="flex flex-col gap-6 rounded-xl border border-line bg-surface p-5 sm:p-6"
    >
      <OwnTokenNotice account={account} names={[opened.name]} words="whm.own.edit" />
      <WhmTokenFields
        account={account}
        list={list}
        input={input}
        onInput={(change) => setInput((before) => ({ ...before, ...change }))}
        kept={opened}
        isHelpShown={isHelpShown}
        isTried={isTried}
      />
      <section aria-labelledby="changes" className="rounded-lg border border-line bg-sunken px-4 py-3">
        <h3 id="changes" className="font-semibold">
          {t('whm.changes')}
        </h3>
        {changes.length === 0 ? (
          <p className="text-muted">{t('whm.changes.nothing')}</p>
        ) : (
          <ul id="changes-list" className="list-disc pl-5 wrap-anywhere">
            {changes.map((words) => (
              <li key={words}>{words}</li>
            ))}
          </ul>
        )}
      </section>
      {isConflict && <EditConflict account={account} opened={opened} current={now} onOpen={open} />}
      {edit.error && (
        <ErrorNotice
          title={t(asCpanelError(edit.error).isUnresolved ? 'whm.edit.unresolved' : 'whm.edit.failed')}
          error={edit.error}
        />
      )}
      <StayingActions>
        <Button
          type="submit"
          look="primary"
          disabled={changes.length === 0 && wish !== null}
          aria-describedby={changes.length > 0 ? 'changes-list' : undefined}
          isBusy={edit.isPending}
        >
          {t('whm.save')}
        </Button>
        <Link to={paths.tokens(account)} className={buttonClass('secondary')}>
          {t('whm.cancel')}
        </Link>
      </StayingActions>
    </form>
  )
}
