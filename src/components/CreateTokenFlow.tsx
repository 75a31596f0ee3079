import { useQuery } from '@tanstack/react-query'
import { useEffect, useState, type ComponentType } from 'react'
import { flushSync } from 'react-dom'
import { useNavigate } from 'react-router'
import type { CreateTokenFormProps } from './CreateTokenForm'
import { HelpPanel, HelpToggle, useHelp } from './HelpPanel'
import { LeaveGuard } from './LeaveGuard'
import { LostSecret } from './LostSecret'
import { PageFrame } from './PageFrame'
import { SecretOnce } from './SecretOnce'
import { useAccount } from './useAccount'
import { usePageHide } from './usePageHide'
import type { NewToken } from '../cpanel/tokens'
import { createMutation } from '../data/createToken'
import { tokensQuery } from '../data/tokens'
import { leaveBehind, useIsHere, useSoleMutation } from '../data/useSoleMutation'
import { t } from '../messages/catalogue'
import { leaveNote } from '../session/journal'
import { paths } from '../paths'
import { Notice } from '../ui/Notice'
import { remember, remembered } from '../ui/remember'

type CreateTokenFlowProps = {
  title: string
  Form: ComponentType<CreateTokenFormProps>
  /** Where to go with this one token when it is saved, and what to know meanwhile; there is no "another" then. */
  onward?: { to: string; title: string; text: string }
}

/**
 * The form, and after it the one-time screen on the same URL. Which of them is shown follows from the mutation, whose
 * result is the only home of the secret.
 */
export function CreateTokenFlow({ title, Form, onward }: CreateTokenFlowProps) {
  const account = useAccount()
  const navigate = useNavigate()
  const list = useQuery(tokensQuery(account))
  const isHere = useIsHere()
  const create = useSoleMutation({
    ...createMutation(account),
    onSuccess: ({ token: { name } }) => isHere.current || leaveNote(account, { kind: 'create', name }, false),
    onError: (error, { token: { name } }) => isHere.current || leaveBehind(account, { kind: 'create', name }, error),
  })
  const help = useHelp()
  const [round, setRound] = useState(0)
  const [, setSwept] = useState(0)
  const [wiped, setWiped] = useState<NewToken | null>(null)
  const [isAnother, setIsAnother] = useState(() => remembered('createAnother') === 'yes')
  const created = create.data
  // While a lost token is replaced, and when that fails, the mutation has no result: its request tells where we are.
  const replaced = create.variables?.replace === true && created === undefined ? create.variables.token : null
  const lost = created?.kind === 'lost' ? created.token : replaced

  // The browser may keep the whole page for its Back button: the secret must not be in what it keeps.
  usePageHide(() => {
    if (created?.kind !== 'created') return
    flushSync(() => {
      setWiped(created.token)
      create.reset()
    })
  })

  // React keeps what a component showed before its last render, the secret with it: one render more, and it is gone.
  // oxlint-disable-next-line react/set-state-in-effect -- the second render is the point
  useEffect(() => setSwept(round), [round])

  async function finish() {
    if (isAnother && onward === undefined) {
      create.reset()
      setRound(round + 1)
      return
    }
    await navigate(onward?.to ?? paths.tokens(account))
    create.reset()
  }

  return (
    <PageFrame
      title={title}
      aside={<HelpPanel isOfWhm={account.isWhmUser === true} />}
      actions={created === undefined && !lost && <HelpToggle {...help} />}
    >
      {create.isPending && <LeaveGuard isActive atStake="creation" />}
      {created?.kind === 'created' && !wiped && (
        <SecretOnce
          account={account}
          creation={created}
          list={list}
          isAnother={isAnother}
          onAnother={
            onward === undefined &&
            ((isWanted) => {
              setIsAnother(isWanted)
              remember('createAnother', isWanted ? 'yes' : 'no')
            })
          }
          onSaved={() => void finish()}
        />
      )}
      {created?.kind === 'created' && !wiped && onward && (
        <Notice tone="info" title={onward.title}>
          <p>{onward.text}</p>
        </Notice>
      )}
      {lost && (
        <LostSecret
          account={account}
          token={lost}
          isBusy={create.isPending}
          error={create.error}
          onReplace={() => create.mutate({ token: lost, replace: true })}
        />
      )}
      {(created === undefined || wiped) && !lost && (
        <>
          {wiped && (
            <Notice tone="warn" role="alert" title={t('secret.gone')}>
              <p>{t('secret.goneText', { name: wiped.name })}</p>
            </Notice>
          )}
          <Form
            // A fresh form for "create another": what was typed for the last one must not linger.
            key={round}
            isNext={round > 0}
            account={account}
            list={list.data}
            isHelpShown={help.isShown}
            isBusy={create.isPending}
            error={create.error}
            tried={create.variables?.token}
            onCreate={(token) => {
              setWiped(null)
              create.mutate({ token, replace: false })
            }}
          />
        </>
      )}
    </PageFrame>
  )
}
